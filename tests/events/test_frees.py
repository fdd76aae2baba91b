"""Every way in which a seat becomes free promotes the next in the queue: once, with a letter, and never after the start (T37, I-14)."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from extranet.accounts.models import User, UserState
from extranet.core import clock
from extranet.core.db import db
from extranet.core.signals import member_left
from extranet.core.viewer import SYSTEM
from extranet.events import actions, desk_actions, own_actions, queries, signup_actions, tasks
from extranet.events.details import NOTHING
from extranet.events.kinds import Audience, Mode
from extranet.events.models import Event, Signup
from extranet.networks.access import viewer_for
from extranet.networks.models import Membership, MembershipState
from extranet.organisations import upkeep_actions
from extranet.organisations.models import Organisation
from tests.events.world import change_over

# How a seat becomes free: `w` acts for somebody of the cast on the place of the contact person.
WAYS = {
    "cancels": lambda w: signup_actions.cancel(w.viewer("contact"), w.event),
    "is cancelled by a colleague": lambda w: signup_actions.cancel_for(w.viewer("orgadmin"), w.holder),
    "is taken off by an organiser": lambda w: signup_actions.remove(w.viewer("moderator"), w.holder, reason="Estynyt"),
    "changes over": lambda w: change_over(w.viewer("contact"), w.holder, Mode.REMOTE),
    "changes the form": lambda w: own_actions.change_signup(w.viewer("contact"), w.holder, mode=Mode.REMOTE, details=NOTHING),
    "is moved": lambda w: desk_actions.move(w.viewer("moderator"), w.holder, mode=Mode.REMOTE, sessions={}, reason="Tilaa"),
    "more places": lambda w: actions.edit(w.viewer("moderator"), w.event, lock_version=w.event.lock_version, capacity_onsite=2),
    "leaves the network": lambda w: w.leave(),
    "goes to another employer": lambda w: upkeep_actions.move_person(w.viewer("admin"), w.user, to=w.organisation("284")),
    "account closed": lambda w: (w.change(User, state=UserState.CLOSED), tasks.release()),
    "organisation removed": lambda w: (w.close_organisation(), tasks.release()),
    "offer runs out": lambda w: (w.let_offer_run_out(), tasks.move_queues()),
}


class Way:
    """One request, or one job, by somebody."""

    def __init__(self, cast, event_id):
        self.cast, self.event_id = cast, event_id

    @property
    def event(self):
        return queries.get_event(self.viewer("moderator"), self.event_id)

    @property
    def holder(self):
        wanted = select(Signup).where(Signup.event_id == self.event.id, Signup.user_id == self.cast["contact"])
        loads = (joinedload(Signup.event).joinedload(Event.network), joinedload(Signup.user))
        return db.session.scalars(wanted.options(*loads)).one()

    @property
    def user(self):
        return db.session.get_one(User, self.cast["contact"])

    def viewer(self, name):
        return viewer_for(self.cast[name])

    def organisation(self, code):
        return db.session.scalars(select(Organisation).where(Organisation.code == code)).one()

    def change(self, model, **values):
        db.session.execute(update(model).where(model.id == self.cast["contact"]).values(**values))

    def close_organisation(self):
        upkeep_actions.change(self.viewer("admin"), self.organisation("638"), active_until=clock.today() - timedelta(days=1))

    def let_offer_run_out(self):
        past = clock.now() - timedelta(minutes=1)
        db.session.execute(update(Signup).where(Signup.id == self.holder.id).values(state="offered", confirm_by=past))
        db.session.expire_all()

    def leave(self):
        here = (Membership.user_id == self.cast["contact"], Membership.network_id == self.cast["network:hr"])
        db.session.execute(update(Membership).where(*here).values(state=MembershipState.REMOVED))
        self.change(User, state=UserState.ACTIVE)
        db.session.execute(update(Event).where(Event.id == self.event_id).values(audience=Audience.NETWORK))
        db.session.expire_all()
        member_left.send(SYSTEM, network_id=self.cast["network:hr"], user_id=self.cast["contact"])


@pytest.mark.parametrize("way", WAYS)
def test_the_next_gets_the_seat_once(app, cast, browser, plan, states, letters, way):
    event = plan(mode=Mode.HYBRID, capacity_onsite=1, audience=Audience.CONTACT_PERSONS)
    for name in ("contact", "member", "medlem"):
        assert browser(name).post(f"/events/{event}/sign-up", mode="onsite").status == 303
    assert letters()[-1] == ("medlem", "waiting")
    with app.test_request_context("/", method="POST"):
        WAYS[way](Way(cast, event))
        db.session.commit()

    found = states(event)
    assert (found[cast["member"]], found[cast["medlem"]]) == ("offered", "waiting")
    with app.app_context():
        tasks.release()
        tasks.move_queues()
        db.session.commit()
    assert [letter for letter in letters() if letter[0] in ("member", "medlem")][2:] == [("member", "offered")], "told once"


@pytest.mark.parametrize("way", ["is taken off by an organiser", "account closed", "organisation removed", "leaves the network"])
def test_nobody_moves_up_after_the_start(app, cast, plan, states, way):
    event = plan(in_hours=-1, capacity_onsite=1, audience=Audience.CONTACT_PERSONS)
    with app.test_request_context("/", method="POST"):
        for name, state in (("contact", "confirmed"), ("member", "waiting")):
            db.session.add(Signup(event_id=event, user_id=cast[name], mode=Mode.ONSITE, state=state))
        db.session.flush()
        WAYS[way](Way(cast, event))
        db.session.commit()
    assert states(event)[cast["member"]] == "waiting"

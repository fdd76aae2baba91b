"""The last seat, wanted from all sides at the same moment (T36, I-11, I-15); and a merger of employers in the middle of it all (I-17)."""

import threading
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from extranet.accounts.models import User
from extranet.core import clock
from extranet.core.db import db
from extranet.core.errors import Refused
from extranet.events import actions, queries, signup_actions
from extranet.events.details import Guest
from extranet.events.kinds import TAKEN, Audience, EventState, Mode, SignupState
from extranet.events.models import Event, Signup
from extranet.networks.access import viewer_for
from extranet.organisations import upkeep_actions
from extranet.organisations.models import Organisation
from tests.events.world import change_over


def find(signup_id):
    loads = (joinedload(Signup.event).joinedload(Event.network), joinedload(Signup.user))
    return db.session.scalars(select(Signup).where(Signup.id == signup_id).options(*loads)).one()


def together(app, acts):
    """Do all of it at the same moment, each in a request of its own; the sentences of those that were refused."""
    gate, refused = threading.Barrier(len(acts)), []

    def run(act):
        gate.wait()
        with app.test_request_context("/", method="POST"):
            try:
                act()
                db.session.commit()
            except Refused as refusal:
                db.session.rollback()
                refused.append(str(refusal))
            db.session.remove()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


def test_signing_up_changing_over_two_tabs_and_adding_by_hand_for_one_seat(app, cast, plan, crowd, rows):
    event = plan(mode=Mode.HYBRID, capacity_onsite=1, takes_guests=True)
    crowd(9)
    people = [user.id for user in rows(User, User.email.like("crowd%"))]
    remote, new = people[:3], people[3:]
    with app.test_request_context("/", method="POST"):
        for user_id in remote:
            viewer = viewer_for(user_id)
            signup_actions.sign_up(viewer, queries.get_event(viewer, event), mode=Mode.REMOTE)
        db.session.commit()
    ids = {s.user_id: s.id for s in rows(Signup, Signup.event_id == event)}

    def sign_up(user_id):
        viewer = viewer_for(user_id)
        signup_actions.sign_up(viewer, queries.get_event(viewer, event), mode=Mode.ONSITE)

    def add(n):
        organiser = viewer_for(cast["moderator"])
        guest = Guest(f"Vieras {n}", f"vieras{n}@vieras.example")
        signup_actions.enter_by_hand(organiser, queries.get_event(organiser, event), who=guest, mode=Mode.ONSITE, reason="Puhuja")

    acts = [lambda u=u: sign_up(u) for u in new * 2]
    acts += [lambda u=u: change_over(viewer_for(u), find(ids[u]), Mode.ONSITE) for u in remote]
    acts += [lambda n=n: add(n) for n in range(3)]
    refused = together(app, acts)

    found = rows(Signup, Signup.event_id == event)
    assert len([s for s in found if s.mode == Mode.ONSITE and s.state in TAKEN]) == 1
    changed = [s for s in found if s.id in ids.values() and s.mode == Mode.ONSITE]
    assert Counter(s.state for s in found if s.mode == Mode.ONSITE) == {"confirmed": 1, "waiting": 9 - 1 + len(changed)}
    assert all(s.state == SignupState.CONFIRMED for s in found if s.id in ids.values()), "whoever cannot change over keeps the place"
    assert len({s.user_id or s.guest_email for s in found}) == len(found) == 12
    assert len(refused) == 6 + 3 - len(changed)
    assert [s.created_at for s in found] == sorted(s.created_at for s in found), "the queue is in the order of commit"


def test_more_places_while_the_last_one_goes(app, cast, plan, crowd, rows):
    event = plan(capacity_onsite=2)
    crowd(6)

    def sign_up(user_id):
        viewer = viewer_for(user_id)
        signup_actions.sign_up(viewer, queries.get_event(viewer, event), mode=Mode.ONSITE)

    def widen():
        organiser = viewer_for(cast["moderator"])
        found = queries.get_event(organiser, event)
        actions.edit(organiser, found, lock_version=found.lock_version, capacity_onsite=4)

    acts = [lambda u=u.id: sign_up(u) for u in rows(User, User.email.like("crowd%"))]
    assert together(app, [*acts, widen]) == []
    found = rows(Signup, Signup.event_id == event)
    assert len([s for s in found if s.state in TAKEN]) == 4 and len(found) == 6
    first = [s.id for s in found[:4]]
    assert [s.id for s in found if s.state in TAKEN] == first, "first come, first in"


@pytest.fixture
def merged(app, cast, rows):
    """Porvoo goes on as Pori; its people are moved there."""

    def make():
        with app.test_request_context("/", method="POST"):
            admin = viewer_for(cast["admin"])
            codes = {o.code: o for o in db.session.scalars(select(Organisation).where(Organisation.code.in_(["638", "609"])))}
            upkeep_actions.change(admin, codes["638"], successor_id=codes["609"].id)
            upkeep_actions.move_person(admin, db.session.get_one(User, cast["orgadmin"]), to=codes["609"])
            db.session.commit()
            return codes["638"].id

    return make


def test_a_place_stays_and_is_handed_on_within_the_merged_employer(app, browser, cast, plan, rows, merged):
    event = plan(audience=Audience.SIGNED_IN)
    browser("deputy").post(f"/events/{event}/sign-up")
    old = merged()
    [mine] = rows(Signup, Signup.event_id == event)
    assert (mine.organisation_id, mine.state) == (old, "confirmed"), "the organisation is that of the day of signing up"

    with app.test_request_context("/", method="POST"):
        heir = signup_actions.substitute(viewer_for(cast["deputy"]), find(mine.id), user=db.session.get_one(User, cast["orgadmin"]))
        assert (heir.user_id, heir.organisation_id) == (cast["orgadmin"], old)
        with pytest.raises(Refused):
            signup_actions.substitute(viewer_for(cast["moderator"]), find(heir.id), user=db.session.get_one(User, cast["member"]))
        db.session.commit()
    assert [s.state for s in rows(Signup, Signup.event_id == event)] == ["replaced", "confirmed"]


def test_between_sign_up_and_bill_the_employer_is_counted_once(app, browser, cast, plan, rows, merged):
    event = plan(audience=Audience.SIGNED_IN, price_cents=10_000)
    with app.test_request_context("/", method="POST"):
        for name in ("deputy", "pori"):
            viewer = viewer_for(cast[name])
            signup_actions.sign_up(viewer, queries.get_event(viewer, event), mode=Mode.ONSITE)
        db.session.commit()
    merged()
    with app.app_context():
        past = {"starts_at": clock.now() - timedelta(days=2), "ends_at": clock.now() - timedelta(days=2, hours=-3)}
        db.session.execute(update(Event).where(Event.id == event).values(state=EventState.HELD, **past))
        db.session.execute(update(Signup).where(Signup.event_id == event).values(state=SignupState.ATTENDED))
        db.session.commit()
    page = browser("moderator").get(f"/events/{event}/costs")
    assert "Pori" in page.text("main") and "Porvoo" not in page.text("main table") and "200,00" in page.text("main")

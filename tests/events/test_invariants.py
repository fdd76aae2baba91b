"""Members, contact persons, organisers and the clock act at random, and I-11 to I-17 hold after every step (a stateful property test)."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from sqlalchemy import select, update

from extranet.accounts.models import User, UserState
from extranet.core.db import db
from extranet.core.signals import member_left
from extranet.core.text import LocalText
from extranet.events import actions, desk_actions, draw_actions, programme_actions, signup_actions, tasks
from extranet.events.details import Details, Guest
from extranet.events.kinds import IN_FORCE, TAKEN, Audience, ChoiceRule, EventState, Mode, SignupState
from extranet.events.models import Event
from extranet.events.programme_models import Choice, Session, SessionType
from extranet.events.programme_rules import Draft
from extranet.events.question_models import Needs
from extranet.networks.models import Membership, MembershipState
from extranet.organisations.models import Organisation
from tests.conftest import Stage
from tests.events.world import MODES, NAMES, World, change_over, choose_anew

# What can happen, the more often the more times it is named. One rule for all, so that each life has some of everything.
STEPS = (
    *("sign_up", "cancel", "accept") * 4, *("sign_up_colleague", "choose", "substitute", "remove", "draw", "time_passes") * 2, "change_places",
    "let_in_by_hand", "change_mode", "promote", "move_by_hand", "change_a_workshop", "add_a_workshop", "remove_a_workshop",
    "leave_and_come_back", "organisations_merge", "the_event_changes",
)  # fmt: skip
NEEDS = {"diet": "vegaani", "agrees": True}
PEOPLE, WAYS, SEED = st.sampled_from(NAMES), st.sampled_from(MODES), st.integers(0, 2**16)


class Life(RuleBasedStateMachine):
    """The life of one event: places on site and remotely, three workshops at one time and two at another."""

    stage: Stage
    event_id: int

    def __init__(self) -> None:
        super().__init__()
        self.world = World(self.stage, self.event_id)

    @initialize(
        given=st.sampled_from(ChoiceRule),
        own=st.sampled_from([None, None, 2]),
        places=st.sampled_from([1, 5]),
        seeds=st.lists(SEED, min_size=5, max_size=5),
    )
    def plan(self, given: ChoiceRule, own: int | None, places: int, seeds: list[int]) -> None:
        """With few places there is a queue for the event, with many there are queues for its workshops."""
        event = self.world.event
        event.choice_rule, event.organisation_seats, event.capacity_onsite = given, own, places
        event.organisation_seats_until = event.starts_at - timedelta(days=10)
        for name, seed in zip(NAMES, seeds, strict=False):
            self.sign_up(name, Mode.ONSITE, seed * 40503 % 2**16)

    def wishes(self, seed: int) -> dict[str, list[int]]:
        """For each slot some of its sessions, in some order."""
        found: dict[str, list[int]] = {}
        for session in sorted(self.world.sessions(), key=lambda s: (s.id * 31 + seed * 17) % 23):
            if (session.id + seed) % 3:
                found.setdefault(session.slot, []).append(session.id)
        return found

    def one(self, seed: int, *states: SignupState):
        found = self.world.signups(*(states or IN_FORCE))
        return self.world.signup(found[seed % len(found)]) if found else None

    @rule(what=st.sampled_from(STEPS), name=PEOPLE, mode=WAYS, seed=SEED)
    def something_happens(self, what, name, mode, seed) -> None:
        outside = [n for n in NAMES if self.world.in_force(n) is None]
        if what == "sign_up" and outside and seed % 5:
            name = outside[seed % len(outside)]
        getattr(self, what)(name, mode, seed * 40503 % 2**16)

    def sign_up(self, name, mode, seed) -> None:
        was_open, before = self.world.event.takes_signups, self.world.in_force(name)
        with self.world.act() as refused:
            made = signup_actions.sign_up(
                self.world.viewer(name), self.world.event, mode=mode, details=Details(wishes=self.wishes(seed), **NEEDS)
            )
            assert was_open and before is None, "I-15, I-16"
            assert made.organisation_id == self.world.user(name).organisation_id
        assert refused or self.world.in_force(name).is_confirmed or self.world.signups(SignupState.WAITING)

    def sign_up_colleague(self, name, mode, seed) -> None:
        by = ("contact", "moderator", "member")[seed % 3]
        was_open, before, user = self.world.event.takes_signups, self.world.in_force(name), self.world.user(name)
        with self.world.act():
            details = Details(wishes=self.wishes(seed))
            signup_actions.sign_up_colleague(self.world.viewer(by), self.world.event, user=user, mode=mode, details=details)
            assert was_open and before is None
            assert by == "moderator" or user.organisation_id == self.world.user(by).organisation_id

    def let_in_by_hand(self, name, mode, seed) -> None:
        who = (name, *"abc")[seed % 4]
        person = Guest(f"Vieras {who}", f"{who}@vieras.example") if len(who) == 1 else self.world.user(who)
        with self.world.act():
            signup_actions.enter_by_hand(self.world.organiser, self.world.event, who=person, mode=mode, reason="Puhuja")

    def cancel(self, name, mode, seed) -> None:
        by = ("self", "self", "contact", "moderator")[seed % 4]
        if (signup := self.one(seed)) is None:
            return
        with self.world.act(may_end=[signup.id]):
            if by != "self":
                signup_actions.cancel_for(self.world.viewer(by), signup)
            elif signup.user_id is not None:
                name = next(n for n, i in self.world.ids.items() if i == signup.user_id)
                signup_actions.cancel(self.world.viewer(name), self.world.event)

    def accept(self, name, mode, seed) -> None:
        signup = self.one(seed, SignupState.OFFERED)
        if signup is None or signup.user_id is None:
            return
        name, in_time = next(n for n, i in self.world.ids.items() if i == signup.user_id), signup.confirm_by > self.world.now
        with self.world.act(own=[signup.id]) as refused:
            signup_actions.accept(self.world.viewer(name), signup)
        assert bool(refused) != in_time

    def change_mode(self, name, mode, seed) -> None:
        if (signup := self.one(seed)) is not None:
            with self.world.act(own=[signup.id]):
                change_over(self.world.organiser, signup, mode)

    def choose(self, name, mode, seed) -> None:
        if (signup := self.one(seed)) is not None:
            inside = {s for i, s in self.world.picture().inside if i == signup.id}
            wishes = self.wishes(seed // 7)
            with self.world.act(own=[signup.id]) as refused:
                choose_anew(self.world.organiser, signup, wishes)
            if not refused:
                kept = {slot for slot, ids in wishes.items() if inside & set(ids)}
                now = {self.world.picture().slots[s] for i, s in self.world.picture().inside if i == signup.id}
                assert kept <= now, "nobody loses a place by wishing for a better one"

    def substitute(self, name, mode, seed) -> None:
        if (signup := self.one(seed)) is None:
            return
        queued, user, inside = self.world.in_force(name), self.world.user(name), self.world.picture().inside
        with self.world.act(own=[signup.id], may_end=[signup.id, queued.id if queued else 0]) as refused:
            heir = signup_actions.substitute(self.world.organiser, signup, user=user)
        if not refused:
            assert heir.organisation_id == signup.organisation_id and (heir.mode, heir.state) == (signup.mode, SignupState.CONFIRMED), (
                "I-17"
            )
            assert signup.state == SignupState.REPLACED and signup.cancel_charge_cents == 0, "I-17: free of charge"
            mine = {s for i, s in self.world.picture().inside if i == heir.id}
            assert mine == {s for i, s in inside if i == signup.id}, "I-17: keeps the sessions"
            assert db.session.get(Needs, heir.id) is None, "I-17: nothing of diet is inherited"

    def remove(self, name, mode, seed) -> None:
        if (signup := self.one(seed)) is not None:
            with self.world.act(may_end=[signup.id]):
                signup_actions.remove(self.world.organiser, signup, reason="Estynyt")

    def promote(self, name, mode, seed) -> None:
        if (signup := self.one(seed, SignupState.WAITING, SignupState.OFFERED)) is not None:
            with self.world.act(own=[signup.id]):
                signup_actions.promote(self.world.organiser, signup, reason="Puhuja")

    def move_by_hand(self, name, mode, seed) -> None:
        if (signup := self.one(seed)) is not None:
            sessions = {slot: ids[0] for slot, ids in self.wishes(seed // 5).items()}
            with self.world.act(own=[signup.id]):
                desk_actions.move(self.world.organiser, signup, mode=mode, sessions=sessions if seed % 2 else {}, reason="Sali vaihtuu")

    def change_places(self, name, mode, seed) -> None:
        places = (None, 1, 2, 3, 4)[seed % 5]
        event = self.world.event
        taken = len([s for s in self.world.signups(*TAKEN) if s.mode == mode])
        with self.world.act() as refused:
            actions.edit(self.world.organiser, event, lock_version=event.lock_version, **{f"capacity_{mode}": places})
        assert bool(refused) == (places is not None and places < taken)

    def change_a_workshop(self, name, mode, seed) -> None:
        places = (None, 1, 2, 3)[seed // 7 % 4]
        if sessions := self.world.sessions():
            session = sessions[seed % len(sessions)]
            draft = Draft(session.type, session.title, session.starts_at, session.ends_at, session.slot, places)
            with self.world.act():
                programme_actions.edit_session(self.world.organiser, self.world.event, session_id=session.id, draft=draft)

    def add_a_workshop(self, name, mode, seed) -> None:
        slot, places = "AB"[seed % 2], 1 + seed // 2 % 2
        event = self.world.event
        if len(self.world.sessions()) < 7:
            begins = event.starts_at + timedelta(hours=1 if slot == "B" else 0)
            draft = Draft(SessionType.WORKSHOP, LocalText(fi="Uusi"), begins, begins + timedelta(hours=1), slot, places)
            with self.world.act():
                programme_actions.add_session(self.world.organiser, event, draft=draft)

    def remove_a_workshop(self, name, mode, seed) -> None:
        if sessions := self.world.sessions():
            with self.world.act():
                session_id = sessions[seed % len(sessions)].id
                programme_actions.remove_session(self.world.organiser, self.world.event, session_id=session_id, chosen_seen=99)

    def draw(self, name, mode, seed) -> None:
        if self.world.event.choice_rule != ChoiceRule.WISHES:
            return
        again = seed % 2
        with self.world.act(draws=True) as refused:
            draw_actions.draw(self.world.organiser, self.world.event, reason="Uusi sali" if again else "")
        if not refused:
            with self.world.act(draws=True):
                draw_actions.tell_draw(self.world.organiser, self.world.event)

    def time_passes(self, name, mode, seed) -> None:
        hours = (1, 5, 25, 25, 25, 25, 50, 24 * 12, 24 * 31)[seed % 9]
        self.world.time.shift(timedelta(hours=hours))
        due = [s.id for s in self.world.signups(SignupState.OFFERED) if s.confirm_by <= self.world.now]
        with self.world.act(may_end=due):
            tasks.move_queues()
        assert not any(s.confirm_by <= self.world.now for s in self.world.signups(SignupState.OFFERED))

    def leave_and_come_back(self, name, mode, seed) -> None:
        """Out of the network, or the account closed: the place goes on. Then the person is as before."""
        closes = seed % 2
        user_id, mine = self.world.ids[name], self.world.in_force(name)
        here = (Membership.user_id == user_id, Membership.network_id == self.world.networks["hr"])
        states = dict(db.session.execute(select(Membership.id, Membership.state).where(*here)).all())
        with self.world.act(may_end=[mine.id] if mine else []):
            if closes:
                db.session.execute(update(User).where(User.id == user_id).values(state=UserState.CLOSED))
                tasks.release_places(user_id)
            else:
                db.session.execute(update(Membership).where(*here).values(state=MembershipState.REMOVED))
                member_left.send(None, network_id=self.world.networks["hr"], user_id=user_id)
        if closes:
            assert not mine or mine.state not in IN_FORCE or self.world.event.has_begun or self.world.event.state == EventState.CANCELLED
        db.session.execute(update(User).where(User.id == user_id).values(state=UserState.ACTIVE))
        for key, state in states.items():
            db.session.execute(update(Membership).where(Membership.id == key).values(state=state))

    def organisations_merge(self, name, mode, seed) -> None:
        """What was signed up stays with the organisation of that day; nobody's place changes."""
        before = {s.id: s.organisation_id for s in self.world.signups()}
        mine, pori = self.world.user(name).organisation_id, self.world.user("pori").organisation_id
        with self.world.act():
            db.session.execute(update(Organisation).where(Organisation.id == mine, Organisation.id != pori).values(successor_id=pori))
            tasks.release_places()
        assert before == {s.id: s.organisation_id for s in self.world.signups()}

    def the_event_changes(self, name, mode, seed) -> None:
        what = ("close", "reopen", "reopen", "move", "cancel")[seed % 5]
        event = self.world.event
        with self.world.act():
            if what == "close":
                actions.close(self.world.organiser, event)
            elif what == "reopen":
                actions.reopen(self.world.organiser, event)
            elif what == "cancel" and seed % 3 == 0:
                actions.cancel_event(self.world.organiser, event, reason="Lumimyrsky")
            elif what == "move" and not event.has_begun:
                starts = self.world.now + timedelta(days=1 + seed % 40)
                data = {"starts_at": starts, "ends_at": starts + (event.ends_at - event.starts_at)}
                actions.edit(self.world.organiser, event, lock_version=event.lock_version, **data)

    def teardown(self) -> None:
        self.world.end()


@pytest.mark.slow
def test_everything_holds_whatever_people_do(stage, plan):
    event_id = plan(
        mode=Mode.HYBRID, capacity_onsite=2, capacity_remote=1, hours=4, audience=Audience.CONTACT_PERSONS, takes_guests=True, catering=True
    )
    with stage.app.app_context():
        begins = db.session.get_one(Event, event_id).starts_at
        for n, (slot, places) in enumerate([("A", 1), ("A", 1), ("A", 2), ("B", 1), ("B", None)]):
            starts = begins + timedelta(hours=1 if slot == "B" else 0)
            workshop = {"type": SessionType.WORKSHOP, "starts_at": starts, "ends_at": starts + timedelta(hours=1)}
            db.session.add(Session(event_id=event_id, slot=slot, capacity=places, title=LocalText(fi=f"Paja {n}"), **workshop))
        db.session.commit()
    machine = type("Machine", (Life,), {"stage": stage, "event_id": event_id})
    many = 10 if stage.app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite") else 2
    with stage.app.test_request_context("/", method="POST"):
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=many, stateful_step_count=30, deadline=None, database=None, derandomize=True,
                suppress_health_check=list(HealthCheck), phases=[Phase.generate],
            ),
        )  # fmt: skip
        assert (
            db.session.scalar(select(Choice.id).join(Session, Session.id == Choice.session_id).where(Session.event_id == event_id)) is None
        )

"""What the demo has of draws: one event whose participants have ranked its workshops, and one whose draw has been told."""

from datetime import timedelta

from extranet.core import clock
from extranet.core.db import db
from extranet.core.text import LocalText
from extranet.demo.cast import Cast
from extranet.events.draw import Ballot, Outcome, Place, draw, queue
from extranet.events.draw_models import Draw, DrawResult
from extranet.events.draw_report import make_report
from extranet.events.kinds import ChoiceRule, EventState, EventType, Mode, SignupState
from extranet.events.models import Event, Signup
from extranet.events.programme_models import Choice, ChoiceState, Session, SessionType

TITLES = (
    LocalText(fi="Ideatyöpaja: työn imu arjessa", sv="Idéworkshop: arbetsglädje i vardagen"),
    LocalText(fi="Ideatyöpaja: rekrytointi yhdessä", sv="Idéworkshop: rekrytering tillsammans"),
)
WORKSHOPS = (
    (LocalText(fi="Hakijakokemus", sv="Sökandens upplevelse"), 1),
    (LocalText(fi="Sisäinen liikkuvuus", sv="Intern rörlighet"), 2),
    (LocalText(fi="Yhteiset sijaiset", sv="Gemensamma vikarier"), 2),
)
WISHES = {"member": (0, 1), "medlem": (0, 2, 1), "expert": (0,), "admin": (1, 0)}


def add_to_cast(cast: Cast) -> None:
    """`wishes_event` and `drawn_event`, with their sign-ups."""
    for days, key, title in ((61, "wishes_event", TITLES[0]), (62, "drawn_event", TITLES[1])):
        event, sessions = _event(cast, days, title)
        cast.things[key] = event.id
        ballots = [Ballot(_sign_up(cast, event, name).id, {"A": [sessions[w].id for w in wishes]}) for name, wishes in WISHES.items()]
        if key == "drawn_event":
            outcomes = _draw(event, sessions, ballots)
        else:
            outcomes = [Outcome(b.signup_id, {"A": list(b.wishes["A"])}, {"A": 0}, {"A": None}) for b in ballots]
        for lot, one in enumerate(queue(outcomes, "A"), 1):
            for wish, session_id in enumerate(one.wishes["A"], 1):
                state = ChoiceState.CONFIRMED if one.rank("A") == wish else ChoiceState.WAITING
                is_drawn = event.drawn_at is not None and wish <= one.rank("A")
                db.session.add(
                    Choice(
                        signup_id=one.signup_id,
                        session_id=session_id,
                        rank=wish,
                        state=state if is_drawn else ChoiceState.WISHED,
                        lot=lot if is_drawn else None,
                    )
                )
    db.session.flush()


def _event(cast: Cast, days: int, title: LocalText) -> tuple[Event, list[Session]]:
    begins = clock.now().replace(hour=7, minute=0, second=0, microsecond=0) + timedelta(days=days)
    event = Event(
        network_id=cast.networks["hr"].id, type=EventType.IDEA_WORKSHOP, title=title, mode=Mode.ONSITE, state=EventState.CLOSED,
        venue=LocalText(fi="Kosken kunnantalo", sv="Kommunhuset i Koskis"), starts_at=begins, ends_at=begins + timedelta(hours=4),
        organiser_id=cast.people["moderator"].id, choice_rule=ChoiceRule.WISHES, draw_seed=f"demo-{days}",
    )  # fmt: skip
    db.session.add(event)
    db.session.flush()
    starts = begins + timedelta(hours=1)
    sessions = [
        Session(
            event_id=event.id, type=SessionType.WORKSHOP, title=title, slot="A", capacity=places, starts_at=starts, ends_at=starts + timedelta(hours=1)
        )
        for title, places in WORKSHOPS
    ]  # fmt: skip
    db.session.add_all(sessions)
    db.session.flush()
    return event, sessions


def _sign_up(cast: Cast, event: Event, name: str) -> Signup:
    user = cast.people[name]
    signup = Signup(event_id=event.id, user_id=user.id, organisation_id=user.organisation_id, mode=Mode.ONSITE, state=SignupState.CONFIRMED)
    db.session.add(signup)
    db.session.flush()
    return signup


def _draw(event: Event, sessions: list[Session], ballots: list[Ballot]) -> list[Outcome]:
    places = [Place(s.id, s.slot, s.starts_at, s.ends_at, s.capacity) for s in sessions]
    seed = f"{event.draw_seed}-1"
    outcomes = draw(ballots, places, seed)
    event.drawn_at = clock.now()
    report = make_report(outcomes, sessions, {s.id: s.capacity for s in sessions})
    made = Draw(event_id=event.id, number=1, seed=seed, digest="", report=report, drawn_by_id=event.organiser_id, told_at=event.drawn_at)
    db.session.add(made)
    db.session.flush()
    db.session.add_all(
        DrawResult(
            draw_id=made.id,
            signup_id=one.signup_id,
            slots={"A": {"wishes": one.wishes["A"], "number": one.numbers["A"], "got": one.got["A"]}},
        )
        for one in outcomes
    )
    return outcomes

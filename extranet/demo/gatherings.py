"""What the demo's coming events have beside a date: a programme to choose from, questions, needs, offers, guests and prices."""

import random
from collections.abc import Iterable, Sequence
from datetime import timedelta

from sqlalchemy import ColumnElement, insert, select, update

from extranet.accounts.models import User
from extranet.accounts.tokens import hash_token
from extranet.core import clock
from extranet.core.db import db
from extranet.core.text import LocalText
from extranet.core.viewer import SYSTEM
from extranet.demo.cast import PORVOO, Cast
from extranet.demo.meetings import ANSWERS, DIETS, GROUPS, MESSAGES, NEEDS, QUESTIONS, TERMS, Group
from extranet.demo.profiles import Profile
from extranet.events import guest_links, workshops
from extranet.events.guest_models import Invitation
from extranet.events.kinds import IN_FORCE, ChoiceRule, EventState, Mode, SignupState
from extranet.events.models import Event, Signup
from extranet.events.programme_models import Session, SessionType
from extranet.events.question_models import Answer, Needs, Question, QuestionKind
from extranet.networks.models import Membership, MembershipState

CONFIRMED, WAITING, OFFERED = SignupState.CONFIRMED, SignupState.WAITING, SignupState.OFFERED
GUESTS = (("Pekka Vierasniemi", "Esimerkkikonsultit Oy", "fi"), ("Anna Gästberg", "Exempelförbundet", "sv"))


def fill(cast: Cast, rng: random.Random, size: Profile) -> None:
    """Bring life into a few events by name, and let everybody tell what one tells when signing up."""
    crowd = _crowd(cast, rng)
    autumn, seminar, training = (db.session.get_one(Event, cast.things[f"{key}_event"]) for key in ("workshop", "hr", "full"))
    _fill_autumn_day(autumn, crowd, rng)
    _fill_seminar(cast, seminar, crowd)
    _fill_training(training, crowd)
    coming = list(db.session.scalars(select(Event).where(Event.state == EventState.OPEN, Event.starts_at > clock.now()).order_by(Event.id)))
    for event in coming:
        if event.title.get("fi", "").startswith("Ideatyöpaja: työkyky"):
            event.catering = True
            _choose(event, _add_groups(event, GROUPS[0], (8, 7, 5)), rng, many=2)
            _ask(event, rng)
        if event.title.get("fi", "").startswith("Viisi lukua"):
            event.choice_rule, event.draw_seed = ChoiceRule.WISHES, f"demo-{event.id}"
            _choose(event, _add_groups(event, GROUPS[1], (4, 6, 10)), rng, many=3)
    _tell(Signup.event_id.in_([event.id for event in coming]), rng)
    _feed([event for event in coming if event.catering], rng)
    db.session.flush()


def _crowd(cast: Cast, rng: random.Random) -> list[User]:
    """Members of the HR network in any order, one of each organisation; nobody of the cast, so that they can do it themselves."""
    named = {user.id for user in cast.people.values()}
    members = (
        select(User)
        .join(Membership, Membership.user_id == User.id)
        .where(
            Membership.network_id == cast.networks["hr"].id, Membership.state == MembershipState.ACTIVE, User.organisation_id.is_not(None)
        )
    )
    people = [user for user in db.session.scalars(members.order_by(User.id)) if user.id not in named]
    rng.shuffle(people)
    return list({user.organisation_id: user for user in people}.values())


def _enter(event: Event, people: Iterable[User], state: SignupState = CONFIRMED, **more: object) -> list[Signup]:
    """Sign these people up, the first of them first, some remotely where that is possible."""
    assert event.starts_at is not None  # noqa: S101  the demo's coming events have a date
    signups = []
    for number, user in enumerate(people):
        mode = event.modes[-1] if number % 4 == 3 else event.modes[0]
        signup = Signup(
            event=event, user_id=user.id, organisation_id=user.organisation_id, mode=mode, state=state, terms_version=event.terms_version,
            created_at=clock.days_ago(6) + timedelta(minutes=37 * number), **more,
        )  # fmt: skip
        db.session.add(signup)
        signups.append(signup)
    db.session.flush()
    return signups


def _fill_autumn_day(event: Event, crowd: Sequence[User], rng: random.Random) -> None:
    """Thirty people of as many organisations choose among three workshops; the smallest is full. Each organisation has three places."""
    assert event.starts_at is not None  # noqa: S101  the cast's own
    event.organisation_seats, event.organisation_seats_until = 3, event.starts_at - timedelta(days=14)
    _enter(event, crowd[:30])
    sessions = db.session.scalars(select(Session.id).where(Session.event_id == event.id, Session.slot != "").order_by(Session.id))
    _choose(event, list(sessions), rng, many=2)
    _ask(event, rng)


def _fill_seminar(cast: Cast, event: Event, crowd: Sequence[User]) -> None:
    """A half day in Porvoo or at home, with a link for guests and two who came by it."""
    assert event.starts_at is not None  # noqa: S101  the cast's own
    event.host_organisation_id = cast.organisations[PORVOO].id
    event.co_organisers = LocalText(fi="Uudenmaan liitto (esimerkki)", sv="Nylands förbund (exempel)")
    event.takes_guests = True
    _enter(event, crowd[30:58])
    link = Invitation(
        event=event,
        guests=10,
        created_by_id=event.organiser_id,
        expires_at=event.starts_at - timedelta(days=3),
        created_at=clock.days_ago(9),
    )
    db.session.add(link)
    db.session.flush()
    link.token_hash = hash_token(guest_links.make_token(link))
    for name, organisation, language in GUESTS:
        guest = Signup(
            event=event, guest_name=name, guest_email=f"{name.split()[0].lower()}@vieraat.example", guest_organisation=organisation,
            guest_language=language, invitation_id=link.id, mode=Mode.ONSITE, state=CONFIRMED, created_at=clock.days_ago(2),
        )  # fmt: skip
        db.session.add(guest)
        db.session.flush()
        guest.guest_token_hash = hash_token(guest_links.make_token(guest))


def _fill_training(event: Event, crowd: Sequence[User]) -> None:
    """Twelve places at 120 € and VAT; the last one is offered to the first who waited, and two wait on."""
    assert event.starts_at is not None  # noqa: S101  the cast's own
    event.capacity_onsite, event.price_cents, event.catering = 12, 12_000, True
    event.terms, event.terms_version = LocalText(TERMS), 1
    _enter(event, crowd[60:70], buyer_reference="HR-palvelut", cost_centre="4710")
    _enter(event, crowd[70:71], OFFERED, promoted_at=clock.now() - timedelta(hours=3), confirm_by=clock.now() + timedelta(hours=21))
    _enter(event, crowd[71:73], WAITING)


def _add_groups(event: Event, groups: Sequence[Group], places: Sequence[int]) -> list[int]:
    """Three sessions side by side in the second hour, after a talk for all; their ids."""
    assert event.starts_at is not None and event.ends_at is not None  # noqa: S101  the demo's coming events have a date
    begins = event.starts_at + timedelta(minutes=45)
    ends = min(begins + timedelta(minutes=75), event.ends_at)
    talk = Session(
        event_id=event.id, type=SessionType.LECTURE, starts_at=event.starts_at, ends_at=begins,
        title=LocalText(fi="Alustus: mistä on kyse", sv="Inledning: vad det handlar om"),
    )  # fmt: skip
    sessions = [
        Session(
            event_id=event.id, type=SessionType.WORKSHOP, starts_at=begins, ends_at=ends, slot="1", capacity=room,
            title=LocalText(fi=group.fi, sv=group.sv), description=LocalText(fi=group.about_fi, sv=group.about_sv),
        )
        for group, room in zip(groups, places, strict=True)
    ]  # fmt: skip
    db.session.add_all([talk, *sessions])
    db.session.flush()
    return [session.id for session in sessions]


def _choose(event: Event, sessions: Sequence[int], rng: random.Random, many: int) -> None:
    """Everybody chooses in the order of signing up; those who wait for a place in the event only wish."""
    signups = select(Signup).where(Signup.event_id == event.id, Signup.state.in_(IN_FORCE)).order_by(Signup.id)
    for signup in db.session.scalars(signups).all():
        signup.event = event
        wanted = rng.sample(list(sessions), len(sessions))
        workshops.choose(SYSTEM, signup, {"1": wanted[:many]})


def _ask(event: Event, rng: random.Random) -> None:
    """Three questions of the organiser's own, and what people answered."""
    kinds = (QuestionKind.CHOICE, QuestionKind.YES_NO, QuestionKind.TEXT)
    questions = [
        Question(event_id=event.id, position=n, kind=kind, label=LocalText(fi=fi, sv=sv), options=list(options), required=n == 1)
        for n, (kind, (fi, sv, options)) in enumerate(zip(kinds, QUESTIONS, strict=True), 1)
    ]
    db.session.add_all(questions)
    db.session.flush()
    choices = (questions[0].options, ["yes", "no"], [*ANSWERS, *("",) * len(ANSWERS)])
    signups = db.session.scalars(select(Signup.id).where(Signup.event_id == event.id, Signup.state.in_(IN_FORCE)).order_by(Signup.id)).all()
    answers = [
        {"signup_id": signup_id, "question_id": question.id, "text": text}
        for signup_id in signups
        for question, texts in zip(questions, choices, strict=True)
        if (text := rng.choice(texts))
    ]
    db.session.execute(insert(Answer), answers)


def _tell(where: ColumnElement[bool], rng: random.Random) -> None:
    """Two of three show their name to others, every other may be photographed, a few ask something in advance."""
    db.session.execute(update(Signup).where(where, Signup.id % 3 != 0).values(shows_name=True))
    db.session.execute(update(Signup).where(where, Signup.id % 2 == 0).values(allows_photo=True))
    for signup_id in db.session.scalars(select(Signup.id).where(where, Signup.id % 23 == 5, Signup.state == CONFIRMED)).all():
        db.session.execute(update(Signup).where(Signup.id == signup_id).values(message=rng.choice(MESSAGES)))


def _feed(events: Sequence[Event], rng: random.Random) -> None:
    """Where there is food, every third tells a diet, and some what else they need."""
    wanted = select(Signup.id, Signup.created_at).where(Signup.event_id.in_([e.id for e in events]), Signup.state.in_(IN_FORCE))
    rows = [
        {"signup_id": row.id, "diet": rng.choice(DIETS), "accessibility": rng.choice(NEEDS) if row.id % 7 == 0 else "", "consented_at": row.created_at}
        for row in db.session.execute(wanted.order_by(Signup.id))
        if row.id % 3 == 1
    ]  # fmt: skip
    if rows:
        db.session.execute(insert(Needs), rows)

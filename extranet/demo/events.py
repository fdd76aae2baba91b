"""What the demo has of events."""

import random
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import insert, select

from extranet.accounts.models import Side, User, UserState
from extranet.core import clock
from extranet.core.db import db
from extranet.core.text import LocalText, render_local_markdown
from extranet.demo.cast import Cast
from extranet.demo.meetings import MEETINGS, PROGRAMMES, VENUES, Meeting
from extranet.demo.profiles import Profile
from extranet.demo.programmes import add_autumn_day
from extranet.events.kinds import Audience, EventState, EventType, Mode, SignupState
from extranet.events.message_models import Message
from extranet.events.models import Event, Signup
from extranet.networks.models import Membership, MembershipState, NetworkState

ONSITE, REMOTE, HYBRID = Mode.ONSITE, Mode.REMOTE, Mode.HYBRID
# What an event is about, by a word of its Finnish title; else what its network is about.
ABOUT = {
    "rekryt": "recruitment", "hyvinvoi": "wellbeing-at-work", "saatavuus": "staff-planning", "perehdy": "induction", "palkitse": "rewarding",
    "puheeksi": "work-ability", "työky": "work-ability", "johto": "hr-data", "sopimus": "employment",
}  # fmt: skip


def add_to_cast(cast: Cast) -> None:
    """The few that the tests know by name."""
    add = _Adder(cast)
    add(
        "hr_event", "hr", "Paluu toimistolle vai monipaikkaisesti?", "Tillbaka till kontoret eller på flera platser?", 20, HYBRID,
        summary=("Puolen päivän tapaaminen: kolme kokemusta ja yhteinen keskustelu.", "En halv dag: tre erfarenheter och en gemensam diskussion."),
        venue=("Porvoon taidetehdas, sali 2", "Konstfabriken i Borgå, sal 2"), address="Läntinen Aleksanterinkatu 1, Porvoo",
        capacity_onsite=40, stream_url="https://video.extranet.example/monipaikkaisesti", topics=[cast.topics["remote-work"], cast.topics["leadership"]],
    )  # fmt: skip
    add(
        "open_event", "work-and-life", "Työajan pienet kokeilut", "Små försök med arbetstiden", 27, REMOTE, type=EventType.WEBINAR,
        summary=("Mitä opittiin, kun vuorot suunniteltiin yhdessä.", "Vad vi lärde oss av att planera skiften tillsammans."),
        audience=Audience.SIGNED_IN, stream_url="https://video.extranet.example/kokeilut",
    )  # fmt: skip
    add(
        "full_event", "hr", "Osaamiskartta käytännössä", "Kompetenskartan i praktiken", 13, ONSITE, type=EventType.TRAINING,
        venue=("Raaseporin kaupungintalo", "Raseborgs stadshus"), capacity_onsite=1, taken_by=("medlem",),
    )  # fmt: skip
    add(
        "crowded_event", "hr", "Palkitsemisen keinot pienessä kunnassa", "Belöning i en liten kommun", 34, ONSITE,
        venue=("Kosken kunnantalo", "Kommunhuset i Koskis"), capacity_onsite=1, taken_by=("medlem", "expert"),
    )  # fmt: skip
    cast.things["crowded_message"] = _message(cast, "crowded_event")
    add(
        "contact_event", "contact-persons", "Yhteyshenkilöiden kuukausikahvit", "Kontaktpersonernas månadskaffe", 9, REMOTE, hour=14,
        organiser="expert", taken_by=("contact",), stream_url="https://video.extranet.example/kahvit",
    )  # fmt: skip
    add("draft_event", "hr", "Henkilöstökertomus luvuista tarinaksi", "Personalrapporten: från siffror till berättelse", 48, ONSITE,
        type=EventType.IDEA_WORKSHOP, state=EventState.DRAFT, venue=("Hämeenlinnan raatihuone", "Rådhuset i Tavastehus"))  # fmt: skip
    add("cancelled_event", "hr", "Tietotärsky: lähtöhaastattelu", "Informationsinslag: avgångsintervjun", 16, REMOTE,
        type=EventType.INFO_BURST, state=EventState.CANCELLED, taken_by=("member",), cancelled_reason="Puhuja on estynyt. Uusi aika kerrotaan keväällä.")  # fmt: skip
    announced = add("announced_event", "hr", "Ideatyöpaja: eri-ikäisten johtaminen", "Idéworkshop: att leda olika åldrar", 0, ONSITE,
        type=EventType.IDEA_WORKSHOP, state=EventState.ANNOUNCED)  # fmt: skip
    year = clock.today().year + 1
    announced.starts_at = announced.ends_at = None
    announced.date_text = LocalText(fi=f"Helmikuun alussa {year}", sv=f"I början av februari {year}")
    add("advisory_event", "hr-advisory-board", "Ensi kauden teemat", "Teman för nästa period", 11, REMOTE, organiser="expert")
    add("held_event", "hr", "Henkilöstötieto johtoryhmän pöydällä", "Personaldata på ledningsgruppens bord", -30, REMOTE,
        state=EventState.HELD, taken_by=("member", "medlem"))  # fmt: skip
    autumn_day = add(
        "workshop_event", "hr", "Henkilöstön saatavuus ja ennakointi", "Tillgång på personal och framsyn", 41, ONSITE, type=EventType.NETWORK_DAY,
        summary=("Luento, kolme rinnakkaista työpajaa ja hyvää kahvia.", "En föreläsning, tre parallella workshoppar och gott kaffe."),
        venue=("Lehtovaaran kaupungintalo", "Lehtovaara stadshus"), description=LocalText(), description_html=LocalText(), capacity_onsite=36,
        catering=True, topics=[cast.topics["staff-planning"]],
    )  # fmt: skip
    add_autumn_day(cast, autumn_day)
    db.session.flush()


class _Adder:
    """Adds a named event; more people than places come to the waiting list in their order."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    def __call__(
        self, key: str, network: str, fi: str, sv: str, days: int, mode: Mode, *,
        hour: int = 9, organiser: str = "moderator", taken_by: Sequence[str] = (), summary: tuple[str, str] = ("", ""),
        venue: tuple[str, str] = ("", ""), **more: Any,
    ) -> Event:  # fmt: skip
        people = self.cast.people
        begins = _working_day(days, hour)
        described = LocalText(fi=PROGRAMMES[0][0], sv=PROGRAMMES[0][1])
        event = Event(
            **{
                "network_id": self.cast.networks[network].id, "type": EventType.MEETING, "title": LocalText(fi=fi, sv=sv), "mode": mode,
                "summary": LocalText(fi=summary[0], sv=summary[1]), "venue": LocalText(fi=venue[0], sv=venue[1]),
                "description": described, "description_html": render_local_markdown(described), "state": EventState.OPEN,
                "starts_at": begins, "ends_at": begins + timedelta(hours=3), "organiser_id": people[organiser].id,
                "created_at": min(begins, clock.now()) - timedelta(days=30),
            }
            | more
        )  # fmt: skip
        db.session.add(event)
        db.session.flush()
        self.cast.things[key] = event.id
        limit = event.capacity(event.modes[0])
        for place, name in enumerate(taken_by):
            is_in = limit is None or place < limit
            signup = Signup(
                event_id=event.id, user_id=people[name].id, organisation_id=people[name].organisation_id, mode=event.modes[0],
                state=SignupState.CONFIRMED if is_in else SignupState.WAITING, created_at=clock.days_ago(5 - place if days > 0 else 50),
            )  # fmt: skip
            db.session.add(signup)
            db.session.flush()
            self.cast.things[f"{key}_{'confirmed' if is_in else 'waiting'}"] = signup.id
        return event


def _message(cast: Cast, key: str) -> int:
    """What the organiser wrote to those who have a place; its id."""
    text = LocalText(
        fi="Kunnantalon pääovi avataan klo 8.30. **Kahvit** ovat ala-aulassa.",
        sv="Huvuddörren öppnas kl. 8.30. **Kaffet** serveras i nedre aulan.",
    )
    message = Message(
        event_id=cast.things[key], sender_id=cast.people["moderator"].id, reply_to=cast.people["moderator"].email,
        subject=LocalText(fi="Näin löydät perille", sv="Så hittar du fram"), text=text, text_html=render_local_markdown(text),
        signup_ids=[cast.things[f"{key}_confirmed"]], key=f"demo-{key}", sent_at=clock.days_ago(1),
    )  # fmt: skip
    db.session.add(message)
    db.session.flush()
    return message.id


def fill(cast: Cast, rng: random.Random, size: Profile) -> None:
    """Events of the past year and the coming months in all networks; one has the largest audience, one is full with seven waiting."""
    members = _members()
    left = size.events - len([key for key in cast.things if key.endswith("_event")])
    networks = {slug: network for slug, network in cast.networks.items() if network.state == NetworkState.ACTIVE}
    meetings = [meeting for meeting in MEETINGS if meeting.network in networks]
    for n in range(left):
        meeting, again = meetings[n % len(meetings)], n // len(meetings)
        days = rng.choice((7, 12, 19, 26, 33, 41, 55, 70)) if n % 3 == 0 else -rng.randint(5, 330 + 300 * again)
        event = _meeting(cast, meeting, days, again, rng)
        db.session.add(event)
        db.session.flush()
        people = members.get(event.network_id, [])
        wanted = rng.randint(8, 45)
        if n == 0:
            people, wanted = _everybody(), size.largest_event
            event.audience = Audience.SIGNED_IN
        if n == 3:
            event.mode, event.capacity_onsite, wanted = ONSITE, 20, 27
        _sign_up(event, rng.sample(people, min(wanted, len(people))), rng)
    db.session.flush()


def _meeting(cast: Cast, meeting: Meeting, days: int, again: int, rng: random.Random) -> Event:
    begins: datetime = _working_day(days, meeting.hour)
    programme = LocalText(zip(("fi", "sv"), PROGRAMMES[(again + meeting.hour) % len(PROGRAMMES)], strict=True))
    venue = rng.choice(VENUES)
    is_remote = meeting.mode == REMOTE
    suffix = f" ({again + 1})" if again else ""
    return Event(
        network_id=cast.networks[meeting.network].id, type=meeting.type, mode=meeting.mode,
        title=LocalText(fi=meeting.fi + suffix, sv=meeting.sv + suffix), summary=LocalText(fi=meeting.summary_fi, sv=meeting.summary_sv),
        description=programme, description_html=render_local_markdown(programme), starts_at=begins, ends_at=begins + timedelta(hours=meeting.hours),
        venue=LocalText() if is_remote else LocalText(fi=venue[0], sv=venue[1]), address="" if is_remote else venue[2],
        capacity_onsite=None if is_remote else rng.choice((40, 50, 60)), capacity_remote=None,
        stream_url="" if meeting.mode == ONSITE else f"https://video.extranet.example/{rng.randrange(10**6):06}",
        registration_closes_at=begins - timedelta(days=2), audience=meeting.audience,
        organiser_id=cast.people["expert" if meeting.network == "contact-persons" else "moderator"].id,
        state=EventState.OPEN if days > 0 else EventState.HELD, created_at=min(begins, clock.now()) - timedelta(days=45),
        topics=[cast.topics[slug] for slug in sorted(_about(meeting)) if slug in cast.topics],
    )  # fmt: skip


def _about(meeting: Meeting) -> set[str]:
    return {slug for word, slug in ABOUT.items() if word in meeting.fi.casefold()} or {meeting.network}


def _working_day(days: int, hour: int) -> datetime:
    """About that many days from today; a weekend becomes the Monday after."""
    day = clock.today() + timedelta(days=days)
    return clock.from_local(day + timedelta(days=8 - day.isoweekday() if day.isoweekday() > 5 else 0), time(hour))


def _sign_up(event: Event, people: Sequence[Any], rng: random.Random) -> None:
    """Sign these people up in their order; whoever finds no place waits."""
    assert event.starts_at is not None  # noqa: S101  the demo's meetings have a date
    taken = {mode: 0 for mode in event.modes}
    rows = []
    until = min(event.starts_at, clock.now())
    for n, (user_id, organisation_id) in enumerate(people):
        mode = rng.choice(event.modes)
        limit = event.capacity(mode)
        is_in = limit is None or taken[mode] < limit
        taken[mode] += is_in
        rows.append(
            {
                "event_id": event.id, "user_id": user_id, "organisation_id": organisation_id, "mode": mode,
                "state": SignupState.CONFIRMED if is_in else SignupState.WAITING,
                "created_at": until - timedelta(hours=24 * 21) + timedelta(hours=24 * 20) * (n + 1) / (len(people) + 1),
            }
        )  # fmt: skip
    if rows:
        db.session.execute(insert(Signup), [row | {"note": ""} for row in rows])


def _everybody() -> list[Any]:
    """Every active person on the employers' side, with organisation."""
    employers = select(User.id, User.organisation_id).where(User.state == UserState.ACTIVE, User.side == Side.EMPLOYER)
    return [tuple(row) for row in db.session.execute(employers.order_by(User.id))]


def _members() -> dict[int, list[Any]]:
    """Active members of each network: person and organisation."""
    found: dict[int, list[Any]] = {}
    rows = db.session.execute(
        select(Membership.network_id, User.id, User.organisation_id)
        .join(User, User.id == Membership.user_id)
        .where(Membership.state == MembershipState.ACTIVE)
        .order_by(Membership.network_id, User.id)
    )
    for network_id, user_id, organisation_id in rows:
        found.setdefault(network_id, []).append((user_id, organisation_id))
    return found

"""What the demo has of billing: a learning network whose third day is split, two funded days before it, and a few billing profiles."""

import random
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from decimal import Decimal

from sqlalchemy import delete, select

from extranet.accounts.models import User, UserState
from extranet.billing import actions, queries
from extranet.billing.kinds import CostKind
from extranet.billing.models import BillingProfile, CostLine, CostSplit
from extranet.core import clock
from extranet.core.db import db
from extranet.core.settings import put_setting
from extranet.core.text import LocalText
from extranet.demo.cast import HAMEENLINNA, HELSINKI, KARKKILA, PORI, PORVOO, Cast
from extranet.demo.profiles import Profile
from extranet.events.kinds import EventState, EventType, Mode, SignupState
from extranet.events.models import Event, Signup
from extranet.networks.access import viewer_for
from extranet.networks.models import Membership, MembershipState
from extranet.organisations.models import Organisation

NETWORK = "work-and-life"
THIRD = "Kolmas verkostopäivä Porissa"
FUNDER = LocalText(fi="Kehittämisohjelma (esimerkki)", sv="Utvecklingsprogrammet (exempel)")
CITIES = (HELSINKI, HAMEENLINNA, KARKKILA, PORI)
BEFORE = (
    (-420, "Ensimmäinen verkostopäivä Helsingissä", "Första nätverksdagen i Helsingfors", "Kaupunkikeskus, sali A", "Stadscentret, sal A"),
    (-240, "Toinen verkostopäivä Hämeenlinnassa", "Andra nätverksdagen i Tavastehus", "Hämeenlinnan raatihuone", "Rådhuset i Tavastehus"),
)
# The business IDs are invented: numbers that begin with 99 are not given to anybody.
SELLER = {
    "name": "Palvelun omistaja (esimerkki)",
    "business_id": "9900011-4",
    "iban": "FI2112345600000785",
    "bic": "OKOYFIHH",
    "einvoice_address": "003799000114",
    "operator_code": "003708599126",
}
PROFILES = {
    PORVOO: ("Porvoon kaupunki", "9900022-9", "003799000229", "003708599126", "HR-palvelut", "4710"),
    HELSINKI: ("Helsingin kaupunki", "9900033-3", "TE003799000333", "003708599126", "Tilaajatunnus 1200", ""),
    PORI: ("Porin kaupunki", "9900044-8", "FI2112345600000785", "OKOYFIHH", "", "88012"),
    KARKKILA: ("Karkkilan kaupunki", "9900055-0", "laskut@karkkila.example", "", "Hallintopalvelut", ""),
}
LINES = (
    (CostKind.EXPERT_FEE, "Vetäjän palkkio, yksi päivä", 120_000, Decimal("25.5")),
    (CostKind.COFFEE, "Aamukahvi ja lounas", 18_742, Decimal(14)),
    (CostKind.VENUE, "Salin vuokra", 25_000, Decimal("25.5")),
)


def fill(cast: Cast, rng: random.Random, size: Profile) -> None:
    """Three network days in their order, each approved by the network's lead; the first two cost the participants nothing."""
    third = next((event for event in db.session.scalars(select(Event)) if event.title.get("fi") == THIRD), None)
    if third is None:
        return
    network = cast.networks[NETWORK]
    network.funded_first_n_days, network.funder = 2, FUNDER
    put_setting("seller", SELLER)
    _write_profiles(cast)
    days = [_add_day(cast, *what) for what in BEFORE]
    db.session.execute(delete(Signup).where(Signup.event_id == third.id))
    third.starts_at, third.ends_at = _at(-45), _at(-45) + timedelta(hours=6)
    third.registration_closes_at, third.state = third.starts_at - timedelta(days=2), EventState.HELD
    people = _members(network.id)
    for number, event in enumerate([*days, third]):
        event.network = network
        _sign_up(event, [*people, cast.people["external"], *([cast.people["deputy"]] if number == 2 else [])])
        _approve(cast, event)
    cast.things["split_day"] = third.id


def _write_profiles(cast: Cast) -> None:
    for code, (name, business_id, address, operator, reference, centre) in PROFILES.items():
        db.session.add(
            BillingProfile(
                organisation_id=cast.organisations[code].id, invoice_name=name, business_id=business_id, einvoice_address=address, operator_code=operator,
                buyer_reference=reference, cost_centre=centre, street="PL 1", postcode="00001", city="Esimerkkilä", updated_at=clock.days_ago(90),
            )
        )  # fmt: skip


def _add_day(cast: Cast, days: int, fi: str, sv: str, venue_fi: str, venue_sv: str) -> Event:
    event = Event(
        network_id=cast.networks[NETWORK].id, type=EventType.NETWORK_DAY, mode=Mode.ONSITE, title=LocalText(fi=fi, sv=sv), state=EventState.HELD,
        starts_at=_at(days), ends_at=_at(days) + timedelta(hours=6), venue=LocalText(fi=venue_fi, sv=venue_sv),
        organiser_id=cast.people["external"].id, created_at=_at(days - 60),
    )  # fmt: skip
    db.session.add(event)
    db.session.flush()
    return event


def _members(network_id: int) -> list[User]:
    """The network's people from the four cities."""
    members = select(Membership.user_id).where(Membership.network_id == network_id, Membership.state == MembershipState.ACTIVE)
    cities = select(Organisation.id).where(Organisation.code.in_(CITIES))
    wanted = select(User).where(User.id.in_(members), User.organisation_id.in_(cities), User.state == UserState.ACTIVE)
    return list(db.session.scalars(wanted.order_by(User.id)))


def _sign_up(event: Event, people: Sequence[User]) -> None:
    """Those of the four cities were there, some stayed away; the lead and the deputy came, too."""
    assert event.starts_at is not None  # noqa: S101  the days above have their dates
    for number, user in enumerate(people):
        state = SignupState.NO_SHOW if number % 7 == 6 else SignupState.ATTENDED
        db.session.add(
            Signup(
                event_id=event.id, user_id=user.id, organisation_id=user.organisation_id, mode=Mode.ONSITE, state=state,
                created_at=event.starts_at - timedelta(days=20 - number % 15),
            )
        )  # fmt: skip
    db.session.flush()


def _approve(cast: Cast, event: Event) -> None:
    assert event.ends_at is not None  # noqa: S101  the days above have their dates
    lead = cast.people["external"].id
    for kind, label, cents, rate in LINES:
        db.session.add(
            CostLine(event_id=event.id, kind=kind, label=label, cents=cents, vat_percent=rate, added_by_id=lead, created_at=event.ends_at)
        )
    db.session.flush()
    viewer = viewer_for(lead)
    event = queries.get_event(viewer, event.id)
    split: CostSplit = actions.approve(viewer, event, seen=queries.preview(viewer, event).digest)
    split.approved_at = (event.ends_at or clock.now()) + timedelta(days=8)


def _at(days: int) -> datetime:
    """Ten o'clock on a working day about that many days from today."""
    day = clock.today() + timedelta(days=days)
    return clock.from_local(day + timedelta(days=8 - day.isoweekday() if day.isoweekday() > 5 else 0), time(10))

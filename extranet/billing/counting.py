"""Who pays what for an event, as things stand now: the preview of a split, and what keeps it from being approved."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased

from extranet.billing.checks import warn_of
from extranet.billing.kinds import Rule
from extranet.billing.models import BillingProfile, CostLine, CostSplit
from extranet.billing.shares import split_by_rate
from extranet.core import clock
from extranet.core.db import db
from extranet.core.i18n import gettext as _
from extranet.core.i18n import ngettext
from extranet.core.text import LocalText
from extranet.events.kinds import CERTAIN, EventState, EventType, SignupState
from extranet.events.models import Event, Signup
from extranet.organisations.models import Organisation, OrganisationKind

# Whose share the cost split counts: employers of the municipal sector. Partners, unions and the service owner are not counted (§4.6).
MUNICIPAL = frozenset(
    {
        OrganisationKind.MUNICIPALITY,
        OrganisationKind.JOINT_AUTHORITY,
        OrganisationKind.WELLBEING_COUNTY,
        OrganisationKind.WELLBEING_CONSORTIUM,
        OrganisationKind.MUNICIPAL_COMPANY,
    }
)
Rates = dict[Decimal, int]
_AGAIN = aliased(Signup)


@dataclass
class Party:
    """An organisation in a split. `cents`: what it pays in all; `before`: what was approved already; `profile`: its own details."""

    organisation: Organisation
    profile: BillingProfile | None
    people: int = 0
    charge: int = 0
    rates: Rates = field(default_factory=dict)
    rates_before: Rates = field(default_factory=dict)

    @property
    def cents(self) -> int:
        return sum(self.rates.values())

    @property
    def before(self) -> int:
        return sum(self.rates_before.values())

    @property
    def due(self) -> Rates:
        """The difference that a correction charges or gives back."""
        rates = self.rates.keys() | self.rates_before.keys()
        return {rate: self.rates.get(rate, 0) - self.rates_before.get(rate, 0) for rate in rates}

    @property
    def due_cents(self) -> int:
        return self.cents - self.before

    @property
    def changes(self) -> bool:
        return any(self.due.values())

    @property
    def warnings(self) -> list[str]:
        """What is odd about its billing details."""
        if self.profile is None:
            return [_("No billing details yet. The invoice shows the organisation's name only.")]
        one = self.profile
        return warn_of(one.business_id, one.einvoice_address, one.operator_code)


@dataclass
class Preview:
    """A split as it would be approved now. `obstacle` says why it cannot be."""

    event: Event
    rule: Rule
    funder: LocalText
    lines: list[CostLine]
    parties: list[Party]
    left_out: list[Organisation]
    unmarked: int
    without_organisation: int
    splits: list[CostSplit]
    obstacle: str = ""

    @property
    def cost_cents(self) -> int:
        return sum(line.cents for line in self.lines)

    @property
    def total_cents(self) -> int:
        return sum(party.cents for party in self.parties)

    @property
    def due_cents(self) -> int:
        return sum(party.due_cents for party in self.parties)

    @property
    def counted(self) -> list[Party]:
        """The organisations that count now; others stand in the list only because they were charged before."""
        return [party for party in self.parties if party.people]

    @property
    def is_correction(self) -> bool:
        return bool(self.splits)

    @property
    def changes(self) -> bool:
        """Whether a correction would charge or give back anything."""
        return any(party.changes for party in self.parties)

    @property
    def digest(self) -> str:
        """What somebody saw who approves: another one means that something has changed since."""
        told = [(party.organisation.id, sorted(party.due.items())) for party in self.parties]
        return hashlib.sha256(repr((self.rule, self.cost_cents, told)).encode()).hexdigest()[:16]


def preview(event: Event, splits: list[CostSplit]) -> Preview:
    """Count the split of that event; `splits` are those approved so far, with their shares."""
    lines = list(db.session.scalars(select(CostLine).where(CostLine.event_id == event.id).order_by(CostLine.id)))
    heads, unmarked, without = _count_people(event)
    before = _charged(splits)
    known = _resolve({*heads, *before})
    parties: dict[int, Party] = {}
    left_out: dict[int, Organisation] = {}
    rule = Rule.PRICE if event.price_cents else Rule.FUNDED if _is_funded(event) else Rule.EQUAL
    for organisation_id, (people, charge) in heads.items():
        organisation, profile = known[organisation_id]
        if rule != Rule.PRICE and organisation.kind not in MUNICIPAL:
            left_out[organisation.id] = organisation
            continue
        party = parties.setdefault(organisation.id, Party(organisation, profile))
        party.people += people
        party.charge += charge
    for organisation_id, rates in before.items():
        organisation, profile = known[organisation_id]
        party = parties.setdefault(organisation.id, Party(organisation, profile))
        for rate, cents in rates.items():
            party.rates_before[rate] = party.rates_before.get(rate, 0) + cents
    found = Preview(
        event, rule, event.network.funder if rule == Rule.FUNDED else LocalText(), lines,
        sorted(parties.values(), key=lambda party: party.organisation.code), list(left_out.values()), unmarked, without, splits,
    )  # fmt: skip
    _share_out(found)
    found.obstacle = _find_obstacle(found)
    return found


def _count_people(event: Event) -> tuple[dict[int, tuple[int, int]], int, int]:
    """People and what they cost by organisation; how many are not marked yet; how many belong to no organisation.

    Whoever gave up a place late and took one again pays for the place, not for having given it up, too.
    """
    same = or_(_AGAIN.user_id == Signup.user_id, and_(_AGAIN.user_id.is_(None), _AGAIN.guest_email == Signup.guest_email))
    again = select(_AGAIN.id).where(_AGAIN.event_id == event.id, same, _AGAIN.state.in_(CERTAIN)).exists()
    late = and_(Signup.state == SignupState.CANCELLED, Signup.cancelled_late, ~again)
    counted = or_(Signup.state.in_(CERTAIN), late)
    rows = db.session.execute(
        select(Signup.organisation_id, Signup.state, func.count(), func.sum(Signup.cancel_charge_cents))
        .where(Signup.event_id == event.id, counted)
        .group_by(Signup.organisation_id, Signup.state)
    ).all()
    no_show = (event.price_cents * event.no_show_percent + 50) // 100
    heads: dict[int, tuple[int, int]] = {}
    unmarked = without = 0
    for organisation_id, state, number, charges in rows:
        if state == SignupState.CONFIRMED:
            unmarked += number
        elif organisation_id is None:
            without += number
        else:
            each = {SignupState.ATTENDED: event.price_cents, SignupState.NO_SHOW: no_show}.get(state, 0)
            people, charge = heads.get(organisation_id, (0, 0))
            heads[organisation_id] = people + number, charge + (each * number or int(charges or 0) * (state == SignupState.CANCELLED))
    return heads, unmarked, without


def _charged(splits: Iterable[CostSplit]) -> dict[int, Rates]:
    """What each organisation was charged by the splits so far."""
    found: dict[int, Rates] = {}
    for one in splits:
        for share in one.shares:
            rates = found.setdefault(share.organisation_id, {})
            for rate, cents in share.rates:
                rates[rate] = rates.get(rate, 0) + cents
    return found


def _resolve(ids: set[int]) -> dict[int, tuple[Organisation, BillingProfile | None]]:
    """The organisation that each one is today, with its billing profile: a merged one counts as its successor."""
    known: dict[int, Any] = {}
    wanted = set(ids)
    while wanted:
        rows = db.session.execute(
            select(Organisation, BillingProfile)
            .outerjoin(BillingProfile, BillingProfile.organisation_id == Organisation.id)
            .where(Organisation.id.in_(wanted))
        ).all()
        known |= {row.Organisation.id: (row.Organisation, row.BillingProfile) for row in rows}
        wanted = {row.Organisation.successor_id for row in rows if row.Organisation.successor_id} - known.keys()
    return {one: known[_last(one, known)] for one in ids}


def _last(organisation_id: int, known: dict[int, Any]) -> int:
    seen = {organisation_id}
    while (following := known[organisation_id][0].successor_id) is not None and following not in seen:
        seen.add(following)
        organisation_id = following
    return organisation_id


def _is_funded(event: Event) -> bool:
    """I-20: one of the first network days that were held; cancelled ones do not count."""
    number = event.network.funded_first_n_days
    if not number or event.type != EventType.NETWORK_DAY or event.starts_at is None:
        return False
    earlier = or_(Event.starts_at < event.starts_at, and_(Event.starts_at == event.starts_at, Event.id < event.id))
    held = or_(Event.state.in_([EventState.HELD, EventState.ARCHIVED]), Event.ends_at < clock.now())
    ahead = db.session.scalar(
        select(func.count()).where(
            Event.network_id == event.network_id, Event.type == EventType.NETWORK_DAY, earlier, held,
            Event.state.not_in([EventState.DRAFT, EventState.CANCELLED]),
        )
    )  # fmt: skip
    return (ahead or 0) < number


def _share_out(found: Preview) -> None:
    counted = found.counted
    if found.rule == Rule.PRICE:
        rate = normal(found.event.vat_percent)
        for party in counted:
            party.rates = {rate: party.charge}
        return
    totals: Rates = {}
    for line in found.lines:
        rate = normal(line.vat_percent)
        totals[rate] = totals.get(rate, 0) + line.cents
    if found.rule == Rule.EQUAL and counted:
        shares = split_by_rate(totals, [party.organisation.code for party in counted])
        for party, share in zip(counted, shares, strict=True):
            party.rates = share


def _find_obstacle(found: Preview) -> str:
    """Why the split cannot be approved now; empty where it can."""
    event = found.event
    if event.state == EventState.CANCELLED:
        return _("The event was cancelled, so there is nothing to charge.")
    if not event.is_over or event.state == EventState.DRAFT:
        return _("The costs can be approved after the event has been held.")
    if found.unmarked:
        return ngettext(
            "Mark first who came: %(num)s person is neither marked as present nor as missing.",
            "Mark first who came: %(num)s people are neither marked as present nor as missing.",
            found.unmarked,
        )
    if not found.counted:
        return _(
            "No organisation can be charged: nobody came, stayed away or cancelled late. Without organisations there is nothing to split."
        )
    if found.rule != Rule.PRICE and found.cost_cents <= 0:
        return _("Add the costs first. Their sum must be more than 0.")
    if found.is_correction and not found.changes:
        return _("Nothing has changed since the split was approved.")
    return ""


def normal(rate: Decimal) -> Decimal:
    """25.50 and 25.5 are one rate."""
    return Decimal(f"{Decimal(rate).normalize():f}")

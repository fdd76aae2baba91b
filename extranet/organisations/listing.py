"""What can you see? The list of organisations: search, filters, counts, and where a contact person is missing (I-01)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ColumnElement, and_, case, exists, func, literal, or_, select, true, type_coerce

from extranet.accounts.models import User
from extranet.core.db import db
from extranet.core.i18n import current_language
from extranet.core.text import LocalText
from extranet.core.viewer import Viewer
from extranet.organisations import policy
from extranet.organisations.models import Appointment, AppointmentKind, Organisation, OrganisationKind

PER_PAGE = 25


class Show(StrEnum):
    """Which organisations: those in use, those with a gap, those not in use yet, all that exist, those that do not any more."""

    ONBOARDED = "onboarded"
    GAPS = "gaps"
    WAITING = "waiting"
    ALL = "all"
    CLOSED = "closed"


@dataclass(frozen=True)
class Wish:
    """What was asked of the list."""

    q: str = ""
    kind: str = ""
    region: str = ""
    show: Show = Show.ALL
    page: int = 1


@dataclass(frozen=True)
class Row:
    """A line of the list. `names`: who the contact persons are, where the viewer may know."""

    id: int
    code: str
    name: LocalText
    kind: OrganisationKind
    region: LocalText
    takes_part: bool
    is_onboarded: bool
    held: frozenset[AppointmentKind]
    names: Mapping[AppointmentKind, list[str]]
    is_own: bool

    @property
    def path(self) -> str:
        return f"/organisations/{self.code}/"


@dataclass(frozen=True)
class Listing:
    rows: list[Row]
    total: int
    page: int
    pages: int
    shown: Counter[Show] = field(default_factory=Counter)
    kinds: Counter[OrganisationKind] = field(default_factory=Counter)
    regions: dict[str, LocalText] = field(default_factory=dict)


def has_contact(kind: AppointmentKind) -> ColumnElement[bool]:
    """Whether the organisation has a contact person of that kind in force."""
    return exists().where(Appointment.organisation_id == Organisation.id, Appointment.kind == kind, Appointment.in_force())


def takes_part() -> ColumnElement[bool]:
    """`takes_appointments`, as a where-clause."""
    return and_(Organisation.member_employer, Organisation.is_open())


def has_gap() -> ColumnElement[bool]:
    """`queries.gaps_of` is not empty, as a where-clause."""
    missing = or_(~has_contact(AppointmentKind.PRIMARY), ~has_contact(AppointmentKind.DEPUTY))
    return and_(takes_part(), Organisation.onboarded_at.is_not(None), missing)


def list_organisations(viewer: Viewer, wish: Wish) -> Listing:
    """A page of organisations with the counts of its filters. Gaps are for those who look after contact persons."""
    if not policy.can_see(viewer):
        return Listing([], 0, 1, 1)
    oversees = policy.oversees(viewer)
    wish = wish if oversees else Wish(wish.q, wish.kind, wish.region, Show.ALL, wish.page)
    facets = _facets(viewer, wish)
    total = facets.total
    pages = max(1, -(-total // PER_PAGE))
    page = min(max(wish.page, 1), pages)
    found = db.session.execute(
        select(
            Organisation.id,
            Organisation.code,
            Organisation.name,
            Organisation.kind,
            Organisation.region,
            Organisation.onboarded_at,
            takes_part().label("takes_part"),
            has_contact(AppointmentKind.PRIMARY).label("primary"),
            has_contact(AppointmentKind.DEPUTY).label("deputy"),
        )
        .where(_shown(wish.show), *_narrowed(wish), *_of_kind(wish))
        .order_by(*_order(oversees), Organisation.id)
        .limit(PER_PAGE)
        .offset((page - 1) * PER_PAGE)
    ).all()
    names = _names(viewer, [row.id for row in found])
    rows = [_row(viewer, row, names.get(row.id, {})) for row in found]
    return Listing(rows, total, page, pages, facets.shown, facets.kinds, facets.regions)


@dataclass
class _Facets:
    shown: Counter[Show]
    kinds: Counter[OrganisationKind]
    regions: dict[str, LocalText]
    total: int = 0


def _facets(viewer: Viewer, wish: Wish) -> _Facets:
    """Every count of the page in one query: grouped small enough to be added up here."""
    region = type_coerce(Organisation.region, JSON)
    shows = list(Show) if policy.oversees(viewer) else [Show.ALL]
    base = (
        select(
            Organisation.kind.label("kind"),
            func.coalesce(region["fi"].as_string(), "").label("region_fi"),
            func.coalesce(region["sv"].as_string(), "").label("region_sv"),
            *(case((_shown(show), 1), else_=0).label(show.value) for show in shows),
            (and_(*_searched(wish)) if wish.q else true()).label("found"),
        )
    ).subquery()
    columns = list(base.c)
    facets = _Facets(Counter(), Counter(), {})
    for row in db.session.execute(select(*columns, func.count().label("n")).group_by(*columns)):
        if row.region_fi:
            facets.regions[row.region_fi] = LocalText(fi=row.region_fi, sv=row.region_sv)
        if not row.found or (wish.region and row.region_fi != wish.region):
            continue
        if getattr(row, wish.show.value):
            facets.kinds[row.kind] += row.n
        if not wish.kind or row.kind == wish.kind:
            facets.shown.update({show: row.n for show in shows if getattr(row, show.value)})
    facets.total = facets.shown[wish.show]
    facets.regions = dict(sorted(facets.regions.items(), key=lambda item: item[1].choose(current_language())[0]))
    return facets


def _shown(show: Show) -> ColumnElement[bool]:
    return {
        Show.ONBOARDED: and_(Organisation.is_open(), Organisation.onboarded_at.is_not(None)),
        Show.GAPS: has_gap(),
        Show.WAITING: and_(takes_part(), Organisation.onboarded_at.is_(None)),
        Show.ALL: Organisation.is_open(),
        Show.CLOSED: ~Organisation.is_open(),
    }[show]


def _searched(wish: Wish) -> list[ColumnElement[bool]]:
    return [Organisation.folded.contains(word, autoescape=True) for word in wish.q.casefold().split()]


def _narrowed(wish: Wish) -> list[ColumnElement[bool]]:
    """Search and region."""
    narrowed = _searched(wish)
    if wish.region:
        narrowed.append(type_coerce(Organisation.region, JSON)["fi"].as_string() == wish.region)
    return narrowed


def _of_kind(wish: Wish) -> list[ColumnElement[bool]]:
    return [Organisation.kind == wish.kind] if wish.kind else []


def _order(oversees: bool) -> list[Any]:
    name = type_coerce(Organisation.name, JSON)
    by_name = [func.coalesce(name[current_language()].as_string(), name["fi"].as_string()), Organisation.folded]
    return [case((has_gap(), literal(0)), else_=literal(1)), *by_name] if oversees else by_name


def _names(viewer: Viewer, organisation_ids: list[int]) -> dict[int, dict[AppointmentKind, list[str]]]:
    """The contact persons in force of these organisations, as far as the viewer may know them."""
    found: dict[int, dict[AppointmentKind, list[str]]] = {}
    rows = db.session.execute(
        select(Appointment.organisation_id, Appointment.kind, User.first_name, User.last_name)
        .join(User, User.id == Appointment.user_id)
        .where(Appointment.organisation_id.in_(organisation_ids), Appointment.in_force())
        .where(policy.contacts_visible_to(viewer, Appointment.organisation_id))
        .order_by(Appointment.is_lead.desc(), Appointment.starts_on)
    )
    for organisation_id, kind, first, last in rows:
        found.setdefault(organisation_id, {}).setdefault(kind, []).append(f"{first} {last}")
    return found


def _row(viewer: Viewer, row: Any, names: dict[AppointmentKind, list[str]]) -> Row:
    held = {kind for kind, has in ((AppointmentKind.PRIMARY, row.primary), (AppointmentKind.DEPUTY, row.deputy)) if has}
    return Row(
        id=row.id,
        code=row.code,
        name=row.name,
        kind=row.kind,
        region=row.region,
        takes_part=bool(row.takes_part),
        is_onboarded=row.onboarded_at is not None,
        held=frozenset(held),
        names=names,
        is_own=row.id == viewer.organisation_id,
    )

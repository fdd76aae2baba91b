"""What can you see? Who has a material: numbers per organisation, version and month; persons only for administrators (D6)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import case, func, or_, select

from extranet.accounts.models import User
from extranet.core import clock
from extranet.core.db import db
from extranet.core.errors import NotFound
from extranet.core.text import LocalText
from extranet.core.viewer import Viewer
from extranet.materials.care_policy import can_look_after
from extranet.materials.models import Download, Material, MaterialVersion
from extranet.networks.models import Membership, MembershipState, OrganisationParticipation
from extranet.networks.policy import can_list_members
from extranet.organisations.models import Organisation

PER_PAGE = 50
MONTHS = 12
PEOPLE_AT_MOST = 1000


@dataclass(frozen=True)
class OrganisationName:
    code: str
    name: LocalText


@dataclass(frozen=True)
class OrganisationUse:
    """How an organisation's people have downloaded it; `version` is the newest that they have."""

    code: str
    name: LocalText
    downloads: int
    version: int
    last_at: datetime


@dataclass(frozen=True)
class MonthUse:
    """Downloads of one month; `share` is its part of the busiest month, for the bar."""

    begins: date
    downloads: int
    share: float


@dataclass(frozen=True)
class Usage:
    """All that its keepers may know. `nameless`: through public pages and links, by people without an account.

    `lacking`: organisations of the network that have not got it; None for an owner who may not know who is in the network (I-09).
    """

    organisations: Sequence[OrganisationUse]
    page: int
    pages: int
    reached: int
    downloads: int
    nameless: int
    months: Sequence[MonthUse]
    versions: Sequence[tuple[int, int]]
    lacking: Sequence[OrganisationName] | None


@dataclass(frozen=True)
class PersonUse:
    """One person who has it, for an administrator with a reason."""

    name: str
    organisation: LocalText
    version: int
    downloads: int
    last_at: datetime


def get_usage(viewer: Viewer, material: Material, page: int = 1) -> Usage:
    """Downloads of all versions in the last two years; three queries, however many there are."""
    if not can_look_after(viewer, material):
        raise NotFound
    found, versions = _by_organisation(material)
    named = [use for use in found if use.code]
    pages = max(1, -(-len(named) // PER_PAGE))
    page = min(max(page, 1), pages)
    return Usage(
        organisations=named[(page - 1) * PER_PAGE : page * PER_PAGE],
        page=page,
        pages=pages,
        reached=len(named),
        downloads=sum(use.downloads for use in found),
        nameless=sum(use.downloads for use in found if not use.code),
        months=_by_month(material),
        versions=versions,
        lacking=_lacking(material, {use.code for use in named}) if can_list_members(viewer, material.network) else None,
    )


def list_people(viewer: Viewer, material: Material) -> list[PersonUse]:
    """Who has downloaded it. Only the action `look_at_people`, which asks for a reason, gives this to anybody."""
    uses = (
        select(
            Download.user_id,
            func.count().label("downloads"),
            func.max(MaterialVersion.number).label("version"),
            func.max(Download.at).label("last_at"),
        )
        .join(MaterialVersion, MaterialVersion.id == Download.material_version_id)
        .where(MaterialVersion.material_id == material.id)
        .group_by(Download.user_id)
        .subquery()
    )
    rows: Any = db.session.execute(
        select(User.first_name, User.last_name, Organisation.name, uses.c.version, uses.c.downloads, uses.c.last_at)
        .join(uses, uses.c.user_id == User.id)
        .outerjoin(Organisation, Organisation.id == User.organisation_id)
        .order_by(uses.c.last_at.desc(), User.id)
        .limit(PEOPLE_AT_MOST)
    )
    return [PersonUse(f"{r.first_name} {r.last_name}", LocalText(r.name or {}), r.version, r.downloads, r.last_at) for r in rows]


def _by_organisation(material: Material) -> tuple[list[OrganisationUse], list[tuple[int, int]]]:
    """The uses of each organisation, the most first, those without one under an empty code; and the downloads of each version."""
    uses = (
        select(
            User.organisation_id.label("organisation_id"),
            MaterialVersion.number.label("version"),
            func.count().label("downloads"),
            func.max(Download.at).label("last_at"),
        )
        .select_from(Download)
        .join(MaterialVersion, MaterialVersion.id == Download.material_version_id)
        .outerjoin(User, User.id == Download.user_id)
        .where(MaterialVersion.material_id == material.id)
        .group_by(User.organisation_id, MaterialVersion.number)
        .subquery()
    )
    rows: Any = db.session.execute(
        select(Organisation.code, Organisation.name, uses.c.version, uses.c.downloads, uses.c.last_at)
        .select_from(uses)
        .outerjoin(Organisation, Organisation.id == uses.c.organisation_id)
        .order_by(Organisation.folded)
    ).all()
    found: dict[str, OrganisationUse] = {}
    versions: Counter[int] = Counter()
    for row in rows:
        versions[row.version] += row.downloads
        before = found.get(row.code or "", OrganisationUse(row.code or "", LocalText(row.name or {}), 0, 0, row.last_at))
        found[before.code] = OrganisationUse(
            before.code,
            before.name,
            before.downloads + row.downloads,
            max(before.version, row.version),
            max(before.last_at, row.last_at),
        )
    return sorted(found.values(), key=lambda use: -use.downloads), sorted(versions.items(), reverse=True)


def _by_month(material: Material) -> list[MonthUse]:
    """The last twelve months of its life, this one last: one sum for each, because the databases name months differently."""
    first = clock.today().replace(day=1)
    born = clock.local(material.created_at).date().replace(day=1)
    begins = [day for back in range(MONTHS - 1, -1, -1) if (day := _months_before(first, back)) >= min(born, first)]
    edges = [clock.from_local(day, datetime.min.time()) for day in [*begins, _months_before(first, -1)]]
    sums = [
        func.coalesce(func.sum(case(((Download.at >= since) & (Download.at < until), 1), else_=0)), 0)
        for since, until in zip(edges, edges[1:], strict=False)
    ]
    counts: Any = db.session.execute(
        select(*sums)
        .join(MaterialVersion, MaterialVersion.id == Download.material_version_id)
        .where(MaterialVersion.material_id == material.id, Download.at >= edges[0])
    ).one()
    most = max(counts) or 1
    return [MonthUse(day, count, round(count / most * 100, 1)) for day, count in zip(begins, counts, strict=True)]


def _lacking(material: Material, have: set[str]) -> list[OrganisationName]:
    """The network's organisations, its members' and those that take part as such, that have not downloaded it."""
    members = (
        select(User.organisation_id)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.network_id == material.network_id, Membership.state == MembershipState.ACTIVE, User.organisation_id.is_not(None))
    )
    today = clock.today()
    partners = select(OrganisationParticipation.organisation_id).where(
        OrganisationParticipation.network_id == material.network_id,
        or_(OrganisationParticipation.until.is_(None), OrganisationParticipation.until >= today),
    )
    rows = db.session.execute(
        select(Organisation.code, Organisation.name)
        .where(or_(Organisation.id.in_(members), Organisation.id.in_(partners)))
        .order_by(Organisation.folded)
    )
    return [OrganisationName(code, name) for code, name in rows if code not in have]


def _months_before(day: date, back: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - back, 12)
    return date(year, month + 1, 1)

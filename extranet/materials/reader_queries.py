"""Who sees a material (D10)? The same answer as policy gives person by person, for everybody at once.

The set is one statement for each shape of a material's audience, built once and run with parameters.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Date, Integer, Select, Subquery, and_, bindparam, case, func, literal, or_, select, union_all

from extranet.accounts.models import Grant, RoleGrant, Side, User, UserState
from extranet.core import clock
from extranet.core.db import UTCDateTime, db
from extranet.core.text import LocalText
from extranet.materials.models import Material, Sharing
from extranet.networks.member_queries import matching
from extranet.networks.models import Membership, MembershipRole, MembershipState, Network, NetworkKind, NetworkState, Visibility
from extranet.organisations.models import Appointment, AppointmentState, Organisation

PAGE = 50
PARTS = ("members", "contacts", "editors", "service", "owner")
_NETWORK, _OWNER = bindparam("network_id", type_=Integer()), bindparam("owner_id", type_=Integer())
_NOW, _TODAY = bindparam("now", type_=UTCDateTime()), bindparam("today", type_=Date())
_IN_FORCE = (
    Appointment.state == AppointmentState.CONFIRMED,
    Appointment.starts_on <= _TODAY,
    or_(Appointment.ends_on.is_(None), Appointment.ends_on >= _TODAY),
)
_LEADERS = (MembershipRole.MODERATOR, MembershipRole.LEAD)


class Shape(NamedTuple):
    """Which groups make the set. `insiders`: the experts among the members, where the network is closed to the others."""

    members: bool = False
    contacts: bool = False
    leaders: bool = False
    experts: bool = False
    insiders: bool = False
    admins: bool = False
    owner: bool = False
    has_contacts: bool = False


@dataclass(frozen=True)
class Readers:
    """How many people see a material: together, in each group, and from how many organisations. One may be in several groups."""

    everybody: bool
    is_published: bool
    total: int
    organisations: int
    members: int
    contacts: int
    editors: int
    service: int
    owner: int


class Reader(NamedTuple):
    """One who sees it, and why."""

    id: int
    first_name: str
    last_name: str
    job_title: str
    organisation: LocalText | None
    code: str | None
    parts: list[str]

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"


class Crowd(NamedTuple):
    """The readers of one organisation, in numbers."""

    name: LocalText | None
    code: str | None
    many: int


def shape_of(material: Material, as_published: bool = False) -> Shape:
    """The audience that a material has, or would have once published: `policy.can_see`, turned round."""
    published = shape_published(material.network)
    if material.is_published or as_published:
        return published
    return published._replace(members=False, leaders=True, insiders=not published.experts, owner=True)


def shape_published(network: Network) -> Shape:
    """The audience of whatever is in force in a network."""
    is_open = _is_open(network)
    reaches_contacts = is_open and network.kind != NetworkKind.ADVISORY
    has_contacts = network.kind == NetworkKind.CONTACT_PERSONS
    return Shape(members=True, contacts=reaches_contacts, experts=is_open, admins=True, has_contacts=has_contacts)


def shape_inside(network: Network, talks: bool = False) -> Shape:
    """Who reads what a network keeps for its members (`networks.policy.can_read`); `talks`: its discussions, for members alone."""
    has_contacts = network.kind == NetworkKind.CONTACT_PERSONS
    return Shape(members=True, experts=_is_open(network) and not talks, admins=not talks, has_contacts=has_contacts)


def is_for_everybody(material: Material, as_published: bool = False) -> bool:
    """Whether visitors without an account see it too, now or once published (T03)."""
    network = material.network
    in_the_open = network.visibility == Visibility.PUBLIC and network.state != NetworkState.DRAFT
    return in_the_open and material.sharing == Sharing.PUBLIC and (material.is_published or as_published)


def parameters(material: Material) -> dict[str, Any]:
    """What the statements of a shape are run with."""
    return {"network_id": material.network_id, "owner_id": material.owner_id, "now": clock.now(), "today": clock.today()}


def count_readers(material: Material, as_published: bool = False) -> Readers:
    """Who sees the material in numbers, now or once published; one query."""
    row = db.session.execute(counted(shape_of(material, as_published)), parameters(material)).one()
    return as_readers(material, row, as_published)


def as_readers(material: Material, row: Any, as_published: bool = False) -> Readers:
    """The columns of `counted` as an answer."""
    return Readers(
        everybody=is_for_everybody(material, as_published),
        is_published=material.is_published or as_published,
        total=row.total,
        organisations=row.organisations,
        **{part: getattr(row, part) for part in PARTS},
    )


@cache
def counted(shape: Shape) -> Select[*tuple[Any, ...]]:
    """One row: how many there are together, from how many organisations, and in each group."""
    people = _people(shape)
    return (
        select(
            func.count(people.c.user_id.distinct()).label("total"),
            func.count(User.organisation_id.distinct()).label("organisations"),
            *(func.count(case((people.c.part == part, people.c.user_id)).distinct()).label(part) for part in PARTS),
        )
        .select_from(people)
        .join(User, and_(User.id == people.c.user_id, User.state == UserState.ACTIVE))
    )


def list_readers(material: Material, page: int = 1, as_published: bool = False) -> list[Reader]:
    """A page of the people who see it, by organisation and name; one query."""
    wanted = {"limit": PAGE, "offset": PAGE * (page - 1)}
    return _as_readers(db.session.execute(_listed(shape_of(material, as_published)), parameters(material) | wanted))


def _as_readers(rows: Any) -> list[Reader]:
    return [
        Reader(row.id, row.first_name, row.last_name, row.job_title, row.organisation, row.code, [p for p in PARTS if getattr(row, p)])
        for row in rows
    ]


def find_readers(material: Material, words: str, limit: int = 20) -> list[Reader]:
    """Those who see it once published and whom the words name, by name or organisation; one query."""
    found = _listed(shape_of(material, as_published=True)).where(*matching(words))
    return _as_readers(db.session.execute(found, parameters(material) | {"limit": limit, "offset": 0}))


def list_crowds(material: Material, as_published: bool = False) -> list[Crowd]:
    """The organisations that its readers come from, the most readers first; one query."""
    rows = db.session.execute(_crowds(shape_of(material, as_published)), parameters(material))
    return [Crowd(row.name, row.code, row.many) for row in rows]


def list_reader_ids(material: Material, as_published: bool = False) -> list[int]:
    """All who see it; one query."""
    people = _ids(_people(shape_of(material, as_published)))
    return list(db.session.scalars(people, parameters(material)))


def count_shut_out(material: Material, targets: list[tuple[Shape, int, int | None]]) -> list[int]:
    """How many of those who will see the material are not in each of the targets: (shape, network, owner); one query."""
    arms = []
    for number, (shape, network_id, owner_id) in enumerate(targets):
        readers = _people(shape_of(material, as_published=True)).alias()
        inside = _ids(_people(shape, literal(network_id), literal(owner_id)))
        arms.append(
            select(literal(number).label("number"), func.count(readers.c.user_id.distinct()).label("many"))
            .select_from(readers)
            .join(User, and_(User.id == readers.c.user_id, User.state == UserState.ACTIVE))
            .where(readers.c.user_id.not_in(inside))
        )
    if not arms:
        return []
    counts = {row.number: row.many for row in db.session.execute(union_all(*arms), parameters(material))}
    return [counts.get(number, 0) for number in range(len(targets))]


def _is_open(network: Network) -> bool:
    return network.visibility != Visibility.SECRET and network.state != NetworkState.DRAFT


def _ids(people: Any) -> Select[int]:
    return select(people.c.user_id).join(User, and_(User.id == people.c.user_id, User.state == UserState.ACTIVE)).distinct()


@cache
def _listed(shape: Shape) -> Select[*tuple[Any, ...]]:
    people = _people(shape)
    return (
        select(
            User.id, User.first_name, User.last_name, User.job_title, Organisation.name.label("organisation"), Organisation.code,
            *(func.max(case((people.c.part == part, 1), else_=0)).label(part) for part in PARTS),
        )
        .select_from(people)
        .join(User, and_(User.id == people.c.user_id, User.state == UserState.ACTIVE))
        .outerjoin(Organisation, Organisation.id == User.organisation_id)
        .group_by(User.id, Organisation.id)
        .order_by(Organisation.folded, Organisation.id, User.last_name, User.first_name, User.id)
        .limit(bindparam("limit", type_=Integer()))
        .offset(bindparam("offset", type_=Integer()))
    )  # fmt: skip


@cache
def _crowds(shape: Shape) -> Select[*tuple[Any, ...]]:
    people = _people(shape)
    many = func.count(User.id.distinct())
    return (
        select(Organisation.name, Organisation.code, many.label("many"))
        .select_from(people)
        .join(User, and_(User.id == people.c.user_id, User.state == UserState.ACTIVE))
        .outerjoin(Organisation, Organisation.id == User.organisation_id)
        .group_by(Organisation.id)
        .order_by(many.desc(), Organisation.folded, Organisation.id)
    )


def _people(shape: Shape, network_id: Any = _NETWORK, owner_id: Any = _OWNER) -> Subquery:
    """Everybody in the shape's groups as (user_id, part); a person once for each group."""
    members = _members(network_id, shape.has_contacts)
    experts, admins = _granted(Grant.EXPERT, Grant.EDITOR), _granted(Grant.ADMIN)
    contacts = select(Appointment.user_id).where(*_IN_FORCE)
    arms: list[tuple[str, Select[int]]] = []
    if shape.members:
        arms += [("members", arm) for arm in members]
    if shape.leaders:
        arms.append(("editors", members[0].where(Membership.role.in_(_LEADERS))))
    if shape.experts:
        arms.append(("service", experts))
    if shape.insiders:
        arms.append(("service", experts.where(or_(*(RoleGrant.user_id.in_(arm) for arm in members)))))
    if shape.admins:
        arms.append(("service", admins))
    if shape.contacts and not shape.owner:
        arms.append(("contacts", contacts))
    if shape.owner:
        reaching = [*members, *([experts] if shape.experts else []), *([contacts] if shape.contacts else [])]
        arms.append(("owner", select(User.id).where(User.id == owner_id, or_(*(User.id.in_(arm) for arm in reaching)))))
    return union_all(*(select(arm.subquery().c[0].label("user_id"), literal(part).label("part")) for part, arm in arms)).subquery()


def _members(network_id: Any, has_contacts: bool) -> list[Select[int]]:
    """Who is a member there, as `networks.access` gives the role: core teams in the parent (I-12), contact persons by office (I-08)."""
    able = (Membership.state == MembershipState.ACTIVE, or_(Network.employer_only.is_(False), User.side != Side.STAFF))
    people = (
        select(Membership.user_id).join(Network, Network.id == Membership.network_id).join(User, User.id == Membership.user_id).where(*able)
    )
    own = people.where(Membership.network_id == network_id)
    if has_contacts:
        own = own.where(Membership.role.in_(_LEADERS))
    core = people.where(Network.parent_id == network_id, Network.kind == NetworkKind.DEVELOPMENT)
    return [own, core, *([select(Appointment.user_id).where(*_IN_FORCE)] if has_contacts else [])]


def _granted(*roles: Grant) -> Select[int]:
    in_force = or_(RoleGrant.valid_until.is_(None), RoleGrant.valid_until > _NOW)
    return select(RoleGrant.user_id).where(RoleGrant.role.in_(roles), RoleGrant.organisation_id.is_(None), in_force)

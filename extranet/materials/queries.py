"""What can you see? Single materials and their versions, and the latest ones of a network."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from flask_babel import LazyString
from sqlalchemy import Integer, Select, and_, bindparam, select
from sqlalchemy.orm import contains_eager, joinedload

from extranet.core import clock
from extranet.core.db import db
from extranet.core.errors import NotFound
from extranet.core.patterns import MOST, keys_of, pattern_of
from extranet.core.text import LocalText
from extranet.core.viewer import Viewer
from extranet.materials.addresses import host_of
from extranet.materials.life import is_superseded
from extranet.materials.models import Material, MaterialKind, MaterialLanguage, MaterialState, MaterialVersion, material_topic, type_name
from extranet.materials.policy import can_see, visible_to
from extranet.materials.words import KINDS, LANGUAGES, STATES, look_of
from extranet.networks.models import Membership, MembershipRole, MembershipState, Network
from extranet.networks.topics import Topic


@dataclass(frozen=True)
class Line:
    """A material as lists show it."""

    id: int
    title: LocalText
    excerpt: LocalText
    kind: MaterialKind
    language: MaterialLanguage
    state: MaterialState
    version: int
    updated_at: datetime
    size: int | None
    mime: str | None
    link_url: str
    series: str
    valid_from: date | None
    is_replaced: bool
    network_id: int
    network_name: LocalText
    network_slug: str

    @property
    def path(self) -> str:
        return f"/materials/{self.id}/"

    @property
    def is_coming(self) -> bool:
        """In force only from a later day on."""
        return self.valid_from is not None and self.valid_from > clock.today()

    @property
    def look(self) -> tuple[str, str]:
        return look_of(self.kind)

    @property
    def type_name(self) -> str:
        """What people call the type of its file; a link has none."""
        return type_name(self.mime) if self.mime else ""

    @property
    def host(self) -> str:
        """The site that a link leads to."""
        return host_of(self.link_url)

    @property
    def kind_word(self) -> LazyString:
        return KINDS[self.kind]

    @property
    def language_word(self) -> LazyString:
        return LANGUAGES[self.language]

    @property
    def state_word(self) -> tuple[LazyString, str, str]:
        """What a badge says of its state, with the badge's kind and icon."""
        return STATES[self.state]


def get_material(viewer: Viewer, material_id: int, lock: bool = False) -> Material:
    """The material with its network, owner and topics; NotFound where the viewer may not see it.

    lock: hold its row until the transaction ends, so that two people who change it come one after the other.
    """
    material = find_material(viewer, material_id, lock)
    if material is None:
        raise NotFound
    return material


def find_material(viewer: Viewer, material_id: int, lock: bool = False) -> Material | None:
    """`get_material`, or None."""
    wanted = _ONE.with_for_update(of=Material).execution_options(populate_existing=True) if lock else _ONE
    material = db.session.scalars(wanted, {"material_id": material_id}).unique().one_or_none()
    return material if material is not None and can_see(viewer, material) else None


def list_versions(material: Material) -> list[MaterialVersion]:
    """All versions of a material that the viewer has got, the newest first."""
    return list(db.session.scalars(_VERSIONS, {"material_id": material.id}))


def get_version(material: Material, number: int) -> MaterialVersion:
    """One version of a material that the viewer has got."""
    version = db.session.scalar(select(MaterialVersion).where(MaterialVersion.material_id == material.id, MaterialVersion.number == number))
    if version is None:
        raise NotFound
    return version


def list_latest(viewer: Viewer, network_id: int, limit: int = 5) -> list[Line]:
    """The published materials of one network that were updated last."""
    return _latest(viewer, limit, network_id)


def list_latest_for(viewer: Viewer, limit: int = 5) -> list[Line]:
    """The published materials of the viewer's own networks that were updated last."""
    return _latest(viewer, limit) if viewer.network_ids else []


def list_member_ids(network_id: int) -> list[int]:
    """The active members of a network."""
    return list(db.session.scalars(_members(network_id)))


def list_editor_ids(network_id: int) -> list[int]:
    """Its moderators and leads."""
    roles = (MembershipRole.MODERATOR, MembershipRole.LEAD)
    return list(db.session.scalars(_members(network_id).where(Membership.role.in_(roles))))


def list_stored(among: Collection[str]) -> set[str]:
    """Those of the stored files that some version names, by their hash."""
    return set(db.session.scalars(select(MaterialVersion.sha256).where(MaterialVersion.sha256.in_(among))))


def list_all_stored() -> Iterator[str]:
    """Every stored file that some version names, by its hash."""
    yield from db.session.scalars(select(MaterialVersion.sha256).distinct())


def select_lines() -> Select[*tuple[Any, ...]]:
    """The columns of a Line, from the material, its current version, which a link has not got, and its network."""
    return _LINES


def as_lines(rows: Iterable[Any]) -> list[Line]:
    return [Line(**row._mapping) for row in rows]


def _latest(viewer: Viewer, limit: int, network_id: int | None = None) -> list[Line]:
    wanted = _latest_statement(pattern_of(viewer), network_id is not None)
    return as_lines(db.session.execute(wanted, keys_of(viewer) | {"network_id": network_id, "most": limit}))


# Built once for each kind of viewer.
@lru_cache(maxsize=MOST)
def _latest_statement(pattern: Viewer, in_network: bool) -> Any:
    where = Material.network_id == bindparam("network_id") if in_network else Material.network_id.in_(pattern.network_ids)
    wanted = _LINES.where(where, Material.state == MaterialState.PUBLISHED, ~is_superseded(), visible_to(pattern))
    return wanted.order_by(Material.updated_at.desc(), Material.id.desc()).limit(bindparam("most", type_=Integer()))


def _members(network_id: int) -> Select[int]:
    return select(Membership.user_id).where(Membership.network_id == network_id, Membership.state == MembershipState.ACTIVE)


# Built once: such a statement costs more to build than to run.
_LINES = (
    select(
        Material.id, Material.title, Material.excerpt, Material.kind, Material.language, Material.state, Material.version,
        Material.updated_at, MaterialVersion.size, MaterialVersion.mime, Material.link_url, Material.series,
        Material.valid_from, is_superseded().label("is_replaced"), Material.network_id,
        Network.name.label("network_name"), Network.slug.label("network_slug"),
    )
    .outerjoin(MaterialVersion, and_(MaterialVersion.material_id == Material.id, MaterialVersion.number == Material.version))
    .join(Network, Network.id == Material.network_id)
)  # fmt: skip


# Built once. Topics are joined one by one: a nested join makes SQLite read those of all materials.
_ONE = (
    select(Material)
    .where(Material.id == bindparam("material_id", type_=Integer()))
    .outerjoin(material_topic, material_topic.c.material_id == Material.id)
    .outerjoin(Topic, Topic.id == material_topic.c.topic_id)
    .options(contains_eager(Material.topics), joinedload(Material.network, innerjoin=True), joinedload(Material.owner, innerjoin=True))
    .order_by(Topic.id)
)
_VERSIONS = (
    select(MaterialVersion)
    .where(MaterialVersion.material_id == bindparam("material_id", type_=Integer()))
    .options(joinedload(MaterialVersion.uploaded_by, innerjoin=True))
    .order_by(MaterialVersion.number.desc())
)

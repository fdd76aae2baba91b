"""What can you see? What waits for its owners and editors, who holds old copies, and what could be replaced or take over."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import joinedload

from extranet.core import clock
from extranet.core.db import db
from extranet.core.text import LocalText, fold
from extranet.core.viewer import Viewer
from extranet.materials import life
from extranet.materials.models import Download, Material, MaterialKind, MaterialState, MaterialVersion
from extranet.materials.policy import can_edit, renewable_by, visible_to
from extranet.networks.models import Membership, MembershipRole, MembershipState

PAGE = 50
FOUND = 20


class Whose(StrEnum):
    """What the list of overdue materials holds: all that the viewer looks after, or what she owns."""

    ALL = "all"
    OWN = "own"


@dataclass(frozen=True)
class Waiting:
    """A material that waits for its review or its captions."""

    id: int
    title: LocalText
    kind: MaterialKind
    version: int
    link_url: str
    owner_id: int
    owner: str
    network_name: LocalText
    network_slug: str
    review_due: date | None
    captions_by: date | None
    can_edit: bool

    @property
    def path(self) -> str:
        return f"/materials/{self.id}/"


@dataclass(frozen=True)
class WaitingPage:
    rows: list[Waiting]
    total: int
    page: int

    @property
    def page_count(self) -> int:
        return max(1, -(-self.total // PAGE))


def looks_after(viewer: Viewer) -> bool:
    """Whether the list of what waits for a review concerns the viewer: editors anywhere, and owners; at most one query."""
    if viewer.is_admin or viewer.is_expert or viewer.moderated_ids:
        return True
    own = select(Material.id).where(Material.owner_id == viewer.user_id, Material.state == MaterialState.PUBLISHED)
    return viewer.is_signed_in and bool(db.session.scalar(select(own.exists())))


def list_waiting(viewer: Viewer, whose: Whose = Whose.ALL, page: int = 1) -> WaitingPage:
    """What is in force and overdue or due within a month, of those that the viewer may renew, the longest overdue first; one query."""
    until = clock.today() + life.AHEAD
    review = and_(Material.review_due <= until, ~life.is_superseded())
    captions = and_(Material.captions_by <= until, life.lacks_captions())
    mine = [Material.owner_id == viewer.user_id] if whose == Whose.OWN else []
    caption_day = case((captions, Material.captions_by))
    review_day = case((review, Material.review_due))
    first = case(
        (caption_day.is_(None), review_day), (review_day.is_(None), caption_day), (review_day < caption_day, review_day), else_=caption_day
    )
    rows = db.session.execute(
        select(Material, review_day.label("review"), caption_day.label("captions"), func.count().over().label("total"))
        .options(joinedload(Material.network, innerjoin=True), joinedload(Material.owner, innerjoin=True))
        .where(renewable_by(viewer), or_(review, captions), *mine)
        .order_by(first, Material.id)
        .limit(PAGE)
        .offset(PAGE * (page - 1))
    ).all()  # fmt: skip
    return WaitingPage([_waiting(viewer, row) for row in rows], rows[0].total if rows else 0, page)


def list_due(until: date) -> list[tuple[int, str, date]]:
    """(material, "review" or "captions", day) of everything in force that falls due by then, for the reminders."""
    published = Material.state == MaterialState.PUBLISHED
    review = select(Material.id, Material.review_due).where(published, Material.review_due <= until, ~life.is_superseded())
    captions = select(Material.id, Material.captions_by).where(published, Material.captions_by <= until, life.lacks_captions())
    named = (("review", review), ("captions", captions))
    found = ((kind, *row) for kind, wanted in named for row in db.session.execute(wanted.order_by(Material.id)).all())
    return [(material_id, kind, due) for kind, material_id, due in found if due is not None]


def list_lead_ids(network_id: int) -> list[int]:
    """Those who lead a network."""
    active = (Membership.network_id == network_id, Membership.state == MembershipState.ACTIVE)
    return list(db.session.scalars(select(Membership.user_id).where(*active, Membership.role == MembershipRole.LEAD)))


def list_holder_ids(material_id: int, but: int | None = None) -> list[int]:
    """Those who have downloaded some version of a material, and not the one numbered `but`."""
    held = select(Download.user_id).join(MaterialVersion, MaterialVersion.id == Download.material_version_id)
    held = held.where(MaterialVersion.material_id == material_id, Download.user_id.is_not(None))
    wanted = held.where(MaterialVersion.number != but, Download.user_id.not_in(held.where(MaterialVersion.number == but))) if but else held
    return [person for person in db.session.scalars(wanted.distinct()) if person is not None]


def find_replaceable(viewer: Viewer, material: Material, words: str = "") -> list[Material]:
    """What the material could take the place of: what the viewer sees in force in the same network, the newest first; twenty."""
    matching = [Material.search_text.contains(word, autoescape=True) for word in fold(words).split()[:10]]
    wanted = select(Material).where(*_replaceable(viewer, material), *matching)
    return list(db.session.scalars(wanted.order_by(Material.updated_at.desc(), Material.id.desc()).limit(FOUND)))


def get_replaceable(viewer: Viewer, material: Material, material_id: int) -> Material | None:
    """One of those that the material could take the place of, with its network, held until the transaction ends."""
    wanted = select(Material).where(Material.id == material_id, *_replaceable(viewer, material))
    return db.session.scalar(wanted.options(joinedload(Material.network, innerjoin=True)).with_for_update(of=Material))


def get_older(viewer: Viewer, material: Material) -> Material | None:
    """What the material takes the place of, where the viewer may see that."""
    wanted = select(Material).where(Material.id == material.replaces_id, visible_to(viewer))
    return db.session.scalar(wanted.options(joinedload(Material.network, innerjoin=True)))


def replaces_in_turn(material: Material, older: Material) -> bool:
    """Whether `older` came, over however many steps, in the place of `material`: then the two would replace each other."""
    step: int | None = older.replaces_id
    for _step in range(100):
        if step is None or step == material.id:
            break
        step = db.session.scalar(select(Material.replaces_id).where(Material.id == step))
    return step == material.id


def _replaceable(viewer: Viewer, material: Material) -> list[Any]:
    in_force = or_(Material.state == MaterialState.PUBLISHED, Material.id == material.replaces_id)
    free = or_(~life.is_superseded(), Material.id == material.replaces_id)
    return [Material.network_id == material.network_id, Material.id != material.id, in_force, free, visible_to(viewer)]


def _waiting(viewer: Viewer, row: Any) -> Waiting:
    material: Material = row.Material
    return Waiting(
        id=material.id,
        title=material.title,
        kind=material.kind,
        version=material.version,
        link_url=material.link_url,
        owner_id=material.owner_id,
        owner=material.owner.name,
        network_name=material.network.name,
        network_slug=material.network.slug,
        review_due=row.review,
        captions_by=row.captions,
        can_edit=can_edit(viewer, material),
    )

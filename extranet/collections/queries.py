"""What can you see? Collections, and of what is in them the materials that you may open: the others are not even counted."""

from collections.abc import Collection as Some
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import joinedload

from extranet.accounts.models import User
from extranet.collections.models import Collection, CollectionItem
from extranet.collections.policy import editable_by, visible_to
from extranet.core.db import db
from extranet.core.errors import NotFound
from extranet.core.text import LocalText
from extranet.core.viewer import Viewer
from extranet.materials.models import Material
from extranet.materials.policy import visible_to as materials_visible_to
from extranet.materials.queries import Line, select_lines
from extranet.networks.models import Network, NetworkState
from extranet.networks.policy import readable_in

PAGE = 30


@dataclass(frozen=True)
class Listed:
    """A collection in a list; `materials` counts those that the viewer may open."""

    id: int
    title: LocalText
    description: LocalText
    owner_id: int
    owner_name: str
    network_name: LocalText | None
    network_slug: str | None
    updated_at: datetime
    materials: int

    @property
    def path(self) -> str:
        return f"/collections/{self.id}/"


@dataclass(frozen=True)
class Listing:
    rows: list[Listed]
    total: int
    page: int
    pages: int


@dataclass(frozen=True)
class Item:
    """A material of a collection, and why it is there."""

    line: Line
    note: str


@dataclass(frozen=True)
class Choice:
    """A collection that something can be added to; `held` of what is to be added are in it already."""

    id: int
    title: LocalText
    network_name: LocalText | None
    held: int


def list_collections(viewer: Viewer, page: int = 1, network: Network | None = None) -> Listing:
    """The viewer's own and those of her networks, what was changed last first; or those of one network."""
    seen = [visible_to(viewer)] + ([Collection.network_id == network.id] if network else [])
    total = db.session.scalar(select(func.count()).select_from(Collection).where(*seen)) or 0
    pages = max(1, -(-total // PAGE))
    page = max(1, min(page, pages))
    wanted = (
        select(
            Collection.id, Collection.title, Collection.description, Collection.owner_id, User.first_name, User.last_name,
            Network.name.label("network_name"), Network.slug.label("network_slug"), Collection.updated_at,
            _count_visible(viewer).label("materials"),
        )
        .join(User, User.id == Collection.owner_id)
        .outerjoin(Network, Network.id == Collection.network_id)
        .where(*seen)
        .order_by(Collection.updated_at.desc(), Collection.id.desc())
        .limit(PAGE)
        .offset(PAGE * (page - 1))
    )  # fmt: skip
    rows = [
        Listed(
            row.id, row.title, row.description, row.owner_id, f"{row.first_name} {row.last_name}",
            row.network_name, row.network_slug, row.updated_at, row.materials,
        )
        for row in db.session.execute(wanted)
    ]  # fmt: skip
    return Listing(rows, total, page, pages)


def get_collection(viewer: Viewer, collection_id: int, lock: bool = False) -> Collection:
    """The collection with its owner and network. lock: hold its row, so that of two who change it one comes after the other."""
    wanted = select(Collection).where(Collection.id == collection_id, visible_to(viewer))
    if lock:
        wanted = wanted.with_for_update(of=Collection).execution_options(populate_existing=True)
    collection = db.session.scalar(wanted.options(joinedload(Collection.owner, innerjoin=True), joinedload(Collection.network)))
    if collection is None:
        raise NotFound
    return collection


def list_items(viewer: Viewer, collection: Collection) -> list[Item]:
    """What is in it, in its order, as far as the viewer may open it."""
    wanted = (
        select_lines()
        .add_columns(CollectionItem.note.label("item_note"))
        .join(CollectionItem, CollectionItem.material_id == Material.id)
        .where(CollectionItem.collection_id == collection.id, materials_visible_to(viewer))
        .order_by(CollectionItem.position, CollectionItem.id)
    )
    items = []
    for row in db.session.execute(wanted):
        columns = dict(row._mapping)
        note = columns.pop("item_note")
        items.append(Item(Line(**columns), note))
    return items


def get_item(viewer: Viewer, collection: Collection, material_id: int) -> CollectionItem:
    """One of them; NotFound where the viewer may not open it."""
    wanted = (
        select(CollectionItem)
        .join(Material, Material.id == CollectionItem.material_id)
        .where(CollectionItem.collection_id == collection.id, CollectionItem.material_id == material_id, materials_visible_to(viewer))
    )
    item = db.session.scalar(wanted)
    if item is None:
        raise NotFound
    return item


def list_ids(viewer: Viewer, collection: Collection) -> list[int]:
    """The materials that the viewer may open, in order."""
    wanted = (
        select(CollectionItem.material_id)
        .join(Material, Material.id == CollectionItem.material_id)
        .where(CollectionItem.collection_id == collection.id, materials_visible_to(viewer))
        .order_by(CollectionItem.position, CollectionItem.id)
    )
    return list(db.session.scalars(wanted))


def list_choices(viewer: Viewer, material_ids: Some[int]) -> list[Choice]:
    """The collections that the viewer may add to, her own first."""
    held = select(func.count()).where(CollectionItem.collection_id == Collection.id, CollectionItem.material_id.in_(material_ids))
    rows = db.session.execute(
        select(Collection.id, Collection.title, Network.name.label("network_name"), held.scalar_subquery().label("held"))
        .outerjoin(Network, Network.id == Collection.network_id)
        .where(editable_by(viewer))
        .order_by(Collection.network_id.is_not(None), Collection.updated_at.desc(), Collection.id.desc())
        .limit(100)
    )
    return [Choice(row.id, row.title, row.network_name, row.held) for row in rows]


def list_materials(viewer: Viewer, material_ids: Some[int]) -> list[Material]:
    """Those of the materials that the viewer may open, in the order of the list that they were chosen from."""
    order = {material_id: place for place, material_id in enumerate(material_ids)}
    found = db.session.scalars(select(Material).where(Material.id.in_(order), materials_visible_to(viewer)))
    return sorted(found, key=lambda material: order[material.id])


def list_homes(viewer: Viewer) -> list[Network]:
    """The networks in which the viewer may have a collection."""
    wanted = select(Network).where(Network.state != NetworkState.ARCHIVED, readable_in(viewer, Network.id)).order_by(Network.id)
    return list(db.session.scalars(wanted))


def _count_visible(viewer: Viewer) -> ScalarSelect[int]:
    return (
        select(func.count())
        .select_from(CollectionItem)
        .join(Material, Material.id == CollectionItem.material_id)
        .where(CollectionItem.collection_id == Collection.id, materials_visible_to(viewer))
        .correlate(Collection)
        .scalar_subquery()
    )

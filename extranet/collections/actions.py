"""What can you do? Gather materials, put them in order, and say why they are there."""

from collections.abc import Sequence

from sqlalchemy import delete as sql_delete
from sqlalchemy import select

from extranet.audit.log import action
from extranet.collections import policy, queries
from extranet.collections.models import Collection, CollectionItem
from extranet.core import clock
from extranet.core.db import db
from extranet.core.errors import NotAllowed, Refused
from extranet.core.i18n import gettext as _
from extranet.core.text import LocalText
from extranet.core.viewer import Viewer
from extranet.materials.models import Material
from extranet.networks.models import Network

MOST = 200


@action(policy.can_create)
def create(viewer: Viewer, network: Network | None, *, title: LocalText, description: LocalText) -> Collection:
    """Begin a collection, for oneself or for a network."""
    assert viewer.user_id is not None  # noqa: S101  can_create asks for a person
    collection = Collection(title=title, description=description, owner_id=viewer.user_id, network=network)
    collection.network_id = network.id if network else None
    db.session.add(collection)
    db.session.flush()
    return collection


@action(policy.can_edit)
def edit(viewer: Viewer, collection: Collection, *, title: LocalText, description: LocalText, network: Network | None) -> Collection:
    """Say something else about it, or have others see it. Whoever makes it personal must be its owner."""
    moves = collection.network_id != (network.id if network else None)
    if moves and (collection.owner_id != viewer.user_id or not policy.can_create(viewer, network)):
        raise NotAllowed("collections.edit")
    collection.title, collection.description = title, description
    collection.network, collection.network_id = network, network.id if network else None
    collection.updated_at = clock.now()
    return collection


@action(policy.can_delete)
def delete(_viewer: Viewer, collection: Collection) -> None:
    """Take the collection away. The materials stay where they are."""
    db.session.execute(sql_delete(CollectionItem).where(CollectionItem.collection_id == collection.id))
    db.session.delete(collection)


@action(policy.can_add)
def add(viewer: Viewer, collection: Collection, *, materials: Sequence[Material], note: str = "") -> None:
    """Put materials at its end; those that are in it stay where they are. `collection` comes with its row locked."""
    assert viewer.user_id is not None  # noqa: S101  can_add asks for a person
    items = _items(collection)
    held = {item.material_id for item in items}
    new = [material for material in materials if material.id not in held]
    if len(items) + len(new) > MOST:
        raise Refused(_("A collection holds at most %(most)s materials. Begin another one.", most=MOST))
    position = items[-1].position if items else 0
    for place, material in enumerate(new, position + 1):
        db.session.add(
            CollectionItem(collection_id=collection.id, material_id=material.id, position=place, note=note, added_by_id=viewer.user_id)
        )
    collection.updated_at = clock.now()


@action(policy.can_remove)
def remove(viewer: Viewer, collection: Collection, *, material_id: int) -> None:
    """Take a material out of the collection."""
    db.session.delete(queries.get_item(viewer, collection, material_id))
    collection.updated_at = clock.now()


@action(policy.can_move)
def move(viewer: Viewer, collection: Collection, *, material_id: int, up: bool) -> None:
    """Put a material before or behind its neighbour in the list that the viewer sees. `collection` comes with its row locked."""
    seen = queries.list_ids(viewer, collection)
    here = queries.get_item(viewer, collection, material_id)
    there = seen.index(material_id) + (-1 if up else 1)
    if not 0 <= there < len(seen):
        return
    items = [item for item in _items(collection) if item is not here]
    place = next(place for place, item in enumerate(items) if item.material_id == seen[there])
    items.insert(place if up else place + 1, here)
    for position, item in enumerate(items, 1):
        item.position = position
    collection.updated_at = clock.now()


@action(policy.can_annotate)
def annotate(viewer: Viewer, collection: Collection, *, material_id: int, note: str) -> None:
    """Say why a material is there."""
    queries.get_item(viewer, collection, material_id).note = note
    collection.updated_at = clock.now()


def _items(collection: Collection) -> list[CollectionItem]:
    """All of them, also those that the viewer may not open."""
    wanted = select(CollectionItem).where(CollectionItem.collection_id == collection.id)
    return list(db.session.scalars(wanted.order_by(CollectionItem.position, CollectionItem.id)))

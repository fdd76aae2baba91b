"""All that the page of a material shows beside the material and its versions, in one row: one query.

Whoever needs something more there adds a column to `_standing`, not a query to the page. How many see it is kept in memory for
a minute: the counting grows with the people, and all that is published in a network has the same readers.
"""

import time
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple, cast

from sqlalchemy import Integer, Select, bindparam, exists, literal, select, true

from extranet.accounts.models import User
from extranet.core.db import db
from extranet.core.text import LocalText
from extranet.core.viewer import Viewer
from extranet.materials.caption_models import Caption
from extranet.materials.favourite_models import Favourite
from extranet.materials.models import Download, Material, MaterialState, MaterialVersion, Sharing
from extranet.materials.policy import can_see, visible_to
from extranet.materials.reader_queries import Readers, Shape, as_readers, counted, is_for_everybody, parameters, shape_of
from extranet.networks.models import Network
from extranet.organisations.models import Organisation

_FRESH_SECONDS, _MOST_KEPT = 60.0, 1000
_kept: dict[tuple[Shape, int, int], tuple[float, Readers]] = {}
_MATERIAL, _USER, _REPLACES = (bindparam(name, type_=Integer()) for name in ("material_id", "user_id", "replaces_id"))


class Copy(NamedTuple):
    """The newest version that a person has downloaded, and when."""

    number: int
    at: datetime


@dataclass(frozen=True)
class Neighbour:
    """A material that this one replaces, or that replaces it; in the same network."""

    id: int
    title: LocalText
    state: MaterialState
    sharing: Sharing
    owner_id: int
    network: Network

    @property
    def path(self) -> str:
        return f"/materials/{self.id}/"

    @property
    def is_published(self) -> bool:
        return self.state == MaterialState.PUBLISHED


@dataclass(frozen=True)
class Standing:
    """How a material stands among its readers and other materials, as this viewer may know it."""

    readers: Readers
    owner_organisation: LocalText
    copy: Copy | None
    newer: Neighbour | None
    older: Neighbour | None
    has_captions: bool
    is_favourite: bool


def get_standing(viewer: Viewer, material: Material) -> Standing:
    """Who sees it, what the viewer has got of it, what took its place and what it took the place of."""
    given = {"material_id": material.id, "user_id": viewer.user_id, "replaces_id": material.replaces_id}
    shape = shape_of(material)
    readers = _recall(material, shape)
    row = db.session.execute(_standing(None if readers else shape), parameters(material) | given).one()
    return Standing(
        readers=readers or _keep(material, shape, as_readers(material, row)),
        owner_organisation=LocalText(row.organisation or {}),
        copy=Copy(row.copy_number, row.copy_at) if row.copy_number else None,
        newer=_neighbour(viewer, material, row, "newer"),
        older=_neighbour(viewer, material, row, "older"),
        has_captions=row.has_captions,
        is_favourite=row.is_favourite,
    )


def forget_readers() -> None:
    """Count anew who sees what at the next question."""
    _kept.clear()


def _recall(material: Material, shape: Shape) -> Readers | None:
    counted_at, readers = _kept.get(_key(material, shape), (0.0, None))
    if readers is None or time.monotonic() - counted_at > _FRESH_SECONDS:
        return None
    return replace(readers, everybody=is_for_everybody(material), is_published=material.is_published)


def _keep(material: Material, shape: Shape, readers: Readers) -> Readers:
    if len(_kept) >= _MOST_KEPT:
        _kept.clear()
    _kept[_key(material, shape)] = (time.monotonic(), readers)
    return readers


def _key(material: Material, shape: Shape) -> tuple[Shape, int, int]:
    """What the set depends on: the owner counts only where she is one of the groups."""
    return shape, material.network_id, material.owner_id if shape.owner else 0


def find_newer_id(viewer: Viewer, material_id: int) -> int | None:
    """What took the place of a material that the viewer cannot see (any more), if that is something which she can."""
    taken = select(Material.id).where(Material.replaces_id == material_id, Material.state == MaterialState.PUBLISHED, visible_to(viewer))
    return db.session.scalar(taken.order_by(Material.id.desc()).limit(1))


def _neighbour(viewer: Viewer, material: Material, row: Any, name: str) -> Neighbour | None:
    if getattr(row, f"{name}_id") is None:
        return None
    columns = {column: getattr(row, f"{name}_{column}") for column in ("id", "title", "state", "sharing", "owner_id")}
    neighbour = Neighbour(network=material.network, **columns)
    return neighbour if can_see(viewer, cast(Material, neighbour)) else None


def _named(name: str) -> Select[*tuple[Any, ...]]:
    columns = (Material.id, Material.title, Material.state, Material.sharing, Material.owner_id)
    return select(*(column.label(f"{name}_{column.key}") for column in columns))


@cache
def _standing(shape: Shape | None) -> Select[*tuple[Any, ...]]:
    """With the readers' numbers for a shape, without them for none."""
    readers = counted(shape).subquery() if shape else select(literal(None).label("total")).subquery()
    copy = (
        select(MaterialVersion.number.label("copy_number"), Download.at.label("copy_at"))
        .join(Download, Download.material_version_id == MaterialVersion.id)
        .where(MaterialVersion.material_id == _MATERIAL, Download.user_id == _USER)
        .order_by(MaterialVersion.number.desc(), Download.at.desc())
        .limit(1)
        .subquery()
    )
    newer = _named("newer").where(Material.replaces_id == _MATERIAL, Material.state == MaterialState.PUBLISHED)
    newest = newer.order_by(Material.id.desc()).limit(1).subquery()
    older = _named("older").where(Material.id == _REPLACES).subquery()
    owner = select(Organisation.name).join(User, User.organisation_id == Organisation.id).where(User.id == bindparam("owner_id"))
    return (
        select(
            readers,
            copy,
            newest,
            older,
            owner.scalar_subquery().label("organisation"),
            exists().where(Caption.material_id == _MATERIAL).label("has_captions"),
            exists().where(Favourite.material_id == _MATERIAL, Favourite.user_id == _USER).label("is_favourite"),
        )
        .select_from(readers)
        .outerjoin(copy, true())
        .outerjoin(newest, true())
        .outerjoin(older, true())
    )

"""What can you see? One's own orders, and those that one sends."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from extranet.accounts.models import User
from extranet.core.db import db
from extranet.core.errors import NotFound, demand
from extranet.core.text import LocalText
from extranet.core.viewer import Viewer
from extranet.materials.models import Material
from extranet.orders import policy
from extranet.orders.models import OrderState, PublicationOrder

PER_PAGE = 50
EXPORTED_AT_MOST = 10_000


@dataclass(frozen=True)
class Wanted:
    """What the desk is narrowed down to; every state where `state` is None."""

    state: OrderState | None = OrderState.RECEIVED
    material_id: int | None = None


@dataclass(frozen=True)
class Listing:
    """One page of orders, and how many there are of each state."""

    rows: Sequence[PublicationOrder]
    page: int
    pages: int
    total: int
    counts: dict[OrderState, int]


@dataclass(frozen=True)
class Publication:
    """A material with printed copies, to choose from."""

    id: int
    title: LocalText
    stock: int | None


@dataclass(frozen=True)
class Prefill:
    """Where the last copies went, or what else is known of the viewer."""

    receiver: str
    street: str
    postcode: str
    city: str
    contact_name: str
    contact_phone: str


def get_order(viewer: Viewer, order_id: int, lock: bool = False) -> PublicationOrder:
    """One order that the viewer may see; `lock` holds its row, so that it is cancelled or sent once."""
    wanted = _orders().where(PublicationOrder.id == order_id, policy.visible_to(viewer))
    if lock:
        wanted = wanted.with_for_update(of=PublicationOrder).execution_options(populate_existing=True)
    order = db.session.scalar(wanted)
    if order is None:
        raise NotFound
    return order


def list_to_send(viewer: Viewer, ids: Collection[int]) -> list[PublicationOrder]:
    """Those of the orders that the viewer looks after, their rows held."""
    wanted = _orders().where(PublicationOrder.id.in_(ids), PublicationOrder.material_id.in_(_kept(viewer))).order_by(PublicationOrder.id)
    return list(db.session.scalars(wanted.with_for_update(of=PublicationOrder).execution_options(populate_existing=True)))


def list_own(viewer: Viewer, page: int = 1) -> Listing:
    """What the viewer has ordered, the latest first."""
    return _listing(_orders().where(PublicationOrder.user_id == viewer.user_id), page, newest=True)


def list_desk(viewer: Viewer, wanted: Wanted, page: int = 1) -> Listing:
    """The orders that the viewer looks after, the oldest first: that one has waited longest."""
    counts: dict[OrderState, int] = dict.fromkeys(OrderState, 0)
    where = _where(viewer, Wanted(None, wanted.material_id))
    rows: Any = db.session.execute(select(PublicationOrder.state, func.count()).where(*where).group_by(PublicationOrder.state))
    counts |= {state: count for state, count in rows}
    return _listing(_orders().where(*_where(viewer, wanted)), page, newest=wanted.state != OrderState.RECEIVED, counts=counts)


def list_for_table(viewer: Viewer, wanted: Wanted) -> list[PublicationOrder]:
    """The same, all of them, to take away."""
    return list(db.session.scalars(_orders().where(*_where(viewer, wanted)).order_by(PublicationOrder.id).limit(EXPORTED_AT_MOST)))


def list_publications(viewer: Viewer) -> list[Publication]:
    """The materials with printed copies that the viewer looks after."""
    rows = db.session.execute(
        select(Material.id, Material.title, Material.stock)
        .where(policy.kept_by(viewer), Material.stock.is_not(None))
        .order_by(Material.title_key_fi, Material.id)
        .limit(500)
    )
    return [Publication(*row) for row in rows]


def prefill(viewer: Viewer) -> Prefill:
    """What the form knows before anything is typed: the address of the last order that still has one, the viewer's phone."""
    row: Any = db.session.execute(
        select(User.phone, PublicationOrder)
        .outerjoin(PublicationOrder, (PublicationOrder.user_id == User.id) & PublicationOrder.wiped_at.is_(None))
        .where(User.id == viewer.user_id)
        .order_by(PublicationOrder.id.desc())
        .limit(1)
    ).one()
    phone, last = row
    if last is not None:
        return Prefill(last.receiver, last.street, last.postcode, last.city, last.contact_name, last.contact_phone)
    organisation = LocalText(viewer.organisation_name).choose(viewer.language or "fi")[0]
    return Prefill(organisation, "", "", "", viewer.name, phone)


def _listing(wanted: Select[PublicationOrder], page: int, newest: bool, counts: dict[OrderState, int] | None = None) -> Listing:
    total = db.session.scalar(select(func.count()).select_from(wanted.with_only_columns(PublicationOrder.id).subquery())) or 0
    pages = max(1, -(-total // PER_PAGE))
    page = min(max(page, 1), pages)
    at, key = PublicationOrder.created_at, PublicationOrder.id
    order = (at.desc(), key.desc()) if newest else (at, key)
    rows = db.session.scalars(wanted.order_by(*order).limit(PER_PAGE).offset((page - 1) * PER_PAGE))
    return Listing(list(rows), page, pages, total, counts or {})


def _where(viewer: Viewer, wanted: Wanted) -> list[Any]:
    demand(policy.has_desk(viewer), "orders.desk")
    where: list[Any] = [PublicationOrder.material_id.in_(_kept(viewer))]
    if wanted.state is not None:
        where.append(PublicationOrder.state == wanted.state)
    if wanted.material_id is not None:
        where.append(PublicationOrder.material_id == wanted.material_id)
    return where


def _kept(viewer: Viewer) -> Select[int]:
    return select(Material.id).where(policy.kept_by(viewer))


def _orders() -> Select[PublicationOrder]:
    return select(PublicationOrder).options(
        joinedload(PublicationOrder.material, innerjoin=True).joinedload(Material.network, innerjoin=True),
        joinedload(PublicationOrder.user, innerjoin=True),
        joinedload(PublicationOrder.organisation, innerjoin=True),
    )

"""What you can do. verb(viewer, thing, **data): checked, done, recorded."""

from dataclasses import asdict, dataclass
from datetime import timedelta

from sqlalchemy import update

from extranet.audit.log import action
from extranet.core import clock
from extranet.core.db import db
from extranet.core.errors import Refused
from extranet.core.i18n import N_
from extranet.core.i18n import gettext as _
from extranet.core.viewer import Viewer
from extranet.mail.outbox import put_letter
from extranet.materials.models import Material
from extranet.materials.queries import list_editor_ids
from extranet.notifications.notify import notify
from extranet.orders import policy
from extranet.orders.models import MOST, OrderState, PublicationOrder

KEPT = timedelta(days=365)


@dataclass(frozen=True)
class Delivery:
    """Where the copies go, and whom to ask. Deleted a year after they went."""

    receiver: str
    street: str
    postcode: str
    city: str
    contact_name: str
    contact_phone: str = ""
    note: str = ""


@action(policy.can_set_stock, "stock")
def set_stock(_viewer: Viewer, material: Material, *, stock: int | None) -> None:
    """Say how many printed copies there are; None where it is not printed. `material` comes with its row locked."""
    material.stock = stock


@action(policy.can_order, "quantity")
def order(viewer: Viewer, material: Material, *, quantity: int, delivery: Delivery) -> PublicationOrder:
    """Take copies out of the stock for the viewer's organisation. `material` comes with its row locked: of two who want the last
    ones, one gets them."""
    left = material.stock or 0
    if not 1 <= quantity <= min(left, MOST):
        raise Refused(_("There are %(left)s copies left. Order as many at most, and 50 at once.", left=left))
    assert viewer.user_id is not None and viewer.organisation_id is not None  # noqa: S101  can_order asks for both
    material.stock = left - quantity
    made = PublicationOrder(
        material=material, user_id=viewer.user_id, organisation_id=viewer.organisation_id, quantity=quantity, **asdict(delivery)
    )
    db.session.add(made)
    db.session.flush()
    _write(made, "received", viewer.email, viewer.language)
    notify(
        viewer,
        list_editor_ids(material.network_id),
        "orders.order",
        about=material,
        text=N_("Printed copies were ordered: %(title)s"),
        path="/orders/desk",
        key=f"orders:{material.id}:{clock.today().isoformat()}",  # a busy day is told once
        title=material.title,
    )
    return made


@action(policy.can_send)
def send(viewer: Viewer, order: PublicationOrder) -> None:
    """The copies have gone. Sending twice changes nothing."""
    if order.state == OrderState.CANCELLED:
        raise Refused(_("An order that was cancelled cannot be sent. Leave it out."))
    if order.state == OrderState.SENT:
        return
    order.state, order.sent_at, order.handled_by_id = OrderState.SENT, clock.now(), viewer.user_id
    _write(order, "sent", order.user.email, order.user.language)


@action(policy.can_cancel)
def cancel(viewer: Viewer, order: PublicationOrder, *, reason: str = "") -> None:
    """Call the order off; its copies go back into the stock. Whoever ordered gets a letter if somebody else did it."""
    if order.state == OrderState.SENT:
        raise Refused(_("The copies have been sent already."))
    if order.state == OrderState.CANCELLED:
        return
    order.state, order.cancelled_at, order.cancel_reason, order.handled_by_id = OrderState.CANCELLED, clock.now(), reason, viewer.user_id
    back = update(Material).where(Material.id == order.material_id, Material.stock.is_not(None))
    db.session.execute(back.values(stock=Material.stock + order.quantity))
    if order.user_id != viewer.user_id:
        _write(order, "cancelled", order.user.email, order.user.language)


def _write(order: PublicationOrder, about: str, to: str, language: str | None) -> None:
    put_letter(
        to=to,
        user_id=order.user_id,
        language=language or "fi",
        template=f"orders/mail/{about}",
        key=f"order:{order.id}:{about}",
        order=order,
        title=order.material.title,
    )

"""The words and pictures for the states of an order."""

from flask_babel import LazyString

from extranet.core.i18n import lazy_gettext as _l
from extranet.orders.models import OrderState

STATES: dict[OrderState, tuple[LazyString, str, str]] = {
    OrderState.RECEIVED: (_l("Received"), "info", "inbox"),
    OrderState.SENT: (_l("Sent off"), "ok", "circle-check"),
    OrderState.CANCELLED: (_l("Called off"), "calm", "x"),
}

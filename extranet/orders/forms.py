"""What may be typed."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import IntegerField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, Regexp, ValidationError

from extranet.core.i18n import gettext as _
from extranet.core.i18n import lazy_gettext as _l
from extranet.core.i18n import ngettext
from extranet.core.text import one_line
from extranet.orders.actions import Delivery
from extranet.orders.models import MOST
from extranet.orders.queries import Prefill

MOST_STOCK = 100_000


def _strip(text: str | None) -> str:
    return (text or "").strip()


def _line(text: str | None) -> str:
    return one_line(text or "")


def _text(label: Any, missing: Any, most: int, autocomplete: str) -> StringField:
    rules = [DataRequired(missing), Length(max=most, message=_l("Shorten the text to %(max)d characters."))]
    return StringField(label, rules, filters=[_line], render_kw={"autocomplete": autocomplete})


class OrderForm(FlaskForm):  # type: ignore[misc]
    quantity = IntegerField(
        _l("How many copies?"),
        [InputRequired(_l("Write how many copies you need."))],
        default=1,
        render_kw={"min": 1, "inputmode": "numeric"},
    )
    receiver = _text(_l("Receiver"), _l("Write to whom the copies are sent."), 160, "organization")
    street = _text(_l("Street address or box"), _l("Write the street address or box."), 160, "street-address")
    postcode = StringField(
        _l("Postcode"),
        [
            DataRequired(_l("Write the postcode with five digits.")),
            Regexp(r"[0-9]{5}\Z", message=_l("Write the postcode with five digits.")),
        ],
        filters=[_line],
        render_kw={"autocomplete": "postal-code", "inputmode": "numeric", "maxlength": 5},
    )
    city = _text(_l("Town or city"), _l("Write the town or city."), 80, "address-level2")
    contact_name = _text(_l("Contact for the delivery"), _l("Write who can be asked about the delivery."), 160, "name")
    contact_phone = StringField(
        _l("Phone"),
        [Optional(), Length(max=40, message=_l("Shorten the number to 40 characters."))],
        filters=[_line],
        render_kw={"autocomplete": "tel"},
    )
    note = TextAreaField(
        _l("A note for the sender"),
        [Length(max=500, message=_l("Shorten the message to 500 characters."))],
        filters=[_strip],
        render_kw={"rows": 2},
    )

    def __init__(self, stock: int, prefill: Prefill | None = None) -> None:
        super().__init__(obj=prefill)
        self._left = stock

    def validate_quantity(self, field: IntegerField) -> None:
        if field.data is None or field.data < 1:
            raise ValidationError(_("Write how many copies you need."))
        if field.data > self._left:
            raise ValidationError(
                ngettext(
                    "There is %(num)s copy left. Order as many at most.",
                    "There are %(num)s copies left. Order as many at most.",
                    self._left,
                )
                if self._left
                else _("There are no copies left just now.")
            )
        if field.data > MOST:
            raise ValidationError(_("One order has at most 50 copies."))

    def delivery(self) -> Delivery:
        """What was typed, as the actions take it."""
        return Delivery(
            receiver=self.receiver.data,
            street=self.street.data,
            postcode=self.postcode.data,
            city=self.city.data,
            contact_name=self.contact_name.data,
            contact_phone=self.contact_phone.data or "",
            note=self.note.data or "",
        )


class StockForm(FlaskForm):  # type: ignore[misc]
    """Empty for a material that is not printed."""

    stock = IntegerField(
        _l("Printed copies in stock"),
        [Optional(), NumberRange(0, MOST_STOCK, _l("Write a number from 0 to 100,000, or leave the field empty."))],
        render_kw={"min": 0, "inputmode": "numeric"},
    )


class CancelForm(FlaskForm):  # type: ignore[misc]
    reason = TextAreaField(
        _l("Reason"), [Length(max=500, message=_l("Shorten the reason to 500 characters."))], filters=[_strip], render_kw={"rows": 3}
    )

    def __init__(self, needs_reason: bool) -> None:
        super().__init__()
        self._needs_reason = needs_reason

    def validate_reason(self, field: TextAreaField) -> None:
        if self._needs_reason and not field.data:
            raise ValidationError(_("Write a reason. The person will see it."))

"""What may be typed."""

from decimal import Decimal, InvalidOperation
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, IntegerField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, ValidationError

from extranet.billing.kinds import CostKind
from extranet.billing.models import DETAILS, MIN_TERM, BillingProfile
from extranet.core.i18n import gettext as _
from extranet.core.i18n import lazy_gettext as _l
from extranet.core.text import one_line
from extranet.organisations.models import Organisation

MOST_CENTS = 100_000_000


def _line(text: str | None) -> str:
    return one_line(text or "")


def _code(text: str | None) -> str:
    code = "".join(one_line(text or "").split())
    return code if "@" in code else code.upper()


class NumberField(StringField):  # type: ignore[misc]
    """A number as Finns write it: "1 234,50". None where it cannot be read."""

    def number(self) -> Decimal | None:
        text = "".join((self.data or "").replace("€", "").replace("−", "-").replace(",", ".").split())
        try:
            number = Decimal(text)
        except InvalidOperation:
            return None
        return number if number.is_finite() else None


class LineForm(FlaskForm):  # type: ignore[misc]
    """A cost. The sum is that of the bill, with tax: so the shares add up to what was paid."""

    kind = SelectField(_l("Kind of cost"), coerce=CostKind)
    label = StringField(
        _l("What for?"),
        [DataRequired(_l("Write what was paid, for example the speaker's fee.")), Length(max=160, message=_l("Shorten the text to %(max)d characters."))],
        filters=[_line],
    )  # fmt: skip
    amount = NumberField(_l("Sum with VAT, €"), filters=[_line], render_kw={"inputmode": "decimal", "autocomplete": "off"})
    vat_percent = NumberField(_l("VAT rate, per cent"), filters=[_line], render_kw={"inputmode": "decimal", "autocomplete": "off"})

    def __init__(self, vat_percent: Decimal | None = None) -> None:
        super().__init__()
        self.kind.choices = [SelectChoice(kind, kind.label) for kind in CostKind]
        if not self.is_submitted() and vat_percent is not None:
            self.vat_percent.data = f"{vat_percent.normalize():f}".replace(".", ",")

    def validate_amount(self, field: NumberField) -> None:
        number = field.number()
        if number is not None and abs(number) * 100 > MOST_CENTS:
            raise ValidationError(_("The sum is too large. One cost is at most one million euros."))
        if not number or number != round(number, 2):
            raise ValidationError(_("Write the sum in euros and cents, for example 1 250,00. A minus takes back a cost."))

    def validate_vat_percent(self, field: NumberField) -> None:
        number = field.number()
        if number is None or not 0 <= number < 100 or number != round(number, 2):
            raise ValidationError(_("Write the percentage as a number, for example 25,5 or 0."))

    @property
    def values(self) -> dict[str, Any]:
        cents = int((self.amount.number() or Decimal()) * 100)
        return {"kind": self.kind.data, "label": self.label.data, "cents": cents, "vat_percent": self.vat_percent.number()}


class ApproveForm(FlaskForm):  # type: ignore[misc]
    """`seen` says which figures somebody looked at; a correction needs its reason."""

    seen = HiddenField()
    reason = TextAreaField(
        _l("Why is it corrected?"), [Length(max=500, message=_l("Shorten the reason to 500 characters."))], filters=[_line], render_kw={"rows": 3}
    )  # fmt: skip

    def __init__(self, needs_reason: bool, seen: str) -> None:
        super().__init__()
        self._needs_reason = needs_reason
        if not self.is_submitted():
            self.seen.data = seen

    def validate_reason(self, field: Field) -> None:
        if self._needs_reason and not field.data:
            raise ValidationError(_("Write why it is corrected. The organisations read it."))


def _text(label: Any, most: int, code: bool = False) -> StringField:
    rules = [Length(max=most, message=_l("Shorten this to %(max)d characters."))]
    return StringField(label, rules, filters=[_code if code else _line], render_kw={"autocomplete": "off"} if code else None)


class ProfileForm(FlaskForm):  # type: ignore[misc]
    """Odd numbers are saved and warned about afterwards; only what fits nowhere is refused."""

    invoice_name = StringField(
        _l("Name on the invoice"),
        [
            DataRequired(_l("Write the name that the invoice is made out to.")),
            Length(min=2, max=70, message=_l("The name has 2 to 70 characters.")),
        ],
        filters=[_line],
    )
    business_id = _text(_l("Business ID"), 20, code=True)
    einvoice_address = _text(_l("E-invoice address"), 35, code=True)
    operator_code = _text(_l("Operator code"), 35, code=True)
    buyer_reference = _text(_l("Buyer reference"), 70)
    cost_centre = _text(_l("Cost centre"), 70)
    street = _text(_l("Street address or box"), 105)
    postcode = _text(_l("Postcode"), 10)
    city = _text(_l("Town or city"), 35)
    payment_term_days = IntegerField(
        _l("Payment term, days net"),
        [
            InputRequired(_l("Write the payment term in days, at least 14.")),
            NumberRange(MIN_TERM, 90, _l("The payment term is from 14 to 90 days.")),
        ],
        default=MIN_TERM,
        render_kw={"min": MIN_TERM, "max": 90, "inputmode": "numeric"},
    )

    def __init__(self, organisation: Organisation, profile: BillingProfile | None) -> None:
        known = {"invoice_name": organisation.name.choose("fi")[0][:70], "business_id": organisation.business_id or ""}
        super().__init__(data=profile.details if profile else known)

    @property
    def values(self) -> dict[str, Any]:
        return {name: self[name].data for name in DETAILS}

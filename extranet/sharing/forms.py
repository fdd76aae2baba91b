"""What may be typed."""

import re
from collections.abc import Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import EmailField, IntegerField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from extranet.core.i18n import gettext as _
from extranet.core.i18n import lazy_gettext as _l
from extranet.core.i18n import local_plain, ngettext
from extranet.core.text import one_line
from extranet.core.viewer import Viewer
from extranet.materials.models import Material, Sharing
from extranet.sharing.policy import can_forward
from extranet.sharing.queries import AT_ONCE

ADDRESSES = 30
DAYS = [("7", _l("7 days")), ("30", _l("30 days")), ("90", _l("90 days"))]
LANGUAGES = [("fi", _l("in Finnish")), ("sv", _l("in Swedish"))]
_ADDRESS = re.compile(r"[^@\s,;<>()\"]{1,64}@[^@\s,;<>()\"]+\.[^@\s.,;<>()\"]{2,}")


def is_address(text: str) -> bool:
    """Whether it looks like an e-mail address; whether it exists only a letter tells."""
    return len(text) <= 254 and text.isprintable() and ".." not in text and _ADDRESS.fullmatch(text) is not None


def _strip(text: str | None) -> str:
    return (text or "").strip()


def _line(text: str | None) -> str:
    return one_line(text or "")


class ForwardForm(FlaskForm):  # type: ignore[misc]
    material = SelectMultipleField(_l("Materials"), coerce=int, option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False))
    greeting = TextAreaField(
        _l("Your greeting"),
        [Length(max=2000, message=_l("Shorten the greeting to 2,000 characters."))],
        filters=[_strip],
        render_kw={"rows": 4},
    )
    language = RadioField(_l("Language of the page and the letter"), default="fi")
    days = RadioField(_l("How long does the page work?"), default="30")
    addresses = TextAreaField(_l("E-mail addresses"), filters=[_strip], render_kw={"rows": 3, "autocomplete": "off", "inputmode": "email"})

    def __init__(self, viewer: Viewer, chosen: Sequence[Material], others: Sequence[Material], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._viewer, self._chosen = viewer, list(chosen)
        self.language.choices, self.days.choices = LANGUAGES, DAYS
        self.material.choices = [(m.id, local_plain(m.title)) for m in (*chosen, *others)]

    @property
    def receivers(self) -> list[str]:
        """The addresses, each once, in the order in which they were typed."""
        return list(dict.fromkeys(part.lower() for part in re.split(r"[\s,;]+", self.addresses.data or "") if part))

    def validate_material(self, field: SelectMultipleField) -> None:
        if not field.data:
            raise ValidationError(_("Choose at least one material."))
        if len(field.data) > AT_ONCE:
            raise ValidationError(_("Choose at most %(most)s materials for one page.", most=AT_ONCE))
        for material in self._chosen:
            if not can_forward(self._viewer, material):
                raise ValidationError(_("“%(title)s” may not be passed on. Leave it out.", title=local_plain(material.title)))

    def validate_addresses(self, _field: TextAreaField) -> None:
        wrong = [address for address in self.receivers if not is_address(address)]
        if wrong:
            raise ValidationError(_("This is no e-mail address: %(address)s. Write one address on each line.", address=wrong[0][:80]))
        if len(self.receivers) > ADDRESSES:
            too_many = len(self.receivers) - ADDRESSES
            raise ValidationError(
                ngettext(
                    "A letter goes to at most 30 addresses. Leave %(num)s out, or copy the page's link into a letter of your own.",
                    "A letter goes to at most 30 addresses. Leave %(num)s out, or copy the page's link into a letter of your own.",
                    too_many,
                )
            )


class OutsideForm(FlaskForm):  # type: ignore[misc]
    name = StringField(
        _l("Name"),
        [DataRequired(_l("Write the receiver's name.")), Length(max=160, message=_l("Shorten the name to 160 characters."))],
        filters=[_line],
        render_kw={"autocomplete": "off"},
    )
    email = EmailField(
        _l("E-mail address"),
        [DataRequired(_l("Write the address in the form name@organisation.example"))],
        filters=[_strip],
        render_kw={"autocomplete": "off"},
    )
    days = IntegerField(
        _l("How many days does the link work?"),
        [InputRequired(_l("Write a number from 1 to 30.")), NumberRange(1, 30, _l("Write a number from 1 to 30."))],
        default=7,
        render_kw={"min": 1, "max": 30, "inputmode": "numeric"},
    )
    language = RadioField(_l("Language of the letter and the page"), default="fi")
    reason = TextAreaField(
        _l("Reason"), [Length(max=1000, message=_l("Shorten the reason to 1,000 characters."))], filters=[_strip], render_kw={"rows": 3}
    )

    def __init__(self, material: Material, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.language.choices = LANGUAGES
        self._needs_reason = material.sharing == Sharing.OWN_USE

    def validate_email(self, field: EmailField) -> None:
        if not is_address(field.data):
            raise ValidationError(_("Write the address in the form name@organisation.example"))

    def validate_reason(self, field: TextAreaField) -> None:
        if self._needs_reason and not field.data:
            raise ValidationError(_("The material is for the readers' own use. Write why this person needs it."))

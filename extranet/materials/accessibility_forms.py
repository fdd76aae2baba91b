"""What may be typed about a material's accessibility."""

from flask_wtf import FlaskForm
from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import Length, ValidationError

from extranet.core.i18n import gettext as _
from extranet.core.i18n import lazy_gettext as _l
from extranet.core.text import LocalText, one_line
from extranet.materials.models import Accessible, Material

ANSWERS = [
    (Accessible.YES.value, _l("Yes: everybody can read it as it is")),
    (Accessible.PARTLY.value, _l("Partly: something is missing")),
    (Accessible.NO.value, _l("No: it needs another form")),
    (Accessible.UNKNOWN.value, _l("Nobody has checked it yet")),
]


def _line(text: str | None) -> str:
    return one_line(text or "")


def _strip(text: str | None) -> str:
    return (text or "").strip()


def _note(language: str) -> TextAreaField:
    rules = [Length(max=1000, message=_l("Shorten the text to 1,000 characters."))]
    return TextAreaField(language, rules, filters=[_strip], render_kw={"rows": 3})


def _alt(language: str) -> StringField:
    rules = [
        Length(max=300, message=_l("Shorten the text to 300 characters. Longer explanations belong into the description.")),
    ]
    return StringField(language, rules, filters=[_line])


class AccessForm(FlaskForm):  # type: ignore[misc]
    accessible = RadioField(_l("Can everybody read it?"))
    note_fi = _note(_l("In Finnish"))
    note_sv = _note(_l("In Swedish"))
    alt_fi = _alt(_l("In Finnish"))
    alt_sv = _alt(_l("In Swedish"))

    def __init__(self, material: Material, is_image: bool) -> None:
        super().__init__(
            data={
                "accessible": material.accessible.value,
                "note_fi": material.accessible_note.get("fi", ""),
                "note_sv": material.accessible_note.get("sv", ""),
                "alt_fi": material.alt_text.get("fi", ""),
                "alt_sv": material.alt_text.get("sv", ""),
            }
        )
        self._is_image = is_image
        self.accessible.choices = ANSWERS

    def validate_note_fi(self, field: TextAreaField) -> None:
        is_lacking = self.accessible.data in (Accessible.PARTLY, Accessible.NO)
        if is_lacking and not field.data and not self.note_sv.data:
            raise ValidationError(_("Say in a sentence what is missing, and how to get it in another form."))

    def validate_alt_fi(self, field: StringField) -> None:
        if self._is_image and self.accessible.data == Accessible.YES and not (field.data and self.alt_sv.data):
            raise ValidationError(_("An image is accessible once it is described in both languages."))

    @property
    def note(self) -> LocalText:
        return LocalText(fi=self.note_fi.data or "", sv=self.note_sv.data or "")

    @property
    def alt_text(self) -> LocalText | None:
        """Only images have one."""
        return LocalText(fi=self.alt_fi.data or "", sv=self.alt_sv.data or "") if self._is_image else None

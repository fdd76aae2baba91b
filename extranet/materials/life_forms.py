"""What may be typed about a material's life: days, a new owner, what it takes the place of."""

from datetime import timedelta
from typing import Any

from flask_wtf import FlaskForm
from wtforms import DateField, RadioField
from wtforms.validators import InputRequired, ValidationError

from extranet.core import clock
from extranet.core.i18n import gettext as _
from extranet.core.i18n import lazy_gettext as _l
from extranet.core.i18n import local_plain
from extranet.materials.models import Material
from extranet.materials.reader_queries import Reader

YEAR = timedelta(days=365)
NOTHING = "none"


class RenewForm(FlaskForm):  # type: ignore[misc]
    review_due = DateField(_l("Next review"), [InputRequired(_l("Choose the day of the next review."))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_submitted():
            self.review_due.data = clock.today() + YEAR

    def validate_review_due(self, field: DateField) -> None:
        if field.data and field.data <= clock.today():
            raise ValidationError(_("Choose a day that is still to come."))


class OwnerForm(FlaskForm):  # type: ignore[misc]
    owner = RadioField(_l("New owner"), [InputRequired(_l("Choose the new owner."))], coerce=int)

    def __init__(self, people: list[Reader], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owner.choices = [(person.id, _labelled(person)) for person in people]


class SupersedeForm(FlaskForm):  # type: ignore[misc]
    older = RadioField(_l("Takes the place of"), [InputRequired(_l("Choose the material, or that it replaces nothing."))])

    def __init__(self, materials: list[Material], present: int | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.older.choices = [(NOTHING, _("Nothing; it is a material of its own"))]
        self.older.choices += [(str(material.id), local_plain(material.title)) for material in materials]
        if not self.is_submitted():
            self.older.data = str(present) if present else NOTHING

    @property
    def older_id(self) -> int | None:
        return None if self.older.data == NOTHING else int(self.older.data)


def _labelled(person: Reader) -> str:
    return f"{person.name}, {local_plain(person.organisation)}" if person.organisation else person.name

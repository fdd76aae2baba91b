"""What may be typed."""

from collections.abc import Iterable
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, RadioField, SelectChoice, StringField, TextAreaField
from wtforms.validators import Length, ValidationError

from extranet.collections.models import Collection
from extranet.collections.queries import Choice
from extranet.core.i18n import gettext as _
from extranet.core.i18n import lazy_gettext as _l
from extranet.core.i18n import local_plain
from extranet.core.text import CONTENT_LANGUAGES, LocalText, one_line
from extranet.core.viewer import Viewer
from extranet.networks.models import Network

NEW = "new"
ONLY_ME = "me"


def _line(text: str | None) -> str:
    return one_line(text or "")


def _text(text: str | None) -> str:
    return (text or "").replace("\r\n", "\n").strip()


def _short(limit: int) -> Length:
    return Length(max=limit, message=_l("Shorten this to %(max)d characters."))


class CollectionForm(FlaskForm):  # type: ignore[misc]
    """Its title and description in two languages, and who sees it."""

    title_fi = StringField(_l("Title"), [_short(160)], filters=[_line])
    title_sv = StringField(_l("Title"), [_short(160)], filters=[_line])
    description_fi = TextAreaField(_l("Description"), [_short(2000)], filters=[_text])
    description_sv = TextAreaField(_l("Description"), [_short(2000)], filters=[_text])
    network = RadioField(_l("Who sees the collection"), default=ONLY_ME)
    fixed: Network | None = None

    def __init__(self, homes: Iterable[Network], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.homes = {str(network.id): network for network in homes}
        self.network.choices = [SelectChoice(ONLY_ME, _("Only I"))] + [
            SelectChoice(key, _("Readers of %(network)s", network=local_plain(network.name))) for key, network in self.homes.items()
        ]

    @classmethod
    def of(cls, viewer: Viewer, collection: Collection, homes: Iterable[Network]) -> "CollectionForm":
        """The form for a collection that is there. Who sees it is for its owner to say."""
        texts = {
            f"{name}_{code}": getattr(collection, name).get(code, "") for name in ("title", "description") for code in CONTENT_LANGUAGES
        }
        present = {collection.network_id: collection.network} if collection.network else {}
        form = cls(
            (present | {network.id: network for network in homes}).values(), data=texts | {"network": str(collection.network_id or ONLY_ME)}
        )
        if collection.owner_id != viewer.user_id:
            form.fixed = collection.network
            del form.network
        return form

    def validate_title_fi(self, field: Field) -> None:
        if not field.data and not self.title_sv.data:
            raise ValidationError(_("Write a title in Finnish or Swedish."))

    @property
    def title(self) -> LocalText:
        return self._local("title")

    @property
    def description(self) -> LocalText:
        return self._local("description")

    @property
    def home(self) -> Network | None:
        """The network whose readers see it."""
        return self.homes.get(self.network.data) if self.network else self.fixed

    def _local(self, name: str) -> LocalText:
        return LocalText({code: self[f"{name}_{code}"].data for code in CONTENT_LANGUAGES if self[f"{name}_{code}"].data})


class AddForm(FlaskForm):  # type: ignore[misc]
    """Into which collection, an old or a new one, and a word on why."""

    collection = RadioField(_l("Collection"))
    title = StringField(_l("Title of the new collection"), [_short(160)], filters=[_line])
    note = StringField(_l("Why it is there"), [_short(500)], filters=[_line])

    def __init__(self, choices: Iterable[Choice], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.collection.choices = [SelectChoice(str(choice.id), local_plain(choice.title)) for choice in choices]
        self.collection.choices.append(SelectChoice(NEW, _("A new collection")))
        if self.collection.data is None and len(self.collection.choices) == 1:
            self.collection.data = NEW

    def validate_title(self, field: Field) -> None:
        if self.collection.data == NEW and not field.data:
            raise ValidationError(_("Give the new collection a title."))


class NoteForm(FlaskForm):  # type: ignore[misc]
    note = TextAreaField(_l("Why it is there"), [_short(500)], filters=[_line])

"""What may be typed of a file that comes, and of all that come together."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, HiddenField, RadioField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from extranet.core.i18n import gettext as _
from extranet.core.i18n import lazy_gettext as _l
from extranet.core.viewer import Viewer
from extranet.materials.forms import OwnWords, SharedWords, as_line
from extranet.materials.guessing import icon_of
from extranet.networks.models import Network
from extranet.networks.topics import Topic
from extranet.storage.checks import Fault
from extranet.storage.models import Upload, UploadState
from extranet.storage.queries import list_uploads


class Clash(StrEnum):
    """What to do where a material of the network has a file of that name already (T07)."""

    KEEP = "keep"
    REPLACE = "replace"
    SKIP = "skip"


@dataclass(frozen=True)
class Row:
    """A file as the pages show it on its way in."""

    file: Upload
    fault: str = ""
    is_doubled: bool = False

    @property
    def name(self) -> str:
        return self.file.name

    @property
    def icon(self) -> str:
        return icon_of(self.file.name)


class EntryForm(OwnWords):
    """What is said of one file among several. Without a token of its own: the whole form has one."""

    upload = HiddenField()
    name = HiddenField(filters=[as_line])
    seen = HiddenField()
    clash = RadioField(_l("What should be done with it?"), default=Clash.KEEP.value, validate_choice=False)
    note = StringField(_l("What changed?"), [Length(max=500, message=_l("Shorten the note to 500 characters."))], filters=[as_line])

    def __init__(self, formdata: MultiDict[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(formdata, meta={"csrf": False}, **kwargs)
        self.offer_own()
        self.clash.choices = [
            (Clash.KEEP.value, _("Keep both")),
            (Clash.REPLACE.value, _("Replace the file")),
            (Clash.SKIP.value, _("Leave this file out")),
        ]


class SharedForm(SharedWords):
    """What is said once of all of them."""

    publish = BooleanField(_l("Publish all at once: the members of the network are told"))

    def __init__(self, network: Network, topics: list[Topic], formdata: MultiDict[str, str] | None) -> None:
        super().__init__(formdata, meta={"csrf": False})
        self.offer_shared(network, topics)


def fault_of_upload(file: Upload) -> str:
    """Why nothing can be made of an upload yet, or ever; or nothing."""
    if file.state == UploadState.REFUSED and file.fault:
        return str(Fault(**file.fault))
    return "" if file.state == UploadState.READY else _("The file is not here in full yet. Continue, or choose it again.")


class ReplaceForm(FlaskForm):  # type: ignore[misc]
    """A new file in the place of the present one, and what is different in it."""

    file = FileField(_l("File"))
    upload = HiddenField()
    note = StringField(
        _l("What changed?"),
        [InputRequired(_l("Say in a few words what changed.")), Length(max=500, message=_l("Shorten the note to 500 characters."))],
        filters=[as_line],
    )
    seen = HiddenField()
    received: Upload | None = None
    faults: list[str] = []

    @property
    def row(self) -> Row | None:
        """The file that this form has got already."""
        return Row(self.received) if self.received else None

    def take_in(self, viewer: Viewer, arrived: list[str], faults: list[str]) -> None:
        """The file that came with this form, or that was received before."""
        self.faults = faults
        self.upload.data = arrived[0] if arrived else self.upload.data or ""
        self.received = next(iter(list_uploads(viewer, [self.upload.data])), None)

    def validate_file(self, _field: FileField) -> None:
        if self.faults:
            raise ValidationError(self.faults[0])
        if self.received is None:
            raise ValidationError(_("Choose a file."))
        if fault := fault_of_upload(self.received):
            raise ValidationError(fault)

"""What may be typed: captions for a recording."""

from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import RadioField
from wtforms.validators import InputRequired, ValidationError

from extranet.core.i18n import LANGUAGES
from extranet.core.i18n import gettext as _
from extranet.core.i18n import lazy_gettext as _l
from extranet.materials.caption_files import BadCaptions, Cue, read_captions


class CaptionForm(FlaskForm):  # type: ignore[misc]
    language = RadioField(_l("Language of the captions"), [InputRequired(_l("Choose the language of the captions."))])
    file = FileField(_l("Caption file"), render_kw={"accept": ".vtt,.srt"})
    cues: list[Cue]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.language.choices = list(LANGUAGES.items())

    def validate_file(self, field: FileField) -> None:
        if not field.data:
            raise ValidationError(_("Choose a file."))
        try:
            self.cues = read_captions(field.data.stream, field.data.filename or "")
        except BadCaptions as bad:
            raise ValidationError(str(bad)) from bad

    def validate(self, extra_validators: Any = None) -> bool:
        is_valid = bool(super().validate(extra_validators))
        if not is_valid and self.file.data and not self.file.errors:
            self.file.errors = [_("Choose the file again: a browser does not keep it when a form comes back.")]
        return is_valid

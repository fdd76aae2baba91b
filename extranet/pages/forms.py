"""What may be typed."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import Length

from extranet.core.i18n import gettext as _
from extranet.core.i18n import lazy_gettext as _l
from extranet.core.text import CONTENT_LANGUAGES, LocalText, one_line
from extranet.pages.models import NetworkPage

MAX_BODY = 60_000


def _line(text: str | None) -> str:
    return one_line(text or "")


def _text(text: str | None) -> str:
    return (text or "").replace("\r\n", "\n").strip()


class PageForm(FlaskForm):  # type: ignore[misc]
    """A page's texts side by side; `seen` is the version that the writer began from."""

    seen = HiddenField(default="0")
    note = StringField(_l("What did you change?"), [Length(max=200, message=_l("Shorten the note to 200 characters."))], filters=[_line])

    def validate(self, extra_validators: Any = None) -> bool:
        valid = bool(super().validate(extra_validators))
        if not self.title:
            self[f"title_{CONTENT_LANGUAGES[0]}"].errors = [_("Write a title in Finnish or Swedish.")]
            return False
        return valid

    @property
    def title(self) -> LocalText:
        return self._local("title")

    @property
    def body(self) -> LocalText:
        return self._local("body")

    @property
    def seen_version(self) -> int:
        text = str(self.seen.data or "")
        return int(text) if text.isascii() and text.isdigit() else 0

    def _local(self, name: str) -> LocalText:
        return LocalText({code: self[f"{name}_{code}"].data for code in CONTENT_LANGUAGES if self[f"{name}_{code}"].data})

    @classmethod
    def of(cls, page: NetworkPage) -> "PageForm":
        texts = {f"{name}_{code}": getattr(page, name).get(code, "") for name in ("title", "body") for code in CONTENT_LANGUAGES}
        return cls(data=texts | {"seen": str(page.lock_version)})


for _code in CONTENT_LANGUAGES:
    setattr(
        PageForm,
        f"title_{_code}",
        StringField(_l("Title"), [Length(max=200, message=_l("Shorten the title to 200 characters."))], filters=[_line]),
    )
    setattr(
        PageForm,
        f"body_{_code}",
        TextAreaField(_l("Text"), [Length(max=MAX_BODY, message=_l("Shorten the text to 60,000 characters."))], filters=[_text]),
    )

"""What a notification says, in the reader's language."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from extranet.core.i18n import format_day, format_moment, gettext, local_plain
from extranet.core.text import LocalText


def sentence(text: str, params: Mapping[str, Any]) -> str:
    """The stored sentence with its words filled in, in the language of this page or letter."""
    words = {name: _word(value) for name, value in params.items()}
    return str(gettext(text, **words) if words else gettext(text))


def _word(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if "@" in value and "T" not in value["@"]:
        return format_day(date.fromisoformat(value["@"]))
    if "@" in value:
        return format_moment(datetime.fromisoformat(value["@"]))
    return local_plain(LocalText(value))

"""What would make a file easier to read for everybody: friendly advice, from the facts that its preview found."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from extranet.core.i18n import gettext as _

PDF = "application/pdf"
WRITER = ("wordprocessingml.document", "opendocument.text")
SHOWS = ("presentationml.presentation", "opendocument.presentation")
TABLES = ("spreadsheetml.sheet", "opendocument.spreadsheet")
LONG = 3  # pages; a longer text needs headings


@dataclass(frozen=True)
class Advice:
    """`code` for counting, `text` what is so, `how_to` what to do about it; both in the reader's language."""

    code: str
    text: str
    how_to: str


def advise(mime: str, facts: Mapping[str, Any]) -> list[Advice]:
    """What could be better about a file, the most important first; nothing where nothing is known of it."""
    if not facts or ("fault" in facts and facts["fault"] != "locked"):
        return []
    if facts.get("fault") == "locked":
        return [Advice("locked", _("The file is protected by a password, so screen readers may not read it."), _("Save it without the password and replace the file."))]  # fmt: skip
    if mime == PDF:
        return _found(_pdf(facts))
    if mime.endswith((*WRITER, *SHOWS, *TABLES)):
        return _found(_office(mime, facts))
    return []


Check = tuple[bool, Callable[[], Advice]]


def _found(checks: list[Check]) -> list[Advice]:
    return [make() for is_so, make in checks if is_so]


def _pdf(facts: Mapping[str, Any]) -> list[Check]:
    is_scanned = bool(facts.get("scanned"))
    return [
        (is_scanned, _scanned),
        (not facts.get("tagged") and not is_scanned, _untagged),
        (not facts.get("title"), lambda: _title(_("In Word, write the title in File – Info before saving as PDF."))),
        (not facts.get("language"), lambda: _language(_("In Word, choose the language of the text in Review – Language, then save as PDF again."))),
    ]  # fmt: skip


def _office(mime: str, facts: Mapping[str, Any]) -> list[Check]:
    is_text = mime.endswith(WRITER)
    return [
        (facts.get("pictures_without_text", 0) > 0, lambda: _pictures(int(facts["pictures_without_text"]))),
        (is_text and not facts.get("headings") and facts.get("pages", 0) >= LONG, _headings),
        (facts.get("slides_without_title", 0) > 0, _slides),
        (not facts.get("title"), lambda: _title(_("Write the title in File – Info, and save."))),
        (not facts.get("language") and not mime.endswith(TABLES), lambda: _language(_("Choose the language of the text in Review – Language, and save."))),
    ]  # fmt: skip


def _scanned() -> Advice:
    return Advice(
        "scanned",
        _("The pages are pictures: nobody can search them or have them read aloud."),
        _("Use the original file, or run text recognition on the scanned one, and replace the file."),
    )


def _untagged() -> Advice:
    return Advice(
        "tagged",
        _("The PDF has no tags, so a screen reader does not know what is a heading, a list or a table."),
        _("In Word, save as PDF and choose Options – Document structure tags for accessibility."),
    )


def _title(how_to: str) -> Advice:
    return Advice("title", _("The file says no title of its own, so a screen reader reads the file's name."), how_to)


def _language(how_to: str) -> Advice:
    return Advice("language", _("The file does not say its language, so it may be read aloud with the wrong voice."), how_to)


def _pictures(count: int) -> Advice:
    return Advice(
        "pictures",
        _("%(count)s of its pictures have no alternative text.", count=count) if count > 1 else _("One of its pictures has no alternative text."),
        _("Right-click the picture, choose Alternative text, and say in a sentence what it shows. Mark mere decoration as such."),
    )  # fmt: skip


def _headings() -> Advice:
    return Advice(
        "headings",
        _("The text has no headings to move by."),
        _("Use the styles Heading 1 and Heading 2 in place of large bold text."),
    )


def _slides() -> Advice:
    return Advice(
        "slides",
        _("Some slides have no title."),
        _("Give every slide a title of its own, in the layout's title box; a title may be hidden from view."),
    )

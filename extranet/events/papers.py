"""What organisers print: the list for the door, and badges. Set in type, tagged for screen readers (PDF/UA-1)."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from extranet.core import clock
from extranet.core.i18n import current_language, format_span, local_plain, ngettext
from extranet.core.i18n import gettext as _
from extranet.core.text import LocalText, alphabetical
from extranet.events.models import Event
from extranet.events.typesetting import make_pdf
from extranet.previews.kinds.typeset import FONTS

HERE = Path(__file__).parent


def make_list(event: Event, people: Sequence[Any], sessions: dict[int, list[LocalText]]) -> bytes:
    """An A4 list with a box to tick for each person, in the order of names."""
    rows = [
        {
            "name": _surname_first(person),
            "organisation": _organisation(person),
            "part": ", ".join([person.mode.label, *(local_plain(title) for title in sessions.get(person.id, ()))]),
        }
        for person in _by_name(people)
    ]
    words = {
        "count": ngettext("%(num)s participant", "%(num)s participants", len(rows)),
        "head": [_("Here"), _("Name"), _("Organisation"), _("Takes part")],
        "printed": _("Printed %(when)s", when=format_span(clock.now())),
        "box": _("Tick when the person is here"),
    }
    return _set("list.typ", event, rows, words)


def make_badges(event: Event, people: Sequence[Any], sessions: dict[int, list[LocalText]]) -> bytes:
    """A4 sheets of ten badges of 90 × 54 mm, with lines to cut along."""
    rows = [
        {
            "name": _name(person),
            "organisation": _organisation(person),
            "part": ", ".join(local_plain(title) for title in sessions.get(person.id, ())),
        }
        for person in _by_name(people)
    ]
    return _set("badges.typ", event, rows, {})


def _set(template: str, event: Event, rows: list[dict[str, str]], words: dict[str, Any]) -> bytes:
    data = {
        "title": local_plain(event.title),
        "when": format_span(event.starts_at, event.ends_at) if event.starts_at else local_plain(event.date_text),
        "where": local_plain(event.venue),
        "heading": _("List of participants") if template == "list.typ" else _("Badges"),
        "language": current_language(),
        "rows": rows,
        "words": words,
    }
    return make_pdf((HERE / template).read_bytes(), data, font_paths=_fonts())


@lru_cache
def _fonts() -> Any:
    return typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])


def _by_name(people: Sequence[Any]) -> list[Any]:
    return sorted(people, key=lambda person: (alphabetical(_surname_first(person)), person.id))


def _name(person: Any) -> str:
    return person.guest_name if person.user_id is None else f"{person.first_name} {person.last_name}"


def _surname_first(person: Any) -> str:
    if person.user_id is not None:
        return f"{person.last_name} {person.first_name}"
    first, _space, last = person.guest_name.rpartition(" ")
    return f"{last} {first}".strip()


def _organisation(person: Any) -> str:
    return person.guest_organisation if person.user_id is None else local_plain(person.organisation)

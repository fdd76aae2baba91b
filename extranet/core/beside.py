"""What one package shows inside the page of another that lies below it and does not know it: an event's materials on the event's page,
the events of a material on the material's.

The package above registers, as with `@subject` in notifications; the page asks. It is for what belongs to the page itself, without
a second request and without JavaScript. At most one query each; anything else is a link.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from extranet.core.viewer import Viewer


@dataclass(frozen=True)
class Part:
    """A template, and what it shows: `part.facts` there."""

    template: str
    facts: Mapping[str, Any] = field(default_factory=dict)


Show = Callable[[Viewer, Any], Part | None]
_shows: dict[str, list[Show]] = defaultdict(list)


def beside(page: str) -> Callable[[Show], Show]:
    """Register `show(viewer, thing)` for the page of that name; None where there is nothing to show."""

    def register(show: Show) -> Show:
        _shows[page].append(show)
        return show

    return register


def parts_of(page: str, viewer: Viewer, thing: Any) -> list[Part]:
    """All that others show inside that page."""
    return [part for show in _shows[page] if (part := show(viewer, thing)) is not None]

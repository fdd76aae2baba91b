"""Where people belong, as far as this package may know: networks lie above it and tell by registering a finder."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from extranet.core.text import LocalText
from extranet.core.viewer import Viewer


@dataclass(frozen=True)
class Place:
    """A network that a person belongs to."""

    name: LocalText
    path: str


Finder = Callable[[Viewer, Collection[int]], Iterable[tuple[int, Place]]]
finders: list[Finder] = []


def places_of_people(find: Finder) -> Finder:
    """Register `find(viewer, people_ids)`: pairs of a person's id and a place that this viewer may know of."""
    finders.append(find)
    return find


def find_places(viewer: Viewer, people_ids: Collection[int]) -> dict[int, list[Place]]:
    """The places of these people, by person."""
    found: dict[int, list[Place]] = defaultdict(list)
    if people_ids:
        for find in finders:
            for person_id, place in find(viewer, people_ids):
                found[person_id].append(place)
    return found

"""What can you find? Words, filters with counts, order, pages. Rights are part of all of it, so no count tells of hidden things."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import Any

from sqlalchemy import ColumnElement, select

from extranet.core.db import db
from extranet.core.text import fold
from extranet.core.viewer import Viewer
from extranet.materials.favourite_queries import list_favourite_ids
from extranet.materials.filters import FACETS, LANGUAGES, Filters, Shelf, Sort
from extranet.materials.life import is_superseded
from extranet.materials.models import Audience, Material, MaterialKind, MaterialLanguage, MaterialState, material_topic
from extranet.materials.policy import UNFINISHED, visible_to
from extranet.materials.queries import Line, as_lines, select_lines
from extranet.materials.tally import Bits, KnownNetwork, Library, Tally, open_library, to_bits, to_ids
from extranet.materials.words import AUDIENCES, KINDS
from extranet.networks.models import Network

PAGE = 20
# Up to so many are fetched by their ids. More of them lie close enough in the index of the order asked for.
FEW = 200


@dataclass(frozen=True)
class Option:
    """One choice of a filter; `count` is what choosing it would show this viewer."""

    value: str
    label: Any
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Findings:
    """A page of the list with all that stands around it; `favourites` are the viewer's own."""

    lines: list[Line]
    total: int
    page: int
    pages: int
    facets: dict[str, list[Option]]
    shelves: dict[Shelf, int]
    favourites: frozenset[int]

    def chosen(self) -> Iterator[tuple[str, Option]]:
        """Every choice that is on, with the name of its filter."""
        return ((name, option) for name, options in self.facets.items() for option in options if option.is_chosen)

    def used_shelves(self, current: Shelf) -> list[Shelf]:
        """The shelves that hold something for this viewer, the usual one and the one that is open."""
        return [shelf for shelf in Shelf if self.shelves[shelf] or shelf in (Shelf.PUBLISHED, current)]


def find(viewer: Viewer, filters: Filters, language: str = "fi", network: Network | None = None) -> Findings:
    """A page of what the viewer may open and asked for, and the counts for every filter. Three queries, whatever there is; the first after a change one more."""
    search = _Search(viewer, filters, network)
    total = search.found.bit_count()
    pages = max(1, -(-total // PAGE))
    page = min(filters.page, pages)
    lines = _list(viewer, search, total, language, page) if total else []
    return Findings(lines, total, page, pages, search.facets(), search.shelves(), search.favourites)


def find_ids(viewer: Viewer, filters: Filters, network: Network | None = None) -> list[int]:
    """All that the viewer may open and asked for, without order."""
    return to_ids(_Search(viewer, filters, network).found)


class _Search:
    """One question to the tally: which materials, and how many there are of each choice."""

    def __init__(self, viewer: Viewer, filters: Filters, network: Network | None) -> None:
        self.filters, self.network = filters, network
        self.library: Library = open_library(viewer)
        self.tally: Tally = self.library.tally
        self.favourites = list_favourite_ids(viewer)
        self.chosen = {name: self._bits(name) for name in FACETS if getattr(filters, name)}
        inside = self.library.visible & (self.tally.of("network", network.id) if network else -1)
        self.inside = self.tally.with_words(fold(filters.q).split()[:10], inside)
        self.found = self.but("") & self.shelf(filters.shelf)

    def _bits(self, name: str) -> Bits:
        values: list[Any] = list(getattr(self.filters, name))
        if name == "network":
            values = [self.library.networks[slug].id for slug in values if slug in self.library.networks]
        elif name == "topic":
            values = [self.library.topics[slug].id for slug in values if slug in self.library.topics]
        elif name == "year":
            values = [int(year) for year in values]
        return self.tally.of(name, *values)

    def but(self, name: str) -> Bits:
        """What fits all filters but that one: its own counts show what else it could be."""
        return reduce(and_, (bits for other, bits in self.chosen.items() if other != name), self.inside)

    def shelf(self, shelf: Shelf) -> Bits:
        published = self.tally.of("state", MaterialState.PUBLISHED)
        if shelf == Shelf.PUBLISHED:
            return published & ~self.tally.superseded
        if shelf == Shelf.REPLACED:
            return published & self.tally.superseded
        if shelf == Shelf.FAVOURITES:
            return to_bits(self.favourites)
        return self.tally.of("state", *(UNFINISHED if shelf == Shelf.DRAFTS else (MaterialState.ARCHIVED,)))

    def shelves(self) -> dict[Shelf, int]:
        inside = self.but("")
        return {shelf: (inside & self.shelf(shelf)).bit_count() for shelf in Shelf}

    def facets(self) -> dict[str, list[Option]]:
        """The choices that lead somewhere, and those that are on."""
        return {name: list(self._options(name)) for name in FACETS if not (name == "network" and self.network)}

    def _options(self, name: str) -> Iterator[Option]:
        on = getattr(self.filters, name)
        among = self.but(name) & self.shelf(self.filters.shelf)
        for value, key, label in self._choices(name):
            count = (among & self.tally.of(name, key)).bit_count()
            if count or value in on:
                yield Option(value, label, count, value in on)

    def _choices(self, name: str) -> Iterator[tuple[str, Any, Any]]:
        """Value in the address, key in the tally, label; in the order in which they are shown."""
        known = self.tally.facets.get(name, {})
        if name == "network":
            yield from ((slug, network.id, network.name) for slug, network in self.library.networks.items())
        elif name == "topic":
            yield from ((slug, topic.id, topic.name) for slug, topic in self.library.topics.items())
        elif name == "year":
            years = {*known, *(int(year) for year in self.filters.year)}
            yield from ((str(year), year, str(year)) for year in sorted(years, reverse=True))
        elif name == "series":
            yield from ((series, series, series) for series in sorted({*known, *self.filters.series}, key=fold))
        else:
            yield from ((value, value, label) for value, label in _LABELS[name].items())


def _list(viewer: Viewer, search: _Search, total: int, language: str, page: int) -> list[Line]:
    """The lines of one page. Which ones they are is found on an index first, the rest is fetched for them alone."""
    wanted = [Material.id.in_(to_ids(search.found))] if total <= FEW else _narrow(search)
    order = _order(search.filters.sort, language)
    ids = select(Material.id).where(visible_to(viewer), *wanted).order_by(*order).limit(PAGE).offset(PAGE * (page - 1))
    return as_lines(db.session.execute(select_lines().where(Material.id.in_(ids.scalar_subquery())).order_by(*order)))


def _narrow(search: _Search) -> list[ColumnElement[bool]]:
    """The filters as where-clauses, for many materials."""
    filters = search.filters
    clauses = _on_shelf(filters.shelf, search.favourites)
    if search.network:
        clauses.append(Material.network_id == search.network.id)
    if filters.network:
        known: dict[str, KnownNetwork] = search.library.networks
        clauses.append(Material.network_id.in_([known[slug].id for slug in filters.network if slug in known]))
    if filters.kind:
        clauses.append(Material.kind.in_([MaterialKind(kind) for kind in filters.kind]))
    if filters.topic:
        topics = [search.library.topics[slug].id for slug in filters.topic if slug in search.library.topics]
        clauses.append(Material.id.in_(select(material_topic.c.material_id).where(material_topic.c.topic_id.in_(topics))))
    if filters.audience:
        clauses.append(Material.audience.in_([Audience(audience) for audience in filters.audience]))
    if filters.language:
        clauses.append(Material.language.in_([*(MaterialLanguage(code) for code in filters.language), MaterialLanguage.BOTH]))
    if filters.year:
        clauses.append(Material.year.in_([int(year) for year in filters.year]))
    if filters.series:
        clauses.append(Material.series.in_(filters.series))
    return clauses + [Material.search_text.contains(word, autoescape=True) for word in fold(filters.q).split()[:10]]


def _on_shelf(shelf: Shelf, favourites: frozenset[int]) -> list[ColumnElement[bool]]:
    if shelf == Shelf.FAVOURITES:
        return [Material.id.in_(favourites)]
    if shelf == Shelf.DRAFTS:
        return [Material.state.in_(UNFINISHED)]
    if shelf == Shelf.ARCHIVED:
        return [Material.state == MaterialState.ARCHIVED]
    return [Material.state == MaterialState.PUBLISHED, is_superseded() if shelf == Shelf.REPLACED else ~is_superseded()]


def _order(sort: Sort, language: str) -> list[Any]:
    newest = [Material.updated_at.desc(), Material.id.desc()]
    if sort == Sort.TITLE:
        return [Material.title_key_sv if language == "sv" else Material.title_key_fi, Material.id]
    if sort == Sort.USEFUL:
        return [Material.useful_count.desc(), Material.not_useful_count, *newest]
    return [Material.download_count.desc(), *newest] if sort == Sort.DOWNLOADS else newest


_LABELS: dict[str, dict[Any, Any]] = {"kind": KINDS, "audience": AUDIENCES, "language": LANGUAGES}

"""What can you find? Words, filters with counts, order, pages. Rights are part of every query, so no count tells of hidden things."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import ColumnElement, Select, String, func, literal, or_, select, union_all
from sqlalchemy import cast as sa_cast

from extranet.core.db import db
from extranet.core.i18n import lazy_gettext as _l
from extranet.core.viewer import Viewer
from extranet.materials.models import Material, MaterialKind, MaterialLanguage, MaterialState, material_topic
from extranet.materials.policy import visible_to
from extranet.materials.queries import Line, as_lines, select_lines
from extranet.materials.text import fold
from extranet.materials.words import KINDS
from extranet.networks.models import Network
from extranet.networks.policy import visible_to as networks_visible_to
from extranet.networks.topics import Topic

PAGE = 20
FACETS = ("network", "kind", "language", "topic", "year")
SHELVES = {
    "published": (MaterialState.PUBLISHED,),
    "drafts": (MaterialState.DRAFT, MaterialState.IN_PILOT, MaterialState.REVISED),
    "archived": (MaterialState.ARCHIVED,),
}
LANGUAGES = {"fi": _l("Finnish"), "sv": _l("Swedish")}


class Sort(StrEnum):
    NEWEST = "newest"
    DOWNLOADS = "downloads"
    TITLE = "title"


SORTS = {Sort.NEWEST: _l("Newest first"), Sort.DOWNLOADS: _l("Most downloaded first"), Sort.TITLE: _l("By title")}


@dataclass(frozen=True)
class Filters:
    """What was asked for; equal to the address of the page."""

    q: str = ""
    network: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    shelf: str = "published"
    sort: Sort = Sort.NEWEST
    page: int = 1

    @classmethod
    def read(cls, args: Any) -> "Filters":
        """From the query string; whatever makes no sense there is left out."""
        page, shelf, sort = args.get("page", ""), args.get("shelf", ""), args.get("sort", "")
        return cls(
            q=args.get("q", "").strip()[:200],
            network=_few(args.getlist("network")),
            kind=tuple(k for k in _few(args.getlist("kind")) if k in set(MaterialKind)),
            language=tuple(code for code in _few(args.getlist("language")) if code in LANGUAGES),
            topic=_few(args.getlist("topic")),
            year=tuple(y for y in _few(args.getlist("year")) if y.isdecimal() and len(y) == 4),
            shelf=shelf if shelf in SHELVES else "published",
            sort=Sort(sort) if sort in set(Sort) else Sort.NEWEST,
            page=int(page) if page.isdecimal() and int(page[:6]) > 0 else 1,
        )

    def address(self, base: str, **changes: Any) -> str:
        """The address of the same list with something changed; a change begins at page 1."""
        wanted = replace(self, **({"page": 1} | changes))
        pairs = [("q", wanted.q)] if wanted.q else []
        pairs += [(name, value) for name in FACETS for value in getattr(wanted, name)]
        for name, default in (("shelf", "published"), ("sort", "newest"), ("page", 1)):
            if getattr(wanted, name) != default:
                pairs.append((name, str(getattr(wanted, name))))
        return f"{base}?{urlencode(pairs)}" if pairs else base

    def pages_address(self, base: str) -> str:
        """The address with `{n}` where the page number belongs."""
        address = self.address(base)
        return f"{address}{'&' if '?' in address else '?'}page={{n}}"

    def without(self, base: str, name: str, value: str) -> str:
        """The address with one choice taken back."""
        return self.address(base, **{name: tuple(v for v in getattr(self, name) if v != value)})

    @property
    def count(self) -> int:
        """How many choices narrow the list."""
        return sum(len(getattr(self, name)) for name in FACETS)


@dataclass(frozen=True)
class Option:
    """One choice of a filter; `count` is what choosing it would show this viewer."""

    value: str
    label: Any
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Findings:
    lines: list[Line]
    total: int
    page: int
    pages: int
    facets: dict[str, list[Option]]
    shelves: dict[str, int]

    def chosen(self) -> Iterator[tuple[str, Option]]:
        """Every choice that is on, with the name of its filter."""
        return ((name, option) for name, options in self.facets.items() for option in options if option.is_chosen)


def find(viewer: Viewer, filters: Filters, language: str = "fi", network: Network | None = None) -> Findings:
    """A page of what the viewer may open and asked for, and the counts for every filter. Four queries, whatever there is."""
    inside = [visible_to(viewer)] + ([Material.network_id == network.id] if network else [])
    counts = _count(inside, filters)
    total = counts["total"].get("", 0)
    pages = max(1, -(-total // PAGE))
    page = min(filters.page, pages)
    wanted = select_lines().where(*inside, *_narrow(filters)).order_by(*_order(filters.sort, language))
    lines = as_lines(db.session.execute(wanted.limit(PAGE).offset(PAGE * (page - 1)))) if total else []
    shelves = {shelf: sum(counts["state"].get(state, 0) for state in states) for shelf, states in SHELVES.items()}
    names = {} if network else _name_networks(viewer, {*counts["network"], *filters.network})
    return Findings(lines, total, page, pages, _facets(filters, counts, names), shelves)


def _few(values: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value[:80] for value in values[:30]))


def _narrow(filters: Filters, but: str = "") -> list[ColumnElement[bool]]:
    """The where-clauses of the filters, leaving out the one called `but`: its own counts show what else it could be."""
    clauses: dict[str, ColumnElement[bool]] = {"state": Material.state.in_(SHELVES[filters.shelf])}
    if filters.network:
        clauses["network"] = Material.network_id.in_(select(Network.id).where(Network.slug.in_(filters.network)))
    if filters.kind:
        clauses["kind"] = Material.kind.in_([MaterialKind(kind) for kind in filters.kind])
    if filters.language:
        clauses["language"] = or_(*(_is_in(code) for code in filters.language))
    if filters.topic:
        about = select(material_topic.c.material_id).join(Topic, Topic.id == material_topic.c.topic_id)
        clauses["topic"] = Material.id.in_(about.where(Topic.slug.in_(filters.topic)))
    if filters.year:
        clauses["year"] = Material.year.in_([int(year) for year in filters.year])
    clauses.pop(but, None)
    words = [Material.search_text.contains(word, autoescape=True) for word in fold(filters.q).split()[:10]]
    return [*clauses.values(), *words]


def _is_in(code: str) -> ColumnElement[bool]:
    return Material.language.in_([MaterialLanguage(code), MaterialLanguage.BOTH])


def _order(sort: Sort, language: str) -> list[Any]:
    newest = [Material.updated_at.desc(), Material.id.desc()]
    if sort == Sort.TITLE:
        return [Material.title_key_sv if language == "sv" else Material.title_key_fi, Material.id]
    return [Material.download_count.desc(), *newest] if sort == Sort.DOWNLOADS else newest


def _count(inside: list[ColumnElement[bool]], filters: Filters) -> dict[str, dict[str, int]]:
    """How many there are of each choice, for every filter, in one query."""

    def arm(name: str, value: Any, but: str, grouped: bool = True) -> Select[*tuple[Any, ...]]:
        counted = select(literal(name).label("name"), sa_cast(value, String).label("value"), func.count().label("many"))
        counted = counted.select_from(Material).where(*inside, *_narrow(filters, but))
        return counted.group_by(value) if grouped else counted

    arms = [
        arm("total", literal(""), "", grouped=False),
        arm("state", Material.state, "state"),
        arm("network", Network.slug, "network").join(Network, Network.id == Material.network_id),
        arm("kind", Material.kind, "kind"),
        *(arm("language", literal(code), "language", grouped=False).where(_is_in(code)) for code in LANGUAGES),
        arm("topic", Topic.slug, "topic")
        .join(material_topic, material_topic.c.material_id == Material.id)
        .join(Topic, Topic.id == material_topic.c.topic_id),
        arm("year", Material.year, "year"),
    ]
    counts: dict[str, dict[str, int]] = {name: {} for name in ("total", "state", *FACETS)}
    for row in db.session.execute(union_all(*arms)):
        counts[row.name][row.value] = row.many
    return counts


def _name_networks(viewer: Viewer, slugs: set[str]) -> dict[str, Any]:
    named = select(Network.slug, Network.name).where(Network.slug.in_(slugs), networks_visible_to(viewer)).order_by(Network.id)
    return {row.slug: row.name for row in db.session.execute(named)}


def _facets(filters: Filters, counts: dict[str, dict[str, int]], networks: dict[str, Any]) -> dict[str, list[Option]]:
    """The choices that lead somewhere, and those that are on."""
    topics = db.session.execute(select(Topic.slug, Topic.name).where(Topic.slug.in_({*counts["topic"], *filters.topic})).order_by(Topic.id))
    labels: dict[str, Mapping[Any, Any]] = {
        "network": networks,
        "kind": KINDS,
        "language": LANGUAGES,
        "topic": {row.slug: row.name for row in topics},
        "year": {year: year for year in sorted({*counts["year"], *filters.year}, reverse=True)},
    }
    return {
        name: [
            Option(value, label, counts[name].get(value, 0), value in getattr(filters, name))
            for value, label in labels[name].items()
            if counts[name].get(value) or value in getattr(filters, name)
        ]
        for name in FACETS
    }

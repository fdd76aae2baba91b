"""What somebody asks the list of materials for, and the address that says the same."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from extranet.core.i18n import lazy_gettext as _l
from extranet.materials.models import Audience, MaterialKind

FACETS = ("network", "kind", "topic", "audience", "language", "year", "series")
LANGUAGES = {"fi": _l("Finnish"), "sv": _l("Swedish")}


class Shelf(StrEnum):
    """Where the list looks: what is in force, unless something else is asked for."""

    PUBLISHED = "published"
    FAVOURITES = "favourites"
    DRAFTS = "drafts"
    REPLACED = "replaced"
    ARCHIVED = "archived"


class Sort(StrEnum):
    NEWEST = "newest"
    DOWNLOADS = "downloads"
    USEFUL = "useful"
    TITLE = "title"


SHELVES = {
    Shelf.PUBLISHED: _l("In use"),
    Shelf.FAVOURITES: _l("My favourites"),
    Shelf.DRAFTS: _l("Drafts"),
    Shelf.REPLACED: _l("Replaced by newer"),
    Shelf.ARCHIVED: _l("In the archive"),
}
SORTS = {
    Sort.NEWEST: _l("Newest first"),
    Sort.DOWNLOADS: _l("Most downloaded first"),
    Sort.USEFUL: _l("Most useful first"),
    Sort.TITLE: _l("By title"),
}


@dataclass(frozen=True)
class Filters:
    """What was asked for; equal to the address of the page."""

    q: str = ""
    network: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    series: tuple[str, ...] = ()
    shelf: Shelf = Shelf.PUBLISHED
    sort: Sort = Sort.NEWEST
    page: int = 1

    @classmethod
    def read(cls, args: Any) -> "Filters":
        """From the query string; whatever makes no sense there is left out."""
        page, shelf, sort = args.get("page", ""), args.get("shelf", ""), args.get("sort", "")
        return cls(
            q=args.get("q", "").strip()[:200],
            network=_few(args.getlist("network")),
            kind=_few(args.getlist("kind"), set(MaterialKind)),
            topic=_few(args.getlist("topic")),
            audience=_few(args.getlist("audience"), set(Audience)),
            language=_few(args.getlist("language"), set(LANGUAGES)),
            year=tuple(y for y in _few(args.getlist("year")) if y.isascii() and y.isdecimal() and len(y) == 4),
            series=_few(args.getlist("series")),
            shelf=Shelf(shelf) if shelf in set(Shelf) else Shelf.PUBLISHED,
            sort=Sort(sort) if sort in set(Sort) else Sort.NEWEST,
            page=max(int(page), 1) if page.isascii() and page.isdecimal() and len(page) < 7 else 1,
        )

    def pairs(self) -> list[tuple[str, str]]:
        """Names and values as they stand in the address, what is usual left out, always in the same order."""
        pairs = [("q", self.q)] if self.q else []
        pairs += [(name, value) for name in FACETS for value in getattr(self, name)]
        for name, usual in (("shelf", Shelf.PUBLISHED), ("sort", Sort.NEWEST), ("page", 1)):
            if getattr(self, name) != usual:
                pairs.append((name, str(getattr(self, name))))
        return pairs

    def address(self, base: str, **changes: Any) -> str:
        """The address of the same list with something changed; a change begins at page 1."""
        pairs = replace(self, **({"page": 1} | changes)).pairs()
        return f"{base}?{urlencode(pairs)}" if pairs else base

    def pages_address(self, base: str) -> str:
        """The address with `{n}` where the page number belongs."""
        address = self.address(base)
        return f"{address}{'&' if '?' in address else '?'}page={{n}}"

    def without(self, base: str, name: str, value: str) -> str:
        """The address with one choice taken back."""
        return self.address(base, **{name: tuple(v for v in getattr(self, name) if v != value)})

    def cleared(self, base: str) -> str:
        """The address of the same shelf with nothing that narrows it."""
        return Filters(shelf=self.shelf, sort=self.sort).address(base)

    @property
    def count(self) -> int:
        """How many choices narrow the list."""
        return sum(len(getattr(self, name)) for name in FACETS)

    @property
    def only_series(self) -> str:
        """The series, where the list is one series and nothing else."""
        return self.series[0] if len(self.series) == 1 and self.count == 1 and not self.q else ""


def _few(values: list[str], among: Any = None) -> tuple[str, ...]:
    few = dict.fromkeys(value[:160] for value in values[:30] if value)
    return tuple(value for value in few if among is None or value in among)

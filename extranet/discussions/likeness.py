"""How like two titles are: by the beginnings of their longer words, for words of Finnish and Swedish bend at their ends."""

import re
from collections.abc import Callable
from typing import Any

from sqlalchemy import case, literal, or_

Stem = frozenset[str]  # the beginning of a word as it may be spelled anywhere in a title

LONG = 7  # letters of a word that are looked for
# Words of so many titles that they tell nothing.
COMMON = frozenset(
    "miten mitä missä milloin teillä teidän meillä onko kuka kenellä kokemuksia kokemus kysymys apua vinkkejä ovat olla kanssa sekä kuinka "
    "millainen millaisia jotka hur vilka vilken vilket finns erfarenheter erfarenhet fråga från till eller någon hjälp tips what which have "
    "with does from anyone experience experiences question kenelle keneltä kenen keillä montako paljonko näin sopii".split()
)


def list_stems(title: str) -> list[Stem]:
    """The beginnings of the words of a title that tell what it is about."""
    words = dict.fromkeys(word.casefold() for word in re.findall(r"\w{4,}", title[:200]))
    stems = [word[: max(4, len(word) - 3)][:LONG] for word in words if word not in COMMON][:8]
    return [frozenset({stem, stem.capitalize(), stem.upper()}) for stem in dict.fromkeys(stems)]


def least_hits(stems: list[Stem]) -> int:
    """From how many hits on another title is like this one."""
    return 1 if len(stems) == 1 else 2


def count_hits(stems: list[Stem], *columns: Any, spell: Callable[[str], str] = str) -> Any:
    """How much of them a title has, in SQL; `spell`: how the columns write what they hold."""
    hits: Any = literal(0)
    for stem in stems:
        spellings = sorted({spell(one) for one in stem})
        hits += case((or_(*(column.contains(one, autoescape=True) for column in columns for one in spellings)), _weight(stem)), else_=0)
    return hits


def count_hits_in(stems: list[Stem], *titles: str) -> int:
    """The same of a title at hand; of one in several languages, the most like."""
    return max((sum(_weight(stem) for stem in stems if any(one in title for one in stem)) for title in titles), default=0)


def _weight(stem: Stem) -> int:
    """A long word tells enough by itself, short ones only together."""
    return 2 if max(map(len, stem)) == LONG else 1

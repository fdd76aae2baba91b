"""What filters count with: for every choice of every filter the materials that it fits, one bit each, kept in memory.

Counting in the database costs more with every material, for each choice anew; here a choice is two operations on a long number.
The numbers are as fresh as the database: each question begins with the stamp of the last change (`stamp_models`), and reads what
has changed since. Who may see what is the same as in `policy`, asked of the networks as they are at that moment.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, func, null, select, union_all

from extranet.core.db import db
from extranet.core.text import LocalText
from extranet.core.viewer import Viewer
from extranet.materials.models import Material, MaterialLanguage, MaterialState, Sharing, material_topic
from extranet.materials.policy import reads_drafts
from extranet.materials.stamp_models import MaterialStamp
from extranet.networks.models import Network, NetworkKind, NetworkState, Visibility
from extranet.networks.policy import can_read_materials, can_see
from extranet.networks.topics import Topic

# A set of materials: the bit of each one's id.
Bits = int
SOME = 1000


class KnownNetwork(NamedTuple):
    """What policy asks of a network, and what a filter calls it."""

    id: int
    slug: str
    name: LocalText
    kind: NetworkKind
    visibility: Visibility
    state: NetworkState

    @property
    def network(self) -> "KnownNetwork":
        return self

    @property
    def is_open(self) -> bool:
        return self.visibility == Visibility.PUBLIC and self.state != NetworkState.DRAFT


@dataclass(frozen=True)
class Tally:
    """All materials as of one stamp: by filter and choice, the words of each, and which ones have been replaced."""

    number: int = -1
    facets: Mapping[str, Mapping[Any, Bits]] = field(default_factory=dict)
    texts: Mapping[int, bytes] = field(default_factory=dict)
    replacing: Mapping[int, int] = field(default_factory=dict)
    superseded: Bits = 0

    def of(self, facet: str, *values: Any) -> Bits:
        """The materials that fit any of the choices."""
        found = 0
        for value in values:
            found |= self.facets.get(facet, {}).get(value, 0)
        return found

    def with_words(self, words: Iterable[str], among: Bits) -> Bits:
        """Those of them in which every word stands."""
        wanted = [word.encode() for word in sorted(words, key=len, reverse=True)]
        if not wanted:
            return among
        found = [i for i, text in self.texts.items() if wanted[0] in text]
        for word in wanted[1:]:
            found = [i for i in found if word in self.texts[i]]
        return among & to_bits(found)


class KnownTopic(NamedTuple):
    """What a filter calls a topic."""

    id: int
    slug: str
    name: LocalText


class Library(NamedTuple):
    """The tally and what of it the viewer may see; the networks that she knows of and all topics, by slug."""

    tally: Tally
    visible: Bits
    networks: dict[str, KnownNetwork]
    topics: dict[str, KnownTopic]


def open_library(viewer: Viewer) -> Library:
    """One query; where materials have changed, one more that reads these."""
    rows = db.session.execute(_NAMES).all()
    number, whole = (rows[0].number or 0, rows[0].whole or 0) if rows else (0, 0)
    tally = _fresh_tally(number, whole)
    networks = [KnownNetwork(*row[:6]) for row in rows if row.visibility]
    known = {network.slug: network for network in networks if can_see(viewer, network)}  # type: ignore[arg-type]
    topics = {row.slug: KnownTopic(*row[:3]) for row in rows if not row.visibility}
    return Library(tally, visible_among(viewer, networks, tally), known, topics)


def visible_among(viewer: Viewer, networks: Iterable[KnownNetwork], tally: Tally) -> Bits:
    """`policy.can_see`, as a set."""
    drafts = reached = in_the_open = 0
    for network in networks:
        there = tally.of("network", network.id)
        drafts |= there if reads_drafts(viewer, network) else 0  # type: ignore[arg-type]
        reached |= there if can_read_materials(viewer, network) else 0  # type: ignore[arg-type]
        in_the_open |= there if network.is_open else 0
    public = in_the_open & tally.of("sharing", Sharing.PUBLIC)
    own = tally.of("owner", viewer.user_id) if viewer.is_signed_in else 0
    return drafts | (tally.of("state", MaterialState.PUBLISHED) & (reached | public)) | (own & reached)


def to_bits(ids: Iterable[int]) -> Bits:
    """The set of these materials."""
    wanted = list(ids)
    array = bytearray(max(wanted, default=0) // 8 + 1)
    for i in wanted:
        array[i >> 3] |= 1 << (i & 7)
    return int.from_bytes(array, "little")


def to_ids(bits: Bits) -> list[int]:
    """The materials of a set; for small sets."""
    found = []
    while bits:
        lowest = bits & -bits
        found.append(lowest.bit_length() - 1)
        bits ^= lowest
    return found


def forget() -> None:
    """Read everything anew: the database is another one than a moment ago, as between tests."""
    _tallies.clear()


def _fresh_tally(number: int, whole: int) -> Tally:
    """The tally of that stamp or a later one. Threads may make the same one side by side; each is right."""
    old = _tallies.get(db.engine) or Tally()
    if old.number == number:
        return old
    if old.number < whole or old.number > number:
        tally = _read(Tally(), number, _all_rows())
    else:
        tally = _read(old, number, db.session.execute(_ROWS.where(Material.stamp > old.number)))
    _tallies[db.engine] = tally
    return tally


def _all_rows() -> Iterator[Any]:
    """Every material, some at a time: all rows at once would take memory that a process never gives back."""
    last = db.session.scalar(select(func.max(Material.id))) or 0
    for start in range(0, last, SOME):
        yield from db.session.execute(_ROWS.where(Material.id > start, Material.id <= start + SOME))


def _read(old: Tally, number: int, rows: Iterable[Any]) -> Tally:
    """The tally with these materials in place of what it had of them. A material comes in as many rows as it has topics."""
    found: dict[str, dict[Any, list[int]]] = defaultdict(lambda: defaultdict(list))
    texts, replacing = dict(old.texts), dict(old.replacing)
    changed: set[int] = set()
    for row in rows:
        if row.topic_id:
            found["topic"][row.topic_id].append(row.id)
        if row.id in changed:
            continue
        changed.add(row.id)
        for facet, value in _choices(row):
            found[facet][value].append(row.id)
        texts[row.id] = row.search_text.encode()
        replacing.pop(row.id, None)
        if row.replaces_id and row.state == MaterialState.PUBLISHED:
            replacing[row.id] = row.replaces_id
    others = ~to_bits(changed)
    facets = {facet: {value: bits & others for value, bits in values.items()} for facet, values in old.facets.items()}
    for facet, choices in found.items():
        for value, ids in choices.items():
            values = facets.setdefault(facet, {})
            values[value] = values.get(value, 0) | to_bits(ids)
    return Tally(number, facets, texts, replacing, to_bits(replacing.values()))


def _choices(row: Any) -> Iterable[tuple[str, Any]]:
    """Where the material counts."""
    yield "network", row.network_id
    yield "state", row.state
    yield "kind", row.kind
    for code in ("fi", "sv"):
        if row.language in (code, MaterialLanguage.BOTH):
            yield "language", code
    yield "audience", row.audience
    yield "year", row.year
    if row.series:
        yield "series", row.series
    if row.sharing == Sharing.PUBLIC:
        yield "sharing", row.sharing
    if row.state != MaterialState.PUBLISHED:
        yield "owner", row.owner_id


_tallies: WeakKeyDictionary[Engine, Tally] = WeakKeyDictionary()
_STAMP = (
    select(func.max(MaterialStamp.number)).scalar_subquery().label("number"),
    select(func.max(MaterialStamp.whole)).scalar_subquery().label("whole"),
)
_NAMES = union_all(
    select(Network.id, Network.slug, Network.name, Network.kind, Network.visibility, Network.state, *_STAMP),
    select(Topic.id, Topic.slug, Topic.name, null(), null(), null(), *_STAMP),
).order_by("id")
_ROWS = (
    select(
        Material.id, Material.network_id, Material.state, Material.kind, Material.language, Material.audience, Material.year,
        Material.series, Material.sharing, Material.owner_id, Material.replaces_id, Material.search_text, material_topic.c.topic_id,
    )
    .outerjoin(material_topic, material_topic.c.material_id == Material.id)
)  # fmt: skip

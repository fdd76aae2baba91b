"""What a thread's page offers to read besides: threads, materials and pages on its topics, or with a title like its own.

Each kind is asked with the rule of its own package, so nobody is shown what she could not open (I-29).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, case, func, or_, select

from extranet.core.db import db
from extranet.core.text import LocalText
from extranet.core.viewer import Viewer
from extranet.discussions import policy as discussions
from extranet.discussions.likeness import count_hits, count_hits_in, least_hits, list_stems
from extranet.discussions.models import Thread, thread_topic
from extranet.materials import policy as materials
from extranet.materials.life import is_superseded
from extranet.materials.models import Material, MaterialState, material_topic
from extranet.materials.text import sort_key
from extranet.networks.models import Network
from extranet.pages import policy as pages
from extranet.pages.models import NetworkPage, PageState

SHOWN = 3
PAGES_READ = 300


@dataclass(frozen=True)
class Related:
    """One line: a row of its package, which kind of row it is, and how near it is."""

    kind: str
    row: Any
    score: int


@dataclass(frozen=True)
class Nearness:
    """A thread's title and topics, as what others are measured by."""

    thread: Thread
    stems: list[frozenset[str]]

    def to_topics(self, table: Any, column: Any, thing_id: Any) -> tuple[Any, ColumnElement[bool]]:
        """How many topics a thing shares with the thread, and whether it shares one."""
        of_thread = select(thread_topic.c.topic_id).where(thread_topic.c.thread_id == self.thread.id).correlate(None)
        shared = select(func.count()).where(column == thing_id, table.c.topic_id.in_(of_thread)).scalar_subquery()
        return shared, thing_id.in_(select(column).where(table.c.topic_id.in_(of_thread)))

    def score(self, hits: Any, shared: Any, model: Any) -> Any:
        here = case((model.network_id == self.thread.network_id, 1), else_=0)
        return (hits * 2 + shared + here).label("score")


def list_related(viewer: Viewer, thread: Thread) -> list[Related]:
    """Up to three that the viewer may open, the nearest first; of each kind the nearest before a second of another. Three queries."""
    near = Nearness(thread, list_stems(thread.title))
    found = [_threads(viewer, near), _materials(viewer, near), _pages(viewer, near)]
    first = _by_score(kind[0] for kind in found if kind)
    more = _by_score(related for kind in found for related in kind[1:])
    return _by_score((first + more)[:SHOWN])


def _by_score(found: Iterable[Related]) -> list[Related]:
    return sorted(found, key=lambda related: -related.score)


def _threads(viewer: Viewer, near: Nearness) -> list[Related]:
    hits = count_hits(near.stems, Thread.title)
    shared, shares = near.to_topics(thread_topic, thread_topic.c.thread_id, Thread.id)
    score = near.score(hits, shared, Thread)
    wanted = select(Thread.id, Thread.title, Thread.language, Thread.reply_count, score).where(
        discussions.visible_to(viewer), Thread.hidden_at.is_(None), Thread.id != near.thread.id, or_(hits >= least_hits(near.stems), shares)
    )
    return _read("thread", wanted.order_by(score.desc(), Thread.last_post_at.desc(), Thread.id.desc()))


def _materials(viewer: Viewer, near: Nearness) -> list[Related]:
    hits = count_hits(near.stems, Material.title_key_fi, Material.title_key_sv, spell=sort_key)
    shared, shares = near.to_topics(material_topic, material_topic.c.material_id, Material.id)
    score = near.score(hits, shared, Material)
    wanted = select(Material.id, Material.title, Material.kind, Material.version, score).where(
        materials.visible_to(viewer),
        Material.state == MaterialState.PUBLISHED,
        ~is_superseded(),
        or_(hits >= least_hits(near.stems), shares),
    )
    return _read("material", wanted.order_by(score.desc(), Material.updated_at.desc(), Material.id.desc()))


def _read(kind: str, wanted: Any) -> list[Related]:
    return [Related(kind, row, row.score) for row in db.session.execute(wanted.limit(SHOWN))]


def _pages(viewer: Viewer, near: Nearness) -> list[Related]:
    """Pages have no topics, and titles in several languages: they are few enough to be compared here."""
    here = NetworkPage.network_id == near.thread.network_id
    wanted = (
        select(NetworkPage.title, NetworkPage.slug, NetworkPage.network_id, Network.slug.label("network_slug"))
        .join(Network, Network.id == NetworkPage.network_id)
        .where(pages.visible_to(viewer), NetworkPage.state == PageState.PUBLISHED)
        .order_by(case((here, 0), else_=1), NetworkPage.updated_at.desc(), NetworkPage.id)
        .limit(PAGES_READ)
    )
    rows = db.session.execute(wanted).all() if near.stems else []
    return _by_score(_like(near, rows))[:SHOWN]


def _like(near: Nearness, rows: Sequence[Any]) -> Iterable[Related]:
    for row in rows:
        title: LocalText = row.title
        hits = count_hits_in(near.stems, *title.values())
        if hits >= least_hits(near.stems):
            yield Related("page", row, hits * 2 + (row.network_id == near.thread.network_id))

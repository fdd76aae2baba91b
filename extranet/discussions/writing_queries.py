"""What a writer can see: the thread with what she has typed for it, what she may quote, and what others have asked before."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import and_, bindparam, case, select
from sqlalchemy.orm import joinedload

from extranet.core.db import db
from extranet.core.errors import NotFound
from extranet.core.i18n import gettext as _
from extranet.core.patterns import MOST, keys_of, pattern_of
from extranet.core.viewer import Viewer
from extranet.discussions import naming, policy, queries
from extranet.discussions.draft_models import Draft
from extranet.discussions.following_queries import Hears, own_columns, read_own
from extranet.discussions.likeness import count_hits, least_hits, list_stems
from extranet.discussions.models import Thread
from extranet.discussions.queries import heir_of
from extranet.discussions.reading_queries import Seen, read_seen, seen_columns
from extranet.discussions.writing_text import quote
from extranet.networks.models import Network

SIMILAR = 5


@dataclass(frozen=True)
class Opened:
    """A thread as its page needs it, in one query; `seen` for those who moderate it, `hears` for members."""

    thread: Thread
    draft: Draft | None
    seen: Seen | None
    hears: Hears | None


def open_thread(viewer: Viewer, thread_id: int) -> Opened:
    """The thread, or the one that it was merged into, with its network, author and topics, and the viewer's draft of a reply.

    Raises NotFound.
    """
    found = db.session.execute(_open_statement(pattern_of(viewer)), keys_of(viewer) | {"thread_id": thread_id}).unique().first()
    if found is None:
        raise NotFound
    thread, draft, chosen, there, wrote, *seen = found
    return Opened(thread, draft, read_seen(viewer, thread, seen), read_own(viewer, thread, chosen, there, wrote))


# Built once for each kind of viewer: building a statement costs more than running it.
@lru_cache(maxsize=MOST)
def _open_statement(pattern: Viewer) -> Any:
    mine = and_(Draft.thread_id == Thread.id, Draft.user_id == pattern.user_id)
    wanted: Any = select(Thread, Draft, *own_columns(pattern), *seen_columns(pattern)).outerjoin(Draft, mine)
    kin = (joinedload(Thread.network), joinedload(Thread.author), joinedload(Thread.handed_to), joinedload(Thread.topics))
    return wanted.options(*kin).where(Thread.id == heir_of(bindparam("thread_id")), policy.visible_to(pattern))


def find_to_reply(viewer: Viewer, thread_id: int) -> Thread | None:
    """The thread, held until the request ends, so that nobody closes, hides or moves it meanwhile; None where it cannot be opened."""
    wanted = select(Thread).options(joinedload(Thread.network)).where(Thread.id == heir_of(thread_id), policy.visible_to(viewer))
    return db.session.scalar(wanted.with_for_update(of=Thread))


def quote_post(viewer: Viewer, thread: Thread, post_id: int) -> str:
    """A message of the thread as Markdown that quotes it, under the name that everybody sees. Raises NotFound."""
    post = queries.get_post(viewer, thread.id, post_id)
    shown = queries.find_shown(viewer, thread, post_id)
    name = naming.somebody() if post.is_unnamed else shown.author
    return quote(name or _("a member"), post.path, post.body)


def list_similar(viewer: Viewer, network: Network, title: str) -> list[Any]:
    """Threads that the viewer may open and whose titles have words of this one: those of the network first, then the most like."""
    stems = list_stems(title)
    if not stems:
        return []
    hits = count_hits(stems, Thread.title)
    score = (hits * 2 + case((Thread.network_id == network.id, 1), else_=0)).label("score")
    wanted = select(
        Thread.id, Thread.title, Thread.reply_count, Thread.last_post_at, Thread.resolved_at, Network.name.label("network_name"), score
    )
    return list(
        db.session.execute(
            wanted.join(Network, Network.id == Thread.network_id)
            .where(policy.visible_to(viewer), Thread.hidden_at.is_(None), hits >= least_hits(stems))
            .order_by(score.desc(), Thread.last_post_at.desc())
            .limit(SIMILAR)
        ).all()
    )

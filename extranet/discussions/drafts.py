"""What one has typed and not sent. No actions: nobody but the writer is concerned, and a log of every pause in her typing would be."""

from typing import Any

from sqlalchemy import and_, delete, func, select

from extranet.core import clock
from extranet.core.db import after_transaction, db
from extranet.core.errors import Refused
from extranet.core.i18n import gettext as _
from extranet.core.viewer import Viewer
from extranet.discussions import policy
from extranet.discussions.draft_models import Draft
from extranet.discussions.models import Thread
from extranet.jobs.queue import insert
from extranet.networks.models import Network

MOST_TEXT = 100_000
MOST_DRAFTS = 100


def keep(viewer: Viewer, place: Thread | Network | None, words: dict[str, Any]) -> None:
    """Keep the words of a form, in place of what was kept for the same thread or network; without any words forget them.

    Raises Refused for what is too long to be a message.
    """
    body, title = str(words.get("body") or ""), str(words.get("title") or "")
    if len(body) > MOST_TEXT:
        raise Refused(_("The text is too long to be kept as a draft. Shorten it to 100,000 characters."))
    if not body.strip() and not title.strip():
        if place is not None:
            forget(viewer, place)
        return
    row = {"user_id": viewer.user_id, _column(place): place.id if place else None, "words": words, "changed_at": clock.now()}
    added = insert(Draft).values(row)
    if place is None:
        _make_room(viewer)
        db.session.execute(added)
        return
    newer = {"words": added.excluded.words, "changed_at": added.excluded.changed_at}
    db.session.execute(added.on_conflict_do_update(index_elements=["user_id", _column(place)], set_=newer))


def keep_apart(viewer: Viewer, thread_id: int, thread: Thread | None, words: dict[str, Any]) -> None:
    """Keep a reply that could not be sent, also where the request fails: with the thread if that can still be opened, else by itself."""

    def do() -> None:
        forget_for_thread(viewer, thread_id)
        keep(viewer, thread, words)

    if len(str(words.get("body") or "")) <= MOST_TEXT:
        after_transaction(do)


def forget(viewer: Viewer, place: Thread | Network) -> None:
    """It was sent, or is not wanted any more."""
    column = Draft.thread_id if isinstance(place, Thread) else Draft.network_id
    db.session.execute(delete(Draft).where(Draft.user_id == viewer.user_id, column == place.id))


def forget_for_thread(viewer: Viewer, thread_id: int) -> None:
    """The same, where the thread cannot be opened any more."""
    db.session.execute(delete(Draft).where(Draft.user_id == viewer.user_id, Draft.thread_id == thread_id))


def forget_one(viewer: Viewer, draft_id: int) -> None:
    """One from the list of drafts; another person's is left alone."""
    db.session.execute(delete(Draft).where(Draft.user_id == viewer.user_id, Draft.id == draft_id))


def find(viewer: Viewer, network: Network) -> Draft | None:
    """What the viewer was about to begin in the network."""
    return db.session.scalar(select(Draft).where(Draft.user_id == viewer.user_id, Draft.network_id == network.id))


def list_drafts(viewer: Viewer) -> list[Any]:
    """The viewer's own, the latest first, with the names of what they are for, as far as she may still see that (I-29)."""
    return list(
        db.session.execute(
            select(
                Draft.id,
                Draft.words,
                Draft.changed_at,
                Draft.thread_id,
                Draft.network_id,
                Thread.id.label("open_thread_id"),
                Thread.title.label("thread_title"),
                Network.slug.label("network_slug"),
                Network.name.label("network_name"),
            )
            .select_from(Draft)
            .outerjoin(Thread, and_(Thread.id == Draft.thread_id, policy.visible_to(viewer)))
            .outerjoin(Network, and_(Network.id == Draft.network_id, Network.id.in_(viewer.network_ids)))
            .where(Draft.user_id == viewer.user_id)
            .order_by(Draft.changed_at.desc(), Draft.id.desc())
            .limit(MOST_DRAFTS)
        ).all()
    )


def _column(place: Thread | Network | None) -> str:
    return "network_id" if isinstance(place, Network) else "thread_id"


def _make_room(viewer: Viewer) -> None:
    """Texts that were handed back have no place of their own, so they are counted: the oldest goes first."""
    mine = select(Draft.id).where(Draft.user_id == viewer.user_id, Draft.thread_id.is_(None), Draft.network_id.is_(None))
    if (db.session.scalar(select(func.count()).select_from(mine.subquery())) or 0) >= MOST_DRAFTS:
        oldest = mine.order_by(Draft.changed_at, Draft.id).limit(1)
        db.session.execute(delete(Draft).where(Draft.id.in_(oldest.scalar_subquery())))

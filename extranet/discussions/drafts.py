"""What one has typed and not sent. No actions: nobody but the writer is concerned, and a log of every pause in her typing would be."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import and_, delete, func, or_, select
from sqlalchemy.orm import joinedload

from extranet.core import clock
from extranet.core.db import after_transaction, db
from extranet.core.errors import Refused
from extranet.core.i18n import gettext as _
from extranet.core.viewer import Viewer
from extranet.discussions import policy
from extranet.discussions.draft_models import Draft
from extranet.discussions.models import Post, Thread
from extranet.jobs.queue import insert
from extranet.networks.models import Network

MOST_TEXT = 100_000
MOST_DRAFTS = 100
KEEP = timedelta(days=180)

Place = Thread | Network | Post
_COLUMNS: dict[type[Place], str] = {Thread: "thread_id", Network: "network_id", Post: "post_id"}
_NOWHERE = (Draft.thread_id.is_(None), Draft.network_id.is_(None), Draft.post_id.is_(None))


@dataclass(frozen=True)
class Edited:
    """The viewer's own post as she may change it now, and what she has typed for that."""

    post: Post
    draft: Draft | None


def keep(viewer: Viewer, place: Place | None, words: dict[str, Any]) -> None:
    """Keep the words of a form, in place of what was kept for the same thread, network or post; without any words forget them.

    Raises Refused for what is too long to be a message.
    """
    body, title = str(words.get("body") or ""), str(words.get("title") or "")
    if is_too_long(words):
        raise Refused(_("The text is too long to be kept as a draft. Shorten it to 100,000 characters."))
    is_empty = not (body.strip() or title.strip() or words.get("files"))
    if is_empty or (isinstance(place, Post) and body.strip() == place.body):
        if place is not None:
            forget(viewer, place)
        return
    row = {"user_id": viewer.user_id, "words": words, "changed_at": clock.now()}
    if place is None:
        _make_room(viewer)
        db.session.execute(insert(Draft).values(row))
        return
    column = _COLUMNS[type(place)]
    added = insert(Draft).values(row | {column: place.id})
    newer = {"words": added.excluded.words, "changed_at": added.excluded.changed_at}
    db.session.execute(added.on_conflict_do_update(index_elements=["user_id", column], set_=newer))


def keep_apart(viewer: Viewer, words: dict[str, Any], place: Place | None = None, *, thread_id: int = 0, post_id: int = 0) -> None:
    """Keep a text that could not be sent, also where the request fails: with its place if that can still be opened, else by itself.

    thread_id, post_id: what it was for; what was kept for that goes.
    """

    def do() -> None:
        gone = or_(Draft.thread_id == thread_id, Draft.post_id == post_id)
        db.session.execute(delete(Draft).where(Draft.user_id == viewer.user_id, gone))
        keep(viewer, place, words)

    if not is_too_long(words):
        after_transaction(do)


def is_too_long(words: dict[str, Any]) -> bool:
    """Whether it is more than one writes: all fields together, for each is as long as somebody sends it."""
    return sum(len(str(value)) for value in words.values()) > MOST_TEXT


def forget(viewer: Viewer, place: Place) -> None:
    """It was sent, or is not wanted any more."""
    column = getattr(Draft, _COLUMNS[type(place)])
    db.session.execute(delete(Draft).where(Draft.user_id == viewer.user_id, column == place.id))


def forget_one(viewer: Viewer, draft_id: int) -> None:
    """One from the list of drafts; another person's is left alone."""
    db.session.execute(delete(Draft).where(Draft.user_id == viewer.user_id, Draft.id == draft_id))


def forget_old() -> None:
    """What nobody has touched for half a year will not be sent any more."""
    db.session.execute(delete(Draft).where(Draft.changed_at < clock.now() - KEEP))


def find(viewer: Viewer, network: Network) -> Draft | None:
    """What the viewer was about to begin in the network."""
    return db.session.scalar(select(Draft).where(Draft.user_id == viewer.user_id, Draft.network_id == network.id))


def find_edited(viewer: Viewer, post_id: int) -> Edited | None:
    """The post that the viewer is changing, with her draft; None where she may not change it, or not any more."""
    wanted: Any = select(Post, Draft).join(Thread, Thread.id == Post.thread_id)
    mine = and_(Draft.post_id == Post.id, Draft.user_id == viewer.user_id)
    kin = joinedload(Post.thread).joinedload(Thread.network)
    found = db.session.execute(wanted.outerjoin(Draft, mine).options(kin).where(Post.id == post_id, policy.visible_to(viewer))).first()
    return Edited(*found) if found is not None and policy.can_edit_post(viewer, found[0]) else None


def is_hers(viewer: Viewer, post_id: int) -> bool:
    """Whether the viewer has written the post, wherever it is now."""
    return bool(db.session.scalar(select(Post.id).where(Post.id == post_id, Post.author_id == viewer.user_id)))


def list_drafts(viewer: Viewer) -> list[Any]:
    """The viewer's own, the latest first, with the names of what they are for.

    What is for a thread or network that she may not read now stays away (T17, I-29): a quote in it may be somebody else's words.
    """
    still_hers = and_(Post.id == Draft.post_id, Post.author_id == viewer.user_id, Post.hidden_at.is_(None), Post.deleted_at.is_(None))
    return list(
        db.session.execute(
            select(
                Draft.id,
                Draft.words,
                Draft.changed_at,
                Draft.thread_id,
                Draft.network_id,
                Draft.post_id,
                Thread.id.label("open_thread_id"),
                Thread.title.label("thread_title"),
                Network.slug.label("network_slug"),
                Network.name.label("network_name"),
            )
            .select_from(Draft)
            .outerjoin(Post, still_hers)
            .outerjoin(Thread, and_(Thread.id == func.coalesce(Draft.thread_id, Post.thread_id), policy.visible_to(viewer)))
            .outerjoin(Network, and_(Network.id == Draft.network_id, Network.id.in_(viewer.network_ids)))
            .where(Draft.user_id == viewer.user_id, or_(Thread.id.is_not(None), Network.id.is_not(None), and_(*_NOWHERE)))
            .order_by(Draft.changed_at.desc(), Draft.id.desc())
            .limit(MOST_DRAFTS)
        ).all()
    )


def _make_room(viewer: Viewer) -> None:
    """Texts that were handed back have no place of their own, so they are counted: the oldest goes first."""
    mine = select(Draft.id).where(Draft.user_id == viewer.user_id, *_NOWHERE)
    if (db.session.scalar(select(func.count()).select_from(mine.subquery())) or 0) >= MOST_DRAFTS:
        oldest = mine.order_by(Draft.changed_at, Draft.id).limit(1)
        db.session.execute(delete(Draft).where(Draft.id.in_(oldest.scalar_subquery())))

"""What you can see. Columns instead of entities: these lists are the hottest pages of the product."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Integer, Select, and_, bindparam, func, literal, or_, select, true
from sqlalchemy.orm import aliased, joinedload

from extranet.accounts.models import User
from extranet.core.db import db
from extranet.core.errors import NotAllowed, NotFound, demand
from extranet.core.patterns import MOST, keys_of, pattern_of
from extranet.core.viewer import Viewer
from extranet.discussions import naming, policy, post_extras
from extranet.discussions.counting import nobody_answered
from extranet.discussions.models import Helpful, Post, PostEdit, Thread, ThreadKind
from extranet.discussions.reading_queries import count_some, new_columns, select_unread, with_marks
from extranet.networks.models import Network
from extranet.organisations.models import Organisation

THREADS_A_PAGE = 20
POSTS_A_PAGE = 50
COUNT_LIMIT = 1000
MOST_PAGES = COUNT_LIMIT // THREADS_A_PAGE + 1
_OPEN = (Thread.kind == ThreadKind.QUESTION, Thread.resolved_at.is_(None), Thread.closed_at.is_(None), Thread.hidden_at.is_(None))
PEOPLE_SHOWN = 8


@dataclass(frozen=True)
class Listing:
    """One page of rows; `total` is exact up to COUNT_LIMIT and then stands for "more", `unread` up to COUNT_TO: in all networks."""

    rows: list[Any]
    page: int
    pages: int
    total: int
    unread: int = 0


def get_thread(viewer: Viewer, thread_id: int) -> Thread:
    """The thread with its network and author. Raises NotFound."""
    thread = db.session.scalar(
        select(Thread)
        .options(joinedload(Thread.network), joinedload(Thread.author))
        .where(Thread.id == thread_id, policy.visible_to(viewer))
    )
    if thread is None:
        raise NotFound
    return thread


def heir_of(thread_id: Any) -> Any:
    """The id of the thread that this one was merged into, else its own, as a part of a query."""
    return _HEIR.where(_first.id == thread_id).scalar_subquery()


_first = aliased(Thread)  # made once: an alias costs more than the rest of the statement
_HEIR = select(func.coalesce(_first.merged_into_id, _first.id))


def find_post(viewer: Viewer, post_id: int) -> Post:
    """The post with its thread, wherever it stands by now. Raises NotFound."""
    post = db.session.scalar(
        select(Post)
        .options(joinedload(Post.thread).joinedload(Thread.network))
        .join(Thread, Thread.id == Post.thread_id)
        .where(Post.id == post_id, policy.visible_to(viewer))
    )
    if post is None or not policy.can_read_post(viewer, post):
        raise NotFound
    return post


def get_post(viewer: Viewer, thread_id: int, post_id: int) -> Post:
    """The post of an address that names a thread too: it may have been merged or split away since. Raises NotFound."""
    return find_post(viewer, post_id)


def get_own_post(viewer: Viewer, thread_id: int, post_id: int) -> Post:
    """The viewer's own post, to be changed. Raises NotFound, NotAllowed."""
    post = get_post(viewer, thread_id, post_id)
    demand(policy.can_edit_post(viewer, post), "discussions.edit_post")
    return post


def check_entry(viewer: Viewer, network: Network) -> None:
    """Raise NotAllowed unless this network's discussions are open to the viewer."""
    demand(policy.can_enter(viewer, network), "discussions.list")


def check_moderation(viewer: Viewer, thread: Thread) -> None:
    """Raise NotAllowed unless the viewer moderates the thread."""
    demand(policy.can_moderate(viewer, thread), "discussions.moderate")


def list_threads(viewer: Viewer, network_id: int | None = None, page: int = 1, only: str = "") -> Listing:
    """Threads of one network, or of all that the viewer reads; pinned first inside a network, then the latest talked in.

    only: "open" keeps questions without an accepted answer, "unanswered" those of them that nobody else has replied to, "unread" what has something new, "mine" what the viewer began.
    """
    wanted, counts = _list_statements(pattern_of(viewer), network_id is not None, only if only in _FILTERS else "")

    def read(page: int) -> list[Any]:
        return _read(viewer, wanted, network_id=network_id, skipped=(page - 1) * THREADS_A_PAGE)

    page = min(max(page, 1), MOST_PAGES)
    rows = read(page)
    total, unread = (
        (rows[0].total, rows[0].unread) if rows else db.session.execute(counts, keys_of(viewer) | {"network_id": network_id}).one()
    )
    pages = max(1, -(-total // THREADS_A_PAGE))
    if total and not rows:
        page, rows = pages, read(pages)
    return Listing(rows, min(page, pages), pages, total, unread)


_FILTERS = ("open", "unanswered", "unread", "mine")


@lru_cache(maxsize=MOST)
def _list_statements(pattern: Viewer, in_network: bool, only: str) -> tuple[Select[Any], Select[Any]]:
    """A page of threads with their number and that of the unread ones, and these two numbers alone."""
    where = [policy.visible_to(pattern)]
    if in_network:
        where.append(Thread.network_id == bindparam("network_id"))
    if only == "unanswered":
        where += [*_OPEN, nobody_answered()]
    elif only == "open":
        where += _OPEN
    elif only == "mine":
        where.append(Thread.author_id == bindparam("viewer_id"))
    threads = (select_unread() if only == "unread" else select(Thread.id)).where(*where)
    some = threads.limit(COUNT_LIMIT + 1).subquery()
    unread = literal(0) if in_network else count_some(select_unread())  # a network's own is counted in its tab
    counts = (select(func.count()).select_from(some).scalar_subquery().label("total"), unread.label("unread"))
    order: list[Any] = [Thread.is_pinned.desc()] if in_network else []
    order += [Thread.last_post_at.desc(), Thread.id.desc()]
    # The page's threads are chosen first, and only then is looked up what stands beside each. Their number comes along with them.
    chosen = threads.order_by(*order).limit(THREADS_A_PAGE).offset(bindparam("skipped", type_=Integer())).correlate(None)
    return _ROWS.add_columns(*counts).where(Thread.id.in_(chosen)).order_by(*order), select(*counts)


def list_active(viewer: Viewer, network_id: int, limit: int) -> list[Any]:
    """The threads of a network that were last talked in, for its home."""
    return _read(viewer, _active_statement(pattern_of(viewer)), network_id=network_id, most=limit)


def list_for_front(viewer: Viewer, latest: int, waiting: int, *more: Any) -> tuple[list[Any], list[Any]]:
    """For the front page: the threads last talked in, and the questions that wait longest for a first answer. One query.

    `more`: columns that every row shall carry, so that what else the front page counts needs no query of its own.
    """
    wanted = _front_statement(pattern_of(viewer))
    rows = _read(viewer, wanted.add_columns(*more) if more else wanted, latest=latest, waiting=waiting)
    return [row for row in rows if row.is_latest], [row for row in rows if row.is_waiting]


_last = aliased(User)
# Built once: every list of threads begins with it. It is run with the parameters of `tab_counts`.
_ROWS = with_marks(
        select(
            Thread.id, Thread.kind, Thread.title, Thread.network_id, Thread.created_at, Thread.last_post_at, Thread.reply_count,
            Thread.is_pinned, Thread.closed_at, Thread.hidden_at, Thread.resolved_at, Thread.author_id, Thread.last_post_by_id,
            Thread.is_unnamed, Thread.is_last_unnamed,
            (User.first_name + " " + User.last_name).label("author"),
            (_last.first_name + " " + _last.last_name).label("last_by"),
            Network.name.label("network_name"), Network.slug.label("network_slug"),
            *new_columns(),
        )
        .join(User, User.id == Thread.author_id)
        .join(_last, _last.id == Thread.last_post_by_id)
        .join(Network, Network.id == Thread.network_id)
    )  # fmt: skip


@lru_cache(maxsize=MOST)
def _active_statement(pattern: Viewer) -> Any:
    there = _ROWS.where(policy.visible_to(pattern), Thread.network_id == bindparam("network_id"), Thread.hidden_at.is_(None))
    return there.order_by(Thread.is_pinned.desc(), Thread.last_post_at.desc()).limit(bindparam("most", type_=Integer()))


@lru_cache(maxsize=MOST)
def _front_statement(pattern: Viewer) -> Any:
    shown = and_(policy.visible_to(pattern), Thread.hidden_at.is_(None))
    unanswered = and_(shown, *_OPEN, nobody_answered())
    latest, waiting = bindparam("latest", type_=Integer()), bindparam("waiting", type_=Integer())
    newest = select(select(Thread.id).where(shown).order_by(Thread.last_post_at.desc()).limit(latest).subquery().c.id)
    oldest = select(select(Thread.id).where(unanswered).order_by(Thread.created_at.desc()).limit(waiting).subquery().c.id)
    return (
        _ROWS.add_columns(Thread.id.in_(newest).label("is_latest"), Thread.id.in_(oldest).label("is_waiting"))
        .where(or_(Thread.id.in_(newest), Thread.id.in_(oldest)))
        .order_by(Thread.last_post_at.desc())
    )


def _read(viewer: Viewer, query: Select[Any], **more: Any) -> list[Any]:
    return [naming.mask_thread(viewer, row) for row in db.session.execute(query, keys_of(viewer) | more)]


def page_of(number: int) -> int:
    """The page of a thread on which the post of that number stands."""
    return (max(number, 1) - 1) // POSTS_A_PAGE + 1


def list_posts(viewer: Viewer, thread: Thread, page: int = 1) -> Listing:
    """A page of posts, oldest first, with the accepted answer on every first page. Page 0 means the last one.

    What may not be read comes without its text (I-26): others get a row that says only that it is hidden or removed.
    """
    pages = page_of(thread.last_number)
    page = pages if page == 0 else min(max(page, 1), pages)
    wanted = _FIRST_AND_ANSWER if page == 1 and thread.resolved_at is not None and pages > 1 else _SOME
    rows = _posts(viewer, thread, wanted, first=(page - 1) * POSTS_A_PAGE + 1, last=page * POSTS_A_PAGE)
    if page == pages and thread.network.holds_first_posts:
        rows += _waiting_posts(viewer, thread)
    return Listing(rows, page, pages, thread.last_number)


def _waiting_posts(viewer: Viewer, thread: Thread) -> list[Any]:
    """What waits for a moderator, or was turned down: its author and the moderators see it after the last post."""
    mine = true() if policy.is_keeper(viewer, thread.network_id) else Post.author_id == (viewer.user_id or 0)
    return _posts(viewer, thread, _POSTS.where(Post.number < 0, mine).limit(POSTS_A_PAGE))


def list_posts_after(viewer: Viewer, thread: Thread, number: int) -> list[Any]:
    """What was written after that post, at most one page."""
    return _posts(viewer, thread, _AFTER, after=max(number, 0))  # below are those that wait


def list_readable(viewer: Viewer, thread: Thread, first: int, last: int, with_answer: bool) -> list[Any]:
    """The posts between two numbers that everybody can read, and the accepted answer wherever it stands."""
    shown = (_FIRST_AND_ANSWER if with_answer else _SOME).where(Post.number > 0, Post.hidden_at.is_(None), Post.deleted_at.is_(None))
    return _posts(viewer, thread, shown, first=first, last=last)


def find_shown(viewer: Viewer, thread: Thread, post_id: int) -> Any:
    """One post of the thread as its page shows it. Raises NotFound."""
    found = _posts(viewer, thread, _POSTS.where(Post.id == post_id))
    if not found:
        raise NotFound
    return found[0]


def _posts(viewer: Viewer, thread: Thread, wanted: Any, **numbers: int) -> list[Any]:
    rows = db.session.execute(wanted, {"viewer_id": viewer.user_id or 0, "thread_id": thread.id, **numbers}).all()
    keeps = policy.is_keeper(viewer, thread.network_id)
    shown = [row if _is_readable(row) or keeps or row.author_id == viewer.user_id else _without_text(row) for row in rows]
    return post_extras.add(viewer, [naming.mask_post(viewer, thread.network_id, row) for row in shown])


# Built once: every page of a thread begins with it. It is run with the parameters `viewer_id` and `thread_id`.
_POSTS = (
        select(
            Post.id, Post.number, Post.is_opening, Post.is_accepted, Post.helpful_count, Post.has_files, Post.body_html, Post.created_at, Post.edited_at,
            Post.is_unnamed, Post.has_card,
            Post.deleted_at, Post.author_id, Post.hidden_at, Post.hidden_reason, Post.held_at,
            (User.first_name + " " + User.last_name).label("author"), User.job_title, User.organisation_id, Organisation.name.label("organisation"),
            Helpful.user_id.is_not(None).label("is_helpful_to_me"),
        )
        .join(User, User.id == Post.author_id)
        .outerjoin(Organisation, Organisation.id == User.organisation_id)
        .outerjoin(Helpful, and_(Helpful.post_id == Post.id, Helpful.user_id == bindparam("viewer_id")))
        .where(Post.thread_id == bindparam("thread_id"))
        .order_by(Post.number)
    )  # fmt: skip
_answer = aliased(Post)
_ANSWER_NUMBER = select(_answer.number).where(_answer.thread_id == bindparam("thread_id"), _answer.is_accepted).scalar_subquery()
_BETWEEN = Post.number.between(bindparam("first"), bindparam("last"))
_SOME = _POSTS.where(_BETWEEN)
_FIRST_AND_ANSWER = _POSTS.where(or_(_BETWEEN, Post.number == _ANSWER_NUMBER))
_AFTER = _POSTS.where(Post.number > bindparam("after")).limit(POSTS_A_PAGE)


def _is_readable(row: Any) -> bool:
    return row.hidden_at is None and row.deleted_at is None


def _without_text(row: Any) -> Any:
    nobody = {
        "body_html": None,
        "hidden_reason": "",
        "author": None,
        "author_id": None,
        "job_title": "",
        "organisation": None,
        "organisation_id": None,
    }
    return SimpleNamespace(**(dict(row._mapping) | nobody))


def list_edits(viewer: Viewer, post: Post) -> list[Any]:
    """What a post said before, newest first; for the moderators (I-28) and its author. Raises NotAllowed."""
    if post.author_id != viewer.user_id and not policy.can_moderate_post(viewer, post):
        raise NotAllowed("discussions.list_edits")
    edits = select(PostEdit.body_html, PostEdit.written_at, PostEdit.replaced_at).where(PostEdit.post_id == post.id)
    return list(db.session.execute(edits.order_by(PostEdit.id.desc()).limit(POSTS_A_PAGE)).all())


def participants_of(posts: Iterable[Any]) -> list[Any]:
    """Who has written these posts of a page, earliest first, for the side column: under the names that the posts show."""
    people: dict[Any, Any] = {}
    for post in posts:
        if _is_readable(post):
            people.setdefault((post.author_id, post.is_unnamed), post)
    return list(people.values())[:PEOPLE_SHOWN]


def list_targets(viewer: Viewer, thread: Thread) -> list[Any]:
    """The networks that the thread may be moved to."""
    open_to = policy.moderated_in(viewer) - {thread.network_id}
    return list(
        db.session.scalars(select(Network).where(Network.id.in_(open_to), Network.state.in_(["active", "dormant"])).order_by(Network.id))
    )


def people_of(viewer: Viewer, thread: Thread) -> set[int]:
    """Everyone who has written in the thread."""
    return set(db.session.scalars(select(Post.author_id).where(Post.thread_id == thread.id).distinct()))


def select_visible(viewer: Viewer, ids: Collection[int]) -> Select[int]:
    """A SELECT of those of the threads that the viewer may see now, a merged one in the thread where its posts stand."""
    return _WITH_HEIRS.where(_asked.id.in_(ids), policy.visible_to(viewer))


# Built once: how many notifications wait is asked on every page. An alias costs more than the rest of the statement.
_asked = aliased(Thread)
_WITH_HEIRS = select(_asked.id).join(Thread, Thread.id == func.coalesce(_asked.merged_into_id, _asked.id))

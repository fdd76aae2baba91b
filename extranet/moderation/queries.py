"""What can you see? Cases that wait, and those that concern oneself."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from extranet.accounts.models import Grant, RoleGrant, User
from extranet.core import clock
from extranet.core.db import db
from extranet.core.errors import NotFound
from extranet.core.viewer import Viewer
from extranet.discussions import policy as discussions
from extranet.discussions.models import Post, Thread
from extranet.discussions.queries import find_post
from extranet.moderation import policy
from extranet.moderation.models import CLAIM_HOLDS, Case, CaseState, Report
from extranet.networks.models import Membership, MembershipRole, MembershipState, Network
from extranet.organisations.models import Organisation

PAGE = 20
AROUND = 2  # messages before and after the reported one that show what it was about


class Shelf(StrEnum):
    """Which cases a list holds: those to decide, those to look at again, the decided ones; and new members' first messages."""

    OPEN = "open"
    HELD = "held"
    REVIEW = "review"
    DECIDED = "decided"


@dataclass(frozen=True)
class Listing:
    """One page of cases, and how many each shelf holds."""

    rows: Sequence[Any]
    page: int
    pages: int
    counts: dict[Shelf, int]


@dataclass(frozen=True)
class Waiting:
    """How many cases wait, and since when the oldest does."""

    number: int
    since: datetime | None


_ON = {
    Shelf.OPEN: Case.state == CaseState.OPEN,
    Shelf.REVIEW: and_(Case.review_asked_at.is_not(None), Case.reviewed_at.is_(None)),
    Shelf.DECIDED: Case.decided_at.is_not(None),
}


def list_cases(viewer: Viewer, shelf: Shelf, page: int = 1) -> Listing:
    """The cases of the viewer's networks, those that have waited longest first; decided ones newest first."""
    mine = policy.handled_by(viewer)
    counted = select(*(func.count().filter(where) for where in _ON.values()), _select_held(viewer, func.count()).scalar_subquery())
    counts = dict(zip((*_ON, Shelf.HELD), db.session.execute(counted.select_from(Case).where(mine)).one(), strict=True))
    pages = max(1, -(-counts[shelf] // PAGE))
    page = min(max(page, 1), pages)
    if shelf == Shelf.HELD:
        return Listing(_list_held(viewer, page), page, pages, counts)
    order: ColumnElement[Any] = {
        Shelf.DECIDED: Case.decided_at.desc(), Shelf.REVIEW: Case.review_asked_at.asc(),
    }.get(shelf, Case.opened_at.asc())  # fmt: skip
    reports = select(func.count()).where(Report.case_id == Case.id).correlate(Case).scalar_subquery()
    rows = db.session.execute(
        select(
            Case.id, Case.state, Case.outcome, Case.opened_at, Case.decided_at, Case.review_asked_at, Case.reviewed_at, Case.body_html,
            (Case.claimed_at > clock.now() - CLAIM_HOLDS).label("is_claimed"), Case.claimed_by_id, (User.first_name + " " + User.last_name).label("claimed_by"),
            Thread.title, Network.name.label("network"), reports.label("reports"),
        )
        .join(Post, Post.id == Case.post_id)
        .join(Thread, Thread.id == Post.thread_id)
        .join(Network, Network.id == Thread.network_id)
        .outerjoin(User, User.id == Case.claimed_by_id)
        .where(mine, _ON[shelf])
        .order_by(order, Case.id)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    ).all()  # fmt: skip
    return Listing(rows, page, pages, counts)


def _select_held(viewer: Viewer, *columns: Any) -> Select[Any]:
    """New members' first posts that wait for the viewer."""
    kept = policy.handles_in(viewer)
    where = (Post.held_at.is_not(None), Thread.network_id.in_(kept), discussions.visible_to(viewer))
    return select(*columns).select_from(Post).join(Thread, Thread.id == Post.thread_id).where(*where)


def _list_held(viewer: Viewer, page: int) -> Sequence[Any]:
    columns = (
        Post.id,
        Post.body_html,
        Post.held_at,
        Thread.title,
        Network.name.label("network"),
        (User.first_name + " " + User.last_name).label("author"),
    )
    wanted = _select_held(viewer, *columns).join(User, User.id == Post.author_id).join(Network, Network.id == Thread.network_id)
    return db.session.execute(wanted.order_by(Post.held_at, Post.id).limit(PAGE).offset((page - 1) * PAGE)).all()


def get_author(viewer: Viewer, post: Post) -> Any:
    """Who wrote a message that waits, as its readers will see."""
    columns = (User.first_name + " " + User.last_name).label("name"), User.id, User.job_title, Organisation.name.label("organisation")
    wanted = select(*columns).outerjoin(Organisation, Organisation.id == User.organisation_id).where(User.id == post.author_id)
    return db.session.execute(wanted).one()


def get_held(viewer: Viewer, post_id: int) -> Post:
    """A first message that waits, with its thread, for a moderator. Raises NotFound."""
    post = find_post(viewer, post_id)
    if post.held_at is None or not discussions.can_moderate_post(viewer, post):
        raise NotFound
    return post


def count_open(viewer: Viewer) -> int:
    """How many cases wait for the viewer, everywhere. No query for those who moderate nothing."""
    return db.session.scalar(select_count(viewer)) or 0 if policy.handles_in(viewer) else 0


def count_waiting(viewer: Viewer, network_id: int, thread_id: int | None = None) -> Waiting:
    """How many cases wait for the viewer in one network or thread, and the moment since which the oldest does. One query."""
    cases, held = _waiting(viewer, network_id, thread_id)
    since: Any = func.min(case((Case.state == CaseState.OPEN, Case.opened_at), else_=Case.review_asked_at))
    counted = db.session.execute(
        select(
            cases.with_only_columns(func.count()).scalar_subquery(),
            held.with_only_columns(func.count()).scalar_subquery(),
            cases.with_only_columns(since).scalar_subquery(),
            held.with_only_columns(func.min(Post.held_at)).scalar_subquery(),
        )
    ).one()
    return Waiting(counted[0] + counted[1], min((at for at in counted[2:] if at is not None), default=None))


def select_count(viewer: Viewer) -> Select[int]:
    """The number alone as a SELECT, for pages that count it beside something else."""
    cases, held = _waiting(viewer)
    return select(
        cases.with_only_columns(func.count()).scalar_subquery() + held.with_only_columns(func.count()).scalar_subquery()
    )  # fmt: skip


def _waiting(viewer: Viewer, network_id: int | None = None, thread_id: int | None = None) -> tuple[Select[Any], Select[Any]]:
    """What waits for the viewer: the cases, and new members' first posts."""
    where = [policy.handled_by(viewer), or_(_ON[Shelf.OPEN], _ON[Shelf.REVIEW])]
    if network_id is not None or thread_id is not None:
        posts = select(Post.id).join(Thread, Thread.id == Post.thread_id)
        where.append(Case.post_id.in_(posts.where(Thread.id == thread_id if thread_id is not None else Thread.network_id == network_id)))
    held = _select_held(viewer, Post.id)
    if thread_id is not None:
        held = held.where(Thread.id == thread_id)
    elif network_id is not None:
        held = held.where(Thread.network_id == network_id)
    return select(Case.id).where(*where), held


def get_case(viewer: Viewer, case_id: int) -> Case:
    """The case with its message and reports, for a moderator. Raises NotFound."""
    case = _load(Case.id == case_id, policy.handled_by(viewer))
    if case is None or not policy.can_handle(viewer, case):
        raise NotFound
    return case


def get_decision(viewer: Viewer, case_id: int) -> Case:
    """The decided case, for those whom it concerns. Raises NotFound."""
    case = _load(Case.id == case_id, policy.decided_for(viewer))
    if case is None or not policy.can_read_decision(viewer, case):
        raise NotFound
    return case


def get_post_to_report(viewer: Viewer, post_id: int) -> Post:
    """The message with its thread. Raises NotFound, also where there is nothing to report."""
    post = find_post(viewer, post_id)
    if not policy.can_report(viewer, post):
        raise NotFound
    return post


def list_context(viewer: Viewer, case: Case) -> Sequence[Any]:
    """The messages around the reported one, itself included, as they stand now."""
    post = case.post
    return db.session.execute(
        select(
            Post.id, Post.body_html, Post.created_at, Post.hidden_at, Post.deleted_at, Post.author_id, Post.is_opening,
            (User.first_name + " " + User.last_name).label("author"),
        )
        .join(User, User.id == Post.author_id)
        .where(Post.thread_id == post.thread_id, Post.number.between(post.number - AROUND, post.number + AROUND))
        .order_by(Post.number)
    ).all()  # fmt: skip


def find_handlers(post: Post) -> set[int]:
    """The network's moderators who may handle a report of this message: not its author (I-28)."""
    roles = (MembershipRole.MODERATOR, MembershipRole.LEAD)
    members = select(Membership.user_id).where(
        Membership.network_id == post.network_id, Membership.state == MembershipState.ACTIVE, Membership.role.in_(roles)
    )
    return set(db.session.scalars(members)) - {post.author_id}


def find_administrators() -> set[int]:
    """Who steps in where no moderator may handle a report."""
    return set(db.session.scalars(select(RoleGrant.user_id).where(RoleGrant.role == Grant.ADMIN)))


def select_visible(viewer: Viewer, ids: Collection[int]) -> Select[int]:
    """A SELECT of those of the cases that the viewer may open, as a moderator or as one whom it concerns."""
    return select(Case.id).where(Case.id.in_(ids), or_(policy.handled_by(viewer), policy.decided_for(viewer)))


def _load(*where: ColumnElement[bool]) -> Case | None:
    loads = (
        joinedload(Case.post).joinedload(Post.thread).joinedload(Thread.network),
        joinedload(Case.claimed_by),
        selectinload(Case.reports).joinedload(Report.reporter),
    )
    return db.session.scalars(select(Case).options(*loads).where(*where)).unique().one_or_none()

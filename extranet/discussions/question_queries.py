"""How a network answers: its open questions, how soon the first answer comes, and which experts a question can be handed to."""

from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import Any

from sqlalchemy import Select, and_, bindparam, case, func, or_, select, true

from extranet.accounts.models import Grant, RoleGrant, User, UserState
from extranet.core import clock
from extranet.core.db import db
from extranet.core.viewer import Viewer
from extranet.discussions.counting import nobody_answered
from extranet.discussions.models import Post, Thread, ThreadKind
from extranet.discussions.queries import check_entry
from extranet.networks.models import Membership, MembershipState, Network

COUNTED = 300
LONG_AGO = timedelta(days=365)


@dataclass(frozen=True)
class Answering:
    """How many questions are open, to how many of them nobody has replied, and the median of hours to the first answer in a year."""

    open: int
    unanswered: int
    hours: int | None


def is_open() -> Any:
    """A question is open until one of the replies is its answer, or a moderator closes it; as a where-clause."""
    shown = (Thread.hidden_at.is_(None), Thread.merged_into_id.is_(None))
    return and_(Thread.kind == ThreadKind.QUESTION, Thread.resolved_at.is_(None), Thread.closed_at.is_(None), *shown)


def count_answering(viewer: Viewer, network: Network) -> Answering | None:
    """How the network answers, as far as its last questions tell; None where nobody has asked yet. Raises NotAllowed."""
    check_entry(viewer, network)
    rows = db.session.execute(_ANSWERING, {"network_id": network.id}).all()
    if not rows:
        return None
    since = clock.now() - LONG_AGO
    times = [row.first_at - row.created_at for row in rows if row.first_at and row.created_at >= since]
    hours = max(0, round(median(times).total_seconds() / 3600)) if times else None
    return Answering(rows[0].open, rows[0].unanswered, hours)


def _answering_statement() -> Select[Any]:
    here = Thread.network_id == bindparam("network_id")
    there = (
        here,
        Thread.kind == ThreadKind.QUESTION,
        Thread.hidden_at.is_(None),
        Thread.merged_into_id.is_(None),
    )
    # Chosen first, so that the first answer is looked for in these alone.
    last = select(Thread.id, Thread.created_at, Thread.author_id).where(*there).order_by(Thread.created_at.desc()).limit(COUNTED).subquery()
    first = (
        select(Post.created_at)
        .where(Post.thread_id == last.c.id, Post.number > 1, Post.hidden_at.is_(None), Post.deleted_at.is_(None))
        .where(Post.author_id != last.c.author_id, Post.created_at >= last.c.created_at)  # earlier ones came with a merge
        .order_by(Post.number)
        .limit(1)
        .correlate(last)
        .scalar_subquery()
    )
    unanswered = func.coalesce(func.sum(case((nobody_answered(), 1), else_=0)), 0)
    open_ones = select(func.count().label("open"), unanswered.label("unanswered")).where(here, is_open()).subquery()
    columns = (last.c.created_at, first.label("first_at"), open_ones.c.open, open_ones.c.unanswered)
    return select(*columns).join_from(last, open_ones, true())


# Built once: building it costs more than running it.
_ANSWERING = _answering_statement()


def let_go_of_expert(thread: Thread) -> None:
    """Nobody is asked to answer what she cannot read (any more): the question waits for anybody's answer again."""
    member = select(Membership.id).where(
        Membership.user_id == thread.handed_to_id,
        Membership.network_id == thread.network.id,
        Membership.state == MembershipState.ACTIVE,
    )
    if thread.handed_to_id is not None and db.session.scalar(member) is None:
        thread.handed_to_id = None


def list_experts(viewer: Viewer, thread: Thread) -> list[Any]:
    """The experts, with whether each may read the thread: those who are members of its network."""
    there = and_(Membership.user_id == User.id, Membership.network_id == thread.network_id, Membership.state == MembershipState.ACTIVE)
    in_force = or_(RoleGrant.valid_until.is_(None), RoleGrant.valid_until > clock.now())
    experts = select(RoleGrant.user_id).where(RoleGrant.role.in_([Grant.EXPERT, Grant.EDITOR]), in_force)
    name = (User.first_name + " " + User.last_name).label("name")
    return list(
        db.session.execute(
            select(User.id, name, User.job_title, Membership.user_id.is_not(None).label("reads"))
            .outerjoin(Membership, there)
            .where(User.id.in_(experts), User.state == UserState.ACTIVE, User.id.not_in([viewer.user_id or 0, thread.author_id]))
            .order_by(Membership.user_id.is_(None), User.last_name, User.first_name, User.id)
        ).all()
    )

"""Who may. Moderators act in their own networks, and nobody on a report about an own message (I-28)."""

from sqlalchemy import ColumnElement, and_, false, or_, select

from extranet.core.viewer import Viewer
from extranet.discussions import policy as discussions
from extranet.discussions.models import Post, Thread
from extranet.moderation.models import Case, CaseState, Report


def can_report(viewer: Viewer, post: Post) -> bool:
    """Members who read the message, but not its author."""
    is_there = not post.is_hidden and not post.is_deleted
    return is_there and post.author_id != viewer.user_id and discussions.can_reply(viewer, post.thread)


def can_handle(viewer: Viewer, case: Case) -> bool:
    """Moderators of the network where the message stands now, administrators who have entered it; never its author (I-28)."""
    return case.post.author_id != viewer.user_id and discussions.can_moderate(viewer, case.post.thread)


handles_in = discussions.moderated_in  # where cases can wait for the viewer


def handled_by(viewer: Viewer) -> ColumnElement[bool]:
    """`can_handle`, as a where-clause on Case."""
    kept = handles_in(viewer)
    if not kept:
        return false()
    posts = select(Post.id).join(Thread, Thread.id == Post.thread_id)
    return Case.post_id.in_(posts.where(Thread.network_id.in_(kept), discussions.visible_to(viewer), Post.author_id != viewer.user_id))


def is_party(viewer: Viewer, case: Case) -> bool:
    """The author of the message and those who reported it read the decision, also when they can no longer read the message."""
    if not viewer.is_signed_in:
        return False
    return case.post.author_id == viewer.user_id or any(report.reporter_id == viewer.user_id for report in case.reports)


def can_read_decision(viewer: Viewer, case: Case) -> bool:
    """Who is concerned, once it is decided. That a case is open is known to those who reported and to the moderators."""
    return is_party(viewer, case) and not case.is_open


def decided_for(viewer: Viewer) -> ColumnElement[bool]:
    """`can_read_decision`, as a where-clause on Case."""
    if not viewer.is_signed_in:
        return false()
    mine = select(Post.id).where(Post.author_id == viewer.user_id)
    reported = select(Report.case_id).where(Report.reporter_id == viewer.user_id)
    return and_(Case.state != CaseState.OPEN, or_(Case.post_id.in_(mine), Case.id.in_(reported)))


def can_ask_review(viewer: Viewer, case: Case) -> bool:
    """Those against whom it was decided: the author of an upheld report, the reporters of a rejected one."""
    if not can_read_decision(viewer, case):
        return False
    is_author = case.post.author_id == viewer.user_id
    return is_author if case.state == CaseState.UPHELD else not is_author


def can_claim(viewer: Viewer, case: Case) -> bool:
    """Taking a case up: those who may decide it as it stands now, also at the second look."""
    return can_review(viewer, case) if case.waits_for_review else can_handle(viewer, case)


def can_review(viewer: Viewer, case: Case) -> bool:
    """Another moderator than the one who decided (domain.md §6.7)."""
    return can_handle(viewer, case) and viewer.user_id not in (case.decided_by_id, case.review_asked_by_id)

"""What you can do. verb(viewer, thing, **data): checked, done, recorded."""

from sqlalchemy import select

from extranet.audit.log import action
from extranet.core import clock
from extranet.core.db import db
from extranet.core.errors import Refused
from extranet.core.i18n import N_
from extranet.core.i18n import gettext as _
from extranet.core.viewer import Viewer
from extranet.discussions import actions as discussions
from extranet.discussions.counting import lock_post
from extranet.discussions.models import Post
from extranet.moderation import policy, queries
from extranet.moderation.models import Case, CaseState, Outcome, Reason, Report
from extranet.notifications.notify import notify, withdraw


@action(policy.can_report, "why")
def report(viewer: Viewer, post: Post, *, why: Reason, words: str = "") -> Case:
    """Tell the moderators of a message that should not stand so. Several reports of one message make one case."""
    assert viewer.user_id is not None  # noqa: S101  can_report asks for a member
    lock_post(post)  # one case a message, whoever else reports it at this moment
    if not policy.can_report(viewer, post):
        raise Refused(_("This was done a moment ago already. Open the page again to see how it is now."))
    case = db.session.scalar(select(Case).where(Case.post_id == post.id, Case.state == CaseState.OPEN))
    if case is None:
        case = Case(post=post, body_html=post.body_html)
        db.session.add(case)
        db.session.flush()
    elif db.session.scalar(select(Report.id).where(Report.case_id == case.id, Report.reporter_id == viewer.user_id)) is not None:
        raise Refused(_("You have reported this message already. A moderator looks at it, and you hear what is decided."))
    db.session.add(Report(case_id=case.id, reporter_id=viewer.user_id, reason=why, words=words))
    db.session.flush()
    _tell_handlers(viewer, case, "report", N_("A message was reported: %(title)s"))
    return case


@action(policy.can_claim)
def claim(viewer: Viewer, case: Case) -> None:
    """Take a case up, so that two do not write the same decision. It holds for a day."""
    _lock_case(case)
    if not case.is_open and not case.waits_for_review:
        raise Refused(_("This case has been decided already."))
    if case.is_held and case.claimed_by_id != viewer.user_id:
        raise Refused(_("Somebody else has taken this case up meanwhile."))
    case.claimed_by_id, case.claimed_at = viewer.user_id, clock.now()


@action(policy.can_claim)
def take_over(viewer: Viewer, case: Case, *, reason: str) -> None:
    """Take up a case that somebody else has taken up, with a word to her. Her claim ends; she keeps reading it."""
    _lock_case(case)
    if not case.is_open and not case.waits_for_review:
        raise Refused(_("This case has been decided already."))
    before, since = case.claimed_by_id, case.claimed_at
    if before is not None and since is not None and case.is_held and before != viewer.user_id:
        words = N_("%(who)s took over the report that you had taken up, “%(title)s”: %(reason)s")
        notify(
            viewer, {before}, "moderation.take_over", about=case, text=words, path=case.path, direct={before}, who=viewer.name,
            key=f"case:{case.id}:take_over:{int(since.timestamp())}:{viewer.user_id}", title=case.post.thread.title, reason=reason,
        )  # fmt: skip
    case.claimed_by_id, case.claimed_at = viewer.user_id, clock.now()


@action(policy.can_handle)
def release(viewer: Viewer, case: Case) -> None:
    """Leave a case that one has taken up to the others. Leaving it twice changes nothing."""
    _lock_case(case)
    if case.claimed_by_id not in (None, viewer.user_id):
        raise Refused(_("Somebody else has taken this case up meanwhile."))
    case.claimed_by_id = case.claimed_at = None


@action(policy.can_handle, "outcome")
def decide(viewer: Viewer, case: Case, *, outcome: Outcome, reason: str) -> None:
    """Decide a case; the author and those who reported are told why."""
    _lock_case(case)
    if not case.is_open:
        raise Refused(_("This case has been decided already."))
    _check_claim(viewer, case)
    case.state, case.outcome, case.statement = outcome.state, outcome, reason
    case.decided_by_id, case.decided_at = viewer.user_id, clock.now()
    case.claimed_by_id = case.claimed_at = None
    if outcome == Outcome.HIDE:
        _hide(viewer, case.post, reason)
    db.session.flush()
    withdraw("moderation_case", case.id, "moderation.report")
    _tell(viewer, case, "decide", N_("A moderator has decided about a report: %(title)s"))


@action(policy.can_ask_review)
def ask_review(viewer: Viewer, case: Case, *, words: str) -> None:
    """Ask another moderator to look again: once, within a month (domain.md §6.7)."""
    _lock_case(case)
    if not case.takes_review:
        raise Refused(_("A decision can be looked at again once, within 30 days."))
    case.review_asked_by_id, case.review_asked_at, case.review_words = viewer.user_id, clock.now(), words
    _tell_handlers(viewer, case, "ask_review", N_("Somebody asks for a second look at a decision: %(title)s"))


@action(policy.can_review, "outcome")
def review(viewer: Viewer, case: Case, *, outcome: Outcome, reason: str) -> None:
    """The second look: it stands as it was decided, or otherwise. All are told why."""
    _lock_case(case)
    if not case.waits_for_review:
        raise Refused(_("Nobody is waiting for a second look at this decision."))
    _check_claim(viewer, case)
    was = case.outcome
    case.outcome, case.state = outcome, outcome.state
    case.reviewed_by_id, case.reviewed_at, case.review_statement = viewer.user_id, clock.now(), reason
    case.claimed_by_id = case.claimed_at = None
    if outcome == Outcome.HIDE and was != Outcome.HIDE:
        _hide(viewer, case.post, reason)
    elif was == Outcome.HIDE and outcome != Outcome.HIDE:
        _restore(viewer, case.post, reason)
    db.session.flush()
    withdraw("moderation_case", case.id, "moderation.ask_review")
    _tell(viewer, case, "review", N_("Another moderator has looked at the decision again: %(title)s"))


def _hide(viewer: Viewer, post: Post, reason: str) -> None:
    """An opening goes with its whole discussion."""
    if post.is_opening and (post.is_deleted or not post.thread.is_hidden):
        discussions.hide(viewer, post.thread, reason=reason)
    elif not post.is_opening and not post.is_hidden:
        discussions.hide_post(viewer, post, reason=reason)


def _restore(viewer: Viewer, post: Post, reason: str) -> None:
    if post.is_deleted:  # its author's own wish
        return
    if post.is_opening and post.thread.is_hidden:
        discussions.restore(viewer, post.thread, reason=reason)
    elif not post.is_opening and post.is_hidden:
        discussions.restore_post(viewer, post, reason=reason)


def _tell(viewer: Viewer, case: Case, verb: str, text: str) -> None:
    people = {case.post.author_id} | {report.reporter_id for report in case.reports}
    notify(
        viewer,
        people,
        f"moderation.{verb}",
        about=case,
        text=text,
        path=f"{case.path}decision",
        key=f"case:{case.id}:{verb}",
        direct=people,
        title=case.post.thread.title,
    )


def _tell_handlers(viewer: Viewer, case: Case, verb: str, text: str) -> None:
    """Those who may decide it hear of it. Where nobody is left in the network, administrators hear that something waits there."""
    thread = case.post.thread
    people = queries.find_handlers(case.post) - {case.decided_by_id}
    key = f"case:{case.id}:{verb}"
    if people - {viewer.user_id}:
        notify(viewer, people, f"moderation.{verb}", about=case, text=text, path=case.path, key=key, title=thread.title)
        return
    words = N_("A report waits in %(network)s, and no moderator there may handle it.")
    path = f"{thread.network.path}enter-discussions"
    admins = queries.find_administrators() - {case.post.author_id}
    notify(viewer, admins, f"moderation.{verb}", about=thread.network, text=words, path=path, key=key, network=thread.network.name)


def _check_claim(viewer: Viewer, case: Case) -> None:
    if case.is_held and case.claimed_by_id != viewer.user_id:
        raise Refused(_("Somebody else has taken this case up meanwhile."))


def _lock_case(case: Case) -> None:
    """First the discussion, as whoever reports or hides does: who holds one waits for nobody who wants the other."""
    lock_post(case.post)
    names = ["state", "claimed_by_id", "claimed_at", "decided_at", "review_asked_at", "reviewed_at"]
    db.session.refresh(case, attribute_names=names, with_for_update=True)

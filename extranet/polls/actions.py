"""What you can do. verb(viewer, thing, **data): checked, done, recorded."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select

from extranet.audit.log import action
from extranet.core import clock
from extranet.core.db import db
from extranet.core.errors import Refused
from extranet.core.i18n import N_, ngettext
from extranet.core.i18n import gettext as _
from extranet.core.text import render_markdown
from extranet.core.viewer import Viewer
from extranet.discussions.models import Thread
from extranet.discussions.queries import people_of
from extranet.notifications.notify import notify
from extranet.polls import policy
from extranet.polls.models import Poll, PollKind, PollOption, Vote


@action(policy.can_create)
def create(
    viewer: Viewer, thread: Thread, *, question: str, kind: PollKind, options: Sequence[str], shows_names: bool, closes_at: datetime | None
) -> Poll:
    """Ask the readers of a thread; there is one poll a thread."""
    assert viewer.user_id is not None  # noqa: S101  can_create asks for a member
    db.session.refresh(thread, attribute_names=["closed_at", "has_poll"], with_for_update=True)
    if thread.is_closed:
        raise Refused(_("This discussion has been closed, so it takes no poll."))
    if thread.has_poll:
        raise Refused(_("This discussion has a poll already. Begin a new discussion for another one."))
    poll = Poll(thread=thread, created_by_id=viewer.user_id, question=question, kind=kind, shows_names=shows_names, closes_at=closes_at)
    poll.options = [PollOption(position=n, label=label) for n, label in enumerate(options)]
    thread.has_poll = True
    db.session.add(poll)
    return poll


@action(policy.can_manage)
def edit(
    viewer: Viewer, poll: Poll, *, question: str, kind: PollKind, options: Sequence[str], shows_names: bool, closes_at: datetime | None
) -> None:
    """Change a poll. Once somebody has voted, only its end can be moved: nobody's vote gets another meaning.

    What is over stays over: its result has been seen, and nobody votes with the crowd. Raises Refused.
    """
    _lock(poll)
    if not poll.is_open:
        raise Refused(_("The poll has been closed, so it stays as it is. Begin a new discussion for another one."))
    same = (question, kind, list(options), shows_names) == (poll.question, poll.kind, [o.label for o in poll.options], poll.shows_names)
    voters = db.session.scalar(select(func.count(Vote.user_id.distinct())).where(Vote.poll_id == poll.id)) or 0
    if voters and not same:
        raise Refused(
            ngettext(
                "%(num)s person has voted, so only the closing time can be changed. Close the poll and begin a new one if it must be otherwise.",
                "%(num)s people have voted, so only the closing time can be changed. Close the poll and begin a new one if it must be otherwise.",
                voters,
            )
        )
    poll.closes_at = closes_at
    if not same:
        poll.question, poll.kind, poll.shows_names = question, kind, shows_names
        old, first = list(poll.options), max(option.position for option in poll.options) + 1
        # Before the old ones go, so that none gets the number of one of them: a ballot that lies open still names those.
        poll.options.extend(PollOption(position=n, label=label) for n, label in enumerate(options, first))
        db.session.flush()
        for option in old:
            poll.options.remove(option)


@action(policy.can_vote)
def vote(viewer: Viewer, poll: Poll, *, chosen: Sequence[int]) -> None:
    """Vote, or vote otherwise, as long as the poll is open. chosen: ids of options, the most wanted first.

    A vote counts also after its voter has left the network or closed her account: she was a member when she gave it, and a result
    that others have seen does not change behind their backs. Where names show, a closed account's says only that it was a member's.
    """
    _lock(poll)
    if not poll.is_open or poll.thread.is_closed:
        raise Refused(_("The poll has been closed, so your vote was not counted."))
    known = set(db.session.scalars(select(PollOption.id).where(PollOption.poll_id == poll.id)))  # as they are under the lock
    if not chosen or len(set(chosen)) != len(chosen) or (poll.kind == PollKind.SINGLE and len(chosen) > 1):
        raise Refused(_("Choose one option.") if poll.kind == PollKind.SINGLE else _("Choose at least one option, and each one once."))
    if not known.issuperset(chosen):
        raise Refused(_("The poll has changed meanwhile. Look at it again and choose from what there is now."))
    db.session.execute(delete(Vote).where(Vote.poll_id == poll.id, Vote.user_id == viewer.user_id))
    ranks = enumerate(chosen, 1) if poll.kind == PollKind.RANKED else ((1, option_id) for option_id in chosen)
    db.session.add_all(Vote(poll_id=poll.id, option_id=option_id, user_id=viewer.user_id, rank=rank) for rank, option_id in ranks)


@action(policy.can_manage)
def close(viewer: Viewer, poll: Poll) -> None:
    """Take no more votes; everybody sees the result."""
    _lock(poll)
    poll.closed_at = poll.closed_at or clock.now()


@action(policy.can_manage)
def write_outcome(viewer: Viewer, poll: Poll, *, outcome: str) -> None:
    """Write what came of it; it stays on the thread, and those who took part hear of it."""
    _lock(poll)
    if poll.is_open:
        raise Refused(_("Close the poll first; then write what came of it."))
    poll.closed_at = poll.closed_at or poll.closes_at or clock.now()
    poll.outcome, poll.outcome_html = outcome, render_markdown(outcome)
    voters = set(db.session.scalars(select(Vote.user_id).where(Vote.poll_id == poll.id).distinct()))
    notify(
        viewer,
        voters | people_of(viewer, poll.thread),
        "polls.outcome",
        about=poll.thread,
        text=N_("What came of the poll: %(title)s"),
        path=poll.thread.path,
        key=f"poll:{poll.id}:outcome",
        title=poll.question,
    )


def _lock(poll: Poll) -> None:
    db.session.refresh(poll, attribute_names=["closes_at", "closed_at", "kind", "question"], with_for_update=True)

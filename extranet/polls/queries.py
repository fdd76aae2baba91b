"""What can you see? A poll with its results, as far as they may be shown."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import case, select
from sqlalchemy.orm import joinedload, selectinload

from extranet.accounts.models import User
from extranet.core.db import db
from extranet.core.errors import NotFound, demand
from extranet.core.viewer import Viewer
from extranet.discussions import naming
from extranet.discussions.models import Thread
from extranet.discussions.queries import get_thread, heir_of
from extranet.polls import counting, policy
from extranet.polls.counting import Round
from extranet.polls.models import Poll, PollKind, PollOption, Vote


@dataclass(frozen=True)
class Result:
    """How the votes fell. `mine`: the viewer's own options, best first; `names`: who chose what, where the poll shows that;
    `tied`: the options that share the most votes. Among ranked ones no two do: the rule for equals chooses (`counting`).

    Whoever asked without her name votes without it too (D12), and stands last: a place among the others' names would tell hers.
    """

    voters: int
    mine: list[int]
    votes: dict[int, int]
    names: dict[int, list[str]]
    rounds: list[Round]
    winner: int | None
    is_shown: bool
    tied: Sequence[int] = ()

    def share(self, option_id: int) -> float:
        """Of all who voted, in percent."""
        return 100 * self.votes.get(option_id, 0) / self.voters if self.voters else 0.0


def get_poll(viewer: Viewer, poll_id: int) -> Poll:
    """The poll with its options and thread. Raises NotFound."""
    loads = (joinedload(Poll.thread).joinedload(Thread.network), selectinload(Poll.options))
    poll = db.session.scalar(select(Poll).options(*loads).where(Poll.id == poll_id, policy.visible_to(viewer)))
    if poll is None:
        raise NotFound
    return poll


def get_poll_to_manage(viewer: Viewer, poll_id: int) -> Poll:
    """The poll for its form. Raises NotFound, NotAllowed."""
    poll = get_poll(viewer, poll_id)
    demand(policy.can_manage(viewer, poll), "polls.edit")
    return poll


def get_thread_to_ask_in(viewer: Viewer, thread_id: int) -> Thread:
    """The thread that gets a poll. Raises NotFound, NotAllowed."""
    thread = get_thread(viewer, thread_id)
    demand(policy.can_create(viewer, thread), "polls.create")
    return thread


def get_poll_of(viewer: Viewer, thread_id: int) -> Poll:
    """The poll of that thread. Raises NotFound."""
    poll_id = db.session.scalar(select(Poll.id).where(Poll.thread_id == heir_of(thread_id)))
    return get_poll(viewer, poll_id or 0)


def find_poll_in(viewer: Viewer, thread: Thread) -> Poll | None:
    """The poll with its options, of a thread that the viewer has opened; one query."""
    wanted = select(Poll).options(joinedload(Poll.options)).where(Poll.thread_id == thread.id, policy.visible_to(viewer))
    return db.session.scalars(wanted).unique().one_or_none()


def count(viewer: Viewer, poll: Poll) -> Result:
    """How the votes fell. Where they may not be shown yet, only how many have voted and the viewer's own."""
    unnamed = case((naming.has_no_name(poll.thread_id, Vote.user_id), 1), else_=0).label("is_unnamed")
    rows = db.session.execute(
        select(Vote.option_id, Vote.user_id, Vote.rank, (User.first_name + " " + User.last_name).label("name"), unnamed)
        .join(User, User.id == Vote.user_id)
        .where(Vote.poll_id == poll.id)
        .order_by(unnamed, Vote.rank, User.last_name, User.first_name, Vote.user_id)
    ).all()
    ballots: dict[int, list[int]] = defaultdict(list)
    names: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        ballots[row.user_id].append(row.option_id)
        if row.rank == 1:
            is_known = not row.is_unnamed or naming.may_know(viewer, poll.network_id, row.user_id)
            names[row.option_id].append(row.name if is_known else naming.somebody())
    mine = ballots.get(viewer.user_id or 0, [])
    if not policy.sees_results(poll, bool(mine)):
        return Result(len(ballots), mine, {}, {}, [], None, False)
    ids = [option.id for option in poll.options]
    rounds = counting.run_off(ids, list(ballots.values())) if poll.kind == PollKind.RANKED else []
    votes = {i: sum(1 for row in rows if row.option_id == i and row.rank == 1) for i in ids}
    best = max(votes.values(), default=0)
    leaders = [i for i in ids if votes[i] == best and best]
    winner = counting.winner_of(rounds) if rounds else leaders[0] if len(leaders) == 1 else None
    tied = leaders if len(leaders) > 1 and not rounds else ()
    return Result(len(ballots), mine, votes, names if poll.shows_names else {}, rounds, winner, True, tied)


def labels(poll: Poll) -> dict[int, str]:
    """The options' words by id."""
    options: list[PollOption] = poll.options
    return {option.id: option.label for option in options}

"""What the demo has of polls."""

from extranet.core.db import db
from extranet.demo.cast import Cast
from extranet.demo.discussions import add_thread
from extranet.discussions.models import Thread
from extranet.polls.models import Poll, PollKind, PollOption, Vote


def add_to_cast(cast: Cast) -> None:
    """The one that the tests know by name: medlem asks, nobody has voted yet."""
    hr = cast.networks["hr"].id
    thread = add_thread(hr, cast.people["medlem"].id, "Vilken dag passar höstträffen?", ["Rösta, så bestämmer vi."], days=2)
    poll = add_poll(thread, cast.people["medlem"].id, "Vilken dag passar bäst?", ["Tisdag", "Onsdag", "Torsdag"], PollKind.SINGLE)
    cast.things["poll_thread"] = thread.id
    cast.things["hr_poll"] = poll.id


def add_poll(thread: Thread, author_id: int, question: str, options: list[str], kind: PollKind, shows_names: bool = False) -> Poll:
    """An open poll of that thread."""
    thread.has_poll = True
    poll = Poll(thread_id=thread.id, created_by_id=author_id, question=question, kind=kind, shows_names=shows_names)
    poll.options = [PollOption(position=n, label=label) for n, label in enumerate(options)]
    db.session.add(poll)
    db.session.flush()
    return poll


def add_vote(poll: Poll, user_id: int, *chosen: int) -> None:
    """Somebody's ballot: positions of options, the most wanted first."""
    ids = [option.id for option in poll.options]
    is_ranked = poll.kind == PollKind.RANKED
    db.session.add_all(
        Vote(poll_id=poll.id, user_id=user_id, option_id=ids[n], rank=place if is_ranked else 1) for place, n in enumerate(chosen, 1)
    )

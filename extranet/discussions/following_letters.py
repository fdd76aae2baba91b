"""Letters with the post itself, and what their foot leads to. Rights are asked when a letter is written, sent and used."""

from dataclasses import dataclass
from typing import Any

from flask import current_app
from flask_babel import LazyString
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from extranet.accounts.models import User
from extranet.core.db import db
from extranet.core.i18n import DEFAULT_LANGUAGE, in_language
from extranet.core.i18n import lazy_gettext as _l
from extranet.core.viewer import Viewer
from extranet.discussions import following_actions, following_policy, following_queries, naming, policy, post_extras
from extranet.discussions.following_links import LETTER, letter_path, read_token, reply_address
from extranet.discussions.following_models import Because, Level
from extranet.discussions.following_queries import Hears
from extranet.discussions.following_text import html_of, text_of
from extranet.discussions.models import Post, Thread
from extranet.discussions.queries import heir_of
from extranet.networks.access import viewer_for
from extranet.notifications.letters import Form

# Of these, following decides. Of what is said to the person herself she hears unless she has muted it; what moderators decide always comes.
FOLLOWED = ("discussions.reply", "discussions.start")
ADDRESSED = ("discussions.mention", "discussions.accept")

REASONS = {
    Because.CHOSEN: _l("You get this letter because you watch the discussion."),
    Because.MUTED: _l("You get this letter because it concerns you."),
    Because.STARTED: _l("You get this letter because you started the discussion."),
    Because.WROTE: _l("You get this letter because you have written in the discussion."),
    Because.NETWORK: _l("You get this letter because you follow the discussions of the network."),
    Because.MEMBER: _l("You get this letter because you are a member of the network."),
}
MENTIONED = _l("You get this letter because somebody mentioned you.")
CONCERNED = _l("You get this letter because it concerns you.")


@dataclass(frozen=True)
class Letters:
    """Somebody's letters about one thread; the thread is None where she may not see it any more."""

    reader: Viewer
    thread: Thread | None


def form_of(reader: Viewer, kind: str, thread_id: int, params: dict[str, Any]) -> Form | None:
    """What the letter of a notification looks like; None if it may not go: the post was hidden, or she has muted it since."""
    post_id = params.get("post")
    if not post_id:
        return _notice(reader, thread_id) if kind in ADDRESSED else Form()
    found = _find_post(reader, post_id)
    if found is None:
        return None
    post, author = found
    thread = post.thread
    hears = following_queries.hears_of(reader, thread)
    if not _is_wanted(reader, kind, thread, hears):
        return None
    assert reader.user_id is not None  # noqa: S101  can_read_post asks for a person
    of_network = kind == "discussions.start" and hears.because in (Because.MEMBER, Because.NETWORK)
    can_reply = policy.can_reply(reader, thread) and not thread.is_closed
    reply_to = reply_address(reader.user_id, thread.id) if can_reply else ""
    stop = letter_path(reader.user_id, thread.id) + ("?of=network" if of_network else "")
    return Form(
        template="discussions/mail/post",
        reply_to=reply_to,
        unsubscribe=current_app.config["BASE_URL"] + stop,
        conversation=f"thread-{thread.id}",
        context={
            "text": text_of(post.body, thread.path),
            "html": html_of(_with_titles(reader, post.body_html), thread.path),
            "files": post_extras.list_files(post.id) if post.has_files else [],
            "thread": thread,
            "network": thread.network,
            # A letter is passed on easily: it never says who asked without a name, to moderators neither.
            "author": naming.somebody() if post.is_unnamed else author,
            "is_start": post.is_opening,
            "takes_reply": bool(reply_to),
            "because": _because(kind, hears),
            "stop": stop,
            "of_network": of_network,
        },
    )


def _find_post(reader: Viewer, post_id: int) -> tuple[Post, str] | None:
    """The post with its thread, and its author's name, if it may go to the reader now."""
    row = db.session.execute(
        select(Post, User.first_name + " " + User.last_name)
        .join(User, User.id == Post.author_id)
        .options(joinedload(Post.thread).joinedload(Thread.network))
        .where(Post.id == post_id)
    ).one_or_none()
    if row is None or row[0].is_hidden or row[0].is_deleted or not policy.can_read_post(reader, row[0]):
        return None
    return (row[0], row[1]) if following_policy.can_follow(reader, row[0].thread) else None


def _notice(reader: Viewer, thread_id: int) -> Form | None:
    """A letter of one sentence, which she can stop like the others of the thread."""
    thread = db.session.scalar(select(Thread).options(joinedload(Thread.network)).where(Thread.id == thread_id, policy.visible_to(reader)))
    if thread is None or reader.user_id is None or not following_policy.can_follow(reader, thread):
        return None
    if following_queries.hears_of(reader, thread).level == Level.MUTE:
        return None
    stop = letter_path(reader.user_id, thread.id)
    return Form(
        template="discussions/mail/notice",
        unsubscribe=current_app.config["BASE_URL"] + stop,
        conversation=f"thread-{thread.id}",
        context={"because": CONCERNED, "stop": stop},
    )


def _is_wanted(reader: Viewer, kind: str, thread: Thread, hears: Hears) -> bool:
    """Whether she still hears of it: she may have chosen less since."""
    if kind in ADDRESSED:
        return hears.level != Level.MUTE
    if kind not in FOLLOWED:
        return True
    if kind == "discussions.reply":
        return hears.level == Level.WATCH
    return hears.level != Level.MUTE and following_queries.hears_of_network(reader, thread.network) != Level.MUTE


def _with_titles(reader: Viewer, html: str) -> str:
    """Bare addresses of ours under the titles of the pages that the reader may open."""
    with in_language(reader.language or DEFAULT_LANGUAGE):
        return post_extras.name_links(reader, html)


def _because(kind: str, hears: Hears) -> LazyString:
    if kind in FOLLOWED:
        return REASONS[hears.because]
    return MENTIONED if kind.endswith(".mention") else CONCERNED


def open_letter(token: str) -> Letters | None:
    """Whose letters and of which thread; None for a word that is not ours, or of somebody who has no account any more."""
    found = read_token(LETTER, token)
    reader = viewer_for(found[0]) if found else None
    if found is None or reader is None or not reader.is_signed_in:
        return None
    thread = db.session.scalar(
        select(Thread).options(joinedload(Thread.network)).where(Thread.id == heir_of(found[1]), policy.visible_to(reader))
    )  # fmt: skip
    return Letters(reader, thread if thread and following_policy.can_follow(reader, thread) else None)


def hears(letters: Letters, of_network: bool) -> Hears | None:
    """What the reader hears now; None where she may not see the thread, and so hears of nothing."""
    if letters.thread is None:
        return None
    if of_network:
        level = following_queries.network_levels([letters.reader.user_id or 0], letters.thread.network_id).get(letters.reader.user_id or 0)
        return Hears(level or Level.NORMAL, Because.NETWORK if level else Because.MEMBER)
    return following_queries.hears_of(letters.reader, letters.thread)


def choose(letters: Letters, *, level: Level, of_network: bool) -> None:
    """Change it, from the letter: the secret word stands for the reader. Nothing to change where she may not see the thread."""
    if letters.thread is None:
        return
    if of_network:
        following_actions.follow_network(letters.reader, letters.thread.network, level=level)
    else:
        following_actions.follow(letters.reader, letters.thread, level=level)

"""Members of the network who are named in a post: found when it is written, told once (T24, T25)."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import or_, select

from extranet.accounts.models import User, UserState
from extranet.core.db import db
from extranet.core.i18n import N_
from extranet.core.viewer import Viewer
from extranet.discussions import following_queries, naming
from extranet.discussions.mention_models import Mention
from extranet.discussions.models import Post
from extranet.discussions.writing_text import MOST_MENTIONS, list_mentioned, possible_names, render_post
from extranet.jobs.queue import insert
from extranet.networks.models import Membership, MembershipState
from extranet.notifications.notify import notify

OFFERED = 8
_NAME = User.first_name + " " + User.last_name


def render(network_id: int, body: str) -> tuple[str, Mapping[str, int]]:
    """The post as HTML, and the members of that network whom it mentions, by name."""
    names = find_members(network_id, body)
    return render_post(body, names), names


def find_members(network_id: int, body: str) -> dict[str, int]:
    """Active members of the network whom a text mentions. Of two with one name it takes the one whose number stands behind it."""
    mentioned = list_mentioned(body)[:MOST_MENTIONS]
    if not mentioned:
        return {}
    numbers = {name: number for name, number in mentioned if number}
    wanted = {name for words, _number in mentioned for name in possible_names(words)}
    rows = db.session.execute(_members(network_id).where(_NAME.in_(sorted(wanted))).order_by(User.id.desc())).all()
    return {row.name: row.id for row in rows if numbers.get(row.name) in (None, row.id)}


def offer(viewer: Viewer, network_id: int, begun: str) -> list[Any]:
    """Members whose first or last name begins so, for the list under the editor; the viewer herself is left out."""
    words = [word for word in begun.split() if word][:3]
    if not words:
        return []
    wanted = _members(network_id).where(User.id != viewer.user_id)
    for word in words:
        spellings = {word, word.capitalize(), word.casefold()}
        wanted = wanted.where(
            or_(*(part.istartswith(one, autoescape=True) for one in sorted(spellings) for part in (User.first_name, User.last_name)))
        )
    return list(db.session.execute(wanted.order_by(User.last_name, User.first_name, User.id).limit(OFFERED)).all())


def remember(viewer: Viewer, post: Post, names: Mapping[str, int]) -> None:
    """Keep whom a post mentions, and tell them, before others hear of the post: whoever has been told is not told again.

    However often it is changed, it calls no more than MOST_MENTIONS people in all.
    """
    if not names:
        return
    told = set(db.session.scalars(select(Mention.user_id).where(Mention.post_id == post.id)))
    new = set(sorted(set(names.values()) - told)[: max(0, MOST_MENTIONS - len(told))])
    if not new:
        return
    db.session.execute(insert(Mention).values([{"post_id": post.id, "user_id": person} for person in sorted(new)]).on_conflict_do_nothing())
    if not post.is_hidden:
        tell(viewer, post, new)


def tell(viewer: Viewer, post: Post, people: set[int]) -> None:
    """Tell people that a post mentions them: those who may read it now and have not muted it."""
    people = following_queries.without_muted(post.thread, people)
    notify(
        viewer,
        people,
        "discussions.mention",
        about=post.thread,
        text=N_("%(who)s mentioned you: %(title)s"),
        path=post.path,
        key=f"thread:{post.thread_id}" if post.is_opening else f"post:{post.id}",
        direct=people,
        who=naming.SOMEBODY if post.is_unnamed else viewer.name,
        title=post.thread.title,
        post=post.id,
    )


def _members(network_id: int) -> Any:
    return (
        select(User.id, _NAME.label("name"), User.job_title)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.network_id == network_id, Membership.state == MembershipState.ACTIVE, User.state == UserState.ACTIVE)
    )

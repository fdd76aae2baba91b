"""What happens later: members hear of a new thread, followers of replies; old drafts are forgotten."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, Text, cast, select

from extranet.core.viewer import Viewer
from extranet.discussions import attachments, drafts, following, following_letters, policy, queries
from extranet.discussions.models import Post, Thread
from extranet.jobs.queue import every, task
from extranet.networks.titles import titled
from extranet.notifications.letters import Form, letter
from extranet.notifications.notify import subject
from extranet.storage import sweep

every("discussions.sweep_drafts", at="04:15")
sweep.keeper(attachments.list_stored, attachments.list_all_stored)


@task("discussions.tell_members")
def tell_members(thread_id: int) -> None:
    """Tell the network's members of a new thread."""
    following.tell_members(thread_id)


@task("discussions.tell_followers")
def tell_followers(post_id: int) -> None:
    """Tell the followers of a thread of a reply."""
    following.tell_followers(post_id)


@task("discussions.sweep_drafts")
def sweep_drafts() -> None:
    """Forget drafts that nobody has touched for half a year."""
    drafts.forget_old()


@subject("thread")
def visible(viewer: Viewer, ids: Collection[int]) -> Select[int]:
    """Which of the threads the person may see now."""
    return queries.select_visible(viewer, ids)


@letter("thread")
def form_of(reader: Viewer, kind: str, thread_id: int, params: dict[str, Any]) -> Form | None:
    """Letters about a thread bring the post itself."""
    return following_letters.form_of(reader, kind, thread_id, params)


@titled("thread", r"/discussions/(\d+)/")
def titles(viewer: Viewer, ids: Collection[int]) -> Select[int, str]:
    """What a link to a thread is called."""
    return select(Thread.id, cast(Thread.title, Text)).where(Thread.id.in_(ids), policy.visible_to(viewer))


@titled("post", r"/discussions/posts/(\d+)")
def post_titles(viewer: Viewer, ids: Collection[int]) -> Select[int, str]:
    """What a link to a message is called: as its thread."""
    shown = (Post.hidden_at.is_(None), Post.deleted_at.is_(None))
    return select(Post.id, cast(Thread.title, Text)).join(Thread).where(Post.id.in_(ids), *shown, policy.visible_to(viewer))

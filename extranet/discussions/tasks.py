"""What happens later: members hear of a new thread."""

from collections.abc import Collection

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from extranet.core.db import db
from extranet.core.i18n import N_
from extranet.core.viewer import Viewer
from extranet.discussions import queries
from extranet.discussions.models import Thread
from extranet.jobs.queue import task
from extranet.networks.access import viewer_for
from extranet.networks.models import Membership, MembershipState
from extranet.notifications.notify import notify, subject


@task("discussions.tell_members")
def tell_members(thread_id: int) -> None:
    """Tell the network's members of a new thread, unless it was hidden or removed meanwhile."""
    thread = db.session.scalar(select(Thread).options(joinedload(Thread.network), joinedload(Thread.author)).where(Thread.id == thread_id))
    if thread is None or thread.is_hidden:
        return
    members = db.session.scalars(
        select(Membership.user_id).where(Membership.network_id == thread.network_id, Membership.state == MembershipState.ACTIVE)
    )
    notify(
        viewer_for(thread.author_id),
        set(members) - {thread.author_id},
        "discussions.start",
        about=thread,
        text=N_("%(who)s started a discussion: %(title)s"),
        path=thread.path,
        key=f"thread:{thread.id}",
        who=thread.author.name,
        title=thread.title,
    )


@subject("thread")
def visible(viewer: Viewer, ids: Collection[int]) -> Select[int]:
    """Which of the threads the person may see now."""
    return queries.select_visible(viewer, ids)

"""What you can do: choose how much you hear. verb(viewer, thing, **data): checked, done, recorded."""

from sqlalchemy import delete

from extranet.audit.log import action
from extranet.core import clock
from extranet.core.db import db
from extranet.core.viewer import Viewer
from extranet.discussions import following_policy
from extranet.discussions.following_models import Level, NetworkFollow, ThreadFollow
from extranet.discussions.models import Thread
from extranet.jobs.queue import insert
from extranet.networks.models import Network


@action(following_policy.can_follow, "level")
def follow(viewer: Viewer, thread: Thread, *, level: Level | None) -> None:
    """Choose how much the viewer hears of a thread; None goes back to what follows from taking part and from the network."""
    if level is None:
        db.session.execute(delete(ThreadFollow).where(ThreadFollow.thread_id == thread.id, ThreadFollow.user_id == viewer.user_id))
        return
    added = insert(ThreadFollow).values(user_id=viewer.user_id, thread_id=thread.id, level=level, at=clock.now())
    newer = {"level": added.excluded.level, "at": added.excluded.at}
    db.session.execute(added.on_conflict_do_update(index_elements=["user_id", "thread_id"], set_=newer))


@action(following_policy.can_follow_network, "level")
def follow_network(viewer: Viewer, network: Network, *, level: Level) -> None:
    """Choose how much the viewer hears of a network's discussions."""
    added = insert(NetworkFollow).values(user_id=viewer.user_id, network_id=network.id, level=level, at=clock.now())
    newer = {"level": added.excluded.level, "at": added.excluded.at}
    db.session.execute(added.on_conflict_do_update(index_elements=["user_id", "network_id"], set_=newer))

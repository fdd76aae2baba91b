"""How authors hear what a moderator did to their discussion."""

from collections.abc import Collection
from typing import Any

from extranet.core.viewer import Viewer
from extranet.discussions.change_models import ThreadChange
from extranet.notifications.notify import notify


def tell(viewer: Viewer, change: ThreadChange, people: Collection[int], text: str, **params: Any) -> None:
    """Tell those people once of the change. `about` and `path`: where they read of it, if not in the thread that goes on."""
    about, path = params.pop("about", change.thread), params.pop("path", change.thread.path)
    verb = params.pop("verb", change.kind.value)
    notify(
        viewer, people, f"discussions.{verb}", about=about, text=text, path=path, key=f"change:{change.id}:{verb}", direct=people, **params
    )

"""Who may see what a notification about a case leads to."""

from collections.abc import Collection

from sqlalchemy import Select

from extranet.core.viewer import Viewer
from extranet.moderation import queries
from extranet.notifications.notify import subject


@subject("moderation_case")
def visible(viewer: Viewer, ids: Collection[int]) -> Select[int]:
    """Which of the cases the person may open now."""
    return queries.select_visible(viewer, ids)

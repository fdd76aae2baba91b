"""Who may. A feed is one person's own."""

from sqlalchemy import ColumnElement, false

from extranet.calendars.models import Feed
from extranet.core.viewer import Viewer


def can_renew(viewer: Viewer, _nothing: None) -> bool:
    """Whoever is signed in has a feed of her own."""
    return viewer.is_signed_in


def can_see(viewer: Viewer, feed: Feed) -> bool:
    """One's own."""
    return viewer.is_signed_in and feed.user_id == viewer.user_id


def visible_to(viewer: Viewer) -> ColumnElement[bool]:
    """`can_see`, as a where-clause on Feed."""
    return Feed.user_id == viewer.user_id if viewer.is_signed_in else false()


can_choose = can_see
can_stop = can_see

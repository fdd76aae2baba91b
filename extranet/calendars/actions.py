"""What you can do with your feed: have an address or a new one, choose what it holds, stop it."""

import secrets

from extranet.accounts.tokens import hash_token
from extranet.audit.log import action
from extranet.calendars import policy, queries
from extranet.calendars.links import make_token
from extranet.calendars.models import Feed, FeedHolds
from extranet.core import clock
from extranet.core.db import db
from extranet.core.viewer import Viewer


@action(policy.can_renew)
def renew(viewer: Viewer, _nothing: None, /) -> Feed:
    """Make a secret address. One that there was opens nothing from now on."""
    feed = queries.find_feed(viewer)
    if feed is None:
        feed = Feed(user_id=viewer.user_id)
        db.session.add(feed)
    feed.salt = secrets.token_urlsafe(32)
    feed.token_hash = hash_token(make_token(feed.salt))
    feed.created_at = clock.now()
    db.session.flush()
    return feed


@action(policy.can_choose, "holds")
def choose(viewer: Viewer, feed: Feed, *, holds: FeedHolds) -> None:
    """Only the own sign-ups, or every coming event that is meant for the person."""
    feed.holds = holds


@action(policy.can_stop)
def stop(viewer: Viewer, feed: Feed) -> None:
    """Have no address any more."""
    db.session.delete(feed)

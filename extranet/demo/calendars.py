"""Calendar feeds of a few."""

from extranet.accounts.tokens import hash_token
from extranet.calendars.links import make_token
from extranet.calendars.models import Feed, FeedHolds
from extranet.core.db import db
from extranet.demo.cast import Cast


def add_to_cast(cast: Cast) -> None:
    """One that the tests know by name; the address is not secret in a demo whose secret key is known only to itself."""
    for name, holds in (("member", FeedHolds.OWN), ("medlem", FeedHolds.ALL)):
        token = make_token(f"demo-{name}")
        db.session.add(Feed(user_id=cast.people[name].id, holds=holds, salt=f"demo-{name}", token_hash=hash_token(token)))
        cast.things[f"{name}_feed"] = token

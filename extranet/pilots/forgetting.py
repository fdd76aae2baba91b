"""What is not kept: links that are no longer good, words that were never sent, addresses of people from outside."""

from datetime import timedelta

from sqlalchemy import delete, select, update

from extranet.core import clock
from extranet.core.db import db
from extranet.pilots.models import Pilot, PilotComment, PilotLink, PilotReview

KEPT = timedelta(days=90)


def forget_links(review_id: int) -> None:
    """Make every link of the review dead."""
    db.session.execute(delete(PilotLink).where(PilotLink.review_id == review_id))


def forget_guests() -> None:
    """Ninety days after a pilot closed: no addresses and links any more, nor names and words of those who sent nothing."""
    over = select(Pilot.id).where(Pilot.closed_at < clock.now() - KEPT)
    of_them = PilotReview.pilot_id.in_(over)
    silent = select(PilotReview.id).where(of_them, PilotReview.submitted_at.is_(None))
    db.session.execute(delete(PilotLink).where(PilotLink.review_id.in_(select(PilotReview.id).where(of_them))))
    db.session.execute(delete(PilotComment).where(PilotComment.review_id.in_(silent)))
    db.session.execute(
        update(PilotReview).where(of_them, PilotReview.submitted_at.is_(None), PilotReview.guest_name != "").values(guest_name="")
    )
    db.session.execute(update(PilotReview).where(of_them, PilotReview.email.is_not(None)).values(email=None))

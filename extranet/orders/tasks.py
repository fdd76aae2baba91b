"""What happens later: where copies went is forgotten after a year; how many and to which organisation stays."""

from sqlalchemy import or_, update

from extranet.core import clock
from extranet.core.db import db
from extranet.jobs.queue import every, task
from extranet.orders.actions import KEPT
from extranet.orders.models import PublicationOrder

every("orders.wipe", at="04:10")


@task("orders.wipe")
def wipe() -> None:
    """Delete the delivery data of what was sent or cancelled a year ago."""
    before = clock.now() - KEPT
    db.session.execute(
        update(PublicationOrder)
        .where(PublicationOrder.wiped_at.is_(None), or_(PublicationOrder.sent_at < before, PublicationOrder.cancelled_at < before))
        .values(receiver="", street="", postcode="", city="", contact_name="", contact_phone="", note="", wiped_at=clock.now())
    )

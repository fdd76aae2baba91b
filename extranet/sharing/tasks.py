"""What happens later: a letter goes only while its link opens something; old shares and their addresses are forgotten."""

from datetime import timedelta

from sqlalchemy import delete, or_, select

from extranet.core import clock
from extranet.core.db import db
from extranet.jobs.queue import every, task
from extranet.mail.outbox import guard
from extranet.sharing import queries
from extranet.sharing.models import Share, ShareItem

KEPT = timedelta(days=365)

every("sharing.sweep", at="04:05")


@guard("share")
def may_go(share_id: int) -> bool:
    """Asked at the moment of sending: the link still opens something (T23)."""
    share = queries.find_share(share_id)
    return share is not None and bool(queries.still_open(share))


@task("sharing.sweep")
def sweep() -> None:
    """Forget what ended a year ago, with the names and addresses in it."""
    before = clock.now() - KEPT
    old = select(Share.id).where(or_(Share.expires_at < before, Share.revoked_at < before))
    db.session.execute(delete(ShareItem).where(ShareItem.share_id.in_(old)))
    db.session.execute(delete(Share).where(or_(Share.expires_at < before, Share.revoked_at < before)))

"""Openings and downloads through a link are counted after the request: a GET changes nothing itself."""

from sqlalchemy import update

from extranet.core import clock
from extranet.core.db import after_transaction, db
from extranet.sharing.models import Share


def count_opening(share: Share) -> None:
    """One more has seen the page. How many, never who."""
    _count(share.id, opened_count=Share.opened_count + 1, last_opened_at=clock.now())


def count_download(share: Share) -> None:
    _count(share.id, download_count=Share.download_count + 1)


def _count(share_id: int, **values: object) -> None:
    def write() -> None:
        db.session.execute(update(Share).where(Share.id == share_id).values(**values))

    after_transaction(write)

"""What can you see? What was made of a file, for packages that know who may see that file."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import String, bindparam, select
from sqlalchemy.orm import selectinload

from extranet.core import clock
from extranet.core.db import db
from extranet.jobs.queue import enqueue, insert
from extranet.previews.models import Preview, PreviewPage, PreviewState

MAKER = 1  # raise it when what is made becomes better: files that are asked for again are made anew
LATE = timedelta(hours=1)


@dataclass(frozen=True)
class Look:
    """What a page shows of a preview, without its text."""

    state: PreviewState
    asked_at: datetime
    page_count: int = 0
    pages: tuple[PreviewPage, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)
    has_text: bool = False

    @property
    def is_late(self) -> bool:
        """It should have been made by now."""
        return self.state == PreviewState.PENDING and self.asked_at < clock.now() - LATE


def request(sha256: str, mime: str) -> None:
    """Have the preview of a stored file made, unless it is there or on its way. Part of the current transaction."""
    new = insert(Preview).values(
        sha256=sha256, mime=mime, state=PreviewState.PENDING, maker=0, attempts=0, page_count=0, text="", text_html="", facts={}, asked_at=clock.now()
    )  # fmt: skip
    db.session.execute(new.on_conflict_do_nothing())
    state, maker = db.session.execute(select(Preview.state, Preview.maker).where(Preview.sha256 == sha256)).one()
    if state == PreviewState.PENDING or maker < MAKER:
        enqueue("previews.make", dedupe=f"preview:{sha256}", sha256=sha256)


def get_preview(sha256: str) -> Preview | None:
    """All that was made of the file, its text included; None if nobody ever asked for it."""
    return db.session.scalar(select(Preview).where(Preview.sha256 == sha256).options(selectinload(Preview.pages)))


def look(sha256: str) -> Look | None:
    """What a page shows of it; one query that leaves the text where it is."""
    rows = db.session.execute(_LOOK, {"sha256": sha256}).all()
    if not rows:
        return None
    first = rows[0]
    pages = tuple(row.PreviewPage for row in rows if row.PreviewPage is not None)
    return Look(first.state, first.asked_at, first.page_count, pages, first.facts, first.has_text)


def find_page(sha256: str, number: int) -> PreviewPage | None:
    """The picture of one page of the file."""
    return db.session.get(PreviewPage, (sha256, number))


def list_stored(among: Collection[str]) -> set[str]:
    """Those of the stored files that are pictures of previews, by their hash."""
    return set(db.session.scalars(select(PreviewPage.sha256).where(PreviewPage.sha256.in_(among))))


def list_all_stored() -> Iterator[str]:
    """Every stored file that is a picture of a preview, by its hash."""
    yield from db.session.scalars(select(PreviewPage.sha256).distinct())


_LOOK = (
    select(Preview.state, Preview.asked_at, Preview.page_count, Preview.facts, (Preview.text != "").label("has_text"), PreviewPage)
    .outerjoin(PreviewPage, PreviewPage.preview_sha256 == Preview.sha256)
    .where(Preview.sha256 == bindparam("sha256", type_=String()))
    .order_by(PreviewPage.number)
)

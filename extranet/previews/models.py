"""What exists: what was made of a stored file, and the pictures of its first pages."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from extranet.core import clock
from extranet.core.db import Model, choice, link


class PreviewState(StrEnum):
    """`none`: nothing can be made of files of this type."""

    PENDING = "pending"
    READY = "ready"
    FAILED = "failed"
    NONE = "none"


class Preview(Model):
    """What was made of the file with that hash: its text, plain and as HTML, facts, and pictures.

    `page_count` is how many pages the file has, which may be more than there are pictures. In both texts a form feed
    stands between pages. `facts` are what extranet.previews.facts says; of a failed one `fault` says why. `attempts`
    counts the times that a child was started and gave no answer.
    """

    __tablename__ = "preview"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    mime: Mapped[str] = mapped_column(String(100))
    state: Mapped[PreviewState] = mapped_column(choice(PreviewState, "state"), default=PreviewState.PENDING, index=True)
    maker: Mapped[int] = mapped_column(default=0)
    attempts: Mapped[int] = mapped_column(default=0)
    page_count: Mapped[int] = mapped_column(default=0)
    text: Mapped[str] = mapped_column(Text, default="")
    text_html: Mapped[str] = mapped_column(Text, default="")
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)

    pages: Mapped[list["PreviewPage"]] = link(order_by="PreviewPage.number", cascade="all, delete-orphan")


class PreviewPage(Model):
    """The picture of one page, a file in the store."""

    __tablename__ = "preview_page"

    preview_sha256: Mapped[str] = mapped_column(ForeignKey("preview.sha256", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    size: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]

"""What exists: a network's pages, and every version of them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from extranet.accounts.models import User
from extranet.core import clock
from extranet.core.db import Model, choice, link
from extranet.core.text import CONTENT_LANGUAGES, LocalText
from extranet.networks.models import InNetwork


class PageState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"


class NetworkPage(InNetwork, Model):
    """One page in Finnish and Swedish. `lock_version` counts its saves; a form says which one it began from."""

    __tablename__ = "network_page"
    __table_args__ = (
        Index(
            "uq_network_page_network_id_slug",
            "network_id",
            "slug",
            unique=True,
            sqlite_where=text("deleted_at IS NULL"),
            postgresql_where=text("deleted_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(90))
    title: Mapped[LocalText]
    body: Mapped[LocalText] = mapped_column(default=LocalText)
    body_html: Mapped[LocalText] = mapped_column(default=LocalText)
    missing: Mapped[list[str]] = mapped_column(default=list)  # content languages that title or body lacks
    position: Mapped[int] = mapped_column(default=0)
    state: Mapped[PageState] = mapped_column(choice(PageState, "state"), default=PageState.DRAFT)
    is_public: Mapped[bool] = mapped_column(default=False)
    lock_version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    updated_at: Mapped[datetime] = mapped_column(default=clock.now)
    updated_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    deleted_at: Mapped[datetime | None]

    @property
    def is_published(self) -> bool:
        return self.state == PageState.PUBLISHED and self.deleted_at is None

    @property
    def path(self) -> str:
        return f"{self.network.path}pages/{self.slug}"


class NetworkPageVersion(Model):
    """What the page said after one save. Never changed."""

    __tablename__ = "network_page_version"
    __table_args__ = (UniqueConstraint("page_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("network_page.id"))
    number: Mapped[int]
    title: Mapped[LocalText]
    body: Mapped[LocalText]
    note: Mapped[str] = mapped_column(String(200), default="")
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    by: Mapped[User | None] = link()


def missing_in(title: LocalText, body: LocalText) -> list[str]:
    """The content languages in which a page with these texts is not complete."""
    return [language for language in CONTENT_LANGUAGES if not title.get(language) or not body.get(language)]

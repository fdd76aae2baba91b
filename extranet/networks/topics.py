"""The topics that materials, events and discussions share (domain.md §5.4)."""

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, mapped_column

from extranet.core.db import Model, db
from extranet.core.text import LocalText


class Topic(Model):
    """A subject of the shared vocabulary; administrators own the list."""

    __tablename__ = "topic"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[LocalText]


def list_topics() -> list[Topic]:
    """Every topic, in the order of the vocabulary."""
    return list(db.session.scalars(select(Topic).order_by(Topic.id)))

"""What exists of who is mentioned where."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from extranet.core.db import Model
from extranet.discussions.models import Post  # noqa: F401  the table that these point to


class Mention(Model):
    """A post names a person. She was a member of the thread's network when it was written (T24)."""

    __tablename__ = "mention"

    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True, index=True)

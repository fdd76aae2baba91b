"""What exists: which card of the library came out of which answer.

The card itself is a material of the kind `answer`: a text instead of a file, so that everything that keeps the library true
(an owner, a day, a review, search, rights, sharing) holds for it without a second machinery.
"""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from extranet.core import clock
from extranet.core.db import Model, link
from extranet.discussions.models import Post
from extranet.materials.models import Material


class AnswerCard(Model):
    """A material that was made of an accepted answer; one for each post."""

    __tablename__ = "answer_card"

    material_id: Mapped[int] = mapped_column(ForeignKey("material.id"), primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), unique=True)
    saved_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    saved_at: Mapped[datetime] = mapped_column(default=clock.now)
    withdrawn_at: Mapped[datetime | None]  # it went out of the library with its answer, and comes back with it

    material: Mapped[Material] = link()
    post: Mapped[Post] = link()

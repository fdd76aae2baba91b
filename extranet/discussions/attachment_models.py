"""What exists of the files that people add to their posts."""

from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from extranet.core.db import Model, link
from extranet.discussions.models import Post


class Attachment(Model):
    """A file of a post, in the store under its hash. A picture has words for those who do not see it: `alt`."""

    __tablename__ = "attachment"

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    mime: Mapped[str] = mapped_column(String(100))
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    alt: Mapped[str] = mapped_column(String(500), default="")

    post: Mapped[Post] = link()

    @property
    def is_picture(self) -> bool:
        return self.mime.startswith("image/")

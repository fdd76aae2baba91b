"""What exists: the captions of recordings, one file per language."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from extranet.core import clock
from extranet.core.db import Model


class Caption(Model):
    """Captions of a recording in one language: a WebVTT file in the store, and its words as a transcript.

    `version` is the version of the material that they were made for.
    """

    __tablename__ = "caption"

    material_id: Mapped[int] = mapped_column(ForeignKey("material.id"), primary_key=True)
    language: Mapped[str] = mapped_column(String(2), primary_key=True)
    version: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    size: Mapped[int]
    text: Mapped[str] = mapped_column(Text, default="")
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)

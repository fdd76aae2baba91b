"""What exists: materials, their immutable versions, and each download."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, Column, ForeignKey, Index, String, Table, Text, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column

from extranet.accounts.models import User
from extranet.core import clock
from extranet.core.db import Model, choice, link
from extranet.core.text import LocalText
from extranet.materials.addresses import host_of
from extranet.networks.models import InNetwork
from extranet.networks.topics import Topic
from extranet.storage.sniff import TYPES


class MaterialKind(StrEnum):
    GUIDE = "guide"
    RECOMMENDATION = "recommendation"
    SLIDES = "slides"
    FORM = "form"
    PUBLICATION = "publication"
    RECORDING = "recording"
    PODCAST = "podcast"
    MINUTES = "minutes"
    LINK = "link"
    ANSWER = "answer"
    OTHER = "other"


class MaterialLanguage(StrEnum):
    FI = "fi"
    SV = "sv"
    BOTH = "both"


class Audience(StrEnum):
    ALL = "all"
    MANAGEMENT = "management"
    SUPERVISORS = "supervisors"
    HR = "hr"
    STAFF = "staff"


class Sharing(StrEnum):
    """How far a reader may take it: nowhere, to her own organisation, anywhere."""

    OWN_USE = "own_use"
    MAY_FORWARD = "may_forward"
    PUBLIC = "public"


class Accessible(StrEnum):
    """Whether everybody can read the file as it is."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    UNKNOWN = "unknown"


class MaterialState(StrEnum):
    DRAFT = "draft"
    IN_PILOT = "in_pilot"
    REVISED = "revised"
    PUBLISHED = "published"
    ARCHIVED = "archived"


material_topic = Table(
    "material_topic",
    Model.metadata,
    Column("material_id", ForeignKey("material.id"), primary_key=True),
    Column("topic_id", ForeignKey("topic.id"), primary_key=True, index=True),
)


class Material(InNetwork, Model):
    """One document through its versions. `version` is the number of the current one. A link has an address and no versions.

    An answer (D13) has no file either: its text is the abstract, and its address is its own page.

    `stock` counts the printed copies that are left, where there ever were some. `event_count`, kept by outputs: the events that
    readers may know it from. `updated_at` and `year` say when its readers last got something new: published, or a new version. `search_text`
    and the title keys are made of the other columns when they are written: what search looks through, and what titles are
    sorted by in a Finnish and in a Swedish list. `stamp` is the number of the transaction that changed it last (`stamp_models`).
    """

    __tablename__ = "material"
    __table_args__ = (
        Index(None, "network_id", "state", "updated_at"),
        Index(None, "replaces_id", "state"),
        # One for each order of the list.
        Index(None, "state", "updated_at"),
        Index(None, "state", "download_count", "updated_at"),
        Index(None, "state", "useful_count", "not_useful_count", "updated_at"),
        Index(None, "state", "title_key_fi"),
        Index(None, "state", "title_key_sv"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[MaterialKind] = mapped_column(choice(MaterialKind, "kind"))
    title: Mapped[LocalText]
    abstract: Mapped[LocalText] = mapped_column(default=LocalText)
    abstract_html: Mapped[LocalText] = mapped_column(default=LocalText)
    excerpt: Mapped[LocalText] = mapped_column(default=LocalText)
    language: Mapped[MaterialLanguage] = mapped_column(choice(MaterialLanguage, "language"))
    audience: Mapped[Audience] = mapped_column(choice(Audience, "audience"), default=Audience.ALL)
    sharing: Mapped[Sharing] = mapped_column(choice(Sharing, "sharing"), default=Sharing.OWN_USE)
    series: Mapped[str] = mapped_column(String(160), default="", index=True)
    link_url: Mapped[str] = mapped_column(String(1000), default="")
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("material.id"))
    alt_text: Mapped[LocalText] = mapped_column(default=LocalText)
    accessible: Mapped[Accessible] = mapped_column(choice(Accessible, "accessible"), default=Accessible.UNKNOWN)
    accessible_note: Mapped[LocalText] = mapped_column(default=LocalText)
    valid_from: Mapped[date | None]
    review_due: Mapped[date | None] = mapped_column(index=True)
    captions_by: Mapped[date | None] = mapped_column(index=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    state: Mapped[MaterialState] = mapped_column(choice(MaterialState, "state"), default=MaterialState.DRAFT)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    published_at: Mapped[datetime | None]
    piloted_at: Mapped[datetime | None]
    updated_at: Mapped[datetime] = mapped_column(default=clock.now)
    year: Mapped[int] = mapped_column(default=lambda: clock.today().year)
    lock_version: Mapped[int] = mapped_column(default=1)
    download_count: Mapped[int] = mapped_column(default=0)
    useful_count: Mapped[int] = mapped_column(default=0)
    not_useful_count: Mapped[int] = mapped_column(default=0)
    stock: Mapped[int | None]
    event_count: Mapped[int] = mapped_column(default=0)
    search_text: Mapped[str] = mapped_column(Text, default="")
    title_key_fi: Mapped[str] = mapped_column(String(200), default="")
    title_key_sv: Mapped[str] = mapped_column(String(200), default="")
    stamp: Mapped[int] = mapped_column(default=0, index=True)

    owner: Mapped[User] = link()
    topics: Mapped[list[Topic]] = link(secondary=material_topic, order_by=Topic.id)

    @property
    def path(self) -> str:
        return f"/materials/{self.id}/"

    @property
    def is_published(self) -> bool:
        return self.state == MaterialState.PUBLISHED

    @property
    def is_link(self) -> bool:
        return self.kind in (MaterialKind.LINK, MaterialKind.ANSWER)

    @property
    def is_answer(self) -> bool:
        """A question and its answer out of a discussion: the page itself is what one reads."""
        return self.kind == MaterialKind.ANSWER

    @property
    def host(self) -> str:
        """The site that a link leads to."""
        return host_of(self.link_url)

    @property
    def is_archived(self) -> bool:
        return self.state == MaterialState.ARCHIVED


class MaterialVersion(Model):
    """A file as it was uploaded; never changed afterwards (I-22)."""

    __tablename__ = "material_version"
    __table_args__ = (UniqueConstraint("material_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    material_id: Mapped[int] = mapped_column(ForeignKey("material.id"))
    number: Mapped[int]
    file_name: Mapped[str] = mapped_column(String(200), index=True)
    size: Mapped[int] = mapped_column(BigInteger)
    mime: Mapped[str] = mapped_column(String(100))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    note: Mapped[str] = mapped_column(String(500), default="")
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)

    uploaded_by: Mapped[User] = link()

    @property
    def type_name(self) -> str:
        return type_name(self.mime)


@event.listens_for(MaterialVersion, "before_update")
def _keep(_mapper: Any, _connection: Any, version: MaterialVersion) -> None:
    raise RuntimeError(f"version {version.number} of material {version.material_id} is written once and for all (I-22)")


class Download(Model):
    """A person began to download a version. Kept for two years; the material keeps the count."""

    __tablename__ = "download"

    id: Mapped[int] = mapped_column(primary_key=True)
    material_version_id: Mapped[int] = mapped_column(ForeignKey("material_version.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=clock.now, index=True)


def type_name(mime: str) -> str:
    """ "PDF", "DOCX": what people call the type of a file."""
    return TYPES[mime].name if mime in TYPES else mime


def player_of(mime: str) -> str:
    """ "audio" or "video" for what a browser plays, else nothing."""
    kind = mime.partition("/")[0]
    return kind if kind in ("audio", "video") else ""

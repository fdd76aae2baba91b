"""What exists: organisations and appointments of contact persons."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, String, and_, or_
from sqlalchemy.orm import Mapped, mapped_column, validates

from extranet.accounts.models import User
from extranet.core import clock
from extranet.core.db import Model, choice, link
from extranet.core.i18n import N_
from extranet.core.text import LocalText

MOVED = N_("Moved to another organisation")  # the one reason that the service itself gives


class OrganisationKind(StrEnum):
    MUNICIPALITY = "municipality"
    JOINT_AUTHORITY = "joint_authority"
    WELLBEING_COUNTY = "wellbeing_county"
    WELLBEING_CONSORTIUM = "wellbeing_consortium"
    MUNICIPAL_COMPANY = "municipal_company"
    UNION_CENTRAL = "union_central"
    PARTNER = "partner"
    SERVICE_OWNER = "service_owner"


class OrganisationLanguages(StrEnum):
    """The languages of an organisation, the majority's first."""

    FI = "fi"
    FI_SV = "fi+sv"
    SV_FI = "sv+fi"
    SV = "sv"


class SizeClass(StrEnum):
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


class AppointmentKind(StrEnum):
    PRIMARY = "primary"
    DEPUTY = "deputy"


class AppointmentState(StrEnum):
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    ENDED = "ended"
    REJECTED = "rejected"


class Organisation(Model):
    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(16), unique=True)
    business_id: Mapped[str | None] = mapped_column(String(9))
    name: Mapped[LocalText]
    folded: Mapped[str] = mapped_column(String(500), default="")  # what a search looks in: SQLite folds only a to z
    kind: Mapped[OrganisationKind] = mapped_column(choice(OrganisationKind, "kind"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    region: Mapped[LocalText]
    languages: Mapped[OrganisationLanguages] = mapped_column(choice(OrganisationLanguages, "languages"), default=OrganisationLanguages.FI)
    size_class: Mapped[SizeClass | None] = mapped_column(choice(SizeClass, "size_class"))
    municipality_type: Mapped[str | None] = mapped_column(String(32))
    wellbeing_county_code: Mapped[str | None] = mapped_column(String(16))
    member_employer: Mapped[bool] = mapped_column(default=True)
    onboarded_at: Mapped[datetime | None]
    active_from: Mapped[date | None]
    active_until: Mapped[date | None]
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    email_domains: Mapped[list[str]] = mapped_column(default=list)
    details_confirmed_at: Mapped[datetime | None]

    successor: Mapped["Organisation | None"] = link(foreign_keys=[successor_id], remote_side=[id])
    parent: Mapped["Organisation | None"] = link(foreign_keys=[parent_id], remote_side=[id])

    @validates("code", "name")
    def _fold(self, key: str, value: Any) -> Any:
        code, name = (value, self.name) if key == "code" else (self.code, value)
        self.folded = " ".join([*(name or {}).values(), code or ""]).casefold()[:500]
        return value

    @property
    def path(self) -> str:
        return f"/organisations/{self.code}/"

    @property
    def is_closed(self) -> bool:
        """Merged into another one, or its last day has passed."""
        return self.successor_id is not None or (self.active_until is not None and self.active_until < clock.today())

    @property
    def takes_appointments(self) -> bool:
        """Only active member employers have contact persons; Åland's organisations observe (domain.md §7.9)."""
        return self.member_employer and not self.is_closed

    @classmethod
    def is_open(cls) -> ColumnElement[bool]:
        """Not closed, as a where-clause."""
        return and_(cls.successor_id.is_(None), or_(cls.active_until.is_(None), cls.active_until >= clock.today()))


class Appointment(Model):
    """A contact person of an organisation. In force: confirmed, begun, not ended (I-08)."""

    __tablename__ = "appointment"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="period"),
        CheckConstraint("NOT is_lead OR kind = 'primary'", name="lead_is_primary"),
        CheckConstraint("state NOT IN ('proposed', 'confirmed') OR declares_not_shop_steward", name="not_shop_steward"),
        Index(None, "organisation_id", "state"),
        Index(None, "user_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    kind: Mapped[AppointmentKind] = mapped_column(choice(AppointmentKind, "kind"))
    is_lead: Mapped[bool] = mapped_column(default=False)
    deputises_id: Mapped[int | None] = mapped_column(ForeignKey("appointment.id"))
    scope: Mapped[str] = mapped_column(String(160), default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    decision_ref: Mapped[str] = mapped_column(String(160), default="")
    declares_not_shop_steward: Mapped[bool] = mapped_column(default=False)
    declares_independent: Mapped[bool] = mapped_column(default=False)
    state: Mapped[AppointmentState] = mapped_column(choice(AppointmentState, "state"), default=AppointmentState.PROPOSED)
    appointed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None]
    ended_reason: Mapped[str] = mapped_column(String(400), default="")  # also why it was rejected
    begun_at: Mapped[datetime | None]  # when the others were told that it is in force
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    organisation: Mapped[Organisation] = link(foreign_keys=[organisation_id])
    user: Mapped[User] = link(foreign_keys=[user_id])

    def is_in_force(self, day: date | None = None) -> bool:
        """Whether the contact person may act on `day` (default today)."""
        day = day or clock.today()
        return self.state == AppointmentState.CONFIRMED and self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    @classmethod
    def in_force(cls, day: date | None = None) -> ColumnElement[bool]:
        """`is_in_force`, as a where-clause."""
        day = day or clock.today()
        return and_(cls.state == AppointmentState.CONFIRMED, cls.starts_on <= day, or_(cls.ends_on.is_(None), cls.ends_on >= day))

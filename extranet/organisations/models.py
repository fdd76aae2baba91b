"""What exists: organisations and appointments of contact persons."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from extranet.accounts.models import User
from extranet.core import clock
from extranet.core.db import Model, choice, link
from extranet.core.text import LocalText


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

    @property
    def path(self) -> str:
        return f"/organisations/{self.code}/"


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
    ended_reason: Mapped[str] = mapped_column(String(400), default="")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    organisation: Mapped[Organisation] = link(foreign_keys=[organisation_id])
    user: Mapped[User] = link(foreign_keys=[user_id])

    def is_in_force(self, day: date | None = None) -> bool:
        """Whether the contact person may act on `day` (default today)."""
        day = day or clock.today()
        return self.state == AppointmentState.CONFIRMED and self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

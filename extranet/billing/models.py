"""What exists: how organisations are billed, what an event cost, and the approved splits with their shares."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from extranet.accounts.models import User
from extranet.billing.kinds import CostKind, Rule
from extranet.core import clock
from extranet.core.db import Model, choice, link
from extranet.core.text import LocalText
from extranet.events.models import Event
from extranet.organisations.models import Organisation

MIN_TERM = 14
DETAILS = (
    "invoice_name", "business_id", "einvoice_address", "operator_code", "buyer_reference", "cost_centre", "street", "postcode", "city",
    "payment_term_days",
)  # fmt: skip


class BillingDetails:
    """To whom and where an invoice goes. A profile holds them; an approved share has its own copy that never changes."""

    invoice_name: Mapped[str] = mapped_column(String(70), default="")
    business_id: Mapped[str] = mapped_column(String(20), default="")
    einvoice_address: Mapped[str] = mapped_column(String(35), default="")
    operator_code: Mapped[str] = mapped_column(String(35), default="")
    buyer_reference: Mapped[str] = mapped_column(String(70), default="")
    cost_centre: Mapped[str] = mapped_column(String(70), default="")
    street: Mapped[str] = mapped_column(String(105), default="")
    postcode: Mapped[str] = mapped_column(String(10), default="")
    city: Mapped[str] = mapped_column(String(35), default="")
    payment_term_days: Mapped[int] = mapped_column(default=MIN_TERM)

    @property
    def details(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in DETAILS}


class BillingProfile(BillingDetails, Model):
    """An organisation's own billing details."""

    __tablename__ = "billing_profile"
    __table_args__ = (CheckConstraint(f"payment_term_days >= {MIN_TERM}", name="payment_term"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), unique=True)
    updated_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    updated_at: Mapped[datetime] = mapped_column(default=clock.now)

    organisation: Mapped[Organisation] = link()
    updated_by: Mapped[User | None] = link(foreign_keys=[updated_by_id])


class CostLine(Model):
    """What was paid for an event: the sum of the bill with its tax. A line that an approved split counted stays as it is (I-21)."""

    __tablename__ = "cost_line"
    __table_args__ = (
        CheckConstraint("cents <> 0", name="cents"),
        CheckConstraint("vat_percent >= 0 AND vat_percent < 100", name="vat_percent"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    kind: Mapped[CostKind] = mapped_column(choice(CostKind, "kind"))
    label: Mapped[str] = mapped_column(String(160))
    cents: Mapped[int]
    vat_percent: Mapped[Decimal] = mapped_column(Numeric(4, 2))
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    split_id: Mapped[int | None] = mapped_column(ForeignKey("cost_split.id"))

    event: Mapped[Event] = link()
    added_by: Mapped[User | None] = link(foreign_keys=[added_by_id])

    @property
    def network_id(self) -> int:
        return self.event.network_id


class CostSplit(Model):
    """An approved split; until then it is only counted, never stored. A correction is a further one: its shares are the differences."""

    __tablename__ = "cost_split"
    __table_args__ = (
        Index(
            "uq_cost_split_event_id_first",
            "event_id",
            unique=True,
            sqlite_where=text("corrects_id IS NULL"),
            postgresql_where=text("corrects_id IS NULL"),
        ),
        UniqueConstraint("corrects_id"),
        CheckConstraint("organisations > 0", name="organisations"),
        CheckConstraint("corrects_id IS NULL OR reason <> ''", name="correction_has_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    rule: Mapped[Rule] = mapped_column(choice(Rule, "rule"))
    funder: Mapped[LocalText] = mapped_column(default=LocalText)
    cost_cents: Mapped[int]  # what the event cost
    total_cents: Mapped[int]  # what is charged: the sum of the shares
    organisations: Mapped[int]
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("cost_split.id"))
    reason: Mapped[str] = mapped_column(String(500), default="")
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    approved_at: Mapped[datetime] = mapped_column(default=clock.now)

    event: Mapped[Event] = link()
    approved_by: Mapped[User | None] = link(foreign_keys=[approved_by_id])
    shares: Mapped[list["CostShare"]] = link(order_by="CostShare.code", viewonly=True)

    @property
    def network_id(self) -> int:
        return self.event.network_id


class CostShare(BillingDetails, Model):
    """One invoice line: what an organisation pays, with its name and billing details as they were when it was approved (I-21)."""

    __tablename__ = "cost_share"
    __table_args__ = (UniqueConstraint("split_id", "organisation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    split_id: Mapped[int] = mapped_column(ForeignKey("cost_split.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    code: Mapped[str] = mapped_column(String(16))
    name: Mapped[LocalText]
    cents: Mapped[int]
    by_rate: Mapped[dict[str, Any]]  # {"25.5": cents with the tax}
    people: Mapped[int] = mapped_column(default=0)

    split: Mapped[CostSplit] = link()
    organisation: Mapped[Organisation] = link()

    @property
    def rates(self) -> list[tuple[Decimal, int]]:
        """The sums of each rate of VAT."""
        return sorted((Decimal(rate), cents) for rate, cents in self.by_rate.items() if cents)

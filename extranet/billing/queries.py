"""What can you see? An event's costs and splits; the shares and billing details of one's own organisation."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from extranet.accounts.models import Grant, RoleGrant
from extranet.billing import counting, policy
from extranet.billing.models import BillingProfile, CostLine, CostShare, CostSplit
from extranet.core import clock
from extranet.core.db import db
from extranet.core.errors import NotFound, demand
from extranet.core.viewer import Viewer
from extranet.events import queries as events
from extranet.events.models import Event
from extranet.organisations.models import Appointment, Organisation
from extranet.organisations.queries import get_organisation

PAGE = 50


@dataclass(frozen=True)
class Listing:
    """A page of shares."""

    rows: Sequence[Any]
    total: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))


def get_event(viewer: Viewer, event_id: int) -> Event:
    """The event for its costs; NotAllowed for those who may see the event only."""
    event = events.get_event(viewer, event_id)
    demand(policy.can_see_costs(viewer, event), "billing.costs")
    return event


def get_event_to_change(viewer: Viewer, event_id: int) -> Event:
    """The same for a form; NotAllowed where the network is archived."""
    event = get_event(viewer, event_id)
    demand(policy.can_add_line(viewer, event), "billing.add_line")
    return event


def get_line(viewer: Viewer, event: Event, line_id: int) -> CostLine:
    """A cost of that event."""
    line = db.session.scalar(
        select(CostLine)
        .where(CostLine.id == line_id, CostLine.event_id == event.id)
        .options(joinedload(CostLine.event).joinedload(Event.network))
    )
    if line is None or not policy.can_see_costs(viewer, event):
        raise NotFound
    return line


def preview(viewer: Viewer, event: Event) -> counting.Preview:
    """The split as things stand now."""
    return counting.preview(event, list_splits(viewer, event))


def list_splits(viewer: Viewer, event: Event) -> list[CostSplit]:
    """The approved splits of an event in their order, with their shares."""
    demand(policy.can_see_costs(viewer, event), "billing.costs")
    return list(db.session.scalars(_splits().where(CostSplit.event_id == event.id)))


def get_split(viewer: Viewer, event: Event, split_id: int) -> CostSplit:
    """One approved split with its shares and their organisations' languages."""
    shares = selectinload(CostSplit.shares).joinedload(CostShare.organisation)
    found: CostSplit | None = db.session.scalar(_splits().where(CostSplit.id == split_id, CostSplit.event_id == event.id).options(shares))
    if found is None or not policy.can_see_costs(viewer, event):
        raise NotFound
    return found


def list_own_shares(viewer: Viewer, page: int = 1) -> Listing:
    """A page of what the viewer's organisations pay, newest first. Two queries."""
    where = policy.shares_visible_to(viewer)
    total = db.session.scalar(select(func.count()).select_from(CostShare).where(where)) or 0
    rows = db.session.execute(
        select(
            CostShare.id, CostShare.name, CostShare.cents, CostShare.people, CostSplit.rule, CostSplit.funder, CostSplit.approved_at,
            CostSplit.organisations, CostSplit.cost_cents, CostSplit.corrects_id, CostSplit.reason, Event.title, Event.starts_at,
        )
        .join(CostSplit, CostSplit.id == CostShare.split_id)
        .join(Event, Event.id == CostSplit.event_id)
        .where(where)
        .order_by(CostSplit.approved_at.desc(), CostShare.id.desc())
        .limit(PAGE)
        .offset((max(page, 1) - 1) * PAGE)
    ).all()  # fmt: skip
    return Listing(rows, total, max(page, 1))


def list_own_profiles(viewer: Viewer) -> Sequence[Any]:
    """The viewer's organisations, each with its billing profile or without."""
    return db.session.execute(
        select(Organisation, BillingProfile)
        .outerjoin(BillingProfile, BillingProfile.organisation_id == Organisation.id)
        .where(Organisation.id.in_(policy.bills_for(viewer)), Organisation.successor_id.is_(None))
        .order_by(Organisation.code)
    ).all()


def get_organisation_to_bill(viewer: Viewer, code: str) -> Organisation:
    """The organisation whose billing details the viewer keeps."""
    organisation = get_organisation(viewer, code)
    demand(policy.can_save_profile(viewer, organisation), "billing.save_profile")
    return organisation


def find_profile(viewer: Viewer, organisation: Organisation) -> BillingProfile | None:
    """Its billing details with who wrote them, if there are any."""
    if not policy.can_save_profile(viewer, organisation):
        return None
    return db.session.scalar(
        select(BillingProfile).where(BillingProfile.organisation_id == organisation.id).options(joinedload(BillingProfile.updated_by))
    )


def list_concerned(viewer: Viewer, organisation_ids: Sequence[int]) -> set[int]:
    """The people who look after these organisations' bills: contact persons in force and org_admins."""
    contacts = select(Appointment.user_id).where(Appointment.organisation_id.in_(organisation_ids), Appointment.in_force())
    in_force = or_(RoleGrant.valid_until.is_(None), RoleGrant.valid_until > clock.now())
    admins = select(RoleGrant.user_id).where(RoleGrant.role == Grant.ORG_ADMIN, RoleGrant.organisation_id.in_(organisation_ids), in_force)
    return set(db.session.scalars(contacts.union(admins)))


def _splits() -> Any:
    loads = (selectinload(CostSplit.shares), joinedload(CostSplit.approved_by), joinedload(CostSplit.event).joinedload(Event.network))
    return select(CostSplit).options(*loads).order_by(CostSplit.id)

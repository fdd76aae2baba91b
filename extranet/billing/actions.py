"""What can you do: write down costs, approve their split, correct it, keep billing details."""

from decimal import Decimal
from typing import Any

from sqlalchemy import select

from extranet.audit.log import action
from extranet.billing import policy, queries
from extranet.billing.counting import Party, Preview
from extranet.billing.kinds import CostKind, Rule
from extranet.billing.models import BillingProfile, CostLine, CostShare, CostSplit
from extranet.core import clock
from extranet.core.db import db
from extranet.core.errors import Refused
from extranet.core.i18n import N_
from extranet.core.i18n import gettext as _
from extranet.core.text import LocalText
from extranet.core.viewer import Viewer
from extranet.events.kinds import EventState
from extranet.events.models import Event
from extranet.notifications.notify import notify
from extranet.organisations.models import Organisation


@action(policy.can_add_line)
def add_line(viewer: Viewer, event: Event, *, kind: CostKind, label: str, cents: int, vat_percent: Decimal) -> CostLine:
    """Write down what was paid. After an approval it counts in the next correction (I-21)."""
    if event.state == EventState.CANCELLED:
        raise Refused(_("The event was cancelled, so there is nothing to charge."))
    line = CostLine(event_id=event.id, kind=kind, label=label, cents=cents, vat_percent=vat_percent, added_by_id=viewer.user_id)
    line.event = event
    db.session.add(line)
    return line


@action(policy.can_remove_line)
def remove_line(viewer: Viewer, line: CostLine) -> None:
    """Take back a cost that no approved split has counted."""
    _hold(line.event)
    db.session.refresh(line, ["split_id"])
    if line.split_id is not None:
        raise Refused(_("This cost is part of an approved split and stays. Add a cost with a minus instead, and approve the correction."))
    db.session.delete(line)


@action(policy.can_approve)
def approve(viewer: Viewer, event: Event, *, seen: str) -> CostSplit:
    """Freeze the split with names and billing details as they are now (I-21). Each organisation's people are told."""
    found = _check(viewer, event, seen, is_correction=False)
    return _freeze(viewer, found, found.counted)


@action(policy.can_correct)
def correct(viewer: Viewer, event: Event, *, seen: str, reason: str) -> CostSplit:
    """Add what has changed since as a split of its own, whose shares are the differences (I-21)."""
    found = _check(viewer, event, seen, is_correction=True)
    return _freeze(viewer, found, [party for party in found.parties if party.changes], reason)


@action(policy.can_save_profile)
def save_profile(viewer: Viewer, organisation: Organisation, /, **details: Any) -> BillingProfile:
    """Write the organisation's billing details. What was approved before keeps the old ones."""
    if organisation.successor_id is not None:
        raise Refused(_("This organisation has been merged. Its bills go to the organisation that continues it."))
    profile = db.session.scalar(select(BillingProfile).where(BillingProfile.organisation_id == organisation.id))
    if profile is None:
        profile = BillingProfile(organisation_id=organisation.id)
        db.session.add(profile)
    for name, value in details.items():
        setattr(profile, name, value)
    profile.updated_by_id, profile.updated_at = viewer.user_id, clock.now()
    return profile


def _check(viewer: Viewer, event: Event, seen: str, is_correction: bool) -> Preview:
    """The split as it is now, under the event's lock; refused where it cannot be approved or differs from what was seen."""
    _hold(event)
    found = queries.preview(viewer, event)
    if found.is_correction and not is_correction:
        raise Refused(_("The split has been approved already. What has changed since goes into a correction."))
    if is_correction and not found.is_correction:
        raise Refused(_("There is no approved split to correct yet. Approve the split first."))
    if found.obstacle:
        raise Refused(found.obstacle)
    if found.digest != seen:
        raise Refused(_("The figures have changed since you opened the page. Look at them again before you approve."))
    return found


def _freeze(viewer: Viewer, found: Preview, parties: list[Party], reason: str = "") -> CostSplit:
    split = CostSplit(
        event_id=found.event.id, rule=found.rule, funder=found.funder, cost_cents=found.cost_cents,
        total_cents=sum(party.due_cents for party in parties), organisations=len(found.counted),
        corrects_id=found.splits[-1].id if found.splits else None, reason=reason, approved_by_id=viewer.user_id,
    )  # fmt: skip
    split.event = found.event
    db.session.add(split)
    db.session.flush()
    for party in parties:
        db.session.add(_share(split, party))
    for line in found.lines:
        line.split_id = line.split_id or split.id
    split.event.billed_at = split.event.billed_at or clock.now()
    _tell(viewer, split, parties)
    return split


def _share(split: CostSplit, party: Party) -> CostShare:
    organisation = party.organisation
    details = {"invoice_name": organisation.name.choose("fi")[0][:70], "business_id": organisation.business_id or ""}
    if party.profile is not None:
        details = party.profile.details
    rates = {f"{rate:f}": cents for rate, cents in sorted(party.due.items()) if cents}
    return CostShare(
        split_id=split.id, organisation_id=organisation.id, code=organisation.code, name=LocalText(organisation.name),
        cents=party.due_cents, by_rate=rates, people=party.people, **details,
    )  # fmt: skip


def _tell(viewer: Viewer, split: CostSplit, parties: list[Party]) -> None:
    if split.rule == Rule.FUNDED and split.corrects_id is None:
        return
    notify(
        viewer,
        queries.list_concerned(viewer, [party.organisation.id for party in parties]),
        "billing.approve",
        text=N_("Your organisation's share of the costs has been approved: %(title)s"),
        path="/billing/",
        key=f"cost_split:{split.id}",
        title=split.event.title,
    )


def _hold(event: Event) -> None:
    """One approval at a time: SQLite holds its lock already, PostgreSQL locks the event."""
    db.session.execute(select(Event.id).where(Event.id == event.id).with_for_update())

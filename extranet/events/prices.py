"""What giving up a place costs. Free events cost nothing; an organiser's own cancelling never does (domain.md §7.4)."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from extranet.core import clock
from extranet.core.i18n import gettext as _
from extranet.events.kinds import SignupState
from extranet.events.models import Event, Signup

FREE_DAYS = timedelta(days=14)
FULL_PRICE = timedelta(days=2)


def free_until(event: Event) -> datetime | None:
    """Until when cancelling is free: the time that was set, else 14 days before the start."""
    if event.cancel_free_until is not None or event.starts_at is None:
        return event.cancel_free_until
    return event.starts_at - FREE_DAYS


def is_late(event: Event, signup: Signup) -> bool:
    """Whether giving up this place now is no longer free, in free events too: the organisation then counts in a cost split."""
    until = free_until(event)
    return signup.state == SignupState.CONFIRMED and until is not None and clock.now() > until


def cancel_charge(event: Event, signup: Signup) -> int:
    """What giving up this place costs now, in cents; only a confirmed place costs anything."""
    if not event.price_cents or not is_late(event, signup):
        return 0
    assert event.starts_at is not None  # noqa: S101  whoever has a place has a date
    percent = 100 if clock.now() > event.starts_at - FULL_PRICE else event.late_cancel_percent
    return (event.price_cents * percent + 50) // 100


def find_worse(event: Event, data: Mapping[str, Any]) -> tuple[str, str] | None:
    """The field by which cancelling would cost more than people accepted when they signed up, with a sentence; or nothing."""
    for name in ("late_cancel_percent", "no_show_percent"):
        before = getattr(event, name)
        if event.price_cents and data.get(name, before) > before:
            return name, _("People have signed up on the terms of %(percent)s %% of the price. It can only be lowered.", percent=before)
    return None


def terms_of(event: Event) -> str:
    """What somebody accepts, as a mark on the form: another one means that price or terms have changed since."""
    until = free_until(event)
    moment = until.isoformat(timespec="minutes") if until else ""
    return f"{event.terms_version}/{event.price_cents}/{event.vat_percent:.2f}/{moment}/{event.late_cancel_percent}/{event.no_show_percent}"

"""A sign-up in words: what was told, and what the terms are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from werkzeug.datastructures import MultiDict

from extranet.core.i18n import format_moment, format_money, local_plain
from extranet.core.i18n import gettext as _
from extranet.core.text import LocalText
from extranet.core.viewer import Viewer
from extranet.events import policy
from extranet.events.kinds import Mode
from extranet.events.models import Event, Seats, Signup
from extranet.events.prices import free_until
from extranet.events.programme_queries import Programme
from extranet.events.queries import Own
from extranet.events.signup_forms import SignUpForm, Slot
from extranet.events.signup_queries import read_sheet

TEXTS = ("diet", "accessibility", "message", "buyer_reference", "cost_centre")
CONSENTS = ("shows_name", "allows_photo")
NOT_TYPED = ("csrf_token", "reviewed", "back")


def given_up(signup: Signup) -> str:
    """That the sign-up is cancelled, and what that cost."""
    words = [_("Your sign-up was cancelled. Thank you for making room for others.")]
    if signup.cancel_charge_cents:
        words.append(_("Cancelling cost %(price)s.", price=format_money(signup.cancel_charge_cents)))
    return " ".join(words)


@dataclass(frozen=True)
class Said:
    """What a form says: the way of taking part, workshops by their time, answers, and the rest."""

    mode: str
    workshops: Sequence[tuple[datetime, Sequence[str]]]
    answers: Sequence[tuple[LocalText, LocalText]]
    more: Sequence[tuple[str, str]]


def card(
    viewer: Viewer, event: Event, seats: Sequence[Seats], own: Own, programme: Programme, form: SignUpForm | None = None
) -> dict[str, Any]:
    """What the sign-up card of the event's page needs: the form, where the viewer may fill it now. At most one query."""
    if form is None and own.signup is None and event.takes_signups and policy.can_sign_up(viewer, event):
        form = SignUpForm.of(read_sheet(viewer, event, seats, programme))
    return {"form": form, "terms": terms(event), "inside": (), "queued": ()}


def said(form: SignUpForm) -> Said:
    """What stands in the form now."""
    answers = [(asked.question.label, asked.question.show(field.data or "")) for asked, field in form.questions]
    more = [(form[name].label.text, form[name].data) for name in TEXTS if name in form and form[name].data]
    more += [(form[name].label.text, _("Yes") if form[name].data else _("No")) for name in CONSENTS]
    workshops = [(slot.entry.starts_at, _titles(slot)) for slot in form.slots if slot.chosen]
    return Said(Mode(form.mode.data).label, workshops, answers, more)


def typed(form: MultiDict[str, str]) -> list[tuple[str, str]]:
    """What was typed, to be sent once more from the page that shows it for review."""
    return [(name, value) for name, value in form.items(multi=True) if name not in NOT_TYPED]


def terms(event: Event, guest: bool = False) -> list[str]:
    """The price with its tax, and what giving up a place costs, in sentences. A guest has no colleagues here."""
    if not event.price_cents:
        return []
    until = free_until(event)
    lines = [_("It includes VAT %(percent)s %%.", percent=_percent(event))] if event.vat_percent else []
    if until is not None:
        lines.append(_("Cancelling is free until %(when)s.", when=format_moment(until)))
    late = format_money((event.price_cents * event.late_cancel_percent + 50) // 100)
    lines.append(_("After that it costs %(late)s, and from two days before the event the whole price.", late=late))
    if not guest:
        lines.append(_("A colleague of the same organisation can take the place free of charge."))
    lines.append(_("If the organiser cancels, it costs nothing."))
    return lines


def _percent(event: Event) -> str:
    return f"{event.vat_percent.normalize():f}".replace(".", ",")


def _titles(slot: Slot) -> list[str]:
    names = {str(part.session.id): f"{part.letter}. {local_plain(part.session.title)}" for part in slot.entry.parts}
    return [names[value] for value in slot.chosen if value in names]

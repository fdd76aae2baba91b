"""What may be typed of an event's arrangements: who holds it, seats of organisations, catering, prices, terms."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectField

from extranet.accounts.models import User
from extranet.core import clock
from extranet.core.i18n import format_money
from extranet.core.i18n import gettext as _
from extranet.core.i18n import lazy_gettext as _l
from extranet.core.text import CONTENT_LANGUAGES, LocalText
from extranet.events.event_queries import Background
from extranet.events.forms import Day, Number, Places, Time, Whole, complain, long_text, moment_of, text
from extranet.events.kinds import ChoiceRule
from extranet.events.models import Event, Seats
from extranet.events.prices import find_worse

LOCAL_FIELDS = ("co_organisers", "terms")
PLAIN_FIELDS = (
    "organisation_seats", "offer_hours", "takes_guests", "catering", "recorded", "late_cancel_percent", "no_show_percent",
)  # fmt: skip
DEFAULTS: dict[str, Any] = {"price": "", "vat_percent": "25,5"}
STANDARD: dict[str, Any] = DEFAULTS | {
    "offer_hours": 24, "late_cancel_percent": 50, "no_show_percent": 100, "choice_rule": ChoiceRule.FIRST_COME.value
}  # fmt: skip
MOST_EUROS = 100_000


class ArrangementForm(FlaskForm):  # type: ignore[misc]
    """The half of the event's form that a simple event leaves as it is."""

    event: Event | None
    seats: Sequence[Seats]
    background: Background

    organiser = SelectField(_l("Organiser"), choices=[], coerce=int)
    host = SelectField(_l("Host organisation"), choices=[], default="")
    co_organisers_fi = text(_l("Held together with, in Finnish"), 300)
    co_organisers_sv = text(_l("Held together with, in Swedish"), 300)
    organisation_seats = Places(_l("Places for one organisation"))
    seats_until_on = Day(_l("Reserved until"))
    seats_until_at = Time(_l("Until what time"))
    offer_hours = Whole(_l("Hours to answer an offered place"), 1, 168, default=24)
    takes_guests = BooleanField(_l("People from outside may be invited"))
    choice_rule = RadioField(_l("Places in parallel workshops"), choices=[], default=ChoiceRule.FIRST_COME.value)
    catering = BooleanField(_l("Food is served: ask about diets"))
    recorded = BooleanField(_l("The event is recorded"))
    price = Number(_l("Price for one participant, euros"), MOST_EUROS)
    vat_percent = Number(_l("VAT in the price, per cent"), 99)
    cancel_on = Day(_l("Cancelling is free until"))
    cancel_at = Time(_l("Until what time"))
    late_cancel_percent = Whole(_l("After that, per cent of the price"), 0, 100, default=50)
    no_show_percent = Whole(_l("Without cancelling, per cent of the price"), 0, 100, default=100)
    terms_fi = long_text(_l("Terms of cancelling in Finnish"), 5000, render_kw={"rows": 4})
    terms_sv = long_text(_l("Terms of cancelling in Swedish"), 5000, render_kw={"rows": 4})

    def fill_choices(self) -> None:
        """Whom and what can be chosen."""
        self.organiser.choices = [(user.id, _person(user)) for user in self.background.organisers]
        self.host.choices = [("", "–"), *self.background.hosts]
        self.choice_rule.choices = [(rule.value, rule.label) for rule in ChoiceRule]

    def has_touched(self, *names: str) -> bool:
        """Whether one of the fields says something of its own or is wrong, so that its part of the form is to be open."""
        return any(self[name].errors or self[name].data not in (STANDARD.get(name), None, "", False) for name in names)

    def check_arrangements(self, starts_at: datetime | None) -> None:
        """What the fields say together, and beside those who have signed up."""
        for on, at in ((self.seats_until_on, self.seats_until_at), (self.cancel_on, self.cancel_at)):
            if on.data and at.data is None:
                complain(at, _("Write the time, too."))
            if at.data and on.data is None:
                complain(on, _("Choose the day, too."))
            moment = moment_of(on.data, at.data)
            if moment and (starts_at is None or moment > starts_at):
                complain(on, _("This must be before the event begins."))
        if self.seats_until_on.data and not self.organisation_seats.data:
            complain(self.organisation_seats, _("Write how many places an organisation has."))
        people = sum(seats.taken + seats.waiting for seats in self.seats)
        if self.event is not None and people and not self.price.errors and self._cents > self.event.price_cents:
            complain(
                self.price, _("People have signed up for %(price)s. The price can only be lowered.", price=format_money(self.event.price_cents))
            )  # fmt: skip
        percents = {name: self[name].data for name in ("late_cancel_percent", "no_show_percent") if not self[name].errors}
        if self.event is not None and people and (worse := find_worse(self.event, percents)):
            complain(self[worse[0]], worse[1])
        if self.event is not None and self.background.has_choices and self.choice_rule.data != self.event.choice_rule:
            complain(self.choice_rule, _("People have chosen their workshops already, so this stays as it is."))

    def arrangements(self) -> dict[str, Any]:
        """The fields as the event keeps them."""
        texts = {
            name: LocalText({code: text for code in CONTENT_LANGUAGES if (text := self[f"{name}_{code}"].data)}) for name in LOCAL_FIELDS
        }
        plain = {name: self[name].data for name in PLAIN_FIELDS}
        return texts | plain | {
            "organiser_id": self.organiser.data,
            "host_organisation_id": int(self.host.data) if self.host.data else None,
            "choice_rule": ChoiceRule(self.choice_rule.data),
            "organisation_seats_until": moment_of(self.seats_until_on.data, self.seats_until_at.data),
            "price_cents": self._cents,
            "vat_percent": self.vat_percent.number,
            "cancel_free_until": moment_of(self.cancel_on.data, self.cancel_at.data),
        }  # fmt: skip

    @property
    def _cents(self) -> int:
        return int(self.price.number * 100)


def fields(event: Event) -> dict[str, Any]:
    """The event's arrangements as the fields show them."""
    texts = {f"{name}_{code}": getattr(event, name).get(code, "") for name in LOCAL_FIELDS for code in CONTENT_LANGUAGES}
    plain: dict[str, Any] = {name: getattr(event, name) for name in PLAIN_FIELDS}
    times: dict[str, Any] = {}
    for on, at, moment in (
        ("seats_until_on", "seats_until_at", event.organisation_seats_until),
        ("cancel_on", "cancel_at", event.cancel_free_until),
    ):
        if moment is not None:
            wall = clock.local(moment)
            times |= {on: wall.date(), at: wall.time().replace(microsecond=0)}
    chosen = {"organiser": event.organiser_id, "host": str(event.host_organisation_id or ""), "choice_rule": event.choice_rule.value}
    price = _plain(Decimal(event.price_cents) / 100) if event.price_cents else ""
    return texts | plain | times | chosen | {"price": price, "vat_percent": _plain(event.vat_percent)}


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}".replace(".", ",")


def _person(user: User) -> str:
    return f"{user.name}, {user.job_title}" if user.job_title else user.name

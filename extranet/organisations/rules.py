"""What must hold before somebody becomes a contact person: I-02, I-03 and I-04, with sentences that say what to do."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from extranet.accounts.models import Side, User, UserState
from extranet.core.errors import Refused
from extranet.core.i18n import format_day
from extranet.core.i18n import gettext as _
from extranet.organisations.models import Appointment, AppointmentKind, AppointmentState, Organisation


@dataclass(frozen=True)
class Period:
    """From a day to a day, both included; without an end it goes on."""

    starts_on: date
    ends_on: date | None = None

    def overlaps(self, other: "Period") -> bool:
        return (other.ends_on is None or self.starts_on <= other.ends_on) and (self.ends_on is None or other.starts_on <= self.ends_on)


def period_of(appointment: Appointment) -> Period | None:
    """The days that an appointment takes. One that was ended leaves its last day to the next; a rejected one takes none."""
    if appointment.state == AppointmentState.REJECTED:
        return None
    if appointment.state != AppointmentState.ENDED or appointment.ends_on is None:
        return Period(appointment.starts_on, appointment.ends_on)
    last = appointment.ends_on - timedelta(days=1)
    return Period(appointment.starts_on, last) if last >= appointment.starts_on else None


def check_organisation(organisation: Organisation) -> None:
    """Refuse where there can be no contact persons: observers and organisations that have ended."""
    if organisation.is_closed:
        raise Refused(_("This organisation has ended. Name the contact person in the organisation that continues it."))
    if not organisation.member_employer:
        raise Refused(_("This organisation has no contact persons: only member employers name them."))


def check_person(person: User, group_ids: Collection[int]) -> None:
    """I-02: the person belongs to the organisation or its group. I-04: and does not represent the staff."""
    if person.organisation_id not in group_ids:
        raise Refused(_("%(name)s does not work in this organisation or its group. Choose one of its own people.", name=person.name))
    if person.side == Side.STAFF:
        raise Refused(
            _("%(name)s represents the staff, and a contact person represents the employer. Choose somebody else.", name=person.name)
        )
    if person.state not in (UserState.ACTIVE, UserState.INVITED):
        raise Refused(_("The account of %(name)s is not in use. Choose somebody else.", name=person.name))


def check_period(
    organisation_id: int,
    person: User,
    kind: AppointmentKind,
    period: Period,
    others: Iterable[Appointment],
) -> None:
    """I-03: one person's periods of the same kind do not overlap. I-02: nobody is primary and deputy of one organisation at once."""
    for other in others:
        taken = period_of(other)
        if other.user_id != person.id or taken is None or not period.overlaps(taken):
            continue
        if other.kind == kind:
            raise Refused(
                _(
                    "%(name)s already has such an appointment from %(day)s. End it first, or choose a period that does not overlap.",
                    name=person.name,
                    day=format_day(other.starts_on),
                )
            )
        if other.organisation_id == organisation_id:
            raise Refused(
                _("%(name)s cannot be the contact person and the deputy at the same time. Choose two different people.", name=person.name)
            )


def find_lead(organisation_id: int, period: Period, others: Iterable[Appointment]) -> Appointment | None:
    """The lead of the organisation in that period, if it has one (I-03)."""
    for other in others:
        taken = period_of(other)
        is_lead = other.is_lead and other.state == AppointmentState.CONFIRMED and other.organisation_id == organisation_id
        if is_lead and taken is not None and period.overlaps(taken):
            return other
    return None


def check_lead(organisation_id: int, period: Period, others: Iterable[Appointment]) -> None:
    """I-03: at most one lead at a time."""
    if lead := find_lead(organisation_id, period, others):
        raise Refused(
            _(
                "%(name)s is the one asked first in that period. Leave the choice empty and change it afterwards, or end that appointment first.",
                name=lead.user.name,
            )
        )

"""What can you see? Who came to an event, and one's own ticket."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import joinedload

from extranet.accounts.models import User
from extranet.attendance import policy
from extranet.attendance.marks import Pressed, newest
from extranet.attendance.models import Closing, Mark
from extranet.audit.log import record_apart
from extranet.core.db import db
from extranet.core.errors import NotFound, demand
from extranet.core.i18n import gettext as _
from extranet.core.text import LocalText, alphabetical, fold
from extranet.core.viewer import Viewer
from extranet.events import queries as events
from extranet.events import tickets
from extranet.events.kinds import CERTAIN, Mode, SignupState
from extranet.events.models import Event, Signup
from extranet.organisations.models import Organisation

PAGE = 300  # as many as a large hall holds: without a connection only what is on the page can be ticked


class Show(StrEnum):
    """Which people the list holds."""

    ALL = "all"
    MISSING = "missing"
    PRESENT = "present"


@dataclass(frozen=True)
class Person:
    """Somebody who is expected, or who came."""

    id: int
    mode: Mode
    state: SignupState
    checked_in_at: datetime | None
    first_name: str
    last_name: str
    organisation: LocalText
    email: str
    user_id: int | None

    @property
    def is_present(self) -> bool:
        return self.checked_in_at is not None if self.state == SignupState.CONFIRMED else self.state == SignupState.ATTENDED

    @property
    def is_marked(self) -> bool:
        """The list was closed with this person on it."""
        return self.state != SignupState.CONFIRMED

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def sorted_name(self) -> str:
        return f"{self.last_name} {self.first_name}".strip()


@dataclass(frozen=True)
class Listing:
    """A page of the list; the counts are those of the whole event."""

    rows: Sequence[Person]
    found: int
    page: int
    total: int
    present: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.found // PAGE))


def get_event(viewer: Viewer, event_id: int) -> Event:
    """The event for those who check people in; NotAllowed for others who may see it."""
    event = events.get_event(viewer, event_id)
    demand(policy.can_see_attendance(viewer, event), "attendance.index")
    return event


def list_people(viewer: Viewer, event: Event) -> list[Person]:
    """Everybody who has a place, by name; nobody who waits for one (T41). One query."""
    demand(policy.can_see_attendance(viewer, event), "attendance.index")
    rows = db.session.execute(
        select(
            Signup.id, Signup.mode, Signup.state, Signup.checked_in_at, Signup.user_id, Signup.guest_name, Signup.guest_organisation,
            func.coalesce(User.email, Signup.guest_email).label("email"), User.first_name, User.last_name, Organisation.name,
        )
        .outerjoin(User, User.id == Signup.user_id)
        .outerjoin(Organisation, Organisation.id == Signup.organisation_id)
        .where(Signup.event_id == event.id, Signup.state.in_(CERTAIN))
    ).all()  # fmt: skip
    return sorted((_person(row) for row in rows), key=lambda one: (alphabetical(one.sorted_name), one.id))


def list_page(viewer: Viewer, event: Event, wanted: str = "", show: Show = Show.ALL, page: int = 1) -> Listing:
    """A page of those who are expected; the reading is logged (§6.3)."""
    people = list_people(viewer, event)
    record_apart(viewer, "attendance.list", event)
    present = sum(one.is_present for one in people)
    words = fold(wanted).split()
    rows = [one for one in people if _is_shown(one, show) and all(word in _searched(one) for word in words)]
    page = max(1, min(page, -(-len(rows) // PAGE)))
    return Listing(rows[(page - 1) * PAGE : page * PAGE], len(rows), page, len(people), present)


def list_present(viewer: Viewer, event: Event) -> dict[str, Any]:
    """Who is marked now, in few bytes, for the pages of others at the same door. One query."""
    demand(policy.can_see_attendance(viewer, event), "attendance.index")
    here = case((Signup.state == SignupState.CONFIRMED, Signup.checked_in_at.is_not(None)), else_=Signup.state == SignupState.ATTENDED)
    rows = db.session.execute(select(Signup.id, here).where(Signup.event_id == event.id, Signup.state.in_(CERTAIN))).all()
    return {"present": [signup_id for signup_id, is_here in rows if is_here], "total": len(rows)}


def sort_marks(viewer: Viewer, event: Event, marks: Sequence[Pressed]) -> tuple[list[tuple[Signup, Pressed]], dict[int, str]]:
    """Which marks are news, and which cannot be taken, with a sentence for each. What is older than what is known is neither."""
    latest = newest(marks)
    rows = db.session.execute(
        select(Signup, Mark)
        .outerjoin(Mark, Mark.signup_id == Signup.id)
        .where(Signup.event_id == event.id, Signup.id.in_([one.signup_id for one in latest]))
        .options(joinedload(Signup.event).joinedload(Event.network), joinedload(Signup.user))
    ).all()
    found = {row.Signup.id: row for row in rows}
    closed = find_closing(viewer, event) is not None
    news, refused = [], {}
    for one in latest:
        row = found.get(one.signup_id)
        fault = find_fault(row.Signup, closed) if row else _("This person is no longer on the list.")
        if row is None or fault:
            refused[one.signup_id] = fault
        elif is_news(row.Mark, one):
            news.append((row.Signup, one))
    return news, refused


def is_news(known: Mark | None, pressed: Pressed) -> bool:
    """What was pressed last holds; the same mark sent again is none."""
    return known is None or (known.at < pressed.at and not (pressed.uid and known.uid == pressed.uid))


def find_fault(signup: Signup, is_closed: bool) -> str:
    """Why this person cannot be marked now; empty where that can be done."""
    event = signup.event
    if not event.is_near:
        return _("Who is present can be marked from 24 hours before the start.")
    if signup.state not in CERTAIN:
        return _("%(name)s no longer has a place in the event. Open the list again to see who has.", name=signup.name)
    if is_closed and event.billed_at is not None and signup.state != SignupState.CONFIRMED:
        return _("The costs have been approved already. Correct this person by hand, with a reason.")
    return ""


def find_closing(viewer: Viewer, event: Event) -> Closing | None:
    """When the list was closed, if it was."""
    return db.session.get(Closing, event.id)


def get_signup(viewer: Viewer, event: Event, signup_id: int) -> Signup:
    """One person of the list."""
    signup = _find(Signup.id == signup_id, Signup.event_id == event.id, Signup.state.in_(CERTAIN))
    if signup is None or not policy.can_mark(viewer, signup):
        raise NotFound
    return signup


def get_own(viewer: Viewer, event_id: int) -> Signup:
    """The viewer's own certain place in an event."""
    signup = _find(Signup.event_id == event_id, Signup.user_id == viewer.user_id, Signup.state.in_(CERTAIN))
    if signup is None or not policy.is_holder(viewer, signup):
        raise NotFound
    return signup


def find_by_code(code: str, kind: str = tickets.TICKET) -> Signup | None:
    """The sign-up that a code names, in whatever state; None for a code that is not ours."""
    signup_id = tickets.find_signup_id(code, kind)
    return _find(Signup.id == signup_id) if signup_id else None


def _find(*where: ColumnElement[bool]) -> Signup | None:
    loads = (joinedload(Signup.event).joinedload(Event.network), joinedload(Signup.user), joinedload(Signup.organisation))
    return db.session.scalar(select(Signup).where(*where).options(*loads))


def _person(row: Any) -> Person:
    first, last = (row.first_name, row.last_name) if row.user_id else _split(row.guest_name)
    organisation = row.name or LocalText(fi=row.guest_organisation, sv=row.guest_organisation)
    return Person(row.id, row.mode, row.state, row.checked_in_at, first, last, organisation, row.email, row.user_id)


def _split(name: str) -> tuple[str, str]:
    """A guest writes one name; the last word of it is what lists are sorted by."""
    first, _space, last = name.strip().rpartition(" ")
    return first, last


def _is_shown(one: Person, show: Show) -> bool:
    return show == Show.ALL or one.is_present == (show == Show.PRESENT)


def _searched(one: Person) -> str:
    return fold(f"{one.name} {' '.join(one.organisation.values())}")

"""What can you see? The audit log: who did what, to what, when and from where."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, or_, select

from extranet.accounts.models import User
from extranet.admin.policy import can_read_audit
from extranet.audit.models import AuditEvent
from extranet.core import clock
from extranet.core.db import db
from extranet.core.errors import NotFound
from extranet.core.text import LocalText
from extranet.core.viewer import Viewer
from extranet.networks.models import Network
from extranet.organisations.models import Organisation

PER_PAGE = 50
EXPORTED_AT_MOST = 50_000
BATCH = 1_000


@dataclass(frozen=True)
class Wanted:
    """What the log is narrowed down to. `event`: a name, or the beginning of one up to its dot."""

    who: str = ""
    event: str = ""
    thing: str = ""
    thing_id: str = ""
    network_id: int | None = None
    organisation: str = ""
    since: date | None = None
    until: date | None = None
    reason: str = ""

    @property
    def is_narrow(self) -> bool:
        return self != Wanted()


@dataclass(frozen=True)
class Line:
    """One event with the names of those concerned."""

    id: int
    at: datetime
    user_id: int | None
    who: str
    is_system: bool
    name: str
    thing: str
    thing_id: str
    subject: str
    network: LocalText | None
    organisation: LocalText | None
    reason: str
    ip: str
    detail: Mapping[str, Any]


@dataclass(frozen=True)
class Log:
    """A page of the log; `older` is where the next one begins."""

    lines: Sequence[Line]
    older: int | None


@dataclass(frozen=True)
class NetworkOption:
    id: int
    name: LocalText


def list_events(viewer: Viewer, wanted: Wanted, before: int | None = None) -> Log:
    """The latest events that match, fifty at a time, those before event `before`."""
    rows = db.session.execute(_events(viewer, wanted, before).limit(PER_PAGE + 1)).all()
    shown = rows[:PER_PAGE]
    return Log(_lines(shown), shown[-1].id if len(rows) > PER_PAGE else None)


def each_event(viewer: Viewer, wanted: Wanted) -> Iterator[Line]:
    """All events that match, latest first, at most fifty thousand: for a table to take away."""
    before, left = None, EXPORTED_AT_MOST
    while left > 0:
        rows = db.session.execute(_events(viewer, wanted, before).limit(min(BATCH, left))).all()
        yield from _lines(rows)
        if len(rows) < BATCH:
            return
        before, left = rows[-1].id, left - len(rows)


def list_networks(viewer: Viewer) -> list[NetworkOption]:
    """Every network, to narrow the log down to one."""
    _must_read(viewer)
    return [NetworkOption(*row) for row in db.session.execute(select(Network.id, Network.name).order_by(Network.slug))]


def _events(viewer: Viewer, wanted: Wanted, before: int | None) -> Any:
    _must_read(viewer)
    events: Any = (
        select(
            AuditEvent,
            AuditEvent.id.label("id"),
            User.first_name,
            User.last_name,
            Network.name.label("network"),
            Organisation.name.label("organisation"),
        )
        .outerjoin(User, User.id == AuditEvent.user_id)
        .outerjoin(Network, Network.id == AuditEvent.network_id)
        .outerjoin(Organisation, Organisation.id == AuditEvent.organisation_id)
        .where(*_where(wanted))
        .order_by(AuditEvent.id.desc())
    )
    return events if before is None else events.where(AuditEvent.id < before)


def _where(wanted: Wanted) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if wanted.who:
        where.append(AuditEvent.user_id.in_(select(User.id).where(_named(wanted.who))))
    if wanted.event:
        name = wanted.event.strip().lower().rstrip(".")
        where.append(or_(AuditEvent.name == name, AuditEvent.name.startswith(f"{name}.", autoescape=True)))
    if wanted.thing:
        where.append(AuditEvent.thing == wanted.thing)
    if wanted.thing_id:
        where.append(AuditEvent.thing_id == wanted.thing_id)
    if wanted.network_id:
        where.append(AuditEvent.network_id == wanted.network_id)
    if wanted.organisation:
        where.append(AuditEvent.organisation_id.in_(select(Organisation.id).where(Organisation.code == wanted.organisation)))
    if wanted.since:
        where.append(AuditEvent.at >= clock.from_local(wanted.since, time.min))
    if wanted.until:
        where.append(AuditEvent.at < clock.from_local(wanted.until + timedelta(days=1), time.min))
    if wanted.reason:
        where.append(AuditEvent.reason.contains(wanted.reason, autoescape=True))
    return where


def _named(text: str) -> ColumnElement[bool]:
    """Every word is in the name or the address. SQLite folds only a to z, so a word is tried as written and with a capital."""
    return and_(
        *(
            or_(
                User.email.contains(word.lower(), autoescape=True),
                *(
                    column.contains(form, autoescape=True)
                    for column in (User.first_name, User.last_name)
                    for form in {word, word.lower(), word.capitalize()}
                ),
            )
            for word in text.split()
        )
    )


def _lines(rows: Sequence[Row[Any]]) -> list[Line]:
    people = {int(r.AuditEvent.thing_id) for r in rows if r.AuditEvent.thing == "user" and (r.AuditEvent.thing_id or "").isdigit()}
    names = {
        row.id: f"{row.first_name} {row.last_name}"
        for row in db.session.execute(select(User.id, User.first_name, User.last_name).where(User.id.in_(people)))
    }
    return [_line(row, names) for row in rows]


def _line(row: Row[Any], names: Mapping[int, str]) -> Line:
    event: AuditEvent = row.AuditEvent
    is_person = event.thing == "user" and (event.thing_id or "").isdigit()
    return Line(
        id=event.id,
        at=event.at,
        user_id=event.user_id,
        who=f"{row.first_name} {row.last_name}" if row.first_name is not None else "",
        is_system=event.is_system,
        name=event.name,
        thing=event.thing or "",
        thing_id=event.thing_id or "",
        subject=names.get(int(event.thing_id or 0), "") if is_person else "",
        network=row.network,
        organisation=row.organisation,
        reason=event.reason or "",
        ip=event.ip,
        detail=event.detail,
    )


def _must_read(viewer: Viewer) -> None:
    if not can_read_audit(viewer):
        raise NotFound

"""One event as calendars read it (RFC 5545, 5546). Nobody's address, no participant's name (T43)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import icalendar

from extranet.core import clock
from extranet.core.i18n import gettext as _
from extranet.core.i18n import local_plain
from extranet.events.kinds import EventState, Mode, SignupState
from extranet.events.models import Event, Signup

TZID = "Europe/Helsinki"
MIME = "text/calendar"
REFRESH = timedelta(hours=1)
# The rule of the European Union, as every calendar understands it: shorter than a list of all changes.
_ZONE = b"""BEGIN:VTIMEZONE\r
TZID:Europe/Helsinki\r
BEGIN:DAYLIGHT\r
DTSTART:19970330T030000\r
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r
TZNAME:EEST\r
TZOFFSETFROM:+0200\r
TZOFFSETTO:+0300\r
END:DAYLIGHT\r
BEGIN:STANDARD\r
DTSTART:19961027T040000\r
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r
TZNAME:EET\r
TZOFFSETFROM:+0300\r
TZOFFSETTO:+0200\r
END:STANDARD\r
END:VTIMEZONE\r
"""


@dataclass(frozen=True)
class Entry:
    """An event with what is said of it to one reader.

    stamp: when what it says became true. mode: how the reader takes part, where that is known. state: the reader's sign-up.
    stream_url: only for those who may have it (I-18). is_off: the event was called off, or the reader's place given up.
    contact: whom to ask, in words. is_mine: whether it takes the reader's time. revision: how often the reader's own place changed.
    path: the page for this reader; none for a guest whose own page is gone.
    """

    event: Event
    stamp: datetime
    mode: Mode | None = None
    state: SignupState | None = None
    stream_url: str = ""
    is_off: bool = False
    contact: str = ""
    is_mine: bool = False
    revision: int = 0
    path: str | None = ""

    @property
    def is_open_question(self) -> bool:
        """A place that is not certain yet."""
        return self.state in (SignupState.WAITING, SignupState.OFFERED)


def own_file(signup: Signup, base_url: str, sender: str, is_off: bool = False, revision: int = 0, path: str | None = "") -> bytes:
    """What a letter about an own place carries: put it in, move it (the same UID, a higher SEQUENCE), take it out.

    sender: the service's own address; calendars act upon a message only when it names who sent it.
    """
    event = signup.event
    mine = Entry(event, clock.now(), signup.mode, signup.state, is_off=is_off, contact=_contact(event), is_mine=True)
    entry = replace(mine, revision=revision, path=path)
    return make_calendar([entry], base_url, method="CANCEL" if is_off else "REQUEST", sender=sender)


def event_file(event: Event, base_url: str, signup: Signup | None = None, revision: int = 0, is_reader: bool = False) -> bytes:
    """The file that the event's page gives, to whoever may see the event."""
    entry = Entry(
        event,
        clock.now(),
        mode=signup.mode if signup else None,
        state=signup.state if signup else None,
        is_off=event.state == EventState.CANCELLED,
        contact=_contact(event) if is_reader else "",
        is_mine=signup is not None,
        revision=revision,
    )
    return make_calendar([entry], base_url, method="PUBLISH")


def make_calendar(entries: Sequence[Entry], base_url: str, method: str | None = None, name: str = "", sender: str = "") -> bytes:
    """A whole calendar of events that have a time."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//extranet//events//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    if method:
        calendar.add("method", method)
    if name:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
        calendar.add("x-wr-timezone", TZID)
        calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
        calendar.add("x-published-ttl", "PT1H")
    calendar.add_component(icalendar.Timezone.from_ical(_ZONE))
    for entry in entries:
        calendar.add_component(_component(entry, base_url, sender))
    return bytes(calendar.to_ical())


def _component(entry: Entry, base_url: str, sender: str) -> icalendar.Event:
    event, found = entry.event, icalendar.Event()
    assert event.starts_at is not None and event.ends_at is not None  # noqa: S101  only events with a time come here
    url = "" if entry.path is None else f"{base_url}{entry.path or event.path}"
    found.add("uid", f"event-{event.id}@{urlsplit(base_url).hostname or 'localhost'}")
    found.add("dtstamp", entry.stamp.replace(microsecond=0))
    found.add("sequence", event.sequence + entry.revision)
    found.add("dtstart", clock.local(event.starts_at))
    found.add("dtend", clock.local(event.ends_at))
    found.add("summary", _title(entry))
    found.add("location", entry.stream_url or _place(entry))
    found.add("description", _description(entry, url))
    if url:
        found.add("url", url)
    found.add("transp", "OPAQUE" if entry.is_mine and not entry.is_off else "TRANSPARENT")
    found.add("status", "CANCELLED" if entry.is_off else "TENTATIVE" if entry.is_open_question else "CONFIRMED")
    if entry.contact:
        found.add("contact", entry.contact)
    if sender:
        found.add("organizer", f"mailto:{sender}")
    return found


def _title(entry: Entry) -> str:
    """Calendars show little else, so an uncertain place says so here."""
    title = local_plain(entry.event.title)
    if entry.is_off:
        return _("Cancelled: %(title)s", title=title)
    return f"{title} ({entry.state.label})" if entry.state and entry.is_open_question else title


def _place(entry: Entry) -> str:
    event = entry.event
    if event.mode == Mode.REMOTE or entry.mode == Mode.REMOTE:
        return Mode.REMOTE.label
    return ", ".join(part for part in (local_plain(event.venue), event.address) if part)


def _description(entry: Entry, url: str) -> str:
    lines = [local_plain(entry.event.summary)]
    if entry.is_off:
        lines.append(entry.event.cancelled_reason)
    elif entry.stream_url:
        lines.append(_("Open the remote meeting: %(url)s", url=entry.stream_url))
    elif entry.mode == Mode.REMOTE and entry.is_mine and not entry.is_open_question:
        lines.append(_("The link to the remote meeting is on the event's page from 24 hours before the start."))
    lines += [entry.contact and _("Organiser: %(name)s", name=entry.contact), url and _("Event page: %(url)s", url=url)]
    return "\n\n".join(line for line in lines if line)


def _contact(event: Event) -> str:
    return event.organiser.name if event.organiser else ""

"""What fits together in a programme. The form asks before, the action again when it holds the event's row."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from extranet.core.i18n import format_span, local_plain
from extranet.core.i18n import gettext as _
from extranet.core.text import LocalText
from extranet.events.models import Event
from extranet.events.programme_models import Session, SessionType
from extranet.events.shifting import Shift, is_as_long, same_time_on
from extranet.events.workshops import Room

MOST_SESSIONS = 200


@dataclass(frozen=True)
class SpeakerLine:
    """Somebody who speaks, as typed."""

    name: str
    title: str = ""
    organisation: str = ""
    user_id: int | None = None


@dataclass(frozen=True)
class Draft:
    """A session as somebody wants it to be."""

    type: SessionType
    title: LocalText
    starts_at: datetime
    ends_at: datetime
    slot: str = ""
    capacity: int | None = None
    description: LocalText = field(default_factory=LocalText)
    room: LocalText = field(default_factory=LocalText)
    network_id: int | None = None
    speakers: tuple[SpeakerLine, ...] = ()

    @property
    def columns(self) -> dict[str, Any]:
        """What the session's row holds."""
        return {name: value for name, value in vars(self).items() if name != "speakers"}


def find_fault(event: Event, others: Iterable[Session], draft: Draft, room: Room | None = None) -> tuple[str, str] | None:
    """The field and the sentence that says why the draft does not fit, or nothing. `room`: who is in the session by now."""
    if event.starts_at is None or event.ends_at is None:
        return "starts", _("Give the event its day and time first: its sessions lie within them.")
    if draft.ends_at <= draft.starts_at:
        return "ends", _("The session must end after it begins.")
    if draft.starts_at < event.starts_at or draft.ends_at > event.ends_at:
        late = draft.starts_at >= event.starts_at
        return "ends" if late else "starts", _(
            "The event is held %(when)s, and its sessions must lie within that time.", when=format_span(event.starts_at, event.ends_at)
        )
    held = list(others)
    return _find_overlap(held, draft) or _find_rival(held, draft) or _find_people(draft, room)


def _find_overlap(others: Iterable[Session], draft: Draft) -> tuple[str, str] | None:
    """What everybody takes part in leaves no room for anything beside it."""
    for other in others:
        overlaps = draft.starts_at < other.ends_at and other.starts_at < draft.ends_at
        if overlaps and not (draft.slot and other.is_parallel):
            return "starts", _(
                "“%(title)s” is held %(when)s. Only sessions that people choose between can be held at the same time.",
                title=local_plain(other.title),
                when=format_span(other.starts_at, other.ends_at),
            )
    return None


def _find_rival(others: Iterable[Session], draft: Draft) -> tuple[str, str] | None:
    """Everybody chooses in each group, so one must be left there for whoever chooses the draft (T40)."""
    groups: dict[str, list[Session]] = {}
    for other in others:
        if draft.slot and other.is_parallel and other.slot != draft.slot:
            groups.setdefault(other.slot, []).append(other)
    for group in groups.values():
        if all(draft.starts_at < other.ends_at and other.starts_at < draft.ends_at for other in group):
            return "beside", _(
                "People choose “%(title)s” at the same time, and nobody can be in both. Let them choose between the two, or change the time.",
                title=local_plain(group[0].title),
            )
    return None


def _find_people(draft: Draft, room: Room | None) -> tuple[str, str] | None:
    """Nobody loses a place because somebody edits (I-11, I-13)."""
    if draft.capacity is not None and not draft.slot:
        return "capacity", _("Only a session that people choose has places of its own. Leave this empty, or let people choose.")
    if room is None:
        return None
    if room.chosen and draft.slot != room.session.slot:
        return "beside", _("People have chosen this session, so it stays beside the same ones.")
    if draft.capacity is not None and draft.capacity < room.confirmed:
        return "capacity", _("%(number)s people have a place in this session, so there cannot be fewer places.", number=room.confirmed)
    return None


@dataclass(frozen=True)
class Times:
    """When an event begins and ends, where that is known."""

    starts_at: datetime | None
    ends_at: datetime | None


def moved(sessions: Iterable[Session], old: Times, new: Times) -> list[tuple[Session, datetime, datetime]]:
    """The sessions with the times that they get with the event's: they go along where it stays as long, else only to its new day."""
    found = list(sessions)
    if not found or new.starts_at is None or new.ends_at is None or old == new:
        return []
    before = old.starts_at or found[0].starts_at
    whole = old.starts_at is not None and old.ends_at is not None and is_as_long(new.starts_at, new.ends_at, old.starts_at, old.ends_at)
    shift = Shift(before, new.starts_at if whole else same_time_on(new.starts_at, before))
    return [(session, shift(session.starts_at), shift(session.ends_at)) for session in found]


def find_outside(sessions: Iterable[Session], old: Times, new: Times) -> str:
    """The sentence that names a session which would lie outside the event's new times, or nothing."""
    begins, ends = new.starts_at, new.ends_at
    for session, starts_at, ends_at in moved(sessions, old, new):
        if begins is None or ends is None or starts_at < begins or ends_at > ends:
            return _(
                "“%(title)s” would lie outside the event's new times. Change the programme first, or choose times that have room for it.",
                title=local_plain(session.title),
            )
    return ""

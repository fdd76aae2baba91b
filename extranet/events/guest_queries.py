"""What can you see of invitations and guests: organisers their list, whoever has a link what it opens."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from extranet.accounts.tokens import hash_token
from extranet.core.db import db
from extranet.core.errors import NotAllowed, NotFound
from extranet.core.viewer import Viewer
from extranet.events import guest_links, guest_policy, queries
from extranet.events.guest_models import Invitation
from extranet.events.kinds import IN_FORCE
from extranet.events.models import Event, Signup
from extranet.events.signup_queries import Told, read_told


@dataclass(frozen=True)
class Line:
    """An invitation in the organisers' list; `path` as long as it can be copied."""

    invitation: Invitation
    used: int
    path: str | None


def get_event_to_invite(viewer: Viewer, event_id: int) -> Event:
    """The event for its guests; NotFound where it takes none."""
    event = queries.get_event(viewer, event_id)
    if not guest_policy.can_invite(viewer, event):
        raise NotAllowed("events.guests")
    if not event.takes_guests:
        raise NotFound
    return event


def list_invitations(viewer: Viewer, event: Event) -> list[Line]:
    """The links of an event, the newest first, with how many came by each."""
    rows = db.session.execute(
        select(Invitation, _used(Invitation.id).correlate(Invitation).scalar_subquery().label("used"))
        .where(Invitation.event_id == event.id)
        .order_by(Invitation.id.desc())
    )
    return [Line(row.Invitation, row.used, guest_links.path_of(row.Invitation) if row.Invitation.is_running else None) for row in rows]


def get_invitation(viewer: Viewer, event_id: int, invitation_id: int) -> Invitation:
    """One invitation, for the event's organisers."""
    event = get_event_to_invite(viewer, event_id)
    wanted = select(Invitation).where(Invitation.id == invitation_id, Invitation.event_id == event.id)
    invitation = db.session.scalar(wanted.options(joinedload(Invitation.event).joinedload(Event.network)))
    if invitation is None:
        raise NotFound
    return invitation


def find_invitation(token: str) -> Invitation | None:
    """What a link to the form for guests opens; it may be over."""
    loads = joinedload(Invitation.event).options(joinedload(Event.network), joinedload(Event.organiser))
    return db.session.scalar(select(Invitation).where(Invitation.token_hash == hash_token(token)).options(loads))


def find_guest(token: str) -> Told | None:
    """What a link to a guest's own page opens."""
    try:
        return read_told(select(Signup.id).where(Signup.guest_token_hash == hash_token(token)).scalar_subquery())
    except NotFound:
        return None


def count_used(viewer: Viewer, invitation: Invitation) -> int:
    """How many take part, or wait, by that link."""
    return db.session.scalar(_used(invitation.id)) or 0


def _used(invitation_id: Any) -> Any:
    return select(func.count(Signup.id)).where(Signup.invitation_id == invitation_id, Signup.state.in_(IN_FORCE))

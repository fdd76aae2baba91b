"""Who may, at the organiser's desk (domain.md §4.7)."""

from extranet.core.viewer import Viewer
from extranet.events.models import Event, Signup
from extranet.events.policy import can_remove, can_see_participants, is_addressed

can_move = can_remove
can_message = can_see_participants


def can_see_needs(viewer: Viewer, event: Event) -> bool:
    """Diets and accessibility needs are for the event's own organiser alone; not for administrators (I-32)."""
    return event.organiser_id == viewer.user_id and can_see_participants(viewer, event)


def takes_part(viewer: Viewer, event: Event, own: Signup | None) -> bool:
    """Whether somebody is a participant: who waits is none yet (T41), who has left the network none any more (T17)."""
    return own is not None and own.is_confirmed and is_addressed(viewer, event)


def can_see_names(viewer: Viewer, event: Event, own: Signup | None) -> bool:
    """Participants see who else comes; an organisation's administrators see their own people (T41)."""
    return takes_part(viewer, event, own) or bool(viewer.org_admin_of) or can_see_participants(viewer, event)

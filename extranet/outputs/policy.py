"""Who may. An event gives no rights to its materials: each is asked for by itself."""

from sqlalchemy import ColumnElement, and_, false, or_, select

from extranet.core.viewer import Viewer
from extranet.events import policy as events
from extranet.events.kinds import EventState
from extranet.events.models import Event
from extranet.networks.models import Network, NetworkState
from extranet.networks.policy import readable_in


def can_attach(viewer: Viewer, event: Event) -> bool:
    """Those who edit the event; which materials is asked of the library."""
    return events.can_edit(viewer, event)


can_detach = can_record = can_withdraw = can_caption = can_attach


def editable_by(viewer: Viewer) -> ColumnElement[bool]:
    """`can_attach`, as a where-clause on Event."""
    living = Event.network_id.not_in(select(Network.id).where(Network.state == NetworkState.ARCHIVED))
    if viewer.is_admin:
        return living
    mine = Event.network_id.in_(viewer.moderated_ids) if viewer.moderated_ids else false()
    return and_(living, or_(mine, readable_in(viewer, Event.network_id)) if viewer.is_expert else mine)


def edits_somewhere(viewer: Viewer) -> bool:
    """Whether there may be events at all that the viewer edits; asks nothing."""
    return viewer.is_admin or viewer.is_expert or bool(viewer.moderated_ids)


def can_watch(viewer: Viewer, event: Event) -> bool:
    """The recording: those whom the event was meant for, and its editors. Others read only the main points."""
    return event.state != EventState.DRAFT and (events.is_addressed(viewer, event) or events.is_editor(viewer, event))


def can_tell(viewer: Viewer, event: Event) -> bool:
    """Only the clock."""
    return viewer.is_system

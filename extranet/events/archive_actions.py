"""What the clock does with an event that lies long behind."""

from extranet.audit.log import action
from extranet.core.viewer import Viewer
from extranet.events import policy
from extranet.events.kinds import EventState
from extranet.events.models import Event


@action(policy.can_finish)
def archive(viewer: Viewer, event: Event) -> None:
    """Put a held event into the archive: its page, materials and numbers stay."""
    if event.state == EventState.HELD:
        event.state = EventState.ARCHIVED
        event.lock_version += 1

"""What you can do: choose which letters you get."""

from extranet.audit.log import action
from extranet.core.db import db
from extranet.core.viewer import Viewer
from extranet.notifications import policy
from extranet.notifications.models import Letters, NotificationChoice


@action(policy.can_choose_letters)
def choose_letters(viewer: Viewer, _thing: None, *, letters: Letters) -> None:
    """Have letters of everything, of what concerns the viewer directly, or none (T27)."""
    db.session.merge(NotificationChoice(user_id=viewer.user_id, letters=letters))

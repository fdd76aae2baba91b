"""What can a participant change in an own sign-up, also when the event is full or closed (T39)."""

from extranet.audit.log import action
from extranet.core.viewer import Viewer
from extranet.events import changing, policy
from extranet.events.details import Details
from extranet.events.kinds import Mode
from extranet.events.models import Signup


@action(policy.can_answer)
def change_signup(viewer: Viewer, signup: Signup, *, mode: Mode, details: Details) -> Signup:
    """Tell anew what one told, change the way of taking part and the workshops."""
    changing.change(viewer, signup, mode, details)
    return signup

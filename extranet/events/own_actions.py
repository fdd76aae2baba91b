"""What can a participant change in an own sign-up, also when the event is full or closed (T39)."""

from extranet.audit.log import action
from extranet.core.viewer import Viewer
from extranet.events import details as told
from extranet.events import entering, places, policy, workshops
from extranet.events.details import Details
from extranet.events.kinds import Mode
from extranet.events.models import Event, Signup
from extranet.events.signup_queries import read_told
from extranet.events.workshops import Wishes


@action(policy.can_answer)
def change_signup(viewer: Viewer, signup: Signup, *, mode: Mode, details: Details) -> Signup:
    """Tell anew what one told, change the way of taking part and the workshops: all of it, or nothing where one does not go."""
    change(viewer, signup, mode, details)
    return signup


def change(viewer: Viewer, signup: Signup, mode: Mode, details: Details) -> None:
    """Keep the details, and move where another way or other workshops are wanted; members and guests alike."""
    places.lock(signup.event, signup)
    entering.change_mode(viewer, signup, mode)
    if not _same(signup.event, details.wishes, read_told(signup.id).wishes):
        workshops.choose(viewer, signup, details.wishes)
    told.replace(signup.event, signup, details)


def _same(event: Event, wanted: Wishes, before: Wishes) -> bool:
    """Below the workshop that one is in, wishes of an earlier draw may stand: they are not shown, so they are not compared."""
    if set(wanted) != set(before):
        return False
    return all(list(before[slot])[: len(ids)] == list(ids) for slot, ids in wanted.items())

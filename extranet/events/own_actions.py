"""What can a participant change in an own sign-up, also when the event is full or closed (T39)."""

from extranet.audit.log import action
from extranet.core.errors import Refused
from extranet.core.i18n import gettext as _
from extranet.core.viewer import Viewer
from extranet.events import details as told
from extranet.events import places, policy, signup_actions, workshops
from extranet.events.details import Details
from extranet.events.kinds import IN_FORCE, Mode
from extranet.events.models import Event, Signup
from extranet.events.signup_queries import read_told
from extranet.events.workshops import Wishes


@action(policy.can_answer)
def change_signup(viewer: Viewer, signup: Signup, *, mode: Mode, details: Details) -> Signup:
    """Tell anew what one told, change the way of taking part and the workshops: all of it, or nothing where one does not go."""
    check_changeable(signup)
    if mode != signup.mode:
        signup_actions.change_mode(viewer, signup, mode=mode)
    apply(viewer, signup, details)
    return signup


def check_changeable(signup: Signup) -> None:
    """Lock, then see whether it can be changed still."""
    places.lock(signup.event, signup)
    if signup.event.has_begun or signup.state not in IN_FORCE:
        raise Refused(_("Your sign-up can no longer be changed."))


def apply(viewer: Viewer, signup: Signup, details: Details) -> None:
    """Keep the details, and move between workshops where other ones are wanted. The event's row is held."""
    if not _same(signup.event, details.wishes, read_told(signup.id).wishes):
        workshops.choose(viewer, signup, details.wishes)
    told.replace(signup.event, signup, details)


def _same(event: Event, wanted: Wishes, before: Wishes) -> bool:
    """Below the workshop that one is in, wishes of an earlier draw may stand: they are not shown, so they are not compared."""
    if set(wanted) != set(before):
        return False
    return all(list(before[slot])[: len(ids)] == list(ids) for slot, ids in wanted.items())

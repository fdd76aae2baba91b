"""Who may. Organisers mark who came; a certificate and the feedback form are the participant's own."""

from extranet.core.viewer import Viewer
from extranet.events import policy as events
from extranet.events.forgetting import NAMELESS
from extranet.events.kinds import SignupState
from extranet.events.models import Event, Signup

can_see_attendance = events.can_see_participants
can_close = events.can_see_participants
can_reopen = events.can_see_participants


def can_mark(viewer: Viewer, signup: Signup) -> bool:
    """Whoever may see the event's participants (domain.md §4.7)."""
    return events.can_see_participants(viewer, signup.event)


can_correct = can_mark


def is_holder(viewer: Viewer, signup: Signup) -> bool:
    """The person whose ticket it is, as long as she may know of the event (T17), or if she was there. A guest's code itself shows who it is."""
    if signup.user_id is None:
        return True
    return signup.user_id == viewer.user_id and (signup.state == SignupState.ATTENDED or events.can_see(viewer, signup.event))


def can_see_ticket(viewer: Viewer, signup: Signup) -> bool:
    """Its holder, and those who check people in."""
    return is_holder(viewer, signup) or can_mark(viewer, signup)


def can_see_certificate(viewer: Viewer, signup: Signup) -> bool:
    """The same people; that the person was there is asked besides."""
    return can_see_ticket(viewer, signup)


def can_answer(viewer: Viewer, signup: Signup) -> bool:
    """Participants speak for themselves."""
    return is_holder(viewer, signup)


def can_see_results(viewer: Viewer, event: Event) -> bool:
    """Those who may see the participants."""
    return events.can_see_participants(viewer, event)


def has_come(signup: Signup) -> bool:
    """Whether a certificate can be given: not in the name of a guest whose name has been wiped."""
    return signup.state == SignupState.ATTENDED and signup.name != NAMELESS

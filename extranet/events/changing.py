"""How a sign-up is changed by the one to whom it belongs, member or guest, also when the event is full or closed (T39)."""

from extranet.core.viewer import Viewer
from extranet.events import details as told
from extranet.events import entering, places, workshops
from extranet.events.details import Details
from extranet.events.kinds import ChoiceRule, Mode
from extranet.events.models import Event, Signup
from extranet.events.signup_queries import read_told
from extranet.events.workshops import Wishes


def change(viewer: Viewer, signup: Signup, mode: Mode, details: Details) -> None:
    """Keep the details, and move where another way or other workshops are wanted: all of it, or nothing where one does not go."""
    places.lock(signup.event, signup)
    entering.change_mode(viewer, signup, mode)
    if not _same(signup.event, details.wishes, read_told(signup.id).wishes):
        workshops.choose(viewer, signup, details.wishes)
    told.replace(signup.event, signup, details)


def _same(event: Event, wanted: Wishes, before: Wishes) -> bool:
    """Once places are given, wishes below the workshop that one is in are not shown, so they are not compared."""
    if set(wanted) != set(before):
        return False
    is_ranked = event.choice_rule == ChoiceRule.WISHES and event.drawn_at is None
    return all(list(before[slot][: None if is_ranked else len(ids)]) == list(ids) for slot, ids in wanted.items())

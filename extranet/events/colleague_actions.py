"""What can be done for several colleagues at once."""

from collections.abc import Sequence

from extranet.accounts.models import User
from extranet.audit.log import action
from extranet.core.viewer import Viewer
from extranet.events import places, policy, signup_actions
from extranet.events.kinds import Mode
from extranet.events.models import Event, Signup


@action(policy.can_see_colleagues)
def sign_up_colleagues(viewer: Viewer, event: Event, *, people: Sequence[User], mode: Mode) -> list[Signup]:
    """Sign them up in the order of the form: all of them, or nobody where one cannot be signed up."""
    places.lock(event)
    return [signup_actions.sign_up_colleague(viewer, event, user=user, mode=mode) for user in people]

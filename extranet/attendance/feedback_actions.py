"""What can you do: tell what you thought of an event."""

import secrets

from extranet.attendance import feedback_queries, policy
from extranet.attendance.models import Feedback, FeedbackGiven
from extranet.audit.log import action
from extranet.core.db import db
from extranet.core.errors import Refused
from extranet.core.i18n import gettext as _
from extranet.core.viewer import Viewer
from extranet.events.models import Signup


@action(policy.can_answer)
def answer(viewer: Viewer, signup: Signup, *, rating: int, text: str, is_named: bool) -> None:
    """Leave feedback, once. Unless the person wants to be named, the answer is kept without any trace to her."""
    if feedback_queries.has_answered(signup):
        raise Refused(_("You have answered already. Thank you."))
    if obstacle := feedback_queries.find_obstacle(signup):
        raise Refused(obstacle)
    db.session.add(FeedbackGiven(signup_id=signup.id))
    named = signup.id if is_named else None
    db.session.add(Feedback(id=secrets.token_hex(16), event_id=signup.event_id, rating=rating, text=text, signup_id=named))

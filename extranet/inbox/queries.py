"""What you can see of the letters that came in: when, whose, and what became of them; never their words."""

from typing import Any

from sqlalchemy import func, select

from extranet.accounts.models import User
from extranet.core.db import db
from extranet.core.errors import demand
from extranet.core.viewer import Viewer
from extranet.inbox import policy
from extranet.inbox.models import InboundLetter, Outcome

SHOWN = 100


def list_letters(viewer: Viewer) -> list[Any]:
    """The last hundred, newest first. Raises NotAllowed."""
    demand(policy.can_list(viewer), "inbox.list")
    name = (User.first_name + " " + User.last_name).label("who")
    rows = select(InboundLetter.id, InboundLetter.at, InboundLetter.outcome, InboundLetter.why, name)
    return list(
        db.session.execute(
            rows.outerjoin(User, User.id == InboundLetter.user_id).order_by(InboundLetter.id.desc()).limit(SHOWN)
        ).all()
    )  # fmt: skip


def count_letters(viewer: Viewer) -> dict[Outcome, int]:
    """How many ended how, in ninety days. Raises NotAllowed."""
    demand(policy.can_list(viewer), "inbox.list")
    rows = db.session.execute(select(InboundLetter.outcome, func.count()).group_by(InboundLetter.outcome))
    return {outcome: count for outcome, count in rows}

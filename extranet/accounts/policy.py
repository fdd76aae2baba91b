"""Who may: people their own account, administrators everybody's."""

from typing import Any

from extranet.accounts.models import AuthSession, User, UserState
from extranet.core.viewer import Viewer


def is_self(viewer: Viewer, user: User) -> bool:
    """Nobody but the person herself, while her account is active."""
    return viewer.user_id == user.id and user.is_active


can_sign_in = is_self
can_sign_in_by_link = is_self
can_edit = is_self
can_confirm_details = is_self
can_choose_language = is_self
can_change_password = is_self
can_reset_password = is_self
can_end_other_sessions = is_self


def can_ask(_viewer: Viewer, _thing: Any = None) -> bool:
    """Anybody may ask for a letter; only the owner of the mailbox gets one."""
    return True


def can_end_session(viewer: Viewer, session: AuthSession) -> bool:
    """One's own sessions."""
    return viewer.user_id == session.user_id


def can_accept_invitation(viewer: Viewer, user: User) -> bool:
    """The person whom the link was sent to, once."""
    return viewer.user_id == user.id and user.state == UserState.INVITED


def is_administrator(viewer: Viewer, _thing: Any = None) -> bool:
    """Nobody but administrators lets people in, shuts them out or gives roles, to themselves or to others (T18)."""
    return viewer.is_admin


can_invite = is_administrator
can_reinvite = is_administrator
can_approve = is_administrator
can_decline = is_administrator
can_suspend = is_administrator
can_restore = is_administrator
can_grant = is_administrator
can_revoke = is_administrator
can_end_sessions = is_administrator

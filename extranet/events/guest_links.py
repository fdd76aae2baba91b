"""The secret addresses of guests and of invitations; see accounts.salted. The salt is the row itself, so a letter can name them again."""

from extranet.accounts import salted
from extranet.events.guest_models import Invitation
from extranet.events.models import Signup


def make_token(row: Signup | Invitation) -> str:
    """The token of a guest's sign-up, or of an invitation."""
    return salted.make_token(row.__tablename__, _salt(row))


def path_of(row: Signup | Invitation) -> str | None:
    """The secret path; None where the data has been wiped, or the secret key was changed and forgotten since."""
    kept = row.token_hash if isinstance(row, Invitation) else row.guest_token_hash
    token = salted.find_token(row.__tablename__, _salt(row), kept) if kept else None
    return f"/events/{'invitations' if isinstance(row, Invitation) else 'guests'}/{token}" if token else None


def _salt(row: Signup | Invitation) -> str:
    return f"{row.id}:{row.created_at.isoformat()}"

"""The invitation: sent when somebody is let in, and again when she asks for a link."""

from extranet.accounts import tokens
from extranet.accounts.models import TokenPurpose, User
from extranet.core import clock
from extranet.mail.outbox import put_letter


def send_invitation(user: User) -> None:
    """Put the letter with a link that is good once, for two weeks."""
    token = tokens.issue(user.id, TokenPurpose.INVITATION)
    put_letter(
        to=user.email,
        user_id=user.id,
        language=user.language,
        template="accounts/mail/invitation",
        secret=True,
        name=user.first_name,
        path=f"/invitation/{token}",
        until=clock.now() + tokens.GOOD_FOR[TokenPurpose.INVITATION],
    )

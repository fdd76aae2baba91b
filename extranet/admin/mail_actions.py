"""What administrators can do with a letter that was given up: send it after all."""

from extranet.admin import policy
from extranet.audit.log import action
from extranet.core.errors import Refused
from extranet.core.i18n import gettext as _
from extranet.core.viewer import Viewer
from extranet.mail.models import Letter, LetterState
from extranet.mail.outbox import put_back


@action(policy.can_administer)
def retry(_viewer: Viewer, letter: Letter) -> Letter:
    """Try a dead letter from the beginning, with the Message-ID that it has."""
    if letter.state != LetterState.DEAD:
        raise Refused(_("This letter has not been given up. Reload the page to see how it stands."))
    if not letter.text:
        raise Refused(_("The words of this letter are wiped, because they held a one-time link. Ask the person to order a new one."))
    put_back(letter)
    return letter

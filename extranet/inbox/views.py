"""At which address one sees what became of letters that came in. Parse, call, answer."""

from flask import Blueprint, current_app, g
from flask.typing import ResponseReturnValue

from extranet.core.i18n import lazy_gettext as _l
from extranet.core.web import page
from extranet.inbox import queries
from extranet.inbox.models import Outcome, Why

bp = Blueprint("inbox", __name__)

OUTCOMES = {
    Outcome.POSTED: _l("Added to the discussion"),
    Outcome.ANSWERED: _l("Refused, with an answer"),
    Outcome.SILENT: _l("Left alone"),
}
REASONS = {
    Why.TAKEN: "",
    Why.AUTOMATIC: _l("An automatic answer, a bounce or a mailing list"),
    Why.NO_TOKEN: _l("Not to a reply address of ours"),
    Why.FORGED: _l("Not from the address of the person to whom our letter went"),
    Why.UNREADABLE: _l("It could not be read"),
    Why.TOO_LARGE: _l("Too large"),
    Why.REPEATED: _l("The same words again"),
    Why.TOO_MANY: _l("Too many within an hour"),
    Why.EMPTY: _l("No text of its writer's own"),
    Why.REFUSED: _l("The discussion did not take the reply"),
}


@bp.get("/inbox/")
def index() -> ResponseReturnValue:
    config = current_app.extensions["extranet"]
    return page(
        "inbox/index.html",
        letters=queries.list_letters(g.viewer),
        counts=queries.count_letters(g.viewer),
        outcomes=OUTCOMES,
        reasons=REASONS,
        address=config.inbox_address,
        has_mailbox=bool(config.imap_url),
    )

"""The words and pictures for verdicts and for what became of a comment."""

from flask_babel import LazyString

from extranet.core.i18n import lazy_gettext as _l
from extranet.pilots.models import Handling, Verdict

VERDICTS: dict[Verdict, tuple[LazyString, str, str]] = {
    Verdict.OK: (_l("Ready as it is"), "ok", "circle-check"),
    Verdict.NEEDS_CHANGES: (_l("Needs changes"), "warn", "pencil"),
}
HANDLINGS: dict[Handling, tuple[LazyString, str, str]] = {
    Handling.TAKEN: (_l("Taken into account"), "ok", "circle-check"),
    Handling.PARTLY: (_l("Partly taken into account"), "info", "check"),
    Handling.NOT_TAKEN: (_l("Not taken into account"), "calm", "x"),
    Handling.READ: (_l("Read, no answer"), "calm", "eye"),
}

"""The words and pictures for kinds, languages, audiences, ways of sharing and states."""

from flask_babel import LazyString

from extranet.core.i18n import lazy_gettext as _l
from extranet.materials.models import Accessible, Audience, MaterialKind, MaterialLanguage, MaterialState, Sharing

KINDS: dict[MaterialKind, LazyString] = {
    MaterialKind.GUIDE: _l("Guide"),
    MaterialKind.RECOMMENDATION: _l("Recommendation"),
    MaterialKind.SLIDES: _l("Slides"),
    MaterialKind.FORM: _l("Form"),
    MaterialKind.PUBLICATION: _l("Publication"),
    MaterialKind.RECORDING: _l("Recording"),
    MaterialKind.PODCAST: _l("Podcast"),
    MaterialKind.MINUTES: _l("Minutes"),
    MaterialKind.LINK: _l("Link"),
    MaterialKind.ANSWER: _l("Question and answer"),
    MaterialKind.OTHER: _l("Other material"),
}
# A link has an address instead of a file, and a form of its own; answers come out of discussions.
UPLOADED_KINDS = [kind for kind in MaterialKind if kind not in (MaterialKind.LINK, MaterialKind.ANSWER)]
LANGUAGES: dict[MaterialLanguage, LazyString] = {
    MaterialLanguage.FI: _l("in Finnish"),
    MaterialLanguage.SV: _l("in Swedish"),
    MaterialLanguage.BOTH: _l("in Finnish and Swedish"),
}
AUDIENCES: dict[Audience, LazyString] = {
    Audience.ALL: _l("Everybody"),
    Audience.MANAGEMENT: _l("Management"),
    Audience.SUPERVISORS: _l("Supervisors"),
    Audience.HR: _l("HR professionals"),
    Audience.STAFF: _l("Staff"),
}
SHARINGS: dict[Sharing, tuple[LazyString, LazyString]] = {
    Sharing.OWN_USE: (_l("Own use"), _l("For the readers themselves; not to be passed on.")),
    Sharing.MAY_FORWARD: (_l("May be passed on"), _l("Readers may share it inside their own organisation, for example with supervisors.")),
    Sharing.PUBLIC: (_l("Public"), _l("Anybody may open it, without an account. Only in public networks.")),
}
ACCESSIBLE: dict[Accessible, LazyString] = {
    Accessible.YES: _l("accessible"),
    Accessible.PARTLY: _l("partly accessible"),
    Accessible.NO: _l("not accessible"),
    Accessible.UNKNOWN: _l("not said"),
}
STATES: dict[MaterialState, tuple[LazyString, str, str]] = {
    MaterialState.DRAFT: (_l("Draft"), "warn", "pencil"),
    MaterialState.IN_PILOT: (_l("In pilot"), "info", "users"),
    MaterialState.REVISED: (_l("Revised"), "info", "pencil"),
    MaterialState.PUBLISHED: (_l("In force"), "ok", "circle-check"),
    MaterialState.ARCHIVED: (_l("Archived"), "calm", "history"),
}
_LOOKS = {
    MaterialKind.GUIDE: ("file-text", "warn"),
    MaterialKind.RECOMMENDATION: ("file-text", "warn"),
    MaterialKind.SLIDES: ("presentation", ""),
    MaterialKind.FORM: ("file-spreadsheet", "info"),
    MaterialKind.PUBLICATION: ("file-text", ""),
    MaterialKind.RECORDING: ("video", "heather"),
    MaterialKind.PODCAST: ("megaphone", "heather"),
    MaterialKind.MINUTES: ("list", "calm"),
    MaterialKind.LINK: ("link", "calm"),
    MaterialKind.ANSWER: ("circle-question-mark", "info"),
}


def look_of(kind: MaterialKind) -> tuple[str, str]:
    """The icon of a kind and the tone of its tile."""
    return _LOOKS.get(kind, ("file-text", "calm"))

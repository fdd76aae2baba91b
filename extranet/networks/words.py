"""The words and pictures for kinds, roles, states and ways of joining."""

from flask_babel import LazyString

from extranet.core.i18n import lazy_gettext as _l
from extranet.networks.models import JoinPolicy, MembershipRole, Network, NetworkKind, NetworkState, Visibility

KINDS: dict[NetworkKind, LazyString] = {
    NetworkKind.CONTACT_PERSONS: _l("Contact persons"),
    NetworkKind.HR: _l("HR network"),
    NetworkKind.THEME: _l("Theme network"),
    NetworkKind.LEARNING: _l("Learning network"),
    NetworkKind.DEVELOPMENT: _l("Core team of a learning network"),
    NetworkKind.ADVISORY: _l("Advisory board"),
    NetworkKind.PROJECT: _l("Project network"),
    NetworkKind.EMPLOYER: _l("Employer network"),
}
ROLES: dict[MembershipRole, LazyString] = {
    MembershipRole.MEMBER: _l("Member"),
    MembershipRole.CORE: _l("Core team member"),
    MembershipRole.ADVISORY: _l("Advisory board member"),
    MembershipRole.MODERATOR: _l("Moderator"),
    MembershipRole.LEAD: _l("Network leader"),
}
STATES: dict[NetworkState, LazyString] = {
    NetworkState.DRAFT: _l("Draft: only its members and administrators see it"),
    NetworkState.ACTIVE: _l("Active"),
    NetworkState.DORMANT: _l("Quiet now: nobody can join"),
    NetworkState.ARCHIVED: _l("Archived: everything can be read, nothing can be changed"),
}
VISIBILITIES: dict[Visibility, LazyString] = {
    Visibility.PUBLIC: _l("Public: everybody sees its own page"),
    Visibility.LISTED: _l("Listed: signed-in people see its name and purpose"),
    Visibility.SECRET: _l("Secret: only its members and administrators know of it"),
}
JOIN_POLICIES: dict[JoinPolicy, LazyString] = {
    JoinPolicy.OPEN: _l("Open: people join by themselves"),
    JoinPolicy.REQUEST: _l("On request: a moderator approves"),
    JoinPolicy.INVITATION: _l("By invitation only"),
    JoinPolicy.NOMINATION: _l("The organisation nominates"),
}
# In a list: how one gets in, in a word or two.
DOORS: dict[JoinPolicy, tuple[LazyString, str]] = {
    JoinPolicy.OPEN: (_l("Open to join"), "circle-check"),
    JoinPolicy.REQUEST: (_l("On request"), "user-plus"),
    JoinPolicy.INVITATION: (_l("By invitation"), "mail"),
    JoinPolicy.NOMINATION: (_l("The organisation nominates"), "building-2"),
}
_LOOKS = {
    NetworkKind.CONTACT_PERSONS: ("handshake", "warn"),
    NetworkKind.THEME: ("lightbulb", "info"),
    NetworkKind.LEARNING: ("graduation-cap", "heather"),
    NetworkKind.DEVELOPMENT: ("sprout", "info"),
    NetworkKind.ADVISORY: ("scale", "calm"),
    NetworkKind.PROJECT: ("folder-open", "calm"),
    NetworkKind.EMPLOYER: ("building-2", "calm"),
}


def look_of(network: Network) -> tuple[str, str]:
    """The icon of a network and the tone of its tile."""
    return _LOOKS.get(network.kind, ("waypoints", ""))

"""What states, roles and sides are called, and the badge of a state."""

from extranet.accounts.models import Grant, Side, UserState
from extranet.core.i18n import lazy_gettext as _l

STATES = {
    UserState.ACTIVE: _l("In use"),
    UserState.INVITED: _l("Invited"),
    UserState.REQUESTED: _l("Requested"),
    UserState.SUSPENDED: _l("Suspended"),
    UserState.DECLINED: _l("Declined"),
    UserState.CLOSED: _l("Account closed"),
}
# kind and icon
STATE_BADGES = {
    UserState.ACTIVE: ("ok", "circle-check"),
    UserState.INVITED: ("info", "mail"),
    UserState.REQUESTED: ("warn", "clock"),
    UserState.SUSPENDED: ("danger", "lock"),
    UserState.DECLINED: ("", "circle-x"),
    UserState.CLOSED: ("", "circle-x"),
}
# The first is what a select offers by itself: the one that does nothing without an organisation.
GRANTS = {
    Grant.ORG_ADMIN: _l("Organisation's main user"),
    Grant.EXPERT: _l("Expert"),
    Grant.EDITOR: _l("Editor"),
    Grant.DPO: _l("Data-protection officer"),
    Grant.ADMIN: _l("Administrator"),
}
SIDES = {
    Side.EMPLOYER: _l("The employer"),
    Side.STAFF: _l("The staff"),
    Side.NONE: _l("Neither"),
}

"""The words for kinds, languages and states."""

from flask_babel import LazyString

from extranet.core.i18n import gettext as _
from extranet.core.i18n import lazy_gettext as _l
from extranet.organisations.models import MOVED, Appointment, AppointmentKind, OrganisationKind, OrganisationLanguages

KINDS: dict[OrganisationKind, LazyString] = {
    OrganisationKind.MUNICIPALITY: _l("Municipality"),
    OrganisationKind.JOINT_AUTHORITY: _l("Joint authority"),
    OrganisationKind.WELLBEING_COUNTY: _l("Wellbeing services county"),
    OrganisationKind.WELLBEING_CONSORTIUM: _l("Wellbeing services consortium"),
    OrganisationKind.MUNICIPAL_COMPANY: _l("Municipal company"),
    OrganisationKind.UNION_CENTRAL: _l("Trade union organisation"),
    OrganisationKind.PARTNER: _l("Partner"),
    OrganisationKind.SERVICE_OWNER: _l("Owner of the service"),
}
LANGUAGES: dict[OrganisationLanguages, LazyString] = {
    OrganisationLanguages.FI: _l("Finnish"),
    OrganisationLanguages.FI_SV: _l("Finnish and Swedish"),
    OrganisationLanguages.SV_FI: _l("Swedish and Finnish"),
    OrganisationLanguages.SV: _l("Swedish"),
}
APPOINTMENTS: dict[AppointmentKind, LazyString] = {
    AppointmentKind.PRIMARY: _l("Contact person"),
    AppointmentKind.DEPUTY: _l("Deputy"),
}


def reason_of(appointment: Appointment) -> str:
    """Why it ended or was rejected; the service's own reason in the reader's language."""
    return _("Moved to another organisation") if appointment.ended_reason == MOVED else appointment.ended_reason

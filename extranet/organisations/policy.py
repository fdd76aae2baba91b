"""Who may. Everybody signed in sees that an organisation exists; its people are for itself and for the service's experts."""

from typing import Any

from sqlalchemy import ColumnElement, false, or_, true

from extranet.core.viewer import Viewer
from extranet.organisations.models import Appointment, Organisation


def can_see(viewer: Viewer, _organisation: Any = None) -> bool:
    """Name, kind and region: everybody who has signed in."""
    return viewer.is_signed_in or viewer.is_system


def oversees(viewer: Viewer, _thing: Any = None) -> bool:
    """Experts and administrators look after the contact persons of all organisations."""
    return viewer.is_admin or viewer.is_expert


def can_see_contacts(viewer: Viewer, organisation: Organisation) -> bool:
    """Who the contact persons are: visible inside one's own organisation (S1-05)."""
    return can_see_people(viewer, organisation) or (viewer.organisation_id is not None and viewer.organisation_id == organisation.id)


def can_see_people(viewer: Viewer, organisation: Organisation) -> bool:
    """People, networks and gaps: the organisation's contact persons and org_admins, experts, administrators (matrix §4.7)."""
    return oversees(viewer) or organisation.id in viewer.contact_for or organisation.id in viewer.org_admin_of


def people_visible_to(viewer: Viewer, organisation_id: Any) -> ColumnElement[bool]:
    """`can_see_people`, as a where-clause on a column that holds an organisation's id."""
    if oversees(viewer):
        return true()
    own = viewer.contact_for | viewer.org_admin_of
    return organisation_id.in_(own) if own else false()


def contacts_visible_to(viewer: Viewer, organisation_id: Any) -> ColumnElement[bool]:
    """`can_see_contacts`, as a where-clause on a column that holds an organisation's id."""
    seen = people_visible_to(viewer, organisation_id)
    return seen if viewer.organisation_id is None else or_(seen, organisation_id == viewer.organisation_id)


def can_change(viewer: Viewer, _organisation: Any = None) -> bool:
    """Organisations are added and changed by administrators."""
    return viewer.is_admin


def can_confirm_details(viewer: Viewer, organisation: Organisation) -> bool:
    """The organisation's own people say that its details are right."""
    return viewer.is_admin or organisation.id in viewer.contact_for or organisation.id in viewer.org_admin_of


def can_propose(viewer: Viewer, organisation: Organisation) -> bool:
    """The organisation's contact persons and org_admins, and administrators (matrix §4.7)."""
    return viewer.is_admin or organisation.id in viewer.contact_for or organisation.id in viewer.org_admin_of


def can_decide(viewer: Viewer, _appointment: Any = None) -> bool:
    """A registrar confirms or rejects: an expert or an administrator of the service's owner (domain.md §7.9)."""
    return oversees(viewer)


def can_end(viewer: Viewer, appointment: Appointment) -> bool:
    """The contact person, the organisation's org_admin, a registrar."""
    return oversees(viewer) or appointment.organisation_id in viewer.org_admin_of or _is_own(viewer, appointment)


def can_make_lead(viewer: Viewer, appointment: Appointment) -> bool:
    """The organisation's org_admin chooses whom to ask first; a registrar may do it for them."""
    return oversees(viewer) or appointment.organisation_id in viewer.org_admin_of


def can_move_person(viewer: Viewer, _person: Any = None) -> bool:
    """Only an administrator moves a person to another organisation (I-07)."""
    return viewer.is_admin


def is_calendar(viewer: Viewer, _appointment: Any = None) -> bool:
    """What happens by itself when a day comes."""
    return viewer.is_system


def _is_own(viewer: Viewer, appointment: Appointment) -> bool:
    return viewer.user_id is not None and appointment.user_id == viewer.user_id

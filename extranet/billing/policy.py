"""Who may. Splits are for the network's leaders, experts and administrators; an organisation's own people see its share (matrix §4.7)."""

from typing import Any

from sqlalchemy import ColumnElement, false, or_, select

from extranet.billing.models import CostShare
from extranet.core.viewer import Viewer
from extranet.events import policy as events
from extranet.networks import policy as networks
from extranet.organisations.models import Organisation


def can_see_costs(viewer: Viewer, event: Any) -> bool:
    """Moderators and leads of the network, experts who read there, administrators; in archived networks too."""
    return events.is_editor(viewer, event)


def can_add_line(viewer: Viewer, event: Any) -> bool:
    """The same people, while the network is not archived."""
    return networks.can_edit_content(viewer, event)


can_approve = can_add_line
can_correct = can_add_line


def can_remove_line(viewer: Viewer, line: Any) -> bool:
    """Whoever may add one."""
    return can_add_line(viewer, line.event)


def bills_for(viewer: Viewer) -> frozenset[int]:
    """The organisations whose shares and billing details are this viewer's business."""
    return viewer.contact_for | viewer.org_admin_of


def can_see_share(viewer: Viewer, share: CostShare) -> bool:
    """The organisation's contact persons and org_admins, and those of the organisation that it was merged into."""
    return bool({share.organisation_id, share.organisation.successor_id} & bills_for(viewer))


def shares_visible_to(viewer: Viewer) -> ColumnElement[bool]:
    """`can_see_share`, as a where-clause on CostShare."""
    own = bills_for(viewer)
    if not own:
        return false()
    theirs = select(Organisation.id).where(or_(Organisation.id.in_(own), Organisation.successor_id.in_(own)))
    return CostShare.organisation_id.in_(theirs)


def can_save_profile(viewer: Viewer, organisation: Organisation) -> bool:
    """The organisation's contact persons and org_admins, and administrators."""
    return viewer.is_admin or organisation.id in bills_for(viewer)

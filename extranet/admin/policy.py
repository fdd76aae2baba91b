"""Who may: administrators everything here, the data-protection officer only the audit log (domain.md §7.9)."""

from typing import Any

from extranet.core.viewer import Viewer


def can_administer(viewer: Viewer, _thing: Any = None) -> bool:
    """Whether the administrators' pages exist for this person."""
    return viewer.is_admin


def can_read_audit(viewer: Viewer, _thing: Any = None) -> bool:
    """Administrators and the data-protection officer read who did what (domain.md §4.7)."""
    return viewer.is_admin or viewer.is_dpo

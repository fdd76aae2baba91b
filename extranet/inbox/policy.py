"""Who may see what came in."""

from extranet.core.viewer import Viewer


def can_list(viewer: Viewer) -> bool:
    """Administrators: they look after the machinery. Nobody's words are shown."""
    return viewer.is_admin

"""Who may: everybody their own."""

from extranet.core.viewer import Viewer


def can_choose_letters(viewer: Viewer, _thing: object = None) -> bool:
    """Whoever is signed in, for themselves."""
    return viewer.is_signed_in

"""Who may. An upload is its uploader's, and nobody else's (T08)."""

from extranet.core.viewer import Viewer
from extranet.storage.models import Upload


def can_begin(viewer: Viewer, _nothing: None) -> bool:
    """Whoever is signed in may bring files; where they may be put is asked there."""
    return viewer.is_signed_in


def can_cancel(viewer: Viewer, upload: Upload) -> bool:
    return viewer.user_id is not None and upload.user_id == viewer.user_id

"""What you can do with captions. verb(viewer, material, **data): checked, done, recorded."""

from extranet.audit.log import action
from extranet.core import clock
from extranet.core.db import db
from extranet.core.viewer import Viewer
from extranet.materials.caption_files import NewCaptions
from extranet.materials.caption_models import Caption
from extranet.materials.caption_policy import can_caption, can_uncaption
from extranet.materials.caption_queries import get_caption
from extranet.materials.models import Material


@action(can_caption, "language")
def caption(viewer: Viewer, material: Material, *, language: str, file: NewCaptions) -> None:
    """Give a recording captions in a language; earlier ones in the same language are replaced."""
    assert viewer.user_id is not None  # noqa: S101  captions are brought by people
    db.session.merge(
        Caption(
            material_id=material.id,
            language=language,
            version=material.version,
            sha256=file.sha256,
            size=file.size,
            text=file.text,
            uploaded_by_id=viewer.user_id,
            at=clock.now(),
        )
    )


@action(can_uncaption, "language")
def uncaption(_viewer: Viewer, material: Material, *, language: str) -> None:
    """Take the captions in a language away."""
    db.session.delete(get_caption(material, language))

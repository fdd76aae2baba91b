"""Asks for the previews of what the library holds: the worker makes them after the start, what readers see first."""

import random

from sqlalchemy import or_, select

from extranet.core.db import db
from extranet.demo.cast import Cast
from extranet.demo.profiles import Profile
from extranet.materials.models import Material, MaterialVersion
from extranet.previews.queries import request

# Of these an earlier version is compared with the current one.
COMPARED = (
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
)


def fill(cast: Cast, rng: random.Random, size: Profile) -> None:
    """Every current file, the newest first, and the earlier ones whose text is compared."""
    is_current = MaterialVersion.number == Material.version
    wanted = (
        select(MaterialVersion.sha256, MaterialVersion.mime)
        .join(Material, Material.id == MaterialVersion.material_id)
        .where(or_(is_current, MaterialVersion.mime.in_(COMPARED)))
        .order_by(is_current.desc(), Material.updated_at.desc())
    )
    for sha256, mime in dict.fromkeys(tuple(row) for row in db.session.execute(wanted)):
        request(sha256, mime)

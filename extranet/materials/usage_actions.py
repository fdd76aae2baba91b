"""What you can do. verb(viewer, thing, **data): checked, done, recorded."""

from datetime import timedelta

from sqlalchemy import delete

from extranet.audit.log import action
from extranet.core import clock
from extranet.core.db import db
from extranet.core.viewer import Viewer
from extranet.materials import care_policy, usage_queries
from extranet.materials.models import Download, Material
from extranet.materials.usage_queries import PersonUse

KEPT = timedelta(days=730)


@action(care_policy.can_look_at_people)
def look_at_people(viewer: Viewer, material: Material, *, reason: str) -> list[PersonUse]:
    """Show an administrator who has downloaded it. Each look is written into the log with its reason (D6)."""
    return usage_queries.list_people(viewer, material)


def forget_old() -> None:
    """Downloads are kept for two years; the material keeps the count (domain.md §6)."""
    db.session.execute(delete(Download).where(Download.at < clock.now() - KEPT))

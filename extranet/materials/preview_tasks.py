"""What happens later: files that came before previews did, or before they were made as now, get theirs at night."""

from sqlalchemy import and_, or_, select

from extranet.core.db import db
from extranet.jobs.queue import every, task
from extranet.materials.models import Material, MaterialVersion
from extranet.previews.models import Preview, PreviewState
from extranet.previews.queries import MAKER, request

A_NIGHT = 1_000

every("materials.catch_up_previews", at="02:40")


@task("materials.catch_up_previews")
def catch_up() -> None:
    """Ask for what is lacking, the newest first. What waits already is left alone: a file that the store has lost fails once, not nightly."""
    old = and_(Preview.maker < MAKER, Preview.state != PreviewState.PENDING)
    lacking = (
        select(MaterialVersion.sha256, MaterialVersion.mime)
        .join(Material, and_(Material.id == MaterialVersion.material_id, Material.version == MaterialVersion.number))
        .outerjoin(Preview, Preview.sha256 == MaterialVersion.sha256)
        .where(or_(Preview.sha256.is_(None), old))
        .order_by(Material.updated_at.desc(), Material.id)
        .limit(A_NIGHT)
    )
    for sha256, mime in db.session.execute(lacking).all():
        request(sha256, mime)

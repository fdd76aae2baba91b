"""What can you see? What the materials of a network lack, for its editors (D18)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, exists, select

from extranet.core.db import db
from extranet.core.errors import NotFound
from extranet.core.text import LocalText
from extranet.core.viewer import Viewer
from extranet.materials.accessibility_parts import is_recording, lacks_alt_text
from extranet.materials.caption_models import Caption
from extranet.materials.care_policy import can_survey
from extranet.materials.models import Accessible, Material, MaterialState, MaterialVersion
from extranet.networks.models import Network
from extranet.previews.accessibility import advise
from extranet.previews.models import Preview

PER_PAGE = 50
READ_AT_MOST = 5_000
# What may be lacking, in the order in which it is shown.
LACKS = ("unsaid", "no", "file", "alt", "captions")


@dataclass(frozen=True)
class Checked:
    """A material in force, with what it lacks: some of LACKS. `advice` counts what could be better in the file itself."""

    id: int
    title: LocalText
    accessible: Accessible
    captions_by: date | None
    advice: int
    lacks: tuple[str, ...]

    @property
    def path(self) -> str:
        return f"/materials/{self.id}/"


@dataclass(frozen=True)
class Survey:
    """One page of those that lack something, with how many lack what among `total` in force."""

    rows: Sequence[Checked]
    page: int
    pages: int
    total: int
    fine: int
    counts: dict[str, int]


def survey(viewer: Viewer, network: Network, lack: str = "", page: int = 1) -> Survey:
    """What the network's materials in force lack; one query."""
    if not can_survey(viewer, network):
        raise NotFound
    checked = [_check(row) for row in db.session.execute(_current_files(network))]
    wanted = [one for one in checked if (lack in one.lacks if lack in LACKS else one.lacks)]
    pages = max(1, -(-len(wanted) // PER_PAGE))
    page = min(max(page, 1), pages)
    return Survey(
        rows=wanted[(page - 1) * PER_PAGE : page * PER_PAGE],
        page=page,
        pages=pages,
        total=len(checked),
        fine=sum(not one.lacks for one in checked),
        counts={name: sum(name in one.lacks for one in checked) for name in LACKS},
    )


def find_current(material: Material) -> MaterialVersion | None:
    """The file that is in use; a link has none."""
    return db.session.scalar(
        select(MaterialVersion).where(MaterialVersion.material_id == material.id, MaterialVersion.number == material.version)
    )


def _check(row: Any) -> Checked:
    mime = row.mime or ""
    advice = len(advise(mime, row.facts or {}))
    lacks = {
        "unsaid": row.accessible == Accessible.UNKNOWN,
        "no": row.accessible in (Accessible.NO, Accessible.PARTLY),
        "file": advice > 0,
        "alt": bool(lacks_alt_text(mime, row.alt_text)),
        "captions": is_recording(mime) and not row.has_captions,
    }
    return Checked(row.id, row.title, row.accessible, row.captions_by, advice, tuple(name for name in LACKS if lacks[name]))


def _current_files(network: Network) -> Any:
    current = and_(MaterialVersion.material_id == Material.id, MaterialVersion.number == Material.version)
    return (
        select(
            Material.id, Material.title, Material.accessible, Material.alt_text, Material.captions_by, MaterialVersion.mime, Preview.facts,
            exists().where(Caption.material_id == Material.id).label("has_captions"),
        )
        .outerjoin(MaterialVersion, current)
        .outerjoin(Preview, Preview.sha256 == MaterialVersion.sha256)
        .where(Material.network_id == network.id, Material.state == MaterialState.PUBLISHED)
        .order_by(Material.updated_at.desc(), Material.id.desc())
        .limit(READ_AT_MOST)
    )  # fmt: skip

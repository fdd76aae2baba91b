"""What can you see? What changed in the text of a material between two versions of it, or since the one that it replaced."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select

from extranet.core.db import db
from extranet.core.viewer import Viewer
from extranet.materials import life
from extranet.materials.models import Download, Material, MaterialVersion
from extranet.previews.difference import Mark, Piece, compare
from extranet.previews.models import Preview, PreviewState

AROUND = 1  # unchanged paragraphs that are shown before and after a change


class Found(StrEnum):
    """What there is to show: a difference, the same text, the same file, a text that is not ready yet, or none at all."""

    DIFFERENT = "different"
    SAME_TEXT = "same_text"
    SAME_FILE = "same_file"
    PENDING = "pending"
    NO_TEXT = "no_text"


@dataclass(frozen=True)
class Change:
    """From one version to another. `parts`: paragraphs, and the number of unchanged ones that are left out in between."""

    old: MaterialVersion
    new: MaterialVersion
    found: Found
    parts: list[Piece | int]

    @property
    def is_other_material(self) -> bool:
        return self.old.material_id != self.new.material_id


def compare_versions(old: MaterialVersion, new: MaterialVersion) -> Change:
    """What changed from `old` to `new`, as far as their texts are known; one query."""
    if old.sha256 == new.sha256:
        return Change(old, new, Found.SAME_FILE, [])
    rows = db.session.execute(select(Preview.sha256, Preview.state, Preview.text).where(Preview.sha256.in_([old.sha256, new.sha256])))
    known = {row.sha256: row for row in rows}
    both = [known.get(version.sha256) for version in (old, new)]
    if any(row is not None and (row.state in (PreviewState.FAILED, PreviewState.NONE) or _is_mute(row)) for row in both):
        return Change(old, new, Found.NO_TEXT, [])
    before, after = both
    if before is None or after is None or PreviewState.PENDING in (before.state, after.state):
        return Change(old, new, Found.PENDING, [])
    pieces = compare(before.text, after.text)
    if all(piece.mark == Mark.SAME for piece in pieces):
        return Change(old, new, Found.SAME_TEXT, [])
    return Change(old, new, Found.DIFFERENT, _shorten(pieces))


def since_pilot(material: Material, versions: list[MaterialVersion]) -> Change | None:
    """What changed since the version that was piloted last; None where there was no pilot."""
    number = life.piloted_number(material, versions)
    piloted = next((version for version in versions if version.number == number), None)
    return compare_versions(piloted, versions[0]) if piloted is not None else None


def list_copies(viewer: Viewer, material: Material) -> list[MaterialVersion]:
    """The versions that the viewer has downloaded, of the material and of the one that it replaced; the newest first, its own before."""
    held = (
        select(MaterialVersion)
        .where(
            MaterialVersion.material_id.in_([material.id, material.replaces_id or material.id]),
            MaterialVersion.id.in_(select(Download.material_version_id).where(Download.user_id == viewer.user_id)),
        )
        .order_by((MaterialVersion.material_id == material.id).desc(), MaterialVersion.number.desc())
    )
    return list(db.session.scalars(held)) if viewer.is_signed_in else []


def _is_mute(row: object) -> bool:
    return getattr(row, "state", None) == PreviewState.READY and not getattr(row, "text", "").strip()


def _shorten(pieces: Iterable[Piece]) -> list[Piece | int]:
    """Changes with what stands around them; longer stretches without any become a number."""
    parts: list[Piece | int] = []
    same: list[Piece] = []

    def settle(at_end: bool) -> None:
        lead = AROUND if parts else 0
        tail = 0 if at_end else AROUND
        if len(same) <= lead + tail + 1:
            parts.extend(same)
        else:
            parts.extend(same[:lead])
            parts.append(len(same) - lead - tail)
            parts.extend(same[len(same) - tail :])
        same.clear()

    for piece in pieces:
        if piece.mark == Mark.SAME:
            same.append(piece)
        else:
            settle(at_end=False)
            parts.append(piece)
    settle(at_end=True)
    return parts

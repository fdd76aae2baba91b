"""When a material comes into force, falls due and is replaced: days and where-clauses. Rights stand in policy."""

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import aliased

from extranet.core import clock
from extranet.materials.caption_models import Caption
from extranet.materials.models import Material, MaterialKind, MaterialState, MaterialVersion

REVIEW_DAYS = (30, 7, 0)
CAPTION_DAYS = (7, 1, 0)
CAPTIONS_WITHIN = timedelta(days=14)  # the law's time for a recording (domain.md §6.1)
AHEAD = timedelta(days=30)
_WEEK, _TWO_MONTHS = 7, 60


def is_superseded() -> ColumnElement[bool]:
    """Something published has taken its place: a where-clause on Material for lists, which leave such out by default (D4)."""
    return _SUPERSEDED


def lacks_captions() -> ColumnElement[bool]:
    """A recording that has to get its captions by a day and has none: a where-clause on Material."""
    return Material.captions_by.is_not(None) & Material.id.not_in(select(Caption.material_id))


def due_stage(due: date, days: tuple[int, ...]) -> int | None:
    """Which of the reminders (so many days before) is in order today; None where none is.

    Each has some days, so that one is not lost where the worker stood still. After two months only the list reminds.
    """
    left = (due - clock.today()).days
    stage = next((day for day in sorted(days) if left <= day), None)
    if stage is None:
        return None
    patience = _WEEK if stage else _TWO_MONTHS
    return stage if left > stage - patience else None


def is_coming(material: Material, as_published: bool = False) -> bool:
    """In force only from a later day on, now or once published."""
    return (material.is_published or as_published) and material.valid_from is not None and material.valid_from > clock.today()


def is_overdue(material: Material) -> bool:
    """Nobody has looked at it since the day by which somebody should have."""
    return material.is_published and material.review_due is not None and material.review_due < clock.today()


def is_due_soon(material: Material) -> bool:
    """Somebody should look at it within a month."""
    return material.is_published and material.review_due is not None and clock.today() <= material.review_due <= clock.today() + AHEAD


def date_captions(material: Material) -> None:
    """A recording in force has to have captions two weeks after it came; the day is set once."""
    if material.is_published and material.kind == MaterialKind.RECORDING and material.captions_by is None:
        material.captions_by = clock.today() + CAPTIONS_WITHIN


def piloted_number(material: Material, versions: Iterable[MaterialVersion]) -> int | None:
    """The version that was current when the last pilot began."""
    began = material.piloted_at
    return max((version.number for version in versions if began and version.at <= began), default=None)


_NEWER = aliased(Material)
_SUPERSEDED = exists(
    select(_NEWER.id).where(_NEWER.replaces_id == Material.id, _NEWER.state == MaterialState.PUBLISHED).correlate(Material)
)

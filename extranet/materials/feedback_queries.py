"""What can you see? One's own answer, and for those who look after a material everybody's comments."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Integer, String, and_, bindparam, func, select
from sqlalchemy.orm import contains_eager

from extranet.accounts.models import User
from extranet.core.db import db
from extranet.core.errors import NotFound
from extranet.core.viewer import Viewer
from extranet.materials.care_policy import can_look_after
from extranet.materials.feedback_models import Feedback
from extranet.materials.models import Material, MaterialVersion
from extranet.organisations.models import Organisation
from extranet.previews.models import Preview

PER_PAGE = 30


@dataclass(frozen=True)
class Care:
    """What the material's page needs of all this: the viewer's own answer, and for its keepers what is open."""

    own: Feedback | None = None
    open_comments: int = 0
    preview_state: str = ""
    preview_facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Comment:
    """A comment with who wrote it and where she works."""

    feedback: Feedback
    organisation: Any


@dataclass(frozen=True)
class Comments:
    """One page of comments, and how many wait."""

    rows: Sequence[Comment]
    page: int
    pages: int
    waiting: int


def get_care(viewer: Viewer, material: Material, current: MaterialVersion | None) -> Care:
    """One query; none for visitors."""
    if not viewer.is_signed_in:
        return Care()
    given = {"material_id": material.id, "user_id": viewer.user_id, "sha256": current.sha256 if current else ""}
    row: Any = db.session.execute(_CARE, given).one()
    if not can_look_after(viewer, material):
        return Care(row.Feedback)
    return Care(row.Feedback, row.waiting, row.state.value if row.state else "", row.facts or {})


def find_own(viewer: Viewer, material: Material) -> Feedback | None:
    """The viewer's own answer."""
    return db.session.scalar(select(Feedback).where(Feedback.material_id == material.id, Feedback.user_id == viewer.user_id))


def get_feedback(viewer: Viewer, material: Material, feedback_id: int) -> Feedback:
    """One comment on a material that the viewer looks after."""
    found = db.session.scalar(
        select(Feedback).where(Feedback.id == feedback_id, Feedback.material_id == material.id, Feedback.comment != "")
    )
    if found is None or not can_look_after(viewer, material):
        raise NotFound
    return found


def list_comments(viewer: Viewer, material: Material, is_handled: bool, page: int = 1) -> Comments:
    """The comments that wait, or those that somebody has handled; the latest first."""
    if not can_look_after(viewer, material):
        raise NotFound
    state = Feedback.handled_at.is_not(None) if is_handled else Feedback.handled_at.is_(None)
    where = (Feedback.material_id == material.id, Feedback.comment != "", state)
    counts: Any = db.session.execute(
        select(
            select(func.count()).where(*where).scalar_subquery().label("total"),
            select(func.count()).where(*_waiting(material.id)).scalar_subquery().label("waiting"),
        )
    ).one()
    pages = max(1, -(-counts.total // PER_PAGE))
    page = min(max(page, 1), pages)
    rows = db.session.execute(
        select(Feedback, Organisation.name)
        .join(User, User.id == Feedback.user_id)
        .outerjoin(Organisation, Organisation.id == User.organisation_id)
        .where(*where)
        .options(contains_eager(Feedback.user))
        .order_by(Feedback.at.desc(), Feedback.id.desc())
        .limit(PER_PAGE)
        .offset((page - 1) * PER_PAGE)
    )
    return Comments([Comment(feedback, name) for feedback, name in rows], page, pages, counts.waiting)


def _waiting(material_id: Any) -> tuple[Any, ...]:
    return Feedback.material_id == material_id, Feedback.comment != "", Feedback.handled_at.is_(None)


_CARE = (
    select(
        Feedback,
        select(func.count()).where(*_waiting(bindparam("material_id", type_=Integer()))).scalar_subquery().label("waiting"),
        Preview.state,
        Preview.facts,
    )
    .select_from(Material)
    .outerjoin(Feedback, and_(Feedback.material_id == Material.id, Feedback.user_id == bindparam("user_id", type_=Integer())))
    .outerjoin(Preview, Preview.sha256 == bindparam("sha256", type_=String()))
    .where(Material.id == bindparam("material_id", type_=Integer()))
)

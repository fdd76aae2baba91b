"""What you can do. verb(viewer, thing, **data): checked, done, recorded."""

from sqlalchemy import func, select, update

from extranet.audit.log import action
from extranet.core import clock
from extranet.core.db import db
from extranet.core.i18n import N_
from extranet.core.viewer import Viewer
from extranet.materials import care_policy, feedback_queries
from extranet.materials.feedback_models import Feedback
from extranet.materials.models import Material
from extranet.notifications.notify import notify


@action(care_policy.can_rate)
def rate(viewer: Viewer, material: Material, *, is_useful: bool, comment: str | None = None) -> Feedback:
    """Say whether it was useful, once for each person; answering again changes the answer. `comment`: None leaves it as it is.

    `material` comes with its row locked, so that the counts are those of the rows. The owner hears of comments, once a day.
    """
    assert viewer.user_id is not None  # noqa: S101  can_rate asks for a person
    given = feedback_queries.find_own(viewer, material) or Feedback(material_id=material.id, user_id=viewer.user_id)
    is_new = comment is not None and comment != (given.comment or "")
    given.is_useful, given.at = is_useful, clock.now()
    if comment is not None and is_new:
        given.comment, given.handled_at, given.handled_by_id = comment, None, None
    db.session.add(given)
    db.session.flush()
    _count(material)
    if is_new and comment:
        _tell_owner(viewer, material)
    return given


@action(care_policy.can_look_after)
def handle(viewer: Viewer, material: Material, *, feedback: Feedback) -> None:
    """The comment has been read and what it asks for done. Doing it twice changes nothing."""
    if feedback.handled_at is None:
        feedback.handled_at, feedback.handled_by_id = clock.now(), viewer.user_id


@action(care_policy.can_look_after)
def reopen(_viewer: Viewer, material: Material, *, feedback: Feedback) -> None:
    """Back among those that wait."""
    feedback.handled_at, feedback.handled_by_id = None, None


def _count(material: Material) -> None:
    """Both counts anew from the rows."""
    counts = [
        select(func.count()).where(Feedback.material_id == material.id, Feedback.is_useful.is_(answer)).scalar_subquery()
        for answer in (True, False)
    ]
    counted = update(Material).where(Material.id == material.id).values(useful_count=counts[0], not_useful_count=counts[1])
    db.session.execute(counted, execution_options={"only_counts": True, "synchronize_session": False})
    db.session.expire(material, ["useful_count", "not_useful_count"])


def _tell_owner(viewer: Viewer, material: Material) -> None:
    notify(
        viewer,
        {material.owner_id},
        "materials.rate",
        about=material,
        text=N_("Somebody commented on your material: %(title)s"),
        path=f"{material.path}feedback",
        key=f"material:{material.id}:comments:{clock.today().isoformat()}",  # many comments, one notification a day
        direct={material.owner_id},
        title=material.title,
    )

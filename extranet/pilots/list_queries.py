"""What can you see? The lists: what you were asked to review, the pilots you run, what waits for you on the front page."""

from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, or_, select, union_all

from extranet.core.db import db
from extranet.core.patterns import MOST, keys_of, pattern_of
from extranet.core.viewer import Viewer
from extranet.materials.models import Material, MaterialState
from extranet.networks.models import Network
from extranet.pilots.models import Pilot, PilotComment, PilotReview, PilotState
from extranet.pilots.policy import readable_by, reviewed_by


def list_asked(viewer: Viewer) -> list[Any]:
    """What the viewer was asked to review: to do first, the nearest deadline on top, then what is done."""
    return list(
        db.session.execute(
            select(
                Pilot.id, Pilot.due, Pilot.state, Material.title, Material.state.label("material_state"), PilotReview.verdict,
                PilotReview.submitted_at, Network.name.label("network"),
            )
            .join(Pilot, Pilot.id == PilotReview.pilot_id)
            .join(Material, Material.id == Pilot.material_id)
            .join(Network, Network.id == Material.network_id)
            .where(reviewed_by(viewer))
            .order_by(PilotReview.submitted_at.is_not(None), Pilot.state.desc(), Pilot.due, Pilot.id)
            .limit(100)
        )
    )  # fmt: skip


def list_run(viewer: Viewer, material_id: int | None = None) -> list[Any]:
    """The pilots that the viewer runs, or all of one material that she may read; the open ones first, each with its numbers."""
    mine = or_(Material.owner_id == viewer.user_id, Pilot.started_by_id == viewer.user_id)
    return list(
        db.session.execute(
            select(
                Pilot.id, Pilot.due, Pilot.state, Pilot.version, Pilot.closed_at, Material.title, Network.name.label("network"),
                _count(PilotReview.withdrawn_at.is_(None)).label("asked"),
                _count(PilotReview.submitted_at.is_not(None)).label("sent"),
                _waiting_comments().label("waiting"),
            )
            .join(Material, Material.id == Pilot.material_id)
            .join(Network, Network.id == Material.network_id)
            .where(readable_by(viewer), Pilot.material_id == material_id if material_id is not None else mine)
            .order_by(Pilot.state.desc(), Pilot.due.desc(), Pilot.id.desc())
            .limit(100)
        )
    )  # fmt: skip


def list_waiting(viewer: Viewer) -> list[Any]:
    """For the front page, in one query: reviews that the viewer owes (`review`), and pilots whose comments wait for her (`answer`)."""
    return list(db.session.execute(_waiting_statement(pattern_of(viewer)), keys_of(viewer))) if viewer.is_signed_in else []


# Built once for each kind of viewer: building a statement costs more than running it.
@lru_cache(maxsize=MOST)
def _waiting_statement(viewer: Viewer) -> Select[Any]:
    columns = (Pilot.id, Pilot.due, Material.title)
    in_trial = (Pilot.state == PilotState.OPEN, Material.state == MaterialState.IN_PILOT)
    owed = (
        select(literal("review").label("kind"), *columns, literal(1).label("count"))
        .join(Material, Material.id == Pilot.material_id)
        .join(PilotReview, PilotReview.pilot_id == Pilot.id)
        .where(*in_trial, PilotReview.submitted_at.is_(None), reviewed_by(viewer))
    )
    waiting = _waiting_comments()
    unanswered = (
        select(literal("answer").label("kind"), *columns, waiting.label("count"))
        .join(Material, Material.id == Pilot.material_id)
        .where(*in_trial, Material.owner_id == viewer.user_id, readable_by(viewer), waiting > 0)
    )
    both = union_all(owed, unanswered).subquery()
    return select(both).order_by(both.c.due, both.c.id)


def _count(where: ColumnElement[bool]) -> Any:
    return select(func.count()).where(PilotReview.pilot_id == Pilot.id, where).correlate(Pilot).scalar_subquery()


def _waiting_comments() -> Any:
    """How many comments of a pilot that were sent have no answer yet; `PilotComment.waits` in SQL."""
    return (
        select(func.count())
        .select_from(PilotComment)
        .join(PilotReview, PilotReview.id == PilotComment.review_id)
        .where(
            PilotReview.pilot_id == Pilot.id,
            PilotReview.submitted_at.is_not(None),
            or_(PilotComment.answered_at.is_(None), PilotComment.at > PilotComment.answered_at),
        )
        .correlate(Pilot)
        .scalar_subquery()
    )

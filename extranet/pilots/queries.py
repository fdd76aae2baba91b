"""What can you see? Pilots that you run or were asked to review, and the comments."""

import re
from collections.abc import Collection

from markupsafe import Markup
from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from extranet.accounts.models import Side, User
from extranet.core import clock
from extranet.core.db import db
from extranet.core.errors import NotFound
from extranet.core.viewer import Viewer
from extranet.materials.change_queries import Change, compare_versions
from extranet.materials.models import Material, MaterialState, MaterialVersion
from extranet.materials.policy import visible_to as materials_visible_to
from extranet.pilots.models import Pilot, PilotComment, PilotLink, PilotReview, PilotState
from extranet.pilots.policy import Guest, can_see, is_reviewer, visible_to
from extranet.previews.models import Preview, PreviewPage
from extranet.previews.queries import Look, find_page, look

HEADINGS = 12


def get_material(viewer: Viewer, material_id: int, lock: bool = False) -> Material:
    """The material with what policy asks for, in one query; NotFound where the viewer may not see it."""
    wanted = select(Material).where(Material.id == material_id, materials_visible_to(viewer))
    if lock:
        wanted = wanted.with_for_update(of=Material).execution_options(populate_existing=True)
    material = db.session.scalar(wanted.options(joinedload(Material.network, innerjoin=True), joinedload(Material.owner, innerjoin=True)))
    if material is None:
        raise NotFound
    return material


def get_pilot(viewer: Viewer, pilot_id: int, lock: bool = False) -> Pilot:
    """The pilot with its material and reviews; NotFound where the viewer may not see it.

    lock: hold its row until the transaction ends, so that nothing is sent to a pilot that is being closed.
    """
    if lock:
        db.session.execute(select(Pilot.id).where(Pilot.id == pilot_id).with_for_update())
    wanted = _whole().where(Pilot.id == pilot_id, visible_to(viewer)).options(selectinload(Pilot.reviews).joinedload(PilotReview.user))
    pilot = db.session.scalar(wanted.execution_options(populate_existing=lock))
    if pilot is None or not can_see(viewer, pilot):
        raise NotFound
    return pilot


def get_own_review(viewer: Viewer, pilot_id: int, lock: bool = False) -> PilotReview:
    """The viewer's own review; NotFound for anybody who was not asked."""
    if lock:
        db.session.execute(select(Pilot.id).where(Pilot.id == pilot_id).with_for_update())
    review = db.session.scalar(_reviews().where(PilotReview.pilot_id == pilot_id, PilotReview.user_id == viewer.user_id))
    if review is None or not is_reviewer(viewer, review):
        raise NotFound
    return review


def find_by_link(viewer: Viewer, token_hash: str, lock: bool = False) -> tuple[Guest, PilotReview] | None:
    """Whoever holds the link, and the review that it opens; None for one that is wrong, withdrawn or too old."""
    found = select(PilotLink.review_id).where(PilotLink.token_hash == token_hash)
    if lock:
        of_review = select(PilotReview.pilot_id).where(PilotReview.id.in_(found))
        db.session.execute(select(Pilot.id).where(Pilot.id.in_(of_review)).with_for_update())
    is_staff = select(User.id).where(User.email == PilotReview.email, User.side == Side.STAFF).exists()
    row = db.session.execute(_reviews().add_columns(is_staff).where(PilotReview.id.in_(found), PilotReview.user_id.is_(None))).one_or_none()
    if row is None:
        return None
    review, is_staff_account = row
    if review.pilot.link_until < clock.today() or (is_staff_account and review.pilot.material.network.employer_only):
        return None
    guest = Guest(name=review.name, ip=viewer.ip, review_id=review.id)
    return (guest, review) if is_reviewer(guest, review) else None


def get_review(pilot: Pilot, review_id: int) -> PilotReview:
    """One review of a pilot that the viewer has got."""
    for review in pilot.reviews:
        if review.id == review_id:
            return review
    raise NotFound


def list_comments(pilot: Pilot) -> list[PilotComment]:
    """What was sent, by section and in the order of asking; drafts are nobody's but their writers'. The reviews are loaded with it."""
    sent = [review.id for review in pilot.asked if review.submitted_at]
    rows = db.session.scalars(
        select(PilotComment)
        .where(PilotComment.review_id.in_(sent))
        .options(joinedload(PilotComment.answered_by))
        .order_by(PilotComment.section, PilotComment.review_id)
    )
    return list(rows) if sent else []


def list_own_comments(review: PilotReview) -> dict[int, PilotComment]:
    """What a reviewer has written, by section."""
    rows = db.session.scalars(select(PilotComment).where(PilotComment.review_id == review.id).options(joinedload(PilotComment.answered_by)))
    return {comment.section: comment for comment in rows}


def get_piloted_version(pilot: Pilot) -> MaterialVersion:
    """The file that the reviewers were given."""
    return _version(pilot.material_id, pilot.version)


def look_at(version: MaterialVersion) -> Look | None:
    """The pictures of its first pages, where there are any."""
    return look(version.sha256)


def find_picture(pilot: Pilot, number: int) -> PreviewPage | None:
    """The picture of one page of what was piloted."""
    return find_page(get_piloted_version(pilot).sha256, number)


def get_text(pilot: Pilot) -> str:
    """The text of what was piloted, as HTML; a form feed stands between pages."""
    sha256 = get_piloted_version(pilot).sha256
    return db.session.scalar(select(Preview.text_html).where(Preview.sha256 == sha256)) or ""


def get_change(pilot: Pilot) -> Change:
    """What was piloted beside what the material has become since."""
    rows = db.session.scalars(
        select(MaterialVersion).where(
            MaterialVersion.material_id == pilot.material_id, MaterialVersion.number.in_((pilot.version, pilot.material.version))
        )
    )
    versions = {version.number: version for version in rows}
    return compare_versions(versions[pilot.version], versions[pilot.material.version])


def list_headings(material: Material) -> list[str]:
    """The headings of the current file, where a preview of it has been made, to be offered as sections."""
    html = select(Preview.text_html).join(MaterialVersion, MaterialVersion.sha256 == Preview.sha256)
    html = html.where(MaterialVersion.material_id == material.id, MaterialVersion.number == material.version)
    found = re.findall(r"<h([1-6])\b[^>]*>(.*?)</h\1>", db.session.scalar(html) or "", re.S)
    words = [" ".join(Markup(inner).striptags().split())[:160] for _level, inner in found]  # noqa: S704  its tags are taken off
    return list(dict.fromkeys(filter(None, words)))[:HEADINGS]


def list_open() -> list[Pilot]:
    """Every open pilot whose material is still being tried, with all that reminders need."""
    wanted = _whole().where(Pilot.state == PilotState.OPEN, Material.state == MaterialState.IN_PILOT)
    return list(db.session.scalars(wanted.options(selectinload(Pilot.reviews).joinedload(PilotReview.user)).order_by(Pilot.id)))


def find_review(review_id: int) -> PilotReview | None:
    """A review for the worker."""
    return db.session.scalar(_reviews().where(PilotReview.id == review_id))


def count_guests_today(viewer: Viewer) -> int:
    """How many people from outside were written to in a day in the pilots that the viewer began."""
    began = select(Pilot.id).where(Pilot.started_by_id == viewer.user_id)
    asked = (PilotReview.email.is_not(None), PilotReview.invited_at > clock.days_ago(1), PilotReview.pilot_id.in_(began))
    return db.session.scalar(select(func.count()).select_from(PilotReview).where(*asked)) or 0


def find_pilots(viewer: Viewer, ids: Collection[int]) -> Select[int]:
    """Those of the pilots that the viewer may see now."""
    return select(Pilot.id).where(Pilot.id.in_(ids), visible_to(viewer))


def _whole() -> Select[Pilot]:
    material = (contains_eager(Pilot.material).joinedload(Material.network, innerjoin=True),)
    return (
        select(Pilot)
        .join(Material, Material.id == Pilot.material_id)
        .options(
            *material,
            contains_eager(Pilot.material).joinedload(Material.owner, innerjoin=True),
            joinedload(Pilot.started_by, innerjoin=True),
        )
    )


def _reviews() -> Select[PilotReview]:
    pilot = joinedload(PilotReview.pilot, innerjoin=True)
    material = pilot.joinedload(Pilot.material, innerjoin=True)
    return select(PilotReview).options(
        pilot.joinedload(Pilot.started_by, innerjoin=True),
        material.joinedload(Material.network, innerjoin=True),
        material.joinedload(Material.owner, innerjoin=True),
        joinedload(PilotReview.user),
    )


def _version(material_id: int, number: int) -> MaterialVersion:
    version = db.session.scalar(select(MaterialVersion).where(MaterialVersion.material_id == material_id, MaterialVersion.number == number))
    if version is None:
        raise NotFound
    return version

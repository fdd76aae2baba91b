"""Who may. A draft under review is shown to the few who were asked, and to nobody else by the same door.

Decisions where the papers leave room (S4-25, I-05):
- By name only active members of the material's network can be asked. In an employer-only network a person of the staff's
  side is never one, whatever the rows say (networks.access), and the right is asked at each request: whoever leaves the
  network or changes sides keeps nothing.
- By link anybody may be asked, because S4-25 wants the staff's representatives to take part in drafting: the link opens one
  draft for a while, it makes nobody a member and shows nothing else of the network. But I-05 says that a staff-side person
  is not invited to an employer-only network, so there the address of a staff-side account is refused. Somebody without an
  account has declared no side; the page reminds the owner whom the network is for.
- What the reviewers wrote is read by the owner and by those who read the network's drafts (matrix §4.7). A reviewer sees
  her own review with its answers, not those of the others: somebody from outside has not agreed to be shown to them.
"""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, false, or_, select, true

from extranet.core.viewer import Viewer
from extranet.materials import policy as materials
from extranet.materials.models import Material
from extranet.networks.policy import can_list_members, is_member
from extranet.pilots.models import Pilot, PilotComment, PilotReview


@dataclass(frozen=True)
class Guest(Viewer):
    """Whoever holds the link of a review: nobody's account, one key. `queries.find_by_link` makes it."""

    review_id: int = 0


def can_start(viewer: Viewer, material: Material) -> bool:
    """Those who may edit the material."""
    return materials.can_pilot(viewer, material)


def can_name_members(viewer: Viewer, material: Material) -> bool:
    """Whether she may search the members by name: a contact person who suggested a material must not see who they are (I-09)."""
    return can_list_members(viewer, material.network)


def can_manage(viewer: Viewer, pilot: Pilot) -> bool:
    """Answering, reminding, extending, closing: those who may edit the material."""
    return materials.can_pilot(viewer, pilot.material)


can_note_rest = can_remind = can_extend = can_invite = can_close = can_manage


def can_answer(viewer: Viewer, comment: PilotComment) -> bool:
    """Those who look after the pilot."""
    return can_manage(viewer, comment.review.pilot)


def can_withdraw(viewer: Viewer, review: PilotReview) -> bool:
    """Asking no more of somebody: those who look after the pilot."""
    return can_manage(viewer, review.pilot)


def can_read(viewer: Viewer, pilot: Pilot) -> bool:
    """What all reviewers wrote: the owner as long as she reaches the material, and those who read the network's drafts."""
    material = pilot.material
    is_own = viewer.is_signed_in and material.owner_id == viewer.user_id
    return materials.reads_drafts(viewer, material.network) or (is_own and materials.can_see(viewer, material))


def readable_by(viewer: Viewer) -> ColumnElement[bool]:
    """`can_read`, as a where-clause on Material."""
    if not viewer.is_signed_in:
        return true() if viewer.is_system else false()
    own = and_(Material.owner_id == viewer.user_id, materials.visible_to(viewer))
    return or_(materials.drafts_readable(viewer), own)


def can_see(viewer: Viewer, pilot: Pilot) -> bool:
    """Whether the pilot exists for her: readers and reviewers."""
    return can_read(viewer, pilot) or any(is_reviewer(viewer, review) for review in pilot.reviews)


def visible_to(viewer: Viewer) -> ColumnElement[bool]:
    """`can_see`, as a where-clause on Pilot."""
    readable = Pilot.material_id.in_(select(Material.id).where(readable_by(viewer)))
    if not viewer.is_signed_in:
        return readable
    return or_(readable, Pilot.id.in_(select(PilotReview.pilot_id).where(reviewed_by(viewer))))


def can_open(viewer: Viewer, pilot: Pilot) -> bool:
    """The draft itself, of a pilot that she sees: reviewers until it is archived, from then on only those who read it there."""
    return not pilot.material.is_archived or can_read(viewer, pilot)


def is_reviewer(viewer: Viewer, review: PilotReview) -> bool:
    """The person who was asked: by name and still a member, or with the link in her hand."""
    if review.withdrawn_at is not None:
        return False
    if isinstance(viewer, Guest):
        return review.is_by_link and review.id == viewer.review_id
    is_named = viewer.is_signed_in and review.user_id == viewer.user_id
    return is_named and is_member(viewer, review.pilot.material)


def reviewed_by(viewer: Viewer) -> ColumnElement[bool]:
    """`is_reviewer` of somebody with an account, as a where-clause on PilotReview."""
    here = select(Pilot.id).join(Material, Material.id == Pilot.material_id).where(Material.network_id.in_(viewer.network_ids))
    return and_(PilotReview.user_id == viewer.user_id, PilotReview.withdrawn_at.is_(None), PilotReview.pilot_id.in_(here))


def can_save_review(viewer: Viewer, review: PilotReview) -> bool:
    """Her own, whoever she is. Whether the pilot still takes reviews is a rule of the action, told in words."""
    return is_reviewer(viewer, review)


can_submit_review = can_save_review

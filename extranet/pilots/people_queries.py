"""Who can be asked: the network's members by name, and what is known of an address."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select, union_all

from extranet.accounts.models import Side, User, UserState
from extranet.core.db import db
from extranet.core.i18n import gettext as _
from extranet.core.viewer import Viewer
from extranet.materials.models import Material
from extranet.networks.member_queries import matching
from extranet.networks.models import Membership, MembershipState
from extranet.organisations.models import Organisation
from extranet.pilots.policy import can_name_members

FOUND = 10


@dataclass(frozen=True)
class Candidate:
    """A member who can be asked."""

    id: int
    name: str
    email: str
    text: str
    organisation: Any


def list_candidates(viewer: Viewer, material: Material, ids: Collection[int] = (), words: str = "") -> list[Candidate]:
    """Members who can be asked: those with these ids, and the first that match the words, which all have to match; one query."""
    if not can_name_members(viewer, material) or not (ids or words.strip()):
        return []
    wanted = _candidates(material)
    picked = wanted.where(User.id.in_(ids))
    arms = [picked] if ids else []
    if words.strip():
        arms.append(wanted.where(*matching(words), User.id.not_in(ids)).order_by(User.last_name, User.first_name, User.id).limit(FOUND))
    rows = db.session.execute(union_all(*(select(arm.subquery()) for arm in arms)))
    return [Candidate(row.id, f"{row.first_name} {row.last_name}", row.email, row.job_title, row.organisation) for row in rows]


def find_fault(viewer: Viewer, material: Material, email: str) -> str:
    """The sentence that says why somebody cannot be asked by link, or nothing (I-05, S4-25; see policy)."""
    account = db.session.scalar(select(User).where(User.email == email.strip().lower()))
    if account is None:
        return ""
    if account.id in (viewer.user_id, material.owner_id):
        return _("This is the address of whoever asks. Choose somebody else.")
    if material.network.employer_only and account.side == Side.STAFF:
        return _("The network is for employer representatives only. A staff representative cannot be invited.")
    return ""


def find_candidate(viewer: Viewer, material: Material, email: str) -> int | None:
    """The member with that address, where the viewer may know of members: she is asked by name and needs no link."""
    if not can_name_members(viewer, material):
        return None
    return db.session.scalar(_candidates(material).where(User.email == email, User.id != viewer.user_id).with_only_columns(User.id))


def is_candidate(material: Material, user_id: int) -> bool:
    """Whether that person can be asked by name."""
    return db.session.scalar(_candidates(material).where(User.id == user_id).with_only_columns(User.id)) is not None


def _candidates(material: Material) -> Select[*tuple[Any, ...]]:
    """Active members of the network but the material's owner; nobody of the staff's side where it is for employers (I-05)."""
    wanted = (
        select(User.id, User.first_name, User.last_name, User.email, User.job_title, Organisation.name.label("organisation"))
        .join(Membership, Membership.user_id == User.id)
        .outerjoin(Organisation, Organisation.id == User.organisation_id)
        .where(
            Membership.network_id == material.network_id,
            Membership.state == MembershipState.ACTIVE,
            User.state == UserState.ACTIVE,
            User.id != material.owner_id,
        )
    )
    return wanted.where(User.side != Side.STAFF) if material.network.employer_only else wanted

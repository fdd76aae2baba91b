"""What can you see? Memberships: one's own, the list of members, the queue of requests."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, ColumnElement, case, exists, func, or_, select, type_coerce
from sqlalchemy.orm import aliased, contains_eager, joinedload
from sqlalchemy.orm.attributes import set_committed_value

from extranet.accounts.models import Side, User, UserState
from extranet.core.db import db
from extranet.core.errors import NotAllowed, NotFound
from extranet.core.text import CONTENT_LANGUAGES
from extranet.core.viewer import Role, Viewer
from extranet.networks.models import Membership, MembershipRole, MembershipState, Network
from extranet.networks.policy import can_list_members, can_moderate, visible_to
from extranet.organisations.models import Organisation

PAGE = 50
LIVING = (MembershipState.ACTIVE, MembershipState.INVITED, MembershipState.REQUESTED)


@dataclass(frozen=True)
class Members:
    """One page of the list; `total` counts all that match."""

    rows: Sequence[Any]
    total: int
    page: int

    @property
    def page_count(self) -> int:
        return max(1, -(-self.total // PAGE))


def find_own(viewer: Viewer, network: Network) -> Membership | None:
    """The viewer's own row in the network, whatever its state."""
    if not viewer.is_signed_in:
        return None
    membership = db.session.scalar(select(Membership).where(Membership.network_id == network.id, Membership.user_id == viewer.user_id))
    if membership is not None:
        _attach(membership, network)
    return membership


def get_own(viewer: Viewer, network: Network) -> Membership:
    """The same; NotAllowed for one who has never had to do with the network."""
    membership = find_own(viewer, network)
    if membership is None:
        raise NotAllowed("networks.own")
    return membership


def get_own_place(viewer: Viewer, network: Network) -> Membership:
    """The same, and a new row for one who is here by office or through a core team and has none."""
    membership = find_own(viewer, network)
    if membership is None and viewer.role_in(network.id) >= Role.MEMBER:
        membership = Membership(network_id=network.id, user_id=viewer.user_id)
        _attach(membership, network)
    if membership is None:
        raise NotAllowed("networks.own")
    return membership


def get_membership(viewer: Viewer, slug: str, membership_id: int) -> Membership:
    """A person's row with the person and the network, for those who decide there; NotAllowed for others who see the network."""
    membership = db.session.scalar(
        select(Membership)
        .join(Network, Network.id == Membership.network_id)
        .options(contains_eager(Membership.network), joinedload(Membership.user))
        .where(Membership.id == membership_id, Network.slug == slug, visible_to(viewer))
    )
    if membership is None:
        raise NotFound
    if not can_moderate(viewer, membership.network):
        raise NotAllowed("networks.membership")
    return membership


def list_members(viewer: Viewer, network: Network, words: str = "", page: int = 1) -> Members:
    """Active members with organisation and title, leaders first, then by name; `words` all have to match (I-09)."""
    if not can_list_members(viewer, network):
        raise NotAllowed("networks.members")
    rank = case((Membership.role == MembershipRole.LEAD, 0), (Membership.role == MembershipRole.MODERATOR, 1), else_=2)
    rows = db.session.execute(
        select(
            Membership.id,
            Membership.role,
            Membership.joined_at,
            User.id.label("user_id"),
            User.first_name,
            User.last_name,
            User.job_title,
            Organisation.code,
            Organisation.name.label("organisation"),
            func.count().over().label("total"),
        )
        .join(User, User.id == Membership.user_id)
        .outerjoin(Organisation, Organisation.id == User.organisation_id)
        .where(Membership.network_id == network.id, Membership.state == MembershipState.ACTIVE, *matching(words))
        .order_by(rank, User.last_name, User.first_name, Membership.id)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    ).all()
    if page > 1 and not rows:
        raise NotFound
    return Members(rows, rows[0].total if rows else 0, page)


def list_waiting(network: Network) -> tuple[list[Any], list[Any]]:
    """For moderators: the requests with what they need to decide, and the invitations without an answer, oldest first."""
    double, namesake = aliased(Membership), aliased(User)
    same_name = exists(
        select(double.id)
        .join(namesake, namesake.id == double.user_id)
        .where(
            double.network_id == Membership.network_id,
            double.id != Membership.id,
            double.state.in_(LIVING),
            namesake.first_name == User.first_name,
            namesake.last_name == User.last_name,
        )
    )
    rows = db.session.execute(
        select(
            Membership.id,
            Membership.state,
            Membership.requested_at,
            Membership.declares_employer_side,
            Membership.message,
            Membership.decision_reason,
            Membership.joined_at,
            Membership.left_at,
            User.id.label("user_id"),
            User.first_name,
            User.last_name,
            User.job_title,
            User.side,
            Organisation.code,
            Organisation.name.label("organisation"),
            same_name.label("is_double"),
        )
        .join(User, User.id == Membership.user_id)
        .outerjoin(Organisation, Organisation.id == User.organisation_id)
        .where(Membership.network_id == network.id, Membership.state.in_([MembershipState.REQUESTED, MembershipState.INVITED]))
        .order_by(Membership.requested_at, Membership.id)
    ).all()
    requests = [row for row in rows if row.state == MembershipState.REQUESTED]
    return requests, [row for row in rows if row.state == MembershipState.INVITED]


def find_invitee(email: str) -> User | None:
    """The person with an account at that address."""
    return db.session.scalar(select(User).where(User.email == email.strip().lower(), User.state == UserState.ACTIVE))


def list_staff_side(network: Network) -> list[Membership]:
    """Those whom the network would exclude if it were for employers only: members, invited, waiting (I-05)."""
    return list(
        db.session.scalars(
            select(Membership)
            .join(User, User.id == Membership.user_id)
            .options(contains_eager(Membership.user), joinedload(Membership.network))
            .where(Membership.network_id == network.id, Membership.state.in_(LIVING), User.side == Side.STAFF)
            .order_by(User.last_name, User.first_name, User.id)
        )
    )


def _attach(membership: Membership, network: Network) -> None:
    set_committed_value(membership, "network", network)


def matching(words: str) -> list[ColumnElement[bool]]:
    """Every word is in the person's name, title or organisation; where-clauses for a join of User and Organisation."""
    organisation = [type_coerce(Organisation.name, JSON)[language].as_string() for language in CONTENT_LANGUAGES]
    columns = [User.first_name, User.last_name, User.job_title, *organisation]
    return [or_(*(_contains(column, word) for column in columns)) for word in words.split()[:6]]


def _contains(column: Any, word: str) -> ColumnElement[bool]:
    # SQLite folds only ASCII letters, so "äänekoski" is tried as "Äänekoski" too.
    spellings = {word, word.lower(), word.upper(), word.capitalize()}
    return or_(*(column.ilike(f"%{_escape(spelling)}%", escape="\\") for spelling in sorted(spellings)))


def _escape(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")

"""What the form of an event needs to know: who can be its organiser, who its host, and what has been chosen by now."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select

from extranet.accounts.models import User
from extranet.core.db import db
from extranet.core.i18n import local_plain
from extranet.core.viewer import Viewer
from extranet.events.models import Event
from extranet.events.programme_models import Choice, Session
from extranet.events.programme_queries import list_sessions
from extranet.networks.models import Membership, MembershipRole, MembershipState, Network
from extranet.organisations.models import Organisation


@dataclass(frozen=True)
class Background:
    """People who can be the organiser, organisations that can be the host, the sessions, and whether they have been chosen."""

    organisers: Sequence[User]
    hosts: Sequence[tuple[str, str]]
    sessions: Sequence[Session] = ()
    has_choices: bool = False


def get_background(viewer: Viewer, network: Network, event: Event | None = None) -> Background:
    """The organiser is one who leads the network, or who has been it so far; a new event has its maker (matrix §4.7)."""
    leads = select(Membership.user_id).where(
        Membership.network_id == network.id, Membership.state == MembershipState.ACTIVE,
        Membership.role.in_([MembershipRole.LEAD, MembershipRole.MODERATOR]),
    )  # fmt: skip
    present = viewer.user_id if event is None else event.organiser_id
    wanted = select(User).where(or_(User.id.in_(leads), User.id == (present or 0)))
    organisers = db.session.scalars(wanted.order_by(User.last_name, User.first_name, User.id)).all()
    if event is None:
        return Background(organisers, _hosts(None))
    return Background(organisers, _hosts(event), list_sessions(viewer, event), has_choices(event))


def _hosts(event: Event | None) -> list[tuple[str, str]]:
    """Organisations in work, and the one chosen earlier."""
    chosen = event.host_organisation_id if event else None
    wanted = select(Organisation.id, Organisation.name).where(or_(Organisation.active_until.is_(None), Organisation.id == (chosen or 0)))
    return sorted(((str(row.id), local_plain(row.name)) for row in db.session.execute(wanted)), key=lambda one: one[1].casefold())


def has_choices(event: Event) -> bool:
    """Whether anybody has chosen or wished for a session."""
    chosen = select(Choice.id).join(Session, Session.id == Choice.session_id).where(Session.event_id == event.id).limit(1)
    return event.drawn_at is not None or db.session.scalar(chosen) is not None

"""What can you see of colleagues: who may be signed up, who may take a place over, and who takes part already."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, false, func, or_, select
from sqlalchemy.orm import joinedload

from extranet.accounts.models import User, UserState
from extranet.core.db import db
from extranet.core.errors import NotFound
from extranet.core.viewer import Viewer
from extranet.events import policy
from extranet.events.desk_filters import MOST_WORDS, contains
from extranet.events.employers import same_employer
from extranet.events.kinds import IN_FORCE, Audience, SignupState
from extranet.events.models import Event, Signup
from extranet.networks.access import viewers_for
from extranet.networks.models import Membership, MembershipState
from extranet.organisations.models import Appointment, AppointmentState, Organisation

SHOWN = 25


def organisations_of(viewer: Viewer) -> frozenset[int]:
    """Those whose people's places are this viewer's business."""
    return viewer.contact_for | viewer.org_admin_of


def list_places(viewer: Viewer, event: Event) -> Sequence[Any]:
    """The sign-ups of one's organisations that are in force, or were given up: by organisation and name. One query."""
    states = (*IN_FORCE, SignupState.CANCELLED, SignupState.REPLACED)
    return db.session.execute(
        select(Signup, User.first_name, User.last_name, User.job_title, Organisation.name.label("organisation"))
        .join(User, User.id == Signup.user_id)
        .join(Organisation, Organisation.id == Signup.organisation_id)
        .where(Signup.event_id == event.id, Signup.organisation_id.in_(organisations_of(viewer)), Signup.state.in_(states))
        .order_by(Organisation.code, Signup.state.in_(IN_FORCE).desc(), func.lower(User.last_name), func.lower(User.first_name), Signup.id)
    ).all()


def get_place(viewer: Viewer, event: Event, signup_id: int) -> Signup:
    """A colleague's sign-up; NotFound for those whose business it is not."""
    wanted = select(Signup).where(Signup.id == signup_id, Signup.event_id == event.id, Signup.user_id.is_not(None))
    signup = db.session.scalar(wanted.options(joinedload(Signup.event).joinedload(Event.network), joinedload(Signup.user)))
    if signup is None or not policy.can_cancel_for(viewer, signup):
        raise NotFound
    return signup


def list_people(viewer: Viewer, event: Event, q: str = "") -> list[User]:
    """People of one's organisations for whom the event is meant and who have not signed up; by name."""
    return _addressed(event, _free(event), User.organisation_id.in_(organisations_of(viewer)), *_named(q))


def list_heirs(viewer: Viewer, signup: Signup, q: str = "") -> list[User]:
    """Who of the same organisation may take a place over (I-17): all to those who look after the organisation's people, to others those
    whom they may see in the network, or as contact persons."""
    event = signup.event
    if signup.organisation_id is None:
        return []
    of = (User.organisation_id.in_(same_employer(signup.organisation_id)), User.id != signup.user_id)
    known = () if policy.looks_after(viewer, event, signup.organisation_id) else (_known(event, signup.organisation_id),)
    return _addressed(event, _free(event, waiting_too=True), *of, *known, *_named(q))


def get_people(viewer: Viewer, event: Event, ids: Collection[int]) -> Sequence[User]:
    """Those of one's organisations' people, by id; whether they may be signed up is asked by the action."""
    of = User.organisation_id.in_(organisations_of(viewer))
    return (
        db.session.scalars(select(User).where(User.id.in_(ids), User.state == UserState.ACTIVE, of).order_by(User.id)).all() if ids else []
    )


def _known(event: Event, organisation_id: int) -> ColumnElement[bool]:
    """The network's members, and where contact persons are asked, one's own organisation's."""
    members = select(Membership.user_id).where(Membership.network_id == event.network_id, Membership.state == MembershipState.ACTIVE)
    contacts = select(Appointment.user_id).where(
        Appointment.organisation_id == organisation_id, Appointment.state == AppointmentState.CONFIRMED
    )
    return or_(User.id.in_(members), User.id.in_(contacts) if event.audience != Audience.NETWORK else false())


def _free(event: Event, waiting_too: bool = False) -> ColumnElement[bool]:
    """Not signed up; whoever waits may still take a place over."""
    taken = [state for state in IN_FORCE if not (waiting_too and state == SignupState.WAITING)]
    return User.id.not_in(select(Signup.user_id).where(Signup.event_id == event.id, Signup.user_id.is_not(None), Signup.state.in_(taken)))


def _named(q: str) -> list[ColumnElement[bool]]:
    """Each word stands somewhere in the name."""
    return [contains(User.first_name + " " + User.last_name, word) for word in q.split()[:MOST_WORDS]]


def _addressed(event: Event, *where: ColumnElement[bool]) -> list[User]:
    """Those of them for whom the event is meant; the first by name."""
    by_name = (func.lower(User.last_name), func.lower(User.first_name), User.id)
    people = db.session.scalars(select(User).where(User.state == UserState.ACTIVE, *where).order_by(*by_name).limit(10 * SHOWN)).all()
    may = (
        {viewer.user_id for viewer in viewers_for([user.id for user in people]) if policy.is_addressed(viewer, event)} if people else set()
    )
    return [user for user in people if user.id in may][:SHOWN]

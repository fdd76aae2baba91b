"""What can you see: people whom an organiser may add by hand, names that participants may read, needs as numbers."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, or_, select

from extranet.accounts.models import User, UserState
from extranet.audit.log import record_apart
from extranet.core.db import db
from extranet.core.errors import NotFound, demand
from extranet.core.text import fold
from extranet.core.viewer import Viewer
from extranet.events import desk_policy, desk_queries, policy
from extranet.events.kinds import CERTAIN, IN_FORCE, Audience, Mode
from extranet.events.models import Event, Signup
from extranet.events.queries import Paged
from extranet.events.question_models import Needs
from extranet.networks.access import viewer_for
from extranet.networks.member_queries import matching
from extranet.networks.models import Membership, MembershipState
from extranet.organisations.models import Appointment, AppointmentState, Organisation

MOST = 20
NAMES = 25


@dataclass(frozen=True)
class Names(Paged):
    """The participants whose names the viewer may read, and how many others there are."""

    others: int
    is_own_organisation: bool


@dataclass(frozen=True)
class Diets:
    """Meals for the caterer: how many of which kind, and wishes for the place. No names."""

    eaters: int
    diets: Sequence[tuple[str, int]]
    accessibility: Sequence[str]

    @property
    def plain(self) -> int:
        """Those who have told of no diet."""
        return self.eaters - sum(number for _diet, number in self.diets)


def find_people(viewer: Viewer, event: Event, words: str) -> Sequence[Any]:
    """People to add: by name among those whom the viewer knows of anyway, the network's members and an event's contact persons; anyone by the whole address."""
    desk_queries.check_desk(viewer, event)
    if not words:
        return []
    members = select(Membership.user_id).where(Membership.network_id == event.network_id, Membership.state == MembershipState.ACTIVE)
    known: Any = User.id.in_(members)
    if event.audience != Audience.NETWORK:
        known = or_(known, User.id.in_(select(Appointment.user_id).where(Appointment.state == AppointmentState.CONFIRMED)))
    signed_up = select(Signup.id).where(Signup.event_id == event.id, Signup.user_id == User.id, Signup.state.in_(IN_FORCE)).exists()
    rows = db.session.execute(
        select(User.id, User.first_name, User.last_name, User.job_title, Organisation.name.label("organisation"), signed_up.label("is_in"))
        .outerjoin(Organisation, Organisation.id == User.organisation_id)
        .where(User.state == UserState.ACTIVE, or_(and_(known, *matching(words)), User.email == words.lower()))
        .order_by(User.last_name, User.first_name, User.id)
        .limit(MOST)
    ).all()
    return [row for row in rows if policy.is_addressed(viewer_for(row.id), event)] if "@" in words else rows


def get_person(viewer: Viewer, event: Event, user_id: int) -> User:
    """The person to add; NotFound for one whom the event is not meant for."""
    desk_queries.check_desk(viewer, event)
    person = db.session.scalar(select(User).where(User.id == user_id, User.state == UserState.ACTIVE))
    if person is None or not policy.is_addressed(viewer_for(person.id), event):
        raise NotFound
    return person


def list_names(viewer: Viewer, event: Event, own: Signup | None, page: int = 1) -> Names:
    """Confirmed participants who let others read their names; an organisation's administrators who do not take part see their own people (§4.7)."""
    demand(desk_policy.can_see_names(viewer, event, own), "events.participants")
    is_in = desk_policy.takes_part(viewer, event, own) or desk_policy.can_message(viewer, event)
    certain = [Signup.event_id == event.id, Signup.state.in_(CERTAIN)]
    shown = Signup.shows_name.is_(True) if is_in else Signup.organisation_id.in_(viewer.org_admin_of)
    total, named = db.session.execute(select(func.count(), func.count().filter(shown)).where(*certain)).one()
    rows = db.session.execute(
        select(
            Signup.id, Signup.mode, Signup.user_id, Signup.guest_name, Signup.guest_organisation, User.first_name, User.last_name, User.job_title,
            Organisation.name.label("organisation"),
        )
        .outerjoin(User, User.id == Signup.user_id)
        .outerjoin(Organisation, Organisation.id == Signup.organisation_id)
        .where(*certain, shown)
        .order_by(func.coalesce(User.last_name, Signup.guest_name), User.first_name, Signup.id)
        .limit(NAMES)
        .offset((page - 1) * NAMES)
    ).all()  # fmt: skip
    return Names(rows, named, page, total - named if is_in else 0, not is_in)


def count_diets(viewer: Viewer, event: Event) -> Diets:
    """How many meals of which kind, among those who come to the place. Only for the event's own organiser; the reading is logged (I-32, §6.3)."""
    demand(desk_policy.can_see_needs(viewer, event), "events.diets")
    record_apart(viewer, "events.read_needs", event)
    coming = [Signup.event_id == event.id, Signup.state.in_(CERTAIN)]
    needs = db.session.execute(
        select(Signup.mode, Needs.diet, Needs.accessibility).join(Needs, Needs.signup_id == Signup.id).where(*coming).order_by(Signup.id)
    ).all()
    eaters = db.session.scalar(select(func.count()).select_from(Signup).where(*coming, Signup.mode == Mode.ONSITE)) or 0
    return Diets(
        eaters,
        _counted([n.diet for n in needs if n.diet and n.mode == Mode.ONSITE]),
        sorted(n.accessibility for n in needs if n.accessibility),
    )


def _counted(diets: Sequence[str]) -> list[tuple[str, int]]:
    """The same needs in another order or spelling are the same meal; the most frequent first."""
    counts = Counter(", ".join(sorted({fold(part) for part in re.split(r"[,;\n]", diet)} - {""})) for diet in diets)
    return sorted(((diet, number) for diet, number in counts.items() if diet), key=lambda pair: (-pair[1], pair[0]))


def list_needs(viewer: Viewer, event: Event) -> dict[int, Needs]:
    """Diets and accessibility needs by sign-up, for the event's own organiser; the reading is logged."""
    demand(desk_policy.can_see_needs(viewer, event), "events.diets")
    record_apart(viewer, "events.read_needs", event)
    rows = db.session.scalars(select(Needs).join(Signup, Signup.id == Needs.signup_id).where(Signup.event_id == event.id))
    return {needs.signup_id: needs for needs in rows}

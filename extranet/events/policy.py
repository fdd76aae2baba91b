"""Who may. Published events are seen by readers of the network, by those they are meant for, and by all where the network is public."""

from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, select, true

from extranet.accounts.models import Side
from extranet.core.viewer import Role, Viewer
from extranet.events.kinds import Audience, EventState, Mode
from extranet.events.models import Event, Signup
from extranet.networks import policy as networks
from extranet.networks.models import Network, NetworkState, Visibility, network_of

can_create = networks.can_edit_content
can_edit = networks.can_edit_content
can_publish = networks.can_edit_content
can_close = networks.can_edit_content
can_reopen = networks.can_edit_content
can_cancel_event = networks.can_edit_content
can_edit_programme = networks.can_edit_content
can_copy = networks.can_edit_content


def can_see(viewer: Viewer, event: Event) -> bool:
    """Whether title and dates may be shown; drafts only to editors (T22)."""
    if is_editor(viewer, event):
        return True
    if event.state == EventState.DRAFT:
        return False
    return is_addressed(viewer, event) or _is_public(event.network)


def visible_to(viewer: Viewer) -> ColumnElement[bool]:
    """`can_see`, as a where-clause on Event."""
    public = select(Network.id).where(Network.visibility == Visibility.PUBLIC, Network.state != NetworkState.DRAFT)
    published = and_(Event.state != EventState.DRAFT, or_(addressed_to(viewer), Event.network_id.in_(public)))
    return or_(_edited_by(viewer), published)


def is_addressed(viewer: Viewer, event: Event) -> bool:
    """Whether it is meant for this person: the network's readers, and the further audience outside secret networks."""
    if networks.can_read(viewer, event):
        return True
    network = event.network
    if network.visibility == Visibility.SECRET or network.state == NetworkState.DRAFT or not viewer.is_signed_in:
        return False
    if viewer.is_contact_person:
        return event.audience in (Audience.CONTACT_PERSONS, Audience.SIGNED_IN)
    return event.audience == Audience.SIGNED_IN and (not network.employer_only or viewer.side == Side.EMPLOYER)


def addressed_to(viewer: Viewer) -> ColumnElement[bool]:
    """`is_addressed`, as a where-clause on Event."""
    mine = networks.readable_in(viewer, Event.network_id)
    if not viewer.is_signed_in or viewer.is_admin:
        return mine
    wide = select(Network.id).where(Network.visibility != Visibility.SECRET, Network.state != NetworkState.DRAFT)
    if viewer.is_contact_person:
        return or_(mine, and_(Event.audience.in_([Audience.CONTACT_PERSONS, Audience.SIGNED_IN]), Event.network_id.in_(wide)))
    if viewer.side != Side.EMPLOYER:
        wide = wide.where(Network.employer_only.is_(False))
    return or_(mine, and_(Event.audience == Audience.SIGNED_IN, Event.network_id.in_(wide)))


def is_editor(viewer: Viewer, thing: Any) -> bool:
    """Whether drafts may be seen; unlike editing, this stays when the network is archived."""
    network = network_of(thing)
    if viewer.is_admin or viewer.role_in(network.id) >= Role.MODERATOR:
        return True
    return viewer.is_expert and networks.can_read(viewer, network)


def _edited_by(viewer: Viewer) -> ColumnElement[bool]:
    if viewer.is_admin:
        return true()
    mine = Event.network_id.in_(viewer.moderated_ids) if viewer.moderated_ids else false()
    return or_(mine, networks.readable_in(viewer, Event.network_id)) if viewer.is_expert else mine


def _is_public(network: Network) -> bool:
    return network.visibility == Visibility.PUBLIC and network.state != NetworkState.DRAFT


def can_sign_up(viewer: Viewer, event: Event) -> bool:
    """A person that the event is meant for; whether there is room and time is asked by the action (I-16)."""
    return viewer.is_signed_in and not event.network.is_archived and is_addressed(viewer, event)


def can_cancel(viewer: Viewer, event: Event) -> bool:
    """Anyone may give up an own place (T39)."""
    return viewer.is_signed_in


def can_answer(viewer: Viewer, signup: Signup) -> bool:
    """The one to whom the place is offered."""
    return viewer.is_signed_in and signup.user_id == viewer.user_id


def can_change(viewer: Viewer, signup: Signup) -> bool:
    """The participant, whoever looks after the organisation's people, and organisers."""
    return can_answer(viewer, signup) or looks_after(viewer, signup.event, signup.organisation_id)


def can_substitute(viewer: Viewer, signup: Signup) -> bool:
    """Whoever may change the sign-up (I-17)."""
    return can_change(viewer, signup)


def can_cancel_for(viewer: Viewer, signup: Signup) -> bool:
    """Whoever looks after the organisation's people, and organisers; not those who once gave away the place (matrix §4.7)."""
    return looks_after(viewer, signup.event, signup.organisation_id)


def can_sign_up_colleague(viewer: Viewer, event: Event) -> bool:
    """Contact persons and organisations' administrators for their own people, organisers for anyone (matrix §4.7)."""
    if event.network.is_archived or not viewer.is_signed_in:
        return False
    return can_see_participants(viewer, event) or bool(viewer.contact_for or viewer.org_admin_of)


def can_see_colleagues(viewer: Viewer, event: Event) -> bool:
    """Contact persons and organisations' administrators see their own people's places (domain.md §7.9, 8), and sign them up."""
    return not event.network.is_archived and viewer.is_signed_in and bool(viewer.contact_for or viewer.org_admin_of)


def can_enter_by_hand(viewer: Viewer, event: Event) -> bool:
    """Whoever may see the participants, as long as the network is alive."""
    return not event.network.is_archived and can_see_participants(viewer, event)


def looks_after(viewer: Viewer, event: Event, organisation_id: int | None) -> bool:
    """Whether the places of that organisation's people are this viewer's business."""
    if can_see_participants(viewer, event):
        return True
    return organisation_id is not None and organisation_id in (viewer.contact_for | viewer.org_admin_of)


def can_move_queue(viewer: Viewer, event: Event) -> bool:
    """Only the clock."""
    return viewer.is_system


def can_see_participants(viewer: Viewer, event: Event) -> bool:
    """Moderators and leads of the network, administrators, and the expert whose own event it is (domain.md §4.7)."""
    if networks.can_moderate(viewer, event):
        return True
    return can_edit(viewer, event) and event.organiser_id == viewer.user_id


def can_remove(viewer: Viewer, signup: Signup) -> bool:
    """Whoever may see the participants."""
    return can_see_participants(viewer, signup.event)


can_promote = can_remove


def can_tell_programme(viewer: Viewer, event: Event) -> bool:
    """Only the clock."""
    return viewer.is_system


def can_finish(viewer: Viewer, event: Event) -> bool:
    """Only the clock."""
    return viewer.is_system


def can_remind(viewer: Viewer, event: Event) -> bool:
    """Only the clock."""
    return viewer.is_system


def can_release(viewer: Viewer, signup: Signup) -> bool:
    """Only the system, when a person may no longer take part."""
    return viewer.is_system


def can_see_stream(viewer: Viewer, event: Event, signup: Signup | None) -> bool:
    """I-18: confirmed remote participants and the event's editors, from 24 hours before until the end; nobody who has left (T17)."""
    if not event.stream_is_on:
        return False
    is_in = signup is not None and signup.user_id == viewer.user_id and signup.is_confirmed and signup.mode == Mode.REMOTE
    return is_in and is_addressed(viewer, event) or is_editor(viewer, event)

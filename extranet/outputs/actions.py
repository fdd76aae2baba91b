"""What can you do? Say what an event leaves behind, and where its recording is."""

from collections.abc import Sequence

from sqlalchemy import func, or_, select, update

from extranet.audit.log import action
from extranet.core import clock
from extranet.core.db import db
from extranet.core.errors import NotFound, Refused
from extranet.core.i18n import gettext as _
from extranet.core.viewer import Viewer
from extranet.events.kinds import EventState
from extranet.events.models import Event
from extranet.materials.life import CAPTIONS_WITHIN
from extranet.materials.models import Material
from extranet.networks.models import Network, Visibility
from extranet.outputs import policy
from extranet.outputs.models import EventMaterial

MOST = 100


@action(policy.can_attach)
def attach(viewer: Viewer, event: Event, *, materials: Sequence[Material]) -> None:
    """Connect materials with the event, both ways: each page names the other. Participants are told a little later, together."""
    held = set(db.session.scalars(select(EventMaterial.material_id).where(EventMaterial.event_id == event.id)))
    new = [material for material in materials if material.id not in held]
    if len(held) + len(new) > MOST:
        raise Refused(_("An event has at most %(most)s materials. Gather them in a collection instead.", most=MOST))
    for material in new:
        db.session.add(EventMaterial(event_id=event.id, material_id=material.id, added_by_id=viewer.user_id))
    _count(event, [material.id for material in new])


@action(policy.can_detach)
def detach(viewer: Viewer, event: Event, *, material_id: int) -> None:
    """End the connection. The material stays in the library."""
    found = db.session.get(EventMaterial, (event.id, material_id))
    if found is None:
        raise NotFound
    db.session.delete(found)
    _count(event, [material_id])


@action(policy.can_record)
def record(viewer: Viewer, event: Event, *, url: str, has_captions: bool) -> None:
    """Publish the address of the recording. Captions are due two weeks after the first one; that day stays when the address changes."""
    if event.state in (EventState.DRAFT, EventState.CANCELLED) or not event.has_begun:
        raise Refused(_("A recording can be published once the event has begun."))
    if not event.recording_url:
        event.recording_at = clock.now()
        event.captions_by = clock.today() + CAPTIONS_WITHIN
    if event.recording_url != url or has_captions != (event.captioned_at is not None):
        event.captioned_at = clock.now() if has_captions else None
    event.recording_url = url


@action(policy.can_caption)
def caption(viewer: Viewer, event: Event) -> None:
    """Say that the recording has its captions now; reminders end."""
    if not event.recording_url:
        raise Refused(_("There is no recording that could have captions. Open the page again to see how it is now."))
    event.captioned_at = event.captioned_at or clock.now()


@action(policy.can_withdraw)
def withdraw(viewer: Viewer, event: Event) -> None:
    """Take the recording off the event's page."""
    event.recording_url, event.recording_at, event.captions_by, event.captioned_at = "", None, None, None


@action(policy.can_tell)
def settle(viewer: Viewer, event: Event, *, material_ids: Sequence[int], has_recording: bool) -> None:
    """Note of what the participants have been told."""
    now = clock.now()
    told = select(EventMaterial).where(EventMaterial.event_id == event.id, EventMaterial.material_id.in_(material_ids))
    for one in db.session.scalars(told):
        one.told_at = now
    if has_recording:
        event.recording_told_at = now


def _count(event: Event, material_ids: Sequence[int]) -> None:
    """Both pages keep how many there are, so that they ask only where there is something.

    A material does not count events of a secret network but its own: its readers are not to know of them (I-29).
    """
    db.session.flush()
    held = select(func.count()).select_from(EventMaterial)
    event.material_count = db.session.scalar(held.where(EventMaterial.event_id == event.id)) or 0
    known = held.join(Event, Event.id == EventMaterial.event_id).join(Network, Network.id == Event.network_id)
    known = known.where(or_(Network.visibility != Visibility.SECRET, Event.network_id == Material.network_id))
    number = known.where(EventMaterial.material_id == Material.id).correlate(Material).scalar_subquery()
    db.session.execute(update(Material).where(Material.id.in_(material_ids)).values(event_count=number))

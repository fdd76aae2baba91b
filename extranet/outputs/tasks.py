"""What happens later: participants hear of materials and of the recording, once; organisers are reminded of captions."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import and_, func, or_, select

from extranet.core import clock
from extranet.core.db import db
from extranet.core.i18n import N_
from extranet.core.viewer import SYSTEM
from extranet.events import policy as events
from extranet.events.kinds import CERTAIN, EventState
from extranet.events.models import Event, Signup
from extranet.jobs.queue import enqueue, every, task
from extranet.mail.outbox import put_letter
from extranet.materials import life, life_queries
from extranet.materials.models import Material, MaterialState
from extranet.materials.policy import can_see, is_public
from extranet.materials.queries import find_material, list_editor_ids
from extranet.networks.access import viewer_for, viewers_for
from extranet.notifications.notify import notify
from extranet.outputs import actions, policy, queries, recording_queries
from extranet.outputs.models import EventMaterial
from extranet.outputs.recording_queries import Uncaptioned

# Whoever adds one material adds another: they are told together.
PAUSE = timedelta(minutes=10)
# Of what is added later than this after the event, nobody needs to be told.
FRESH = timedelta(days=90)
# Materials, a recording, both.
NEWS = {
    (True, False): N_("Materials have been added: %(title)s"),
    (False, True): N_("The recording is there: %(title)s"),
    (True, True): N_("The recording and materials are there: %(title)s"),
}
REMINDERS = (
    N_("Captions are needed by %(day)s for the recording of an event: %(title)s"),
    N_("Captions are missing for the recording of an event; they were needed by %(day)s: %(title)s"),
)

every("outputs.tell", minutes=5)
every("outputs.remind", at="06:50")


@task("outputs.tell")
def tell() -> None:
    """Each event of which something is untold gets a job of its own, once nothing has been added for some minutes."""
    quiet = clock.now() - PAUSE
    added = (
        select(EventMaterial.event_id)
        .join(Material, Material.id == EventMaterial.material_id)
        .where(EventMaterial.told_at.is_(None), Material.state == MaterialState.PUBLISHED)
        .group_by(EventMaterial.event_id)
        .having(func.max(EventMaterial.added_at) <= quiet)
    )
    recorded = and_(Event.recording_url != "", Event.recording_told_at.is_(None), Event.recording_at <= quiet)
    there = Event.state.not_in([EventState.DRAFT, EventState.ANNOUNCED])
    for event_id in db.session.scalars(select(Event.id).where(there, or_(Event.id.in_(added), recorded)).order_by(Event.id)).all():
        enqueue("outputs.tell_of", dedupe=f"event:{event_id}:outputs", event_id=event_id)


@task("outputs.tell_of")
def tell_of(event_id: int) -> None:
    """Tell those who took part, or have a place, of what they may open; nobody who waits (T41)."""
    event = queries.get_untold(event_id)
    if event is None:
        return
    materials = _untold(event)
    has_recording = bool(event.recording_url) and event.recording_told_at is None
    if not materials and not has_recording:
        return
    is_fresh = event.ends_at is None or event.ends_at > clock.now() - FRESH
    if is_fresh and event.state != EventState.CANCELLED:
        _tell_members(event, materials, has_recording)
        _tell_guests(event, [material for material in materials if is_public(material)], has_recording)
    actions.settle(SYSTEM, event, material_ids=[material.id for material in materials], has_recording=has_recording)


def _untold(event: Event) -> list[Material]:
    ids = select(EventMaterial.material_id).where(EventMaterial.event_id == event.id, EventMaterial.told_at.is_(None))
    found = [find_material(SYSTEM, material_id) for material_id in db.session.scalars(ids).all()]
    return [material for material in found if material is not None and material.is_published and not life.is_coming(material)]


def _tell_members(event: Event, materials: Sequence[Material], has_recording: bool) -> None:
    taking_part = select(Signup.user_id).where(Signup.event_id == event.id, Signup.state.in_(CERTAIN), Signup.user_id.is_not(None))
    groups: dict[tuple[bool, bool], list[int]] = {kind: [] for kind in NEWS}
    for viewer in viewers_for({person for person in db.session.scalars(taking_part) if person is not None}):
        kind = any(can_see(viewer, material) for material in materials), has_recording and policy.can_watch(viewer, event)
        if kind in groups and viewer.user_id is not None:
            groups[kind].append(viewer.user_id)
    news = max((material.id for material in materials), default=0)
    for kind, people in groups.items():
        notify(
            SYSTEM,
            people,
            "outputs.added",
            about=event,
            text=NEWS[kind],
            path=f"{event.path}#after",
            key=f"event:{event.id}:outputs:{news}:{int(has_recording)}",
            direct=people,
            title=event.title,
        )


def _tell_guests(event: Event, materials: Sequence[Material], has_recording: bool) -> None:
    """Guests have no page of theirs in the library: their letter names what they may open."""
    if not materials and not has_recording:
        return
    guests = select(Signup).where(Signup.event_id == event.id, Signup.state.in_(CERTAIN), Signup.guest_email != "")
    news = max((material.id for material in materials), default=0)
    for guest in db.session.scalars(guests.order_by(Signup.id)).all():
        put_letter(
            to=guest.guest_email,
            language=guest.guest_language,
            template="outputs/mail/added",
            key=f"signup:{guest.id}:outputs:{news}:{int(has_recording)}",
            event=event,
            materials=materials,
            recording_url=event.recording_url if has_recording else "",
        )


@task("outputs.remind")
def remind() -> None:
    """Every morning: each recording whose captions fall due gets a job of its own."""
    for one in recording_queries.list_due(clock.today() + life.AHEAD):
        if life.due_stage(one.captions_by, life.CAPTION_DAYS) is not None:
            key = f"event:{one.event_id}:captions:{one.material_id}"
            enqueue("outputs.remind_of", dedupe=key, event_id=one.event_id, material_id=one.material_id)


@task("outputs.remind_of")
def remind_of(event_id: int, material_id: int | None) -> None:
    """Remind the organiser, or the leads where that person has left, on each of the days; the library reminds the owner of a file."""
    one = recording_queries.find_due(event_id, material_id)
    stage = life.due_stage(one.captions_by, life.CAPTION_DAYS) if one else None
    event = queries.get_untold(event_id)
    if one is None or stage is None or event is None:
        return
    people = set(_keepers(event, one)) - {one.owner_id}
    notify(
        SYSTEM,
        people,
        "outputs.captions",
        about=event,
        text=REMINDERS[stage == 0],
        path=f"{event.path}materials",
        key=f"event:{event.id}:captions:{material_id or 0}:{one.captions_by}:{stage}",
        direct=people,
        title=event.title,
        day=one.captions_by,
    )


def _keepers(event: Event, one: Uncaptioned) -> list[int]:
    if event.organiser_id is not None and events.can_edit(viewer_for(event.organiser_id), event):
        return [event.organiser_id]
    return life_queries.list_lead_ids(one.network_id) or list_editor_ids(one.network_id)

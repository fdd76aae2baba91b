"""What can you see? An event's materials, a material's events, and what could be put together."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, select
from sqlalchemy.orm import joinedload

from extranet.core import clock
from extranet.core.db import db
from extranet.core.errors import demand
from extranet.core.text import LocalText, fold
from extranet.core.viewer import Viewer
from extranet.events import policy as events
from extranet.events.kinds import EventState
from extranet.events.models import Event
from extranet.events.queries import get_event
from extranet.materials.life import is_superseded
from extranet.materials.models import Material, MaterialKind, MaterialState
from extranet.materials.policy import visible_to
from extranet.materials.queries import Line, as_lines, select_lines
from extranet.outputs import policy
from extranet.outputs.models import EventMaterial

FOUND = 20
EVENTS = 60


@dataclass(frozen=True)
class Presented:
    """An event as a material's page names it."""

    id: int
    title: LocalText
    starts_at: datetime | None
    date_text: LocalText

    @property
    def path(self) -> str:
        return f"/events/{self.id}/"


def get_event_to_fill(viewer: Viewer, event_id: int) -> Event:
    """The event whose materials the viewer may choose; NotAllowed for its readers."""
    event = get_event(viewer, event_id)
    demand(policy.can_attach(viewer, event), "outputs.attach")
    return event


def list_materials(viewer: Viewer, event: Event) -> list[Line]:
    """The event's materials that the viewer may open, recordings first. One query."""
    wanted = (
        select_lines()
        .join(EventMaterial, EventMaterial.material_id == Material.id)
        .where(EventMaterial.event_id == event.id, Material.state != MaterialState.ARCHIVED, visible_to(viewer))
        .order_by(case((Material.kind == MaterialKind.RECORDING, 0), else_=1), EventMaterial.added_at, Material.id)
    )
    return as_lines(db.session.execute(wanted))


def list_events(viewer: Viewer, material: Material) -> list[Presented]:
    """The events with which a material is connected, as far as the viewer may see them, the latest first. One query."""
    rows = db.session.execute(
        select(Event.id, Event.title, Event.starts_at, Event.date_text)
        .join(EventMaterial, EventMaterial.event_id == Event.id)
        .where(EventMaterial.material_id == material.id, events.visible_to(viewer))
        .order_by(Event.starts_at.desc().nulls_first(), Event.id.desc())
    )
    return [Presented(*row) for row in rows]


def find_materials(viewer: Viewer, event: Event, words: str = "") -> list[Line]:
    """What could be connected with the event: current materials that fit the words, those of its own network and the newest first."""
    matching = [Material.search_text.contains(word, autoescape=True) for word in fold(words).split()[:10]]
    here = select(EventMaterial.material_id).where(EventMaterial.event_id == event.id)
    wanted = select_lines().where(
        visible_to(viewer), Material.state != MaterialState.ARCHIVED, ~is_superseded(), Material.id.not_in(here), *matching
    )  # fmt: skip
    own_first = case((Material.network_id == event.network_id, 0), else_=1)
    return as_lines(db.session.execute(wanted.order_by(own_first, Material.updated_at.desc(), Material.id.desc()).limit(FOUND)))


def list_chosen(viewer: Viewer, material_ids: Collection[int]) -> list[Material]:
    """Those of the materials that the viewer may open and that are in use."""
    wanted = select(Material).where(Material.id.in_(material_ids), Material.state != MaterialState.ARCHIVED, visible_to(viewer))
    return list(db.session.scalars(wanted.order_by(Material.id)))


def list_events_to_fill(viewer: Viewer, material: Material) -> list[Presented]:
    """Events that the viewer may connect a material with: those of its own network and the nearest to today first."""
    there = select(EventMaterial.event_id).where(EventMaterial.material_id == material.id)
    now = clock.now()
    distance: Any = case((Event.starts_at <= now, 0), (Event.starts_at > now, 1), else_=2)
    rows = db.session.execute(
        select(Event.id, Event.title, Event.starts_at, Event.date_text)
        .where(policy.editable_by(viewer), Event.state != EventState.CANCELLED, Event.id.not_in(there))
        .order_by(case((Event.network_id == material.network_id, 0), else_=1), distance, Event.starts_at.desc().nulls_last(), Event.id)
        .limit(EVENTS)
    )
    return [Presented(*row) for row in rows]


def get_untold(event_id: int) -> Event | None:
    """The event with its network and organiser, for a job."""
    loads = (joinedload(Event.network), joinedload(Event.organiser))
    return db.session.scalar(select(Event).where(Event.id == event_id).options(*loads))

"""What can you see? The recordings that have to get captions: those at an address elsewhere, and those in the library."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from extranet.accounts.models import User
from extranet.core import clock
from extranet.core.db import db
from extranet.core.text import LocalText
from extranet.core.viewer import Viewer
from extranet.events.models import Event
from extranet.materials.life import AHEAD, lacks_captions
from extranet.materials.models import Material, MaterialState
from extranet.materials.policy import visible_to
from extranet.networks.models import Network
from extranet.outputs.models import EventMaterial
from extranet.outputs.policy import editable_by

MOST = 200
_ORGANISER = aliased(User, name="organiser")


@dataclass(frozen=True)
class Uncaptioned:
    """A recording of an event that has no captions yet. `material_id` and `owner_id`: only where it lies in the library."""

    event_id: int
    title: LocalText
    captions_by: date
    organiser_id: int | None
    organiser: str | None
    network_id: int
    network: LocalText
    material_id: int | None = None
    material: LocalText | None = None
    owner_id: int | None = None

    @property
    def is_overdue(self) -> bool:
        return self.captions_by < clock.today()

    @property
    def event_path(self) -> str:
        return f"/events/{self.event_id}/"

    @property
    def captions_path(self) -> str:
        """Where captions are brought, or said to be there."""
        return f"/materials/{self.material_id}/captions" if self.material_id else f"{self.event_path}materials"


def list_uncaptioned(viewer: Viewer) -> list[Uncaptioned]:
    """Those of the events that the viewer edits, the most urgent first. Two queries."""
    elsewhere = _elsewhere().where(editable_by(viewer))
    stored = _stored().where(editable_by(viewer), visible_to(viewer))
    return _read(elsewhere, stored)


def list_due(until: date) -> list[Uncaptioned]:
    """All that fall due by then, for the reminders."""
    return _read(_elsewhere().where(Event.captions_by <= until), _stored().where(Material.captions_by <= until))


def find_due(event_id: int, material_id: int | None) -> Uncaptioned | None:
    """One of them, if captions are still missing."""
    due = (one for one in list_due(clock.today() + AHEAD) if (one.event_id, one.material_id) == (event_id, material_id))
    return next(due, None)


def _columns(*more: Any) -> Select[Any]:
    name = _ORGANISER.first_name + " " + _ORGANISER.last_name
    return (
        select(
            Event.id.label("event_id"), Event.title, Event.organiser_id, name.label("organiser"),
            Event.network_id, Network.name.label("network"), *more,
        )
        .join(Network, Network.id == Event.network_id)
        .outerjoin(_ORGANISER, _ORGANISER.id == Event.organiser_id)
    )  # fmt: skip


def _elsewhere() -> Select[Any]:
    wanted = _columns(Event.captions_by.label("captions_by"))
    return wanted.where(Event.recording_url != "", Event.captions_by.is_not(None), Event.captioned_at.is_(None))


def _stored() -> Select[Any]:
    material = (
        Material.captions_by.label("captions_by"),
        Material.id.label("material_id"),
        Material.title.label("material"),
        Material.owner_id,
    )
    wanted = (
        _columns(*material).join(EventMaterial, EventMaterial.event_id == Event.id).join(Material, Material.id == EventMaterial.material_id)
    )
    return wanted.where(Material.state == MaterialState.PUBLISHED, lacks_captions())


def _read(*statements: Select[Any]) -> list[Uncaptioned]:
    found = [Uncaptioned(**row._mapping) for wanted in statements for row in db.session.execute(wanted.limit(MOST))]
    return sorted(found, key=lambda one: (one.captions_by, one.event_id, one.material_id or 0))

"""What the events of the cast left behind."""

from datetime import timedelta

from extranet.core import clock
from extranet.core.db import db
from extranet.demo.cast import Cast
from extranet.events.models import Event
from extranet.materials.models import Material
from extranet.outputs.models import EventMaterial


def add_to_cast(cast: Cast) -> None:
    """The held event has a material and a recording that waits for its captions; everybody has been told."""
    event = db.session.get(Event, cast.things["held_event"])
    assert event is not None and event.ends_at is not None  # noqa: S101  the cast's own
    event.recording_url, event.recording_at = "https://video.extranet.example/tallenne/1", event.ends_at + timedelta(days=24)
    event.captions_by, event.recording_told_at = clock.today() + timedelta(days=8), clock.now()
    event.material_count = 1
    material = db.session.get(Material, cast.things["hr_material"])
    assert material is not None  # noqa: S101
    material.event_count = 1
    db.session.add(
        EventMaterial(event_id=event.id, material_id=material.id, added_by_id=cast.people["moderator"].id, told_at=clock.now())
    )  # fmt: skip
    db.session.flush()

"""What events and materials show of one another on their own pages.

An event's page has a query to spare for its materials, and shows them at once. A material's page has none: there a link leads to the
events, and htmx puts them in its place.
"""

from extranet.core import clock
from extranet.core.beside import Part, beside
from extranet.core.viewer import Viewer
from extranet.events.models import Event
from extranet.materials.addresses import host_of
from extranet.materials.models import Material
from extranet.networks.models import Visibility
from extranet.networks.policy import can_read
from extranet.outputs import policy, queries


@beside("event")
def show_outputs(viewer: Viewer, event: Event) -> Part | None:
    """The event's materials and recording; nothing where there are none."""
    lines = queries.list_materials(viewer, event) if event.material_count else []
    url = event.recording_url if policy.can_watch(viewer, event) else ""
    if not lines and not url:
        return None
    return Part("outputs/_event.html", {"lines": lines, "url": url, "host": host_of(url), "event": event, "today": clock.today()})


@beside("material")
def show_events(viewer: Viewer, material: Material) -> Part | None:
    """Where a material's events are, for those who may know of some. The list itself is asked of its own address (I-29)."""
    has_some = material.event_count > 0 and (can_read(viewer, material) or material.network.visibility == Visibility.PUBLIC)
    can_change = policy.edits_somewhere(viewer)
    if not viewer.is_signed_in or not (has_some or can_change):
        return None
    return Part("outputs/_material.html", {"has_some": has_some, "material": material, "can_change": can_change})

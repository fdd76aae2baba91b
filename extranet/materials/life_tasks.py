"""What happens later in a material's life: who holds an old copy hears of it, and what falls due is reminded of."""

from datetime import date

from extranet.core import clock
from extranet.core.i18n import N_
from extranet.core.viewer import SYSTEM
from extranet.jobs.queue import enqueue, every, task
from extranet.materials import life, life_queries, queries
from extranet.materials.models import Material
from extranet.materials.policy import can_see
from extranet.networks.access import viewer_for
from extranet.notifications.notify import notify, withdraw
from extranet.previews.queries import request as request_preview

DAYS = {"review": life.REVIEW_DAYS, "captions": life.CAPTION_DAYS}
# For the owner and, where she has left, for the leads: before the day, and when it has come.
REMINDERS = {
    ("review", True): (
        N_("Look through by %(day)s: %(title)s"),
        N_("The day of review has come (%(day)s): %(title)s"),
    ),
    ("review", False): (
        N_("Look through by %(day)s, as its owner has left: %(title)s"),
        N_("The day of review has come (%(day)s) and its owner has left: %(title)s"),
    ),
    ("captions", True): (
        N_("Captions are needed by %(day)s: %(title)s"),
        N_("Captions are missing; they were needed by %(day)s: %(title)s"),
    ),
    ("captions", False): (
        N_("Captions are needed by %(day)s, and its owner has left: %(title)s"),
        N_("Captions are missing, needed by %(day)s, and its owner has left: %(title)s"),
    ),
}

every("materials.remind", at="06:45")


@task("materials.tell_holders")
def tell_holders(material_id: int) -> None:
    """Tell those who downloaded an earlier version, and not the current one, that they have an old copy (D5): one notice, the latest."""
    material = queries.find_material(SYSTEM, material_id)
    if material is None or not material.is_published:
        return
    brought_by = queries.get_version(material, material.version).uploaded_by_id
    people = set(life_queries.list_holder_ids(material.id, but=material.version)) - {brought_by}
    _read_texts(material)
    withdraw("material", material.id, "materials.replace")
    notify(
        SYSTEM,
        people,
        "materials.replace",
        about=material,
        text=N_("You have an old copy: version %(number)s of %(title)s is in use now."),
        path=f"{material.path}changes",
        key=f"material:{material.id}:version:{material.version}",
        direct=people,
        number=material.version,
        title=material.title,
    )


@task("materials.tell_replaced")
def tell_replaced(material_id: int) -> None:
    """Tell those who downloaded what this material has taken the place of (D4); whoever has the new one already needs no telling."""
    material = queries.find_material(SYSTEM, material_id)
    older = life_queries.get_older(SYSTEM, material) if material is not None else None
    if material is None or older is None or not material.is_published:
        return
    _read_texts(material, older)
    people = set(life_queries.list_holder_ids(older.id)) - set(life_queries.list_holder_ids(material.id)) - {material.owner_id}
    notify(
        SYSTEM,
        people,
        "materials.supersede",
        about=material,
        text=N_("You have an old copy: %(title)s takes the place of %(old)s."),
        path=f"{material.path}changes",
        key=f"material:{older.id}:replaced",
        direct=people,
        title=material.title,
        old=older.title,
    )


@task("materials.remind")
def remind() -> None:
    """Every morning: each material that falls due gets a job of its own, so that nobody waits for a long transaction."""
    for material_id, kind, due in life_queries.list_due(clock.today() + life.AHEAD):
        if life.due_stage(due, DAYS[kind]) is not None:
            enqueue("materials.remind_of", dedupe=f"material:{material_id}:{kind}", material_id=material_id, kind=kind, due=due.isoformat())


@task("materials.remind_of")
def remind_of(material_id: int, kind: str, due: str) -> None:
    """Remind the owner, or the leads where she has left, once for each of the days before it is due; unless it was seen to meanwhile."""
    material = queries.find_material(SYSTEM, material_id)
    day = date.fromisoformat(due)
    stage = life.due_stage(day, DAYS[kind])
    if material is None or stage is None or (material_id, kind, day) not in life_queries.list_due(day):
        return
    stays = can_see(viewer_for(material.owner_id), material)
    texts = REMINDERS[kind, stays]
    people = (
        [material.owner_id] if stays else life_queries.list_lead_ids(material.network_id) or queries.list_editor_ids(material.network_id)
    )
    notify(
        SYSTEM,
        people,
        f"materials.{kind}",
        about=material,
        text=texts[stage == 0],
        path=material.path,
        key=f"material:{material.id}:{kind}:{due}:{stage}",
        direct=people,
        title=material.title,
        day=day,
    )


def _read_texts(*materials: Material) -> None:
    """Have the texts of all versions read, so that the difference is there when somebody follows the notice."""
    for version in (version for material in materials for version in queries.list_versions(material)):
        request_preview(version.sha256, version.mime)

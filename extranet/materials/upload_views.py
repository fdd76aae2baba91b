"""At which address: bringing a material, and a new version of one."""

from typing import IO

from flask import flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from extranet.core.errors import demand
from extranet.core.i18n import gettext as _
from extranet.core.i18n import lazy_gettext as _l
from extranet.core.i18n import ngettext
from extranet.core.web import page
from extranet.materials import actions, policy, queries, reader_queries, words
from extranet.materials.batch_forms import Batch, Entry, has_words, suggest
from extranet.materials.blueprint import bp
from extranet.materials.files import ACCEPT, MOST_FILES, hold, most_megabytes
from extranet.materials.forms import DescriptionForm, described
from extranet.materials.models import Material
from extranet.materials.upload_forms import Clash, ReplaceForm
from extranet.networks import policy as network_policy
from extranet.networks.head import network_page
from extranet.networks.models import Network
from extranet.networks.queries import get_network
from extranet.networks.topics import list_topics
from extranet.storage import actions as storage_actions

ONE_SAVED = {
    "published": _l("The material was published. The members of the network will hear of it."),
    "draft": _l("The material was saved as a draft. See who will read it, then publish."),
    "suggested": _l("Thank you. Your suggestion was saved as a draft, and the network's editors were told of it."),
}


@bp.get("/networks/<slug>/materials/new")
def new(slug: str) -> ResponseReturnValue:
    network = get_network(g.viewer, slug)
    demand(policy.can_upload(g.viewer, network), "materials.upload")
    return _upload_page(Batch(g.viewer, network, list_topics(), arrived=request.args.getlist("upload")[:MOST_FILES]))


@bp.get("/networks/<slug>/materials/new/entry")
def entry(slug: str) -> ResponseReturnValue:
    """The fields for one more file, for the script of the page."""
    network = get_network(g.viewer, slug)
    demand(policy.can_upload(g.viewer, network), "materials.upload")
    entry = suggest(g.viewer, network, request.args.get("key", ""), request.args.get("name", ""))
    return page("materials/_upload_fields.html", entry=entry, folded="alone" not in request.args)


@bp.post("/networks/<slug>/materials/new")
def upload(slug: str) -> ResponseReturnValue:
    demand(policy.can_upload(g.viewer, get_network(g.viewer, slug)), "materials.upload")  # before a file is stored; the action asks again
    arrived, faults = hold(g.viewer, _posted_files(), MOST_FILES - len(request.form.getlist("entry")))
    batch = Batch(g.viewer, get_network(g.viewer, slug), list_topics(), request.form, arrived, faults)
    if dropped := batch.remove(request.form.get("drop", "")):
        _let_go(dropped)
        return _upload_page(batch)
    if not has_words(request.form):
        return redirect(url_for(".new", slug=slug, upload=arrived), 303) if batch.demand_files() else (_upload_page(batch), 422)
    if arrived and not faults and "add" in request.form:
        return _upload_page(batch)
    if not batch.validate():
        return _upload_page(batch), 422
    return _save(batch)


@bp.get("/networks/<slug>/materials/link")
def new_link(slug: str) -> ResponseReturnValue:
    network = get_network(g.viewer, slug)
    demand(policy.can_upload(g.viewer, network), "materials.add_link")
    return _link_page(network, DescriptionForm(network, list_topics(), is_link=True))


@bp.post("/networks/<slug>/materials/link")
def add_link(slug: str) -> ResponseReturnValue:
    network = get_network(g.viewer, slug)
    demand(policy.can_upload(g.viewer, network), "materials.add_link")
    form = DescriptionForm(network, list_topics(), is_link=True)
    if not form.validate():
        return _link_page(network, form), 422
    material = actions.add_link(g.viewer, network, description=form.description())
    _finish([material])
    return _lead_on(material)


@bp.get("/materials/<int:material_id>/replace")
def replacement(material_id: int) -> ResponseReturnValue:
    material = queries.get_material(g.viewer, material_id)
    demand(policy.can_replace(g.viewer, material), "materials.replace")
    return _replace_page(material, ReplaceForm(seen=material.version))


@bp.post("/materials/<int:material_id>/replace")
def replace(material_id: int) -> ResponseReturnValue:
    demand(policy.can_replace(g.viewer, queries.get_material(g.viewer, material_id)), "materials.replace")
    arrived, faults = hold(g.viewer, _posted_files()[:1], 1)
    form = ReplaceForm()
    form.take_in(g.viewer, arrived, faults)
    if not form.validate():
        return _replace_page(queries.get_material(g.viewer, material_id), form), 422
    material = queries.get_material(g.viewer, material_id, lock=True)
    material = actions.replace(g.viewer, material, file=form.upload.data, note=form.note.data)
    _say_replaced(material, form.seen.data)
    return redirect(url_for(".material", material_id=material_id), 303)


def _posted_files() -> list[tuple[IO[bytes], str]]:
    return [(file.stream, file.filename) for file in request.files.getlist("file") if file.filename]


def _save(batch: Batch) -> ResponseReturnValue:
    """All in one transaction. Whoever replaced a file meanwhile has her version kept, and the second of the two is told."""
    added, replaced = [], []
    for entry in batch.entries:
        if entry.choice == Clash.SKIP:
            _let_go(entry)
        elif entry.choice == Clash.REPLACE:
            material = queries.get_material(g.viewer, entry.target, lock=True)
            replaced.append(actions.replace(g.viewer, material, file=entry.upload_id, note=entry.form.note.data))
            _say_replaced(material, entry.form.seen.data)
        else:
            added.append(actions.upload(g.viewer, batch.network, file=entry.upload_id, description=described(entry.form, batch.shared)))
    if not added and not replaced:
        flash(_("Nothing was saved: every file was left out."), "info")
        return redirect(url_for(".network_index", slug=batch.network.slug), 303)
    if added:
        _finish(added, publishes=batch.is_many and batch.shared.publish.data)
    if len(added) + len(replaced) == 1:
        return _lead_on((added + replaced)[0])
    shelf = "drafts" if any(not material.is_published for material in added) else None
    return redirect(url_for(".network_index", slug=batch.network.slug, shelf=shelf), 303)


def _lead_on(material: Material) -> ResponseReturnValue:
    """To the one that was saved. Whoever may publish it is shown first who will see it (D10)."""
    waits = material.version == 1 and not material.is_published and policy.can_publish(g.viewer, material)
    return redirect(url_for(".publication" if waits else ".material", material_id=material.id), 303)


def _let_go(entry: Entry) -> None:
    if entry.file:
        storage_actions.cancel(g.viewer, entry.file)


def _upload_page(batch: Batch) -> str:
    can_publish = network_policy.can_edit_content(g.viewer, batch.network)
    return network_page(
        "materials/upload.html",
        batch.network,
        "materials",
        batch=batch,
        can_publish=can_publish,
        reaches_contacts=reader_queries.shape_published(batch.network).contacts,
        section="materials",
        has_errors=bool(batch.errors),
        accept=ACCEPT,
        most=most_megabytes(),
        most_files=MOST_FILES,
        sharings=words.SHARINGS,
    )


def _link_page(network: Network, form: DescriptionForm) -> str:
    can_publish = network_policy.can_edit_content(g.viewer, network)
    return network_page(
        "materials/link.html", network, "materials", form=form, can_publish=can_publish, sharings=words.SHARINGS, section="materials"
    )


def _finish(materials: list[Material], publishes: bool = False) -> None:
    """Publish what was asked to be, and say what has become of it."""
    may = all(policy.can_publish(g.viewer, material) for material in materials)
    if publishes and may:
        for material in materials:
            actions.publish(g.viewer, material)
    outcome = "published" if publishes and may else "draft" if may else "suggested"
    flash(str(ONE_SAVED[outcome]) if len(materials) == 1 else _say_many(outcome, len(materials)))


def _say_many(outcome: str, many: int) -> str:
    if outcome == "published":
        return ngettext(
            "%(num)s material was published. The members of the network will hear of it.",
            "%(num)s materials were published. The members of the network will hear of them.",
            many,
        )
    if outcome == "draft":
        return ngettext(
            "%(num)s material was saved as a draft. Publish it when it is ready.",
            "%(num)s materials were saved as drafts. Publish them when they are ready.",
            many,
        )
    return ngettext(
        "Thank you. %(num)s suggestion was saved as a draft, and the network's editors were told of it.",
        "Thank you. %(num)s suggestions were saved as drafts, and the network's editors were told of them.",
        many,
    )


def _say_replaced(material: Material, seen: str | None) -> None:
    if seen not in ("", None, str(material.version - 1)):
        flash(
            _(
                "Your file is now version %(number)s. Somebody else had brought version %(other)s while you were choosing yours; "
                "both are kept. Check which one should be in force.",
                number=material.version,
                other=material.version - 1,
            ),
            "warn",
        )
    else:
        flash(_("The file was replaced: version %(number)s is in use now, and the earlier one is kept.", number=material.version))


def _replace_page(material: Material, form: ReplaceForm) -> str:
    return page("materials/replace.html", material=material, form=form, accept=ACCEPT, most=most_megabytes(), section="materials")

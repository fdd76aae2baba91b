"""At which address. Parse, call, answer."""

from flask import Blueprint, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from extranet.collections import actions, policy, queries
from extranet.collections.forms import NEW, AddForm, CollectionForm, NoteForm
from extranet.collections.models import Collection
from extranet.core.errors import Refused, demand
from extranet.core.i18n import gettext as _
from extranet.core.i18n import local_plain, ngettext
from extranet.core.text import LocalText
from extranet.core.web import page
from extranet.materials.getting import MOST_BYTES, stream_zip
from extranet.materials.models import Material
from extranet.networks.queries import get_network

bp = Blueprint("collections", __name__)


@bp.get("/collections/")
def index() -> ResponseReturnValue:
    network = get_network(g.viewer, request.args["network"]) if request.args.get("network") else None
    listing = queries.list_collections(g.viewer, request.args.get("page", 1, type=int), network)
    return page("collections/index.html", listing=listing, network=network, section="materials")


@bp.get("/collections/new")
def beginning() -> ResponseReturnValue:
    return _edit_page(CollectionForm(queries.list_homes(g.viewer)), None)


@bp.post("/collections/new")
def create() -> ResponseReturnValue:
    form = CollectionForm(queries.list_homes(g.viewer))
    if not form.validate():
        return _edit_page(form, None), 422
    collection = actions.create(g.viewer, form.home, title=form.title, description=form.description)
    flash(_("The collection was made. Add materials to it from their pages or from the list."))
    return redirect(collection.path, 303)


@bp.get("/collections/add")
def adding() -> ResponseReturnValue:
    materials = _chosen()
    choices = queries.list_choices(g.viewer, [material.id for material in materials])
    return _add_page(AddForm(choices), choices, materials)


@bp.post("/collections/add")
def add() -> ResponseReturnValue:
    materials = _chosen()
    choices = queries.list_choices(g.viewer, [material.id for material in materials])
    form = AddForm(choices)
    if not form.validate():
        return _add_page(form, choices, materials), 422
    if form.collection.data == NEW:
        code = "sv" if g.viewer.language == "sv" else "fi"
        collection = actions.create(g.viewer, None, title=LocalText({code: form.title.data}), description=LocalText())
    else:
        collection = queries.get_collection(g.viewer, int(form.collection.data), lock=True)
    actions.add(g.viewer, collection, materials=materials, note=form.note.data)
    flash(
        ngettext(
            "The material is in the collection %(title)s.",
            "%(num)s materials are in the collection %(title)s.",
            len(materials),
            title=local_plain(collection.title),
        )
    )
    return redirect(collection.path if len(materials) > 1 else materials[0].path, 303)


@bp.get("/collections/<int:collection_id>/")
def collection(collection_id: int) -> ResponseReturnValue:
    found = queries.get_collection(g.viewer, collection_id)
    items = queries.list_items(g.viewer, found)
    size = sum(item.line.size or 0 for item in items)
    files = [item for item in items if not item.line.link_url]
    return page(
        "collections/collection.html",
        collection=found,
        items=items,
        size=size,
        files=len(files),
        is_too_large=size > MOST_BYTES,
        can_edit=policy.can_edit(g.viewer, found),
        section="materials",
    )


@bp.get("/collections/<int:collection_id>/zip")
def archive(collection_id: int) -> ResponseReturnValue:
    found = queries.get_collection(g.viewer, collection_id)
    return stream_zip(g.viewer, queries.list_ids(g.viewer, found), local_plain(found.title))


@bp.get("/collections/<int:collection_id>/edit")
def editing(collection_id: int) -> ResponseReturnValue:
    found = _to_change(collection_id, "edit")
    return _edit_page(CollectionForm.of(g.viewer, found, queries.list_homes(g.viewer)), found)


@bp.post("/collections/<int:collection_id>/edit")
def edit(collection_id: int) -> ResponseReturnValue:
    found = _to_change(collection_id, "edit", lock=True)
    form = CollectionForm.of(g.viewer, found, queries.list_homes(g.viewer))
    if not form.validate():
        return _edit_page(form, found), 422
    actions.edit(g.viewer, found, title=form.title, description=form.description, network=form.home)
    flash(_("The changes were saved."))
    return redirect(found.path, 303)


@bp.get("/collections/<int:collection_id>/delete")
def deleting(collection_id: int) -> ResponseReturnValue:
    return page("collections/delete.html", collection=_to_change(collection_id, "delete"), section="materials")


@bp.post("/collections/<int:collection_id>/delete")
def delete(collection_id: int) -> ResponseReturnValue:
    actions.delete(g.viewer, queries.get_collection(g.viewer, collection_id, lock=True))
    flash(_("The collection was deleted. Its materials are where they were."))
    return redirect(url_for(".index"), 303)


@bp.post("/collections/<int:collection_id>/items/<int:material_id>/remove")
def remove(collection_id: int, material_id: int) -> ResponseReturnValue:
    found = queries.get_collection(g.viewer, collection_id, lock=True)
    actions.remove(g.viewer, found, material_id=material_id)
    flash(_("The material was taken out of the collection."))
    return redirect(found.path, 303)


@bp.post("/collections/<int:collection_id>/items/<int:material_id>/move")
def move(collection_id: int, material_id: int) -> ResponseReturnValue:
    found = queries.get_collection(g.viewer, collection_id, lock=True)
    actions.move(g.viewer, found, material_id=material_id, up=request.form.get("direction") == "up")
    return redirect(found.path, 303)


@bp.get("/collections/<int:collection_id>/items/<int:material_id>/note")
def annotating(collection_id: int, material_id: int) -> ResponseReturnValue:
    found = _to_change(collection_id, "annotate")
    item = queries.get_item(g.viewer, found, material_id)
    return _note_page(NoteForm(data={"note": item.note}), found, material_id)


@bp.post("/collections/<int:collection_id>/items/<int:material_id>/note")
def annotate(collection_id: int, material_id: int) -> ResponseReturnValue:
    found = _to_change(collection_id, "annotate", lock=True)
    form = NoteForm()
    if not form.validate():
        return _note_page(form, found, material_id), 422
    actions.annotate(g.viewer, found, material_id=material_id, note=form.note.data)
    flash(_("The note was saved."))
    return redirect(found.path, 303)


def _chosen() -> list[Material]:
    """The materials that the address names, as far as the viewer may open them."""
    ids = request.args.getlist("material", type=int)[: actions.MOST]
    materials = queries.list_materials(g.viewer, ids)
    if not materials:
        raise Refused(_("Nothing was chosen that could be added. Choose at least one material."))
    return materials


def _to_change(collection_id: int, verb: str, lock: bool = False) -> Collection:
    found = queries.get_collection(g.viewer, collection_id, lock)
    demand(policy.can_edit(g.viewer, found), f"collections.{verb}")
    return found


def _edit_page(form: CollectionForm, found: Collection | None) -> str:
    return page("collections/edit.html", form=form, collection=found, section="materials")


def _add_page(form: AddForm, choices: list[queries.Choice], materials: list[Material]) -> str:
    return page(
        "collections/add.html", form=form, choices={str(choice.id): choice for choice in choices}, materials=materials, section="materials"
    )


def _note_page(form: NoteForm, found: Collection, material_id: int) -> str:
    material = queries.list_materials(g.viewer, [material_id])[0]
    return page("collections/note.html", form=form, collection=found, material=material, section="materials")

"""At which address. Parse, call, answer."""

from flask import flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from extranet.core.beside import parts_of
from extranet.core.errors import demand
from extranet.core.i18n import gettext as _
from extranet.core.web import page, public
from extranet.materials import actions, policy, queries, words
from extranet.materials.blueprint import bp
from extranet.materials.downloads import record_download, record_opening
from extranet.materials.feedback_views import care_facts
from extranet.materials.forms import EditForm
from extranet.materials.life_facts import life_facts
from extranet.materials.models import Material
from extranet.materials.opening import open_material
from extranet.materials.preview_parts import preview_facts
from extranet.networks.topics import list_topics
from extranet.storage.send import send


@bp.get("/materials/<int:material_id>/")
@public
def material(material_id: int) -> ResponseReturnValue:
    return page("materials/material.html", **_facts(open_material(material_id, follows=True)))


@bp.get("/materials/<int:material_id>/file")
@public
def file(material_id: int) -> ResponseReturnValue:
    material = open_material(material_id)
    if material.is_link:
        if request.method != "HEAD":
            record_opening(g.viewer, material)
        return redirect(material.link_url, 303)
    return _send(material, material.version)


@bp.get("/materials/<int:material_id>/versions/<int:number>/file")
@public
def version_file(material_id: int, number: int) -> ResponseReturnValue:
    return _send(open_material(material_id), number)


@bp.get("/materials/<int:material_id>/edit")
def changes(material_id: int) -> ResponseReturnValue:
    material = queries.get_material(g.viewer, material_id)
    demand(policy.can_edit(g.viewer, material), "materials.edit")
    return _edit_page(material, EditForm(material, list_topics()))


@bp.post("/materials/<int:material_id>/edit")
def edit(material_id: int) -> ResponseReturnValue:
    material = queries.get_material(g.viewer, material_id, lock=True)
    demand(policy.can_edit(g.viewer, material), "materials.edit")
    form = EditForm(material, list_topics())
    if not form.validate():
        return _edit_page(material, form), 422
    actions.edit(g.viewer, material, description=form.description(), lock_version=int(form.lock_version.data))
    flash(_("The changes were saved."))
    return redirect(url_for(".material", material_id=material_id), 303)


def _send(material: Material, number: int) -> ResponseReturnValue:
    version = queries.get_version(material, number)
    demand(policy.can_download(g.viewer, material, version), "materials.download")
    sending = send(version.sha256, version.size, version.file_name, version.mime)
    if sending.begins:
        record_download(g.viewer, material, version)
    return sending.response


def _facts(material: Material) -> dict[str, object]:
    """What the page shows, in parts that each have their owner; together at most eight queries with the viewer's own."""
    versions = queries.list_versions(material)
    viewer = g.viewer
    return {
        "material": material,
        "words": words,
        "versions": versions,
        "current": versions[0] if versions else None,
        "can_edit": policy.can_edit(viewer, material),
        "can_publish": policy.can_publish(viewer, material),
        "opens_old": policy.can_download_old(viewer, material),
        "section": "materials",
        "beside": parts_of("material", viewer, material),
        **life_facts(viewer, material),
        **care_facts(material, versions[0] if versions else None),
        **preview_facts(viewer, material, versions[0] if versions else None),
    }


def _edit_page(material: Material, form: EditForm) -> str:
    return page("materials/edit.html", material=material, form=form, sharings=words.SHARINGS, section="materials")


from extranet.materials import (  # noqa: E402, F401  their addresses are this blueprint's too
    accessibility_views,
    caption_views,
    change_views,
    favourite_views,
    finding_views,
    life_views,
    preview_views,
    publish_views,
    reader_views,
    upload_views,
    usage_views,
)

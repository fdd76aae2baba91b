"""At which address: looking once more before publishing, publishing, the archive and back."""

from flask import current_app, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from extranet.core.errors import demand
from extranet.core.i18n import gettext as _
from extranet.core.web import back, page
from extranet.materials import actions, change_queries, life, life_actions, page_queries, policy, queries, reader_queries, words
from extranet.materials.blueprint import bp
from extranet.materials.check_queries import list_remarks


@bp.get("/materials/<int:material_id>/publish")
def publication(material_id: int) -> ResponseReturnValue:
    """Who will see it, what to look at first, what the pilot changed."""
    material = queries.get_material(g.viewer, material_id)
    demand(policy.can_publish(g.viewer, material), "materials.publish")
    versions = queries.list_versions(material)
    standing = page_queries.get_standing(g.viewer, material)
    return page(
        "materials/publish.html",
        material=material,
        words=words,
        readers=reader_queries.count_readers(material, as_published=True),
        crowds=reader_queries.list_crowds(material, as_published=True),
        standing=standing,
        remarks=list_remarks(material, versions[0] if versions else None, standing.has_captions, current_app.config["BASE_URL"]),
        is_coming=life.is_coming(material, as_published=True),
        lists_readers=policy.can_list_readers(g.viewer, material),
        change=change_queries.since_pilot(material, versions),
        section="materials",
    )


@bp.post("/materials/<int:material_id>/publish")
def publish(material_id: int) -> ResponseReturnValue:
    material = queries.get_material(g.viewer, material_id, lock=True)
    actions.publish(g.viewer, material)
    if request.form.get("archives"):
        life_actions.archive_older(g.viewer, material)
    flash(_("The material was published. The members of the network will hear of it."))
    return redirect(url_for(".material", material_id=material_id), 303)


@bp.post("/materials/<int:material_id>/archive")
def archive(material_id: int) -> ResponseReturnValue:
    actions.archive(g.viewer, queries.get_material(g.viewer, material_id, lock=True))
    flash(_("The material was archived. Only its owner and the network's editors find it now."))
    return back(url_for(".material", material_id=material_id))


@bp.post("/materials/<int:material_id>/unarchive")
def unarchive(material_id: int) -> ResponseReturnValue:
    actions.unarchive(g.viewer, queries.get_material(g.viewer, material_id, lock=True))
    flash(_("The material was taken back from the archive."))
    return redirect(url_for(".material", material_id=material_id), 303)

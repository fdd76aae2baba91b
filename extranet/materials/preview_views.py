"""At which address: pictures of pages, the text of a file, and recordings that play in the page."""

from flask import g, request
from flask.typing import ResponseReturnValue

from extranet.core.errors import NotFound, demand
from extranet.core.web import page, public
from extranet.materials import policy, queries
from extranet.materials.blueprint import bp
from extranet.materials.models import Material, MaterialVersion, player_of
from extranet.materials.opening import open_material
from extranet.materials.preview_parts import language_of, unit_of
from extranet.previews.queries import find_page, get_preview
from extranet.previews.report import BETWEEN_PAGES
from extranet.storage.send import send


@bp.get("/materials/<int:material_id>/pages/<int:number>.webp")
@public
def page_picture(material_id: int, number: int) -> ResponseReturnValue:
    picture = find_page(_version(open_material(material_id)).sha256, number)
    if picture is None:
        raise NotFound
    return send(picture.sha256, picture.size, f"{number}.webp", "image/webp", inline=True).response


@bp.get("/materials/<int:material_id>/text")
@public
def text(material_id: int) -> ResponseReturnValue:
    material = open_material(material_id)
    version = _version(material)
    preview = get_preview(version.sha256)
    parts = preview.text_html.split(BETWEEN_PAGES) if preview and preview.text_html else []
    return page(
        "materials/text.html",
        material=material,
        version=version,
        parts=parts,
        preview=preview,
        unit=unit_of(version.mime),
        text_language=language_of(material, preview.facts.get("language") if preview else ""),
        section="materials",
    )


@bp.get("/materials/<int:material_id>/play")
@public
def play(material_id: int) -> ResponseReturnValue:
    """The recording for the player in the page. That is no download: browsers fetch its beginning when the page opens,
    whether or not anybody listens, and nobody keeps a copy that could become old (T11, D5)."""
    version = _version(open_material(material_id))
    if not player_of(version.mime):
        raise NotFound
    return send(version.sha256, version.size, version.file_name, version.mime, inline=True).response


def _version(material: Material) -> MaterialVersion:
    """The current version; with `?version=1` an earlier one, for those who may open such."""
    asked = request.args.get("version", "")
    number = int(asked) if asked.isdecimal() and len(asked) < 6 else material.version
    version = queries.get_version(material, number)
    demand(policy.can_download(g.viewer, material, version), "materials.download")
    return version

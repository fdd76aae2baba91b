"""At which address: the captions of recordings, and what is said in them as text."""

from flask import flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from extranet.core.errors import demand
from extranet.core.i18n import LANGUAGES
from extranet.core.i18n import gettext as _
from extranet.core.web import page, public
from extranet.materials import caption_actions, caption_policy, caption_queries
from extranet.materials.blueprint import bp
from extranet.materials.caption_files import store_captions
from extranet.materials.caption_forms import CaptionForm
from extranet.materials.models import Material
from extranet.materials.opening import open_material
from extranet.storage.send import send


@bp.get("/materials/<int:material_id>/captions/<language>.vtt")
@public
def caption_file(material_id: int, language: str) -> ResponseReturnValue:
    found = caption_queries.get_caption(open_material(material_id), language)
    return send(found.sha256, found.size, f"{language}.vtt", "text/vtt", inline=True).response


@bp.get("/materials/<int:material_id>/transcript/<language>")
@public
def transcript(material_id: int, language: str) -> ResponseReturnValue:
    material = open_material(material_id)
    found = caption_queries.get_caption(material, language)
    return page(
        "materials/transcript.html",
        material=material,
        paragraphs=found.text.split("\n\n"),
        text_language=language,
        tracks=caption_queries.list_tracks(material),
        section="materials",
    )


@bp.get("/materials/<int:material_id>/captions")
def captions(material_id: int) -> ResponseReturnValue:
    material = caption_queries.get_recording(g.viewer, material_id)
    demand(caption_policy.can_caption(g.viewer, material), "materials.caption")
    return _captions_page(material, CaptionForm(language=_missing(material)))


@bp.post("/materials/<int:material_id>/captions")
def caption(material_id: int) -> ResponseReturnValue:
    material = caption_queries.get_recording(g.viewer, material_id)
    demand(caption_policy.can_caption(g.viewer, material), "materials.caption")
    form = CaptionForm()
    if not form.validate():
        return _captions_page(material, form), 422
    file = store_captions(form.cues)
    material = caption_queries.get_recording(g.viewer, material_id, lock=True)
    caption_actions.caption(g.viewer, material, language=form.language.data, file=file)
    flash(_("The captions are in use now."))
    return redirect(url_for(".captions", material_id=material_id), 303)


@bp.post("/materials/<int:material_id>/captions/<language>/remove")
def uncaption(material_id: int, language: str) -> ResponseReturnValue:
    material = caption_queries.get_recording(g.viewer, material_id, lock=True)
    caption_actions.uncaption(g.viewer, material, language=language)
    flash(_("The captions were removed."))
    return redirect(url_for(".captions", material_id=material_id), 303)


def _missing(material: Material) -> str:
    """The language to suggest: the first that the recording still lacks."""
    there = {track.language for track in caption_queries.list_tracks(material)}
    return next((code for code in (material.language.value, *LANGUAGES) if code in LANGUAGES and code not in there), "")


def _captions_page(material: Material, form: CaptionForm) -> str:
    return page(
        "materials/captions.html",
        material=material,
        form=form,
        tracks=caption_queries.list_tracks(material),
        section="materials",
    )

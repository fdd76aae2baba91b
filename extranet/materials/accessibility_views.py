"""At which address: how accessible a material is, and what the network's materials lack."""

from flask import flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from extranet.core.errors import NotAllowed
from extranet.core.i18n import gettext as _
from extranet.core.i18n import lazy_gettext as _l
from extranet.core.web import page
from extranet.materials import accessibility_actions, care_policy, words
from extranet.materials.accessibility_forms import AccessForm
from extranet.materials.accessibility_parts import care_parts, is_image
from extranet.materials.accessibility_queries import LACKS, find_current, survey
from extranet.materials.blueprint import bp
from extranet.materials.feedback_queries import get_care
from extranet.materials.models import Accessible, Material, MaterialVersion
from extranet.materials.queries import get_material
from extranet.networks.head import network_page
from extranet.networks.queries import get_network

LACK_WORDS = {
    "unsaid": _l("nothing said of it"),
    "no": _l("not or partly accessible"),
    "file": _l("the file could be better"),
    "alt": _l("without alternative text"),
    "captions": _l("without captions"),
}


@bp.get("/materials/<int:material_id>/accessibility")
def accessibility(material_id: int) -> ResponseReturnValue:
    material, current = _described(material_id)
    return _page(material, current, AccessForm(material, is_image(current.mime if current else "")))


@bp.post("/materials/<int:material_id>/accessibility")
def describe_access(material_id: int) -> ResponseReturnValue:
    material, current = _described(material_id, lock=True)
    form = AccessForm(material, is_image(current.mime if current else ""))
    if not form.validate():
        return _page(material, current, form), 422
    accessibility_actions.describe_access(
        g.viewer, material, accessible=Accessible(form.accessible.data), note=form.note, alt_text=form.alt_text
    )
    flash(_("What you said of its accessibility was saved."))
    return redirect(material.path, 303)


@bp.get("/networks/<slug>/materials/accessibility")
def network_accessibility(slug: str) -> ResponseReturnValue:
    network = get_network(g.viewer, slug)
    if not care_policy.can_survey(g.viewer, network):
        raise NotAllowed("materials.survey")
    lack = request.args.get("lack", "")
    found = survey(g.viewer, network, lack, request.args.get("page", 1, type=int))
    return network_page(
        "materials/network_accessibility.html",
        network,
        "materials",
        survey=found,
        lack=lack if lack in LACKS else "",
        lacks=[(name, LACK_WORDS[name]) for name in LACKS],
        access_words=words.ACCESSIBLE,
        base=url_for(".network_accessibility", slug=slug),
        section="materials",
    )


def _described(material_id: int, lock: bool = False) -> tuple[Material, MaterialVersion | None]:
    material = get_material(g.viewer, material_id, lock)
    if not care_policy.can_describe_access(g.viewer, material):
        raise NotAllowed("materials.describe_access")
    return material, find_current(material)


def _page(material: Material, current: MaterialVersion | None, form: AccessForm) -> str:
    mime = current.mime if current else ""
    parts = care_parts(material, current, get_care(g.viewer, material, current))
    return page("materials/accessibility.html", material=material, form=form, is_image=is_image(mime), **parts, section="materials")

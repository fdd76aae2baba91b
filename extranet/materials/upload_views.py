"""At which address: bringing a material, and a new version of one."""

from flask import flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from extranet.core.errors import NotAllowed
from extranet.core.i18n import gettext as _
from extranet.core.web import page
from extranet.materials import actions, policy, queries, words
from extranet.materials.blueprint import bp
from extranet.materials.files import most_megabytes
from extranet.materials.forms import LinkForm, ReplaceForm, UploadForm
from extranet.materials.models import Material
from extranet.networks import policy as network_policy
from extranet.networks.head import network_page
from extranet.networks.models import Network
from extranet.networks.queries import get_network
from extranet.networks.topics import list_topics


@bp.get("/networks/<slug>/materials/new")
def new(slug: str) -> ResponseReturnValue:
    network = get_network(g.viewer, slug)
    _demand(policy.can_upload(g.viewer, network), "upload")
    return _upload_page(network, UploadForm(network, list_topics()))


@bp.post("/networks/<slug>/materials/new")
def upload(slug: str) -> ResponseReturnValue:
    network = get_network(g.viewer, slug)
    _demand(policy.can_upload(g.viewer, network), "upload")  # before a file is stored; the action asks again
    form = UploadForm(network, list_topics())
    if not form.validate():
        return _upload_page(get_network(g.viewer, slug), form), 422
    network = get_network(g.viewer, slug)
    material = actions.upload(g.viewer, network, file=form.received, description=form.description())
    _finish([material], publishes=form.publish.data)
    return redirect(url_for(".material", material_id=material.id), 303)


@bp.get("/networks/<slug>/materials/link")
def new_link(slug: str) -> ResponseReturnValue:
    network = get_network(g.viewer, slug)
    _demand(policy.can_upload(g.viewer, network), "add_link")
    return _link_page(network, LinkForm(network, list_topics(), is_link=True))


@bp.post("/networks/<slug>/materials/link")
def add_link(slug: str) -> ResponseReturnValue:
    network = get_network(g.viewer, slug)
    _demand(policy.can_upload(g.viewer, network), "add_link")
    form = LinkForm(network, list_topics(), is_link=True)
    if not form.validate():
        return _link_page(network, form), 422
    material = actions.add_link(g.viewer, network, description=form.description())
    _finish([material], publishes=form.publish.data)
    return redirect(url_for(".material", material_id=material.id), 303)


@bp.get("/materials/<int:material_id>/replace")
def replacement(material_id: int) -> ResponseReturnValue:
    material = queries.get_material(g.viewer, material_id)
    _demand(policy.can_replace(g.viewer, material), "replace")
    return _replace_page(material, ReplaceForm(seen=material.version))


@bp.post("/materials/<int:material_id>/replace")
def replace(material_id: int) -> ResponseReturnValue:
    material = queries.get_material(g.viewer, material_id)
    _demand(policy.can_replace(g.viewer, material), "replace")
    form = ReplaceForm()
    if not form.validate():
        return _replace_page(queries.get_material(g.viewer, material_id), form), 422
    material = queries.get_material(g.viewer, material_id, lock=True)
    material = actions.replace(g.viewer, material, file=form.received, note=form.note.data)
    if form.seen.data not in ("", str(material.version - 1)):
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
    return redirect(url_for(".material", material_id=material_id), 303)


def _demand(may: bool, verb: str) -> None:
    if not may:
        raise NotAllowed(f"materials.{verb}")


def _upload_page(network: Network, form: UploadForm) -> str:
    can_publish = network_policy.can_edit_content(g.viewer, network)
    return network_page(
        "materials/upload.html", network, "materials", form=form, can_publish=can_publish, most=most_megabytes(), sharings=words.SHARINGS
    )


def _link_page(network: Network, form: LinkForm) -> str:
    can_publish = network_policy.can_edit_content(g.viewer, network)
    return network_page("materials/link.html", network, "materials", form=form, can_publish=can_publish, sharings=words.SHARINGS)


def _finish(materials: list[Material], publishes: bool) -> None:
    """Publish what was asked to be, and say what has become of it."""
    may = all(policy.can_publish(g.viewer, material) for material in materials)
    if publishes and may:
        for material in materials:
            actions.publish(g.viewer, material)
        flash(_("The material was published. The members of the network will hear of it."))
    elif may:
        flash(_("The material was saved as a draft. Publish it when it is ready."))
    else:
        flash(_("Thank you. Your suggestion was saved as a draft, and the network's editors were told of it."))


def _replace_page(material: Material, form: ReplaceForm) -> str:
    return page("materials/replace.html", material=material, form=form, most=most_megabytes(), section="materials")

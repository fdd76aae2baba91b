"""Opening a material at its address: who has not signed in is asked to, whether it exists or not."""

from flask import abort, g, redirect, url_for

from extranet.core.errors import NotFound
from extranet.core.web import sign_in_address
from extranet.materials import queries
from extranet.materials.models import Material
from extranet.materials.page_queries import find_newer_id


def open_material(material_id: int, follows: bool = False) -> Material:
    """The material that the viewer may see.

    follows: an old link to what lies in the archive leads to what took its place.
    """
    material = queries.find_material(g.viewer, material_id)
    if material is not None:
        return material
    if follows and (newer_id := find_newer_id(g.viewer, material_id)):
        abort(redirect(url_for("materials.material", material_id=newer_id), 302))
    if not g.viewer.is_signed_in:
        abort(redirect(sign_in_address(), 302))
    raise NotFound

"""Opening a material at its address: who has not signed in is asked to, whether it exists or not."""

from flask import abort, g, redirect

from extranet.core.errors import NotFound
from extranet.core.web import sign_in_address
from extranet.materials import queries
from extranet.materials.models import Material


def open_material(material_id: int) -> Material:
    """The material that the viewer may see."""
    material = queries.find_material(g.viewer, material_id)
    if material is None:
        if not g.viewer.is_signed_in:
            abort(redirect(sign_in_address(), 302))
        raise NotFound
    return material

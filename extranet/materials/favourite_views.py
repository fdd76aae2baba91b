"""At which address: the star. It comes back as the page says that it was pressed on."""

from flask import flash, g
from flask.typing import ResponseReturnValue

from extranet.core.i18n import gettext as _
from extranet.core.web import back
from extranet.materials import favourite_actions, queries
from extranet.materials.blueprint import bp


@bp.post("/materials/<int:material_id>/favourite")
def favourite(material_id: int) -> ResponseReturnValue:
    material = queries.get_material(g.viewer, material_id)
    favourite_actions.favourite(g.viewer, material)
    flash(_("The material is among your favourites."))
    return back(material.path)


@bp.post("/materials/<int:material_id>/unfavourite")
def unfavourite(material_id: int) -> ResponseReturnValue:
    material = queries.get_material(g.viewer, material_id)
    favourite_actions.unfavourite(g.viewer, material)
    flash(_("The material is no longer among your favourites."))
    return back(material.path)

"""The blueprint that the view modules of this package share."""

from flask import Blueprint

from extranet.networks import words

bp = Blueprint("networks", __name__)

bp.add_app_template_global(words.look_of, "network_look")
bp.add_app_template_global(words.ROLES, "MEMBERSHIP_ROLES")  # type: ignore[arg-type]
bp.add_app_template_global(words.DOORS, "NETWORK_DOORS")  # type: ignore[arg-type]

"""At which address."""

from flask import Blueprint

from extranet.networks import words

bp = Blueprint("networks", __name__)

bp.add_app_template_global(words.look_of, "network_look")
bp.add_app_template_global(words.ROLES, "MEMBERSHIP_ROLES")  # type: ignore[arg-type]

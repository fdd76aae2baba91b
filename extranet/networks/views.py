"""At which address."""

from flask import Blueprint

bp = Blueprint("networks", __name__)

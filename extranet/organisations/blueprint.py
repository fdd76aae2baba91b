"""The blueprint that the view modules of this package share."""

from flask import Blueprint

bp = Blueprint("organisations", __name__)

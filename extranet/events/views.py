"""At which address."""

from flask import Blueprint

bp = Blueprint("events", __name__)

"""The one blueprint of the package: its views lie in several files."""

from flask import Blueprint

bp = Blueprint("events", __name__)

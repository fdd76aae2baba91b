"""The package's addresses stand in several files."""

from flask import Blueprint

bp = Blueprint("attendance", __name__)

"""The one blueprint of the package: its views lie in two files."""

from flask import Blueprint

bp = Blueprint("sharing", __name__)

"""At which address."""

from flask import Blueprint

bp = Blueprint("pages", __name__)

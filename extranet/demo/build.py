"""Puts the demo together, in layers: organisations, the cast, then what each package adds."""

import importlib

from extranet.core.db import db
from extranet.demo.cast import CODES, Cast, make_cast
from extranet.demo.organisations import add_organisations

PARTS = ("pages", "materials", "events", "discussions")


def build_cast() -> Cast:
    """The small world of the tests: a few organisations, the named people, and one of each thing."""
    cast = make_cast(add_organisations(CODES))
    for part in PARTS:
        importlib.import_module(f"extranet.demo.{part}").add_to_cast(cast)
    db.session.flush()
    return cast

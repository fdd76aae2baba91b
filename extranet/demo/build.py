"""Puts the demo together, in layers: organisations, the cast, people, then what each package adds."""

import importlib
import random

from extranet.core.db import db
from extranet.demo.cast import CODES, Cast, make_cast
from extranet.demo.networks import add_more_networks
from extranet.demo.organisations import add_organisations
from extranet.demo.people import fill_people
from extranet.demo.profiles import PROFILES

THINGS = (
    "pages",
    "materials",
    "events",
    "draws",
    "guests",
    "discussions",
    "pilots",
    "collections",
    "calendars",
    "moderation",
    "polls",
    "answers",
    "outputs",
)
FILLS = (
    "articles",
    "library",
    "trials",
    "captions",
    "usage",
    "feedback",
    "collections",
    "orders",
    "shares",
    "previews",
    "events",
    "talks",
    "changes",
    "moderation",
    "polls",
    "habits",
    "variations",
    "answers",
    "billing",
    "gatherings",
    "aftermath",
)
SEED = 20211


def build_cast() -> Cast:
    """The small world of the tests: a few organisations, the named people, and one of each thing."""
    return _with_things(make_cast(add_organisations(CODES)))


def fill(profile: str = "demo", scale: int = 1, materials: int | None = None) -> Cast:
    """The whole demo: every employer, people, networks and their content; the same each time, with dates relative to today.

    scale: that many times the people, threads, posts and materials, for measurements; materials: that many of them in any case.
    KeyError for an unknown profile.
    """
    size = PROFILES[profile].times(scale).with_materials(materials)
    rng = random.Random(SEED)
    cast = _with_things(make_cast(add_organisations()))
    cast.networks |= add_more_networks(cast.people["expert"], cast.networks["hr"], size.networks - len(cast.networks))
    fill_people(cast, rng, size.people)
    for part in FILLS:
        importlib.import_module(f"extranet.demo.{part}").fill(cast, rng, size)
    db.session.flush()
    return cast


def _with_things(cast: Cast) -> Cast:
    for part in THINGS:
        importlib.import_module(f"extranet.demo.{part}").add_to_cast(cast)
    db.session.flush()
    return cast

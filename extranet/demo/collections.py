"""Gathers materials: a collection of the HR network's and one person's own for the cast, some more for the demo."""

import random

from sqlalchemy import select

from extranet.collections.models import Collection, CollectionItem
from extranet.core import clock
from extranet.core.db import db
from extranet.core.text import LocalText
from extranet.demo.cast import Cast
from extranet.demo.profiles import Profile
from extranet.materials.models import Material, MaterialState

# network, owner, title, description, what its materials' titles or series have in them
MORE = (
    ("contact-persons", "expert", LocalText(fi="Sopimuskierroksen aineistot", sv="Material om avtalsrundan"), LocalText(fi="Diat, muistilistat ja esimerkit siinä järjestyksessä, jossa niitä tarvitaan.", sv="Presentationer, minneslistor och exempel i den ordning de behövs."), "sopimus"),
    ("hr", "moderator", LocalText(fi="Rekrytoijan työkalupakki", sv="Rekryterarens verktygslåda"), LocalText(fi="Ilmoituspohjasta lähtöhaastatteluun."), "rekry"),
    (None, "contact", LocalText(fi="Esihenkilöiden syyskoulutus"), LocalText(fi="Omaan koulutukseen kootut ohjeet ja diat."), "esihenkilö"),
    (None, "medlem", LocalText(sv="Till ledningsgruppen i januari"), LocalText(), "luv"),
)  # fmt: skip
MOST = 8


def add_to_cast(cast: Cast) -> None:
    """The few that the tests know by name."""
    start = LocalText(fi="Uuden HR-ammattilaisen alkupaketti", sv="Startpaket för nya inom HR")
    about = LocalText(fi="Ensimmäisen viikon lukemista, tässä järjestyksessä.", sv="Läsning för den första veckan, i den här ordningen.")
    names = ("hr_material", "core_material", "public_material")
    shared = _add(cast, "hr", "moderator", start, about, [cast.things[name] for name in names])
    shared_items = db.session.scalars(select(CollectionItem).where(CollectionItem.collection_id == shared.id))
    next(iter(shared_items)).note = "Aloita tästä."
    own = _add(cast, None, "member", LocalText(fi="Omat poiminnat"), LocalText(), [cast.things["public_material"]])
    cast.things["hr_collection"], cast.things["own_collection"] = shared.id, own.id


def fill(cast: Cast, _rng: random.Random, _size: Profile) -> None:
    """A collection for several networks and people, of what the library has on its theme."""
    published = select(Material.id).where(Material.state == MaterialState.PUBLISHED).order_by(Material.id).limit(MOST)
    for network, owner, title, about, word in MORE:
        ids = list(db.session.scalars(published.where(Material.search_text.contains(word))))
        _add(cast, network, owner, title, about, ids)


def _add(cast: Cast, network: str | None, owner: str, title: LocalText, description: LocalText, material_ids: list[int]) -> Collection:
    home = cast.networks[network].id if network else None
    owner_id, at = cast.people[owner].id, clock.days_ago(12)
    collection = Collection(title=title, description=description, owner_id=owner_id, network_id=home, created_at=at, updated_at=at)
    db.session.add(collection)
    db.session.flush()
    for position, material_id in enumerate(material_ids, 1):
        db.session.add(
            CollectionItem(collection_id=collection.id, material_id=material_id, position=position, added_by_id=owner_id, added_at=at)
        )
    db.session.flush()
    return collection

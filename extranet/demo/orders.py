"""Orders of printed copies: some that wait to be sent, most that have gone, some that were called off."""

import random
from datetime import timedelta

from sqlalchemy import select

from extranet.accounts.models import User
from extranet.core import clock
from extranet.core.db import db
from extranet.core.text import LocalText
from extranet.demo.cast import Cast
from extranet.demo.profiles import Profile
from extranet.materials.models import Material, MaterialState
from extranet.orders.models import MOST, OrderState, PublicationOrder
from extranet.organisations.models import Organisation

STREETS = ("Kunnantie", "Virastokatu", "Koulukuja", "Torikatu", "Asemantie", "Rantapolku")
NOTES = ("", "", "Kiitos! Jaamme esihenkilöpäivässä.", "Mielellään ennen kuun loppua.", "")
REASONS = ("Tilattiin vahingossa kahdesti.", "Painos loppui, uusi tulee keväällä.")
# In turn; what waits is recent, and a year after copies went, nobody needs to know where to.
STATES = (
    OrderState.RECEIVED, OrderState.SENT, OrderState.SENT, OrderState.RECEIVED, OrderState.SENT, OrderState.CANCELLED,
    OrderState.SENT, OrderState.SENT, OrderState.RECEIVED, OrderState.SENT, OrderState.CANCELLED, OrderState.RECEIVED,
)  # fmt: skip
WIPED_AFTER = 365


def fill(cast: Cast, rng: random.Random, size: Profile) -> None:
    """As many as the profile says, for the publications that are printed; the stock stands as it is after them."""
    printed = list(
        db.session.scalars(
            select(Material)
            .where(Material.stock.is_not(None), Material.state == MaterialState.PUBLISHED)
            .order_by(Material.updated_at.desc())
        )
    )
    names = [cast.people[name].id for name in ("member", "contact")]
    some = rng.sample([i for i in cast.hr_members if i not in names], min(size.orders, len(cast.hr_members)) - 2)
    wanted = select(User, Organisation.name).join(Organisation, Organisation.id == User.organisation_id).where(User.id.in_([*names, *some]))
    people: dict[int, tuple[User, LocalText]] = {row[0].id: (row[0], row[1]) for row in db.session.execute(wanted)}
    buyers = [people[user_id] for user_id in (*names, *some) if user_id in people]
    for number in range(size.orders):
        db.session.add(_order(rng, number, *buyers[number % len(buyers)], printed))


def _order(rng: random.Random, number: int, buyer: User, organisation: LocalText, printed: list[Material]) -> PublicationOrder:
    state = STATES[number % len(STATES)]
    left = [material for material in printed if state == OrderState.SENT or material.stock]
    material = left[number % len(left)]
    newest = (clock.now() - (material.published_at or material.updated_at)).days
    days = rng.randint(1, min(9, newest)) if state == OrderState.RECEIVED else rng.randint(min(12, newest), newest)
    at = clock.days_ago(days)
    order = PublicationOrder(
        material_id=material.id, user_id=buyer.id, organisation_id=buyer.organisation_id, state=state, created_at=at,
        quantity=min(rng.choice((1, 2, 5, 5, 10, 10, 20, MOST)), material.stock or MOST) if state == OrderState.RECEIVED else rng.choice((2, 5, 10, 25)),
        receiver=organisation.choose("fi")[0], street=f"{rng.choice(STREETS)} {rng.randint(1, 40)}",
        postcode=f"{rng.randint(100, 999)}00", city="Esimerkkilä", contact_name=buyer.name, contact_phone=buyer.phone or "",
        note=NOTES[number % len(NOTES)],
    )  # fmt: skip
    handled = min(at + timedelta(days=rng.randint(1, 3)), clock.now())
    if state == OrderState.SENT:
        order.sent_at, order.handled_by_id = handled, material.owner_id
        if days > WIPED_AFTER:
            _wipe(order)
    if state == OrderState.CANCELLED:
        order.cancelled_at, order.cancel_reason, order.handled_by_id = handled, REASONS[number % len(REASONS)], material.owner_id
    return order


def _wipe(order: PublicationOrder) -> None:
    order.receiver = order.street = order.postcode = order.city = order.contact_name = order.contact_phone = order.note = ""
    order.wiped_at = (order.sent_at or order.created_at) + timedelta(days=WIPED_AFTER)

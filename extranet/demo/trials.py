"""Pilots of the library's drafts: on their way, late, waiting for the owner; and some that are over."""

import random
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from extranet.core import clock
from extranet.core.db import db
from extranet.core.text import render_markdown
from extranet.demo.cast import Cast
from extranet.demo.making import write
from extranet.demo.pilots import answer, ask, make_pilot
from extranet.demo.profiles import Profile
from extranet.materials.models import Material, MaterialState, MaterialVersion
from extranet.networks.models import Membership, MembershipState
from extranet.pilots.models import Handling, Pilot, PilotState, Verdict

WEEKS = 14
ABOUT_PARTS = (
    "Tämä kohta on hyvä, mutta esimerkki auttaisi.", "Luettelo on pitkä. Kolme tärkeintä riittäisi.", "Kuka tästä vastaa? Se kannattaisi sanoa heti alussa.",
    "Meillä tehdään juuri näin, ja se toimii.", "Määräaika tuntuu lyhyeltä pienessä organisaatiossa.", "Sana on vieras. Voisiko sen sanoa selkeämmin?",
)  # fmt: skip
ABOUT_ALL = (
    "Ohje on selkeä ja sävy ystävällinen. Ottaisin käyttöön heti.", "Hyvä kokonaisuus. Ruotsinkielinen versio olisi tarpeen.",
    "Kaksi sivua on sopiva pituus. Linkki lomakkeeseen puuttuu.",
)  # fmt: skip
ANSWERS = (
    (Handling.TAKEN, "Lisätty."), (Handling.PARTLY, "Lyhensimme, mutta neljäs kohta jäi."), (Handling.READ, ""),
    (Handling.NOT_TAKEN, "Tästä on oma ohjeensa, johon nyt viitataan."),
)  # fmt: skip
OUTCOME = "Ohje lyheni, ja siihen tuli esimerkki. Kiitos kaikille, jotka lukivat ja kommentoivat."
GUESTS = (("Tuomo Rinneluoto", "tuomo.rinneluoto@rinne.example"), ("Elina Peltoaho", "elina.peltoaho@niitty.example"))
OVER = 2


def fill(cast: Cast, rng: random.Random, size: Profile) -> None:
    """One round for whatever is in a pilot or has been; the published ones had theirs before they came out."""
    ids = [i for i, issue in cast.library.items() if not issue.is_extra]
    wanted = select(Material).where(Material.id.in_(ids)).options(joinedload(Material.network)).order_by(Material.id)
    for number, material in enumerate(db.session.scalars(wanted.where(Material.state == MaterialState.IN_PILOT))):
        _running(cast, material, number, rng)
    for material in db.session.scalars(wanted.where(Material.state == MaterialState.REVISED)):
        _over(cast, material, rng)
    guides = wanted.where(Material.state == MaterialState.PUBLISHED, Material.version > 1, Material.replaces_id.is_(None))
    for material in db.session.scalars(guides.where(Material.kind == "guide").limit(OVER)):
        _publish_after_pilot(material)
        _over(cast, material, rng)


def _running(cast: Cast, material: Material, number: int, rng: random.Random) -> None:
    """The first has some answers, the second is waited for, the third has just begun."""
    begun = max((clock.now() - material.updated_at).days - 1, 1)
    material.piloted_at = clock.days_ago(begun)
    pilot = make_pilot(material, material.owner_id, begun, WEEKS - begun, _sections(cast, material, material.version))
    for place, user_id in enumerate(_some_members(material, rng)):
        review = ask(pilot, begun, user_id=user_id)
        db.session.flush()
        if place + number < 2:
            answer(review, Verdict.OK if place else Verdict.NEEDS_CHANGES, max(begun - 3 - place, 0), _comments(pilot, rng))
    name, email = GUESTS[number % len(GUESTS)]
    ask(pilot, begun, email=email, guest_name=name)


def _over(cast: Cast, material: Material, rng: random.Random) -> None:
    """Everybody answered, the owner handled each comment and said what came of it."""
    began = material.piloted_at or material.created_at
    days = (clock.now() - began).days
    pilot = make_pilot(material, material.owner_id, days, WEEKS - days, _sections(cast, material, 1))
    pilot.version = 1
    closed = max(days - WEEKS, 0)
    pilot.state, pilot.closed_at = PilotState.CLOSED, clock.days_ago(closed)
    pilot.outcome, pilot.outcome_html = OUTCOME, render_markdown(OUTCOME)
    people = [ask(pilot, days, user_id=user_id) for user_id in _some_members(material, rng)]
    for place, review in enumerate([*people, ask(pilot, days, guest_name=GUESTS[0][0])]):
        db.session.flush()
        for comment in answer(review, Verdict.OK if place else Verdict.NEEDS_CHANGES, closed + 2, _comments(pilot, rng)):
            comment.handling, comment.answer = rng.choice(ANSWERS)
            comment.answer_html = render_markdown(comment.answer) if comment.answer else ""
            comment.answered_by_id, comment.answered_at = material.owner_id, clock.days_ago(closed)


def _publish_after_pilot(material: Material) -> None:
    """The first version was the draft that people tried; the second came out."""
    dates = list(
        db.session.scalars(select(MaterialVersion.at).where(MaterialVersion.material_id == material.id).order_by(MaterialVersion.number))
    )
    material.piloted_at = dates[0] + timedelta(days=2)
    material.published_at, material.valid_from = dates[1], clock.local(dates[1]).date()


def _sections(cast: Cast, material: Material, edition: int) -> list[str]:
    """The headings of the file."""
    return [part.heading for part in write(cast.library[material.id], edition).parts]


def _comments(pilot: Pilot, rng: random.Random) -> tuple[tuple[int, str], ...]:
    sections = rng.sample(range(1, len(pilot.sections) + 1), min(2, len(pilot.sections)))
    return (*zip(sorted(sections), rng.sample(ABOUT_PARTS, len(sections)), strict=True), (0, rng.choice(ABOUT_ALL)))


def _some_members(material: Material, rng: random.Random) -> list[int]:
    """Three members who are not its owner."""
    members = select(Membership.user_id).where(Membership.network_id == material.network_id, Membership.state == MembershipState.ACTIVE)
    return rng.sample(list(db.session.scalars(members.where(Membership.user_id != material.owner_id).order_by(Membership.user_id))), 3)

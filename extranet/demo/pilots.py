"""What the demo has of pilots: one that is under way among the cast, and two more in the whole demo, one late and one closed."""

import random
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from extranet.core import clock
from extranet.core.db import db
from extranet.core.text import LocalText, render_markdown
from extranet.demo.cast import Cast
from extranet.demo.files import make_pdf
from extranet.demo.materials import File, add_material
from extranet.demo.profiles import Profile
from extranet.materials.actions import Description
from extranet.materials.models import Material, MaterialKind, MaterialLanguage, MaterialState
from extranet.networks.models import Membership, MembershipState
from extranet.pilots.models import Handling, Pilot, PilotComment, PilotReview, PilotState, Verdict

SECTIONS = ["Milloin puheeksi", "Keskustelun kulku", "Mitä kirjataan"]
QUESTIONS = "Ymmärtääkö ohjeen ilman selityksiä?\n\n- Mikä kohta on turha?\n- Mitä puuttuu?"
COMMENTS = (
    (1, "Hyvä lista. Lisäisin, että puheeksi voi ottaa jo ensimmäisestä huolesta."),
    (2, "Tämä kohta on pitkä. Kolme kysymystä riittäisi."),
    (0, "Ohje on selkeä ja sävy ystävällinen."),
    (3, "Kuka kirjauksen näkee? Sen pitäisi lukea tässä."),
)


def add_to_cast(cast: Cast) -> None:
    """A draft whose owner has asked two members and a supervisor from outside; one of them has answered."""
    text = [
        "Milloin puheeksi",
        "Kun huoli herää.",
        "",
        "Keskustelun kulku",
        "Kuuntele, kysy, sovi.",
        "",
        "Mitä kirjataan",
        "Mitä sovittiin.",
    ]
    material = add_material(
        cast, "hr", "moderator",
        [File("Puheeksi ottamisen ohje, luonnos.pdf", make_pdf("Puheeksi ottamisen ohje", text))],
        5,
        Description(
            title=LocalText(fi="Puheeksi ottamisen ohje esihenkilölle", sv="Anvisning för chefer om att ta upp svåra frågor"),
            abstract=LocalText(fi="Miten vaikea asia otetaan puheeksi ajoissa ja ystävällisesti."),
            kind=MaterialKind.GUIDE,
            language=MaterialLanguage.FI,
            topic_ids=(cast.topics["leadership"].id,),
        ),
        MaterialState.IN_PILOT,
    )  # fmt: skip
    material.piloted_at = clock.days_ago(4)
    pilot = _pilot(material, cast.people["moderator"].id, 4, 10)
    done = _review(pilot, 4, user_id=cast.people["member"].id)
    _review(pilot, 4, user_id=cast.people["medlem"].id)
    guest = _review(pilot, 4, email="esihenkilo@koski.example", guest_name="Elina Peltoaho")
    db.session.flush()
    first = _send(done, Verdict.NEEDS_CHANGES, 1, COMMENTS[:2])
    db.session.flush()
    cast.things |= {"pilot_material": material.id, "hr_pilot": pilot.id, "hr_pilot_guest": guest.id, "hr_pilot_comment": first[0].id}


def fill(cast: Cast, rng: random.Random, _size: Profile) -> None:
    """A draft whose deadline has passed, and a published guide that a pilot changed."""
    late = _find(cast, Material.state == MaterialState.DRAFT)
    if late is not None:
        late.state, late.piloted_at = MaterialState.IN_PILOT, clock.days_ago(16)
        pilot = _pilot(late, late.owner_id, 16, -2)
        people = _some_members(late, rng)
        for number, user_id in enumerate(people):
            review = _review(pilot, 16, user_id=user_id)
            db.session.flush()
            if number < len(people) - 1:
                _send(review, Verdict.OK if number else Verdict.NEEDS_CHANGES, 6 - number, COMMENTS[number : number + 2])
    closed = _find(cast, Material.state == MaterialState.PUBLISHED, Material.version > 1)
    if closed is not None:
        closed.piloted_at = clock.days_ago(120)
        _closed_pilot(closed, _some_members(closed, rng))


def _closed_pilot(material: Material, people: list[int]) -> None:
    pilot = _pilot(material, material.owner_id, 120, -106)
    pilot.version = 1
    pilot.state, pilot.closed_at = PilotState.CLOSED, clock.days_ago(100)
    pilot.outcome = "Ohje lyheni puoleen, ja siihen tuli esimerkki. Kiitos kaikille kokeilijoille."
    pilot.outcome_html = render_markdown(pilot.outcome)
    answers = (
        (Handling.TAKEN, "Lisätty."),
        (Handling.PARTLY, "Lyhensimme, mutta neljä kysymystä jäi."),
        (Handling.READ, ""),
        (Handling.NOT_TAKEN, "Tästä on oma ohjeensa."),
    )
    guest = _review(pilot, 120, guest_name="Tuomo Rinneluoto")
    for number, review in enumerate([*(_review(pilot, 120, user_id=user_id) for user_id in people), guest]):
        db.session.flush()
        for comment in _send(review, Verdict.NEEDS_CHANGES if number == 0 else Verdict.OK, 110, COMMENTS[number : number + 1]):
            comment.handling, comment.answer = answers[number % len(answers)]
            comment.answer_html = render_markdown(comment.answer) if comment.answer else ""
            comment.answered_by_id, comment.answered_at = material.owner_id, clock.days_ago(101)


def _pilot(material: Material, started_by: int, days: int, due: int) -> Pilot:
    pilot = Pilot(
        material=material, material_id=material.id, version=material.version, started_by_id=started_by, started_at=clock.days_ago(days),
        due=clock.today() + timedelta(days=due), questions=QUESTIONS, questions_html=render_markdown(QUESTIONS), sections=SECTIONS, reviews=[],
    )  # fmt: skip
    db.session.add(pilot)
    return pilot


def _review(pilot: Pilot, days: int, user_id: int | None = None, email: str | None = None, guest_name: str = "") -> PilotReview:
    review = PilotReview(user_id=user_id, email=email, guest_name=guest_name, invited_at=clock.days_ago(days))
    pilot.reviews.append(review)
    return review


def _send(review: PilotReview, verdict: Verdict, days: int, texts: tuple[tuple[int, str], ...]) -> list[PilotComment]:
    review.verdict, review.submitted_at = verdict, clock.days_ago(days)
    comments = [
        PilotComment(review_id=review.id, section=section, body=body, body_html=render_markdown(body), at=clock.days_ago(days))
        for section, body in texts
    ]
    db.session.add_all(comments)
    return comments


def _find(cast: Cast, *where: object) -> Material | None:
    """The first such guide of the HR network that nobody knows by name."""
    named = [row for name, row in cast.things.items() if name.endswith("_material")]
    wanted = select(Material).where(Material.network_id == cast.networks["hr"].id, Material.id.not_in(named), *where)  # type: ignore[arg-type]
    wanted = wanted.where(Material.kind != MaterialKind.LINK).options(joinedload(Material.network))
    return db.session.scalars(wanted.order_by(Material.kind != MaterialKind.GUIDE, Material.id)).first()


def _some_members(material: Material, rng: random.Random) -> list[int]:
    """Three members who are not its owner."""
    members = select(Membership.user_id).where(Membership.network_id == material.network_id, Membership.state == MembershipState.ACTIVE)
    return rng.sample(list(db.session.scalars(members.where(Membership.user_id != material.owner_id).order_by(Membership.user_id))), 3)

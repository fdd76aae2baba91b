"""What the demo has of pilots: one that is under way among the cast."""

from datetime import timedelta

from extranet.core import clock
from extranet.core.db import db
from extranet.core.text import LocalText, render_markdown
from extranet.demo.cast import Cast
from extranet.demo.files import make_pdf
from extranet.demo.materials import File, add_material
from extranet.materials.actions import Description
from extranet.materials.models import Material, MaterialKind, MaterialLanguage, MaterialState
from extranet.pilots.models import Pilot, PilotComment, PilotReview, Verdict

SECTIONS = ["Milloin puheeksi", "Keskustelun kulku", "Mitä kirjataan"]
QUESTIONS = "Ymmärtääkö ohjeen ilman selityksiä?\n\n- Mikä kohta on turha?\n- Mitä puuttuu?"
COMMENTS = (
    (1, "Hyvä lista. Lisäisin, että puheeksi voi ottaa jo ensimmäisestä huolesta."),
    (2, "Tämä kohta on pitkä. Kolme kysymystä riittäisi."),
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
    pilot = make_pilot(material, cast.people["moderator"].id, 4, 10, SECTIONS)
    done = ask(pilot, 4, user_id=cast.people["member"].id)
    ask(pilot, 4, user_id=cast.people["medlem"].id)
    guest = ask(pilot, 4, email="esihenkilo@koski.example", guest_name="Elina Peltoaho")
    db.session.flush()
    first = answer(done, Verdict.NEEDS_CHANGES, 1, COMMENTS)
    db.session.flush()
    cast.things |= {"pilot_material": material.id, "hr_pilot": pilot.id, "hr_pilot_guest": guest.id, "hr_pilot_comment": first[0].id}


def make_pilot(material: Material, started_by: int, days: int, due: int, sections: list[str]) -> Pilot:
    """Begun `days` days ago, to be answered in `due` days, or so many days ago."""
    pilot = Pilot(
        material=material, material_id=material.id, version=material.version, started_by_id=started_by, started_at=clock.days_ago(days),
        due=clock.today() + timedelta(days=due), questions=QUESTIONS, questions_html=render_markdown(QUESTIONS), sections=sections, reviews=[],
    )  # fmt: skip
    db.session.add(pilot)
    return pilot


def ask(pilot: Pilot, days: int, user_id: int | None = None, email: str | None = None, guest_name: str = "") -> PilotReview:
    """Ask a member, or somebody from outside, `days` days ago."""
    review = PilotReview(user_id=user_id, email=email, guest_name=guest_name, invited_at=clock.days_ago(days))
    pilot.reviews.append(review)
    return review


def answer(review: PilotReview, verdict: Verdict, days: int, texts: tuple[tuple[int, str], ...]) -> list[PilotComment]:
    """What a reviewer sent `days` days ago: a verdict, and (section, text) for each comment."""
    review.verdict, review.submitted_at = verdict, clock.days_ago(days)
    comments = [
        PilotComment(review_id=review.id, section=section, body=body, body_html=render_markdown(body), at=clock.days_ago(days))
        for section, body in texts
    ]
    db.session.add_all(comments)
    return comments

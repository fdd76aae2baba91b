"""What leaves the desk: the table, the list for the door, badges, meals as numbers, names for participants (T41, I-32)."""

import io

import pypdfium2
import pytest
from python_calamine import CalamineWorkbook

from extranet.audit.models import AuditEvent
from extranet.core.db import db
from extranet.core.text import LocalText
from extranet.events.kinds import Mode, SignupState
from extranet.events.models import Event, Signup
from extranet.events.programme_models import Choice, ChoiceState
from extranet.events.question_models import Answer, Needs, QuestionKind


@pytest.fixture
def day(app, cast, programme, ask):
    """Six sign-ups of many kinds in an event with a meal, a question and a workshop."""
    event, (workshop,) = programme(9, mode=Mode.HYBRID, catering=True, capacity_onsite=4, price_cents=5000)
    question = ask(event, "Miten tulet?", QuestionKind.CHOICE, options=["Junalla | Med tåg"])
    people = (
        ({"user_id": cast["medlem"]}, "onsite", "confirmed", True, "Gluteeniton, laktoositon"),
        ({"user_id": cast["contact"]}, "onsite", "attended", False, "laktoositon;  GLUTEENITON"),
        ({"guest_name": "Åke Vieras", "guest_email": "ake@muualla.example", "guest_organisation": "=1+1"}, "onsite", "confirmed", True, ""),
        ({"user_id": cast["expert"]}, "remote", "confirmed", True, "Vegaani"),
        ({"user_id": cast["member"]}, "onsite", "waiting", True, "Kasvis"),
        ({"user_id": cast["deputy"]}, "onsite", "confirmed", False, ""),
    )
    with app.app_context():
        for who, mode, state, shows, diet in people:
            signup = Signup(event_id=event, mode=Mode(mode), state=SignupState(state), shows_name=shows, **who)
            db.session.add(signup)
            db.session.flush()
            if diet:
                db.session.add(Needs(signup_id=signup.id, diet=diet, accessibility="Pyörätuoli" if diet == "Vegaani" else ""))
            if who.get("user_id") == cast["medlem"]:
                db.session.add_all(
                    [
                        Choice(signup_id=signup.id, session_id=workshop, state=ChoiceState.CONFIRMED),
                        Answer(signup_id=signup.id, question_id=question, text="Junalla | Med tåg"),
                    ]
                )
        db.session.commit()
    return event


def read_table(page):
    return CalamineWorkbook.from_filelike(io.BytesIO(page.response.get_data())).get_sheet_by_index(0).to_python()


def pdf_text(page):
    document = pypdfium2.PdfDocument(page.response.get_data())
    return "\n".join(leaf.get_textpage().get_text_bounded() for leaf in document), document


def test_the_table_has_what_the_list_has(browser, day, rows):
    page = browser("moderator").get(f"/events/{day}/desk/table?mode=onsite")
    head, *people = read_table(page)

    assert len(people) == 4 and {"Blomstrand", "Virtasalo", "Åke Vieras"} < {row[0] for row in people}
    linda = next(row for row in people if row[0] == "Blomstrand")
    assert linda[head.index("Miten tulet?")] == "Junalla" and "Paja 0" in linda and "Gluteeniton, laktoositon" in linda
    guest = next(row for row in people if row[0] == "Åke Vieras")
    assert "=1+1" in guest and "Vieras" in guest  # a text, not a formula
    [logged] = rows(AuditEvent, AuditEvent.name == "events.export")
    assert logged.detail["people"] == 4


def test_needs_are_in_nobody_elses_table(browser, day):
    head, *people = read_table(browser("admin").get(f"/events/{day}/desk/table"))
    assert "Ruokavalio" not in head and not any("luteeniton" in str(cell) for row in people for cell in row)
    page = browser("admin").get(f"/events/{day}/desk/{_first(browser, day)}")
    assert page.status == 200 and "luteeniton" not in page.html and not page.has("#needs")


def _first(browser, event):
    link = browser("moderator").get(f"/events/{event}/desk?q=blomstrand").soup.select_one("#people tbody th a")
    return int(link["href"].rpartition("/")[2])


def test_the_organiser_reads_needs_and_that_is_logged(browser, day, rows):
    page = browser("moderator").get(f"/events/{day}/desk/{_first(browser, day)}")
    assert "Gluteeniton, laktoositon" in page.text("main") and "Junalla" in page.text("main")
    assert len(rows(AuditEvent, AuditEvent.name == "events.read_needs")) == 1


def test_the_list_for_the_door_and_the_badges(browser, day):
    moderator = browser("moderator")
    text, document = pdf_text(moderator.get(f"/events/{day}/desk/list.pdf"))
    assert all(name in text for name in ("Blomstrand Linda", "Vieras Åke", "Koskivuori Eero", "Paja 0")) and "Milla" not in text
    assert text.index("Blomstrand") < text.index("Koskivuori") < text.index("Vieras Åke")
    assert document.is_tagged() and document.get_metadata_dict()["Title"].startswith("Osallistujaluettelo")
    text, document = pdf_text(moderator.get(f"/events/{day}/desk/badges.pdf"))
    assert "Linda Blomstrand" in text and "Åke Vieras" in text and "Eero" not in text and "Milla" not in text and document.is_tagged()
    assert pdf_text(moderator.get(f"/events/{day}/desk/badges.pdf?mode=remote"))[0].count("Eero Koskivuori") == 1
    assert "Milla" in pdf_text(moderator.get(f"/events/{day}/desk/list.pdf?state=waiting"))[0]
    assert moderator.get(f"/events/{day}/desk/badges.pdf?q=eikukaan").status == 200


def test_papers_are_made_whatever_signs_people_wrote(app, browser, day):
    with app.app_context():
        db.session.get_one(Event, day).title = LocalText(fi="Kevätpäivä \U0001f331\U0001f468\u200d\U0001f469\u200d\U0001f467")
        db.session.commit()
    moderator = browser("moderator")
    for paper in ("list", "badges"):
        text, document = pdf_text(moderator.get(f"/events/{day}/desk/{paper}.pdf"))
        assert "Kevätpäivä" in text and "Linda" in text and document.is_tagged()


def test_papers_speak_the_readers_language(browser, day):
    text, _document = pdf_text(browser("moderator", "sv").get(f"/events/{day}/desk/list.pdf?lang=sv"))
    assert "Deltagarförteckning" in text and "Träff" in text


def test_meals_are_numbers_without_names(browser, day):
    page = browser("moderator").get(f"/events/{day}/desk/diets")
    cells = [[cell.get_text(strip=True) for cell in row.select("th, td")] for row in page.soup.select("tbody tr")]
    assert cells == [["Ei erityisruokavaliota", "2"], ["Gluteeniton, laktoositon", "2"], ["Yhteensä", "4"]]
    assert "Pyörätuoli" in page.text("main") and "Blomstrand" not in page.html and "Kasvis" not in page.html


def test_participants_read_the_names_of_those_who_agreed(browser, day):
    page = browser("medlem", "fi").get(f"/events/{day}/participants?lang=fi")
    listed = {tag.get_text() for tag in page.soup.select(".list .list__title")}
    assert listed == {"Linda Blomstrand", "Åke Vieras", "Eero Koskivuori"}
    assert "2 muuta" in page.text("main") and "@" not in page.text("main")
    assert browser("member").get(f"/events/{day}/participants").status == 403
    assert f"/events/{day}/participants?names=1" in browser("medlem").get(f"/events/{day}/").links()
    assert f"/events/{day}/participants?names=1" not in browser("member").get(f"/events/{day}/").links()


def test_an_organisations_administrator_reads_its_own_people(app, browser, cast, day):
    from extranet.accounts.models import User

    with app.app_context():
        organisation = db.session.get_one(User, cast["orgadmin"]).organisation_id
        db.session.query(Signup).filter_by(event_id=day, user_id=cast["contact"]).update({"organisation_id": organisation})
        db.session.commit()
    page = browser("orgadmin").get(f"/events/{day}/participants")
    assert [tag.get_text() for tag in page.soup.select(".list .list__title")] == ["Kaisa Virtasalo"]

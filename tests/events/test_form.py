"""The one screen of signing up: what the event needs is asked, nothing else, and kept where it belongs (domain.md §7.3)."""

from datetime import timedelta

import pytest

from extranet.core import clock
from extranet.core.db import db
from extranet.core.text import LocalText
from extranet.events.kinds import ChoiceRule, Mode
from extranet.events.models import Event, Signup
from extranet.events.programme_models import Choice, Session
from extranet.events.question_models import Answer, Needs, Question, QuestionKind


@pytest.fixture
def change(app):
    """Change a row as somebody else would have done meanwhile."""

    def change(model, row_id, **values):
        with app.app_context():
            row = db.session.get_one(model, row_id)
            for name, value in values.items():
                setattr(row, name, value)
            db.session.commit()

    return change


def test_a_simple_event_asks_only_for_consent(browser, plan):
    page = browser("member").get(f"/events/{plan()}/")

    names = {tag["name"] for tag in page.soup.select("#signup form [name]")} - {"csrf_token"}
    assert names == {"shows_name", "accessibility", "agrees", "allows_photo", "message"}
    assert not page.soup.select("#signup form input[checked]"), "no consent is given before the person gives it"
    assert "Milla" in page.text("#signup form") and "member@extranet.example" in page.text("#signup form")


def test_everything_on_one_screen(browser, programme, ask, rows):
    event, [first, second] = programme(1, 5, mode=Mode.HYBRID, catering=True)
    theme = ask(event, "Mistä haluat puhua?", required=True)
    when = ask(event, "Junalla vai bussilla?", QuestionKind.CHOICE, options=["Junalla | Med tåg", "Bussilla | Med buss"])
    stays = ask(event, "Jäätkö illalliselle?", QuestionKind.YES_NO)
    member = browser("member")

    page = member.get(f"/events/{event}/")
    assert "1 paikka vapaana" in page.text("#slot_1_1") and "5 paikkaa vapaana" in page.text("#slot_1_1")
    said = {
        "mode": "remote", "slot_1_1": second, f"question_{theme}": "Palkoista", f"question_{when}": "Bussilla | Med buss", f"question_{stays}": "yes",
        "diet": "Kasvis", "accessibility": "Induktiosilmukka", "agrees": "y", "shows_name": "y", "message": "Terveisiä",
    }  # fmt: skip
    page = member.submit(page, "#signup form", **said)

    assert "Ilmoittauduttu" in page.text("#signup")
    [signup] = rows(Signup, Signup.event_id == event)
    assert (signup.mode, signup.shows_name, signup.allows_photo, signup.message) == ("remote", True, False, "Terveisiä")
    assert [(c.session_id, c.state) for c in rows(Choice, Choice.signup_id == signup.id)] == [(second, "confirmed")]
    assert {a.question_id: a.text for a in rows(Answer, Answer.signup_id == signup.id)} == {
        theme: "Palkoista",
        when: "Bussilla | Med buss",
        stays: "yes",
    }
    [needs] = rows(Needs, Needs.signup_id == signup.id)
    assert (needs.diet, needs.accessibility, needs.consented_at is not None) == ("Kasvis", "Induktiosilmukka", True)


def test_what_is_required_is_named_and_the_rest_stays(browser, programme, ask, rows):
    event, _sessions = programme(2, 2, catering=True)
    ask(event, "Mistä haluat puhua?", required=True)
    member = browser("member")

    page = member.submit(member.get(f"/events/{event}/"), "#signup form", diet="Kasvis", message="Hei")

    assert page.status == 422 and len(page.soup.select("#signup [data-errors] li")) == 3
    assert "suostumuksellasi" in page.text("#signup") and page.soup.select_one("#diet")["value"] == "Kasvis"
    assert rows(Signup, Signup.event_id == event) == []


def test_diet_is_not_kept_without_catering(browser, plan, rows):
    event = plan()
    browser("member").post(f"/events/{event}/sign-up", diet="Kasvis", agrees="y")
    [signup] = rows(Signup, Signup.event_id == event)
    assert rows(Needs, Needs.signup_id == signup.id) == []


def test_options_speak_the_readers_language(browser, plan, ask):
    event = plan()
    ask(event, "Junalla vai bussilla?", QuestionKind.CHOICE, options=["Junalla | Med tåg", "Bussilla"])
    page = browser("medlem").get(f"/events/{event}/")
    assert "Junalla vai bussilla? (sv)" in page.text("#signup form") and "Med tåg" in page.text("#signup form")
    assert "Bussilla" in page.text("#signup form")


def test_wishes_are_put_in_order(browser, programme, rows):
    event, [a, b, c] = programme(1, 1, 1, choice_rule=ChoiceRule.WISHES)
    member = browser("member")
    page = member.get(f"/events/{event}/")
    assert len(page.soup.select("#signup form select")) == 3

    twice = member.submit(page, "#signup form", slot_1_1=b, slot_1_2=b)
    assert twice.status == 422 and "eri työpaja" in twice.text("#signup")
    member.submit(page, "#signup form", slot_1_1=b, slot_1_2=c, slot_1_3=a)

    assert [(row.session_id, row.rank, row.state) for row in sorted(rows(Choice, Choice.session_id.in_([a, b, c])), key=lambda r: r.rank)] == [
        (b, 1, "wished"), (c, 2, "wished"), (a, 3, "wished"),
    ]  # fmt: skip


def test_a_full_workshop_has_its_queue_and_another_one_meanwhile(browser, programme, rows):
    event, [full, other] = programme(1, 5)
    browser("medlem").post(f"/events/{event}/sign-up", slot_1_1=full)
    member = browser("member")
    page = member.get(f"/events/{event}/")
    assert "Täynnä" in page.text("#slot_1_1")
    member.submit(page, "#signup form", slot_1_1=full, slot_1_meanwhile=other)

    mine = {c.session_id: c.state for c in rows(Choice, Choice.signup_id == rows(Signup, Signup.event_id == event)[1].id)}
    assert mine == {full: "waiting", other: "confirmed"}


def test_overlapping_workshops_are_refused(app, browser, programme, rows):
    event, [first] = programme(5)
    with app.app_context():
        begins = db.session.get_one(Event, event).starts_at
        late = Session(
            event_id=event, type="workshop", slot="B", title=LocalText(fi="Myöhempi"), starts_at=begins + timedelta(minutes=30),
            ends_at=begins + timedelta(hours=2),
        )  # fmt: skip
        db.session.add(late)
        db.session.commit()
        late_id = late.id

    page = browser("member").post(f"/events/{event}/sign-up", slot_1_1=first, slot_2_1=late_id)
    assert page.status == 422 and "päällekkäin" in page.text("#slot_2_1"), "said where it is mended, before anything is asked once more"
    assert page.soup.select_one(f"#slot_1_1 input[value='{first}']").has_attr("checked") and rows(Signup, Signup.event_id == event) == []


def test_a_form_from_yesterday_asks_what_is_new_and_keeps_what_was_typed(browser, programme, ask, change, rows):
    event, [first, second] = programme(5, 5)
    old = ask(event, "Vanha kysymys")
    member = browser("member")
    page = member.get(f"/events/{event}/")
    change(Question, old, closed_at=clock.now())
    new = ask(event, "Uusi kysymys", required=True)

    page = member.submit(page, "#signup form", slot_1_1=second, message="Hei", **{f"question_{old}": "Vastaus"})
    assert page.status == 422 and "Uusi kysymys" in page.text("#signup form")
    assert page.soup.select_one(f"input[value='{second}']").has_attr("checked") and "Hei" in page.text("#message")

    member.submit(page, "#signup form", **{f"question_{new}": "Asia"})
    assert [(a.question_id, a.text) for a in rows(Answer, Answer.question_id.in_([old, new]))] == [(new, "Asia")]


def test_a_workshop_that_is_gone_is_explained(browser, programme, app, rows):
    event, [first, second] = programme(5, 5)
    member = browser("member")
    page = member.get(f"/events/{event}/")
    with app.app_context():
        db.session.delete(db.session.get_one(Session, second))
        db.session.commit()

    page = member.submit(page, "#signup form", slot_1_1=second)
    assert page.status == 422 and "Ohjelma on muuttunut" in page.text("#signup") and rows(Signup, Signup.event_id == event) == []


def test_what_costs_is_shown_once_more_before_it_holds(browser, plan, rows):
    event, member = plan(price_cents=12_000, mode=Mode.HYBRID), browser("member")
    page = member.get(f"/events/{event}/")
    assert "120,00" in page.text("#terms") and "25,5" in page.text("#terms")
    assert member.submit(page, "#signup form").status == 422, "the terms are to be accepted"

    page = member.submit(page, "#signup form", accepts_terms="y", mode="remote", cost_centre="4711")
    assert page.status == 200 and "4711" in page.text() and "Etänä" in page.text()
    assert rows(Signup, Signup.event_id == event) == []

    back = member.submit(page, "main form:has([name=back])")
    assert back.soup.select_one("#cost_centre")["value"] == "4711" and back.soup.select_one("input[value=remote]").has_attr("checked")
    page = member.submit(page, "main form:has([name=reviewed])")
    assert "Ilmoittauduttu" in page.text("#signup")
    [signup] = rows(Signup, Signup.event_id == event)
    assert (signup.cost_centre, signup.mode) == ("4711", "remote")


def test_a_price_that_rose_since_yesterday_is_accepted_anew(browser, plan, change, rows):
    event, member = plan(price_cents=12_000), browser("member")
    page = member.submit(member.get(f"/events/{event}/"), "#signup form", accepts_terms="y")
    change(Event, event, price_cents=15_000)

    page = member.submit(page, "main form:has([name=reviewed])")
    assert page.status == 422 and "150,00" in page.text("#signup") and "ovat muuttuneet" in page.text("#signup")
    assert not page.soup.select_one("#accepts_terms").has_attr("checked") and rows(Signup, Signup.event_id == event) == []


def test_the_form_costs_the_page_one_query(browser, programme, ask, count_queries):
    event, _sessions = programme(2, 2, catering=True, mode=Mode.HYBRID)
    ask(event, "Mistä haluat puhua?")
    member = browser("member")
    member.get(f"/events/{event}/")
    assert count_queries(lambda: member.get(f"/events/{event}/")) <= 8

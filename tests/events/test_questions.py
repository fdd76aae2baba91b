"""The organiser's own questions: asked, changed, put in order, closed; what was answered is never lost."""

import pytest

from extranet.audit.models import AuditEvent
from extranet.events.kinds import Mode
from extranet.events.models import Signup
from extranet.events.question_models import Answer, Question, QuestionKind


def test_an_organiser_asks_and_a_participant_is_asked(browser, plan, rows):
    event, moderator = plan(), browser("moderator")
    page = moderator.get(f"/events/{event}/questions")
    assert f"/events/{event}/questions" in moderator.get(f"/events/{event}/").links()

    options = "Junalla | Med tåg\nBussilla | Med buss\n\nJunalla | Med tåg"
    page = moderator.submit(
        page, "main form", label_fi="Millä tulet?", label_sv="Hur kommer du?", kind="choice", options=options, required="y"
    )

    assert "Millä tulet?" in page.text("main ol.card") and "Bussilla" in page.text("main ol.card")
    [question] = rows(Question, Question.event_id == event)
    assert (question.kind, question.required, question.options) == ("choice", True, ["Junalla | Med tåg", "Bussilla | Med buss"])
    assert "Hur kommer du?" in browser("medlem").get(f"/events/{event}/").text("#signup form")
    assert [e.name for e in rows(AuditEvent)] == ["events.add_question"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"label_fi": ""}, "Kirjoita kysymys"),
        ({"kind": "choice", "options": "Vain yksi"}, "vähintään kaksi"),
        ({"kind": "choice", "options": "\n".join(f"Vaihtoehto {n}" for n in range(21))}, "enintään 20"),
    ],
)
def test_a_bad_question_is_explained(browser, plan, rows, typed, words):
    event, moderator = plan(), browser("moderator")
    page = moderator.submit(moderator.get(f"/events/{event}/questions"), "main form", **({"label_fi": "Kysymys", "kind": "text"} | typed))

    assert page.status == 422 and words in page.text() and rows(Question, Question.event_id == event) == []


def test_a_question_with_answers_is_closed_not_removed(browser, plan, ask, rows):
    event = plan()
    question = ask(event, "Mistä haluat puhua?")
    browser("member").post(f"/events/{event}/sign-up", **{f"question_{question}": "Palkoista"})
    moderator, address = browser("moderator"), f"/events/{event}/questions/{question}"

    page = moderator.post(f"{address}/remove")
    assert page.status == 422 and "Sulje" in page.text()
    page = moderator.get(f"/events/{event}/questions")
    assert "1 vastaus" in page.text("main ol.card") and not page.has("form[action$=remove]")
    page = moderator.submit(page, "form[action$=close]")

    assert "Suljettu" in page.text("main ol.card") and [a.text for a in rows(Answer, Answer.question_id == question)] == ["Palkoista"]
    assert "Mistä haluat puhua?" not in browser("medlem").get(f"/events/{event}/").text("#signup")
    assert "Palkoista" in browser("member").get(f"/events/{event}/signup").text()
    assert moderator.post(f"{address}/close").status == 422
    moderator.post(f"{address}/reopen")
    assert "Mistä haluat puhua?" in browser("medlem").get(f"/events/{event}/").text("#signup")


def test_the_kind_of_a_question_with_answers_stays(browser, plan, ask, rows):
    event = plan()
    question = ask(event, "Millä tulet?", QuestionKind.CHOICE, options=["Junalla", "Bussilla"])
    browser("member").post(f"/events/{event}/sign-up", **{f"question_{question}": "Junalla"})
    moderator, address = browser("moderator"), f"/events/{event}/questions/{question}"

    page = moderator.submit(moderator.get(address), "main form", kind="text")
    assert page.status == 422 and "kysymyksen tyyppiä" in page.text()
    moderator.submit(moderator.get(address), "main form", options="Bussilla\nPyörällä")
    page = browser("member").get(f"/events/{event}/signup")
    assert not page.soup.select(f"[name=question_{question}][checked]")
    assert [a.text for a in rows(Answer, Answer.question_id == question)] == ["Junalla"], "an option that is gone stays as it was answered"


def test_one_without_answers_is_removed_and_the_others_move(browser, plan, ask, rows):
    event = plan()
    first, second, third = (ask(event, text) for text in ("Yksi", "Kaksi", "Kolme"))
    moderator = browser("moderator")
    moderator.post(f"/events/{event}/questions/{third}/move", to="earlier")
    moderator.post(f"/events/{event}/questions/{first}/remove")

    asked = sorted(rows(Question, Question.event_id == event), key=lambda q: q.position)
    assert [q.id for q in asked] == [third, second]


def test_an_answer_goes_with_the_sign_up_it_belongs_to(browser, plan, ask, rows):
    event = plan(mode=Mode.REMOTE)
    foreign = ask(plan(), "Toisen tapahtuman kysymys")
    browser("member").post(f"/events/{event}/sign-up", **{f"question_{foreign}": "Vieras"})
    assert len(rows(Signup, Signup.event_id == event)) == 1 and rows(Answer, Answer.question_id == foreign) == []

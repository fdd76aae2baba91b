"""From a report to a decision and a second look (domain.md §6.7, I-28)."""

from datetime import timedelta

import pytest

from extranet.audit.models import AuditEvent
from extranet.core.db import db
from extranet.discussions.models import Post
from extranet.moderation.models import Case, CaseState, Report
from extranet.networks.models import Membership
from extranet.notifications.models import Notification

HIDE = {"outcome": "hide", "reason": "Viestissä on henkilötietoja."}


@pytest.fixture
def url(cast):
    return f"/moderation/{cast['hr_case']}/"


@pytest.fixture
def lead(app, cast):
    """A second moderator of the HR network."""
    with app.app_context():
        db.session.query(Membership).filter_by(user_id=cast["medlem"], network_id=cast["network:hr"]).update({"role": "moderator"})
        db.session.commit()


def told(rows, kind):
    return {note.user_id for note in rows(Notification) if note.kind == f"moderation.{kind}"}


def case_of(rows, cast):
    return next(case for case in rows(Case) if case.id == cast["hr_case"])


def test_a_report_joins_the_open_case_and_the_moderators_hear_of_it(app, browser, cast, rows):
    opening = next(p for p in rows(Post) if p.thread_id == cast["hr_thread"] and p.is_opening)
    member = browser("member")
    page = member.get(f"/moderation/report/{opening.id}")
    assert "Vi skriver dem" in page.text("main")
    member.submit(page, "main form.form", why="insult", words="Loukkaava sävy.")

    case = max(rows(Case), key=lambda case: case.id)
    assert (case.post_id, case.state) == (opening.id, CaseState.OPEN)
    assert told(rows, "report") == {cast["moderator"]}

    before = len(rows(Case))
    assert browser("moderator").post(f"/moderation/report/{cast['hr_post']}", why="off_topic").status == 303
    assert len(rows(Case)) == before
    assert len([r for r in rows(Report) if r.case_id == cast["hr_case"]]) == 2


def test_one_reports_a_message_once_and_says_why(browser, cast, rows):
    before, medlem = len(rows(Report)), browser("medlem")
    assert medlem.post(f"/moderation/report/{cast['hr_post']}", why="insult").status == 422
    assert browser("moderator").post(f"/moderation/report/{cast['hr_post']}", why="").status == 422
    page = browser("moderator").post(f"/moderation/report/{cast['hr_post']}", why="other", words=" ")
    assert page.soup.select_one("textarea[aria-invalid=true]") is not None
    assert len(rows(Report)) == before


def test_the_moderator_sees_the_text_of_that_time_with_its_context_and_hides_it(browser, cast, rows, url):
    browser("member").post(f"/discussions/{cast['hr_thread']}/posts/{cast['hr_post']}/edit", body="Siistitty.")
    moderator = browser("moderator")
    page = moderator.get(url)
    assert "pohja molemmilla kielillä" in page.text("main")
    assert "Vi skriver dem på begäran" in page.text("main")
    assert "Ei liity kysymykseen." in page.text("main")
    assert "Ilmoitettu viesti" in page.text(".post--marked") and not page.has(".post--accepted")

    moderator.post(url + "decide", **HIDE)
    post = next(p for p in rows(Post) if p.id == cast["hr_post"])
    assert (post.hidden_at is not None, post.hidden_reason) == (True, HIDE["reason"])
    assert told(rows, "decide") == {cast["member"], cast["medlem"]}
    assert HIDE["reason"] in browser("member").get(url + "decision").text("main")
    assert "pohja" not in browser("medlem").get(url + "decision").text("main"), "the reporter no longer reads what was hidden"
    assert browser("moderator").post(url + "decide", **HIDE).status == 422


def test_moderators_find_the_queue_where_they_look(browser, cast):
    for path in ("/", "/networks/hr/discussions/", f"/discussions/{cast['hr_thread']}/"):
        assert browser("moderator").get(path).soup.select("main a[href='/moderation/']"), path
        assert not browser("member").get(path).soup.select("main a[href='/moderation/']"), path


def test_a_decision_needs_its_reasons(browser, cast, rows, url):
    page = browser("moderator").post(url + "decide", outcome="leave", reason=" ")
    assert page.status == 422
    assert case_of(rows, cast).state == CaseState.OPEN


def test_nobody_handles_a_report_of_an_own_message(app, browser, cast, rows, url, lead):
    with app.app_context():
        db.session.get(Post, cast["hr_post"]).author_id = cast["moderator"]
        db.session.commit()
    moderator = browser("moderator")
    assert moderator.get(url).status == 404
    assert moderator.post(url + "decide", **HIDE).status == 404
    assert moderator.get("/moderation/").soup.select("#cases li .list__main") == []
    assert browser("medlem").get(url).status == 200


def test_a_claim_keeps_others_off_for_a_day(app, browser, cast, rows, url, lead):
    browser("moderator").post(url + "claim")
    medlem = browser("medlem")
    assert medlem.post(url + "claim").status == 422
    assert medlem.post(url + "decide", **HIDE).status == 422
    with app.app_context():
        db.session.get(Case, cast["hr_case"]).claimed_at -= timedelta(days=1, minutes=1)
        db.session.commit()
    assert medlem.post(url + "claim").status == 303
    assert browser("moderator").post(url + "release").status == 422, "only whoever has it leaves it"
    medlem.post(url + "release")
    assert case_of(rows, cast).claimed_by_id is None


def test_a_claim_that_cannot_wait_is_taken_over_with_a_word(browser, cast, rows, url, lead):
    browser("moderator").post(url + "claim")
    medlem = browser("medlem")
    page = medlem.get(url)
    assert medlem.submit(page, "form[action$='take-over']", reason=" ").status == 422
    assert case_of(rows, cast).claimed_by_id == cast["moderator"]
    medlem.submit(page, "form[action$='take-over']", reason="Olet lomalla, ja viestissä on henkilötietoja.")
    assert case_of(rows, cast).claimed_by_id == cast["medlem"]
    assert told(rows, "take_over") == {cast["moderator"]}
    assert "Olet lomalla" in browser("moderator").get("/notifications/").text("main")
    assert rows(AuditEvent)[-1].reason == "Olet lomalla, ja viestissä on henkilötietoja."
    assert medlem.post(url + "decide", **HIDE).status == 303


def test_whoever_decided_does_not_keep_others_from_the_second_look(browser, cast, rows, url, lead):
    browser("moderator").post(url + "decide", **HIDE)
    browser("member").post(url + "ask-review", words="Viestissä ei ollut henkilötietoja.")
    for path in ("claim", "take-over"):
        assert browser("moderator").post(url + path, reason="Minä hoidan.").status == 403
    assert browser("medlem").post(url + "claim").status == 303


def test_nobody_hides_or_shows_an_own_message_reported_or_not(app, browser, cast, rows, url, lead):
    """I-28: what a moderator has written another one judges, so that no report is answered by its author's own hand."""
    with app.app_context():
        db.session.get(Post, cast["hr_post"]).author_id = cast["moderator"]
        db.session.commit()
    thread, post = f"/discussions/{cast['hr_thread']}/", f"/discussions/{cast['hr_thread']}/posts/{cast['hr_post']}/"
    moderator, medlem = browser("moderator"), browser("medlem")
    assert moderator.get(post + "hide").status == 403 and not moderator.get(thread).has(f"a[href='{post}hide']")
    assert moderator.post(post + "hide", reason="Ei mitään.").status == 403
    medlem.post(url + "decide", **HIDE)
    assert moderator.post(post + "restore").status == 403
    assert [p.hidden_by_id for p in rows(Post) if p.id == cast["hr_post"]] == [cast["medlem"]]
    assert medlem.post(thread + "hide", reason="Oma.").status == 403, "nor the own discussion"
    moderator.post(thread + "hide", reason="Riitaa.")
    assert medlem.post(thread + "restore").status == 403


def test_the_queue_says_how_many_wait_and_for_how_long(browser, cast, rows, url, count_queries):
    moderator = browser("moderator")
    link = moderator.get("/networks/hr/discussions/").text("main a[href='/moderation/']")
    assert "2" in link and "vanhin" in link and "eilen" in link
    moderator.post(url + "decide", **HIDE)
    browser("member").post(url + "ask-review", words="Viestissä ei ollut henkilötietoja.")
    page = moderator.get("/moderation/?shelf=review")
    assert "pyydetty" in page.text("#cases .meta")
    assert count_queries(lambda: moderator.get("/networks/hr/discussions/")) <= 9


def test_the_author_asks_for_a_second_look_and_another_moderator_brings_the_message_back(app, browser, cast, rows, url, lead):
    browser("moderator").post(url + "decide", **HIDE)
    assert browser("medlem").post(url + "ask-review", words="Ei saa jäädä.").status == 403, "it went as the reporter wished"
    browser("member").post(url + "ask-review", words="Viestissä ei ollut henkilötietoja.")
    assert told(rows, "ask_review") == {cast["medlem"]}
    assert browser("member").post(url + "ask-review", words="Vielä kerran.").status == 422

    assert browser("moderator").post(url + "review", outcome="leave", reason="Sama kuin ennen.").status == 403
    browser("medlem").post(url + "review", outcome="leave", reason="Tiedot olivat julkisia.")
    assert next(p for p in rows(Post) if p.id == cast["hr_post"]).hidden_at is None
    assert case_of(rows, cast).state == CaseState.REJECTED
    assert "Tiedot olivat julkisia." in browser("member").get(url + "decision").text("main")


def test_after_a_month_the_decision_stands(app, browser, cast, url):
    browser("moderator").post(url + "decide", **HIDE)
    with app.app_context():
        db.session.get(Case, cast["hr_case"]).decided_at -= timedelta(days=31)
        db.session.commit()
    assert browser("member").post(url + "ask-review", words="Nyt vasta huomasin.").status == 422


def test_where_the_only_moderator_is_concerned_the_administrators_hear_without_the_text(app, browser, cast, rows):
    with app.app_context():
        db.session.get(Post, cast["hr_post"]).author_id = cast["moderator"]
        db.session.query(Report).delete()
        db.session.query(Case).delete()
        db.session.commit()
    browser("medlem").post(f"/moderation/report/{cast['hr_post']}", why="insult")
    notes = [note for note in rows(Notification) if note.kind == "moderation.report"]
    assert {note.user_id for note in notes} == {cast["admin"]}
    assert notes[0].about == "network"


def test_a_moved_message_is_handled_where_it_stands_now(app, browser, cast, url):
    from extranet.discussions.models import Thread

    with app.app_context():
        db.session.get(Thread, cast["hr_thread"]).network_id = cast["network:contact-persons"]
        db.session.commit()
    assert browser("moderator").get(url).status == 404

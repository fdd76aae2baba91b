"""Reviewing, by name and by link: kept, sent, changed; who may, and until when."""

import pytest
import time_machine
from sqlalchemy import update

from extranet.accounts.models import Side, User
from extranet.audit.models import AuditEvent
from extranet.core import clock
from extranet.core.db import db
from extranet.materials.models import Material, MaterialState
from extranet.networks.models import Membership, MembershipState, Network, Visibility
from extranet.notifications.models import Notification
from extranet.pilots.models import PilotComment, PilotLink, PilotReview, Verdict
from tests.pilots.conftest import link_in


def comments(rows, review_id):
    return {c.section: c.body for c in rows(PilotComment, PilotComment.review_id == review_id)}


@pytest.fixture(params=["by name", "by link"])
def reviewer(request, browser, cast, pilot, reviews):
    """Somebody with her page and her review."""
    if request.param == "by name":
        return browser("medlem"), f"{pilot}review", reviews()[cast["medlem"]].id
    return browser("visitor", "fi"), request.getfixturevalue("link"), cast["hr_pilot_guest"]


def test_a_review_is_kept_sent_and_changed(reviewer, cast, rows, browser, pilot):
    person, address, review_id = reviewer
    page = person.submit(person.get(address), "#review form", section_2="Selvä kohta.", do="save")
    assert page.has("#flash .callout--ok")
    assert comments(rows, review_id) == {2: "Selvä kohta."}
    assert "Selvä kohta." not in browser("moderator").get(pilot).text(), "a draft is its writer's"
    assert rows(Notification) == []
    page = person.get(address)
    assert page.soup.select_one("[name=section_2]").get_text().strip() == "Selvä kohta."
    page = person.submit(page, "#review form", section_0="**Hyvä** <b>ohje</b>", verdict="ok", do="send")
    assert page.has("#flash .callout--ok") and page.has("#review .callout--ok")
    review = rows(PilotReview, PilotReview.id == review_id)[0]
    assert (review.verdict, review.submitted_at is not None) == (Verdict.OK, True)
    assert [n.user_id for n in rows(Notification)] == [cast["moderator"]]
    owner = browser("moderator").get(pilot)
    assert "Selvä kohta." in owner.text() and "2/3 on vastannut" in owner.text()
    assert owner.has("#comments .post strong") and not owner.has("#comments .post b")
    page = person.submit(person.get(address), "#review form", section_2="", section_0="Muutos", verdict="needs_changes", do="send")
    assert page.has("#flash .callout--ok")
    assert comments(rows, review_id) == {0: "Muutos"}
    assert len(rows(Notification)) == 1, "the owner hears of the first time"
    assert person.post(address, do="save", section_0="x").status == 422


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"section_2": "Tallessa."}, "Välj din åsikt"),
        ({"verdict": "needs_changes", "section_2": " "}, "minst ett fält"),
        ({"verdict": "maybe"}, ""),
        ({"verdict": "ok", "section_2": "Tallessa.", "section_1": "x" * 5001}, "5 000"),
    ],
)
def test_what_is_wrong_is_said_and_the_words_stay(browser, pilot, rows, cast, reviews, data, words):
    page = browser("medlem").post(f"{pilot}review", do="send", **data)
    assert page.status == 422
    assert words in page.text("[data-errors]")
    assert page.soup.select_one("[name=section_2]").get_text().strip() == data.get("section_2", "").strip()
    assert reviews()[cast["medlem"]].submitted_at is None


def test_the_draft_is_read_by_the_pilots_own_address(reviewer, cast, rows):
    person, address, _review = reviewer
    base = address.removesuffix("/review") if address.endswith("/review") else address
    answer = person.get(f"{base}/file")
    assert answer.status == 200
    assert answer.response.get_data().startswith(b"%PDF")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert person.get(f"/materials/{cast['pilot_material']}/").status in (302, 404)
    assert person.get(f"/materials/{cast['pilot_material']}/file").status in (302, 404)
    assert [e.name for e in rows(AuditEvent)] == ["pilots.download"]
    assert person.get(f"{base}/text").status == 404
    assert person.get(f"{base}/pages/1.webp").status == 404


def test_reviewers_do_not_see_each_other(browser, pilot, link):
    for person, address in ((browser("medlem"), f"{pilot}review"), (browser("visitor"), link)):
        text = person.get(address).text()
        assert "Milla" not in text and "Lisäisin" not in text
        assert "Elina" not in text and "Blomstrand" not in text


def test_a_member_who_leaves_keeps_nothing(browser, app, cast, pilot):
    with app.app_context():
        left = update(Membership).where(Membership.user_id == cast["medlem"]).values(state=MembershipState.LEFT)
        db.session.execute(left)
        db.session.commit()
    medlem = browser("medlem")
    for address in ("", "review", "file", "text"):
        assert medlem.get(f"{pilot}{address}").status == 404
    assert medlem.post(f"{pilot}review", do="send", verdict="ok").status == 404
    assert "Puheeksi" not in medlem.get("/pilots/").text()


def test_who_changes_sides_keeps_nothing_in_an_employer_network(browser, app, cast, pilot):
    with app.app_context():
        db.session.get(User, cast["medlem"]).side = Side.STAFF
        db.session.commit()
    assert browser("medlem").get(f"{pilot}review").status == 404
    assert browser("medlem").get(f"{pilot}file").status == 404


def test_an_archived_draft_takes_no_reviews(browser, app, cast, pilot, rows):
    with app.app_context():
        db.session.get(Material, cast["pilot_material"]).state = MaterialState.ARCHIVED
        db.session.commit()
    medlem = browser("medlem")
    assert not medlem.get(f"{pilot}review").has("#review form")
    assert medlem.post(f"{pilot}review", do="send", verdict="ok").status == 422
    assert "arkistoitiin" in browser("moderator").get(pilot).text()


def test_an_archived_draft_is_not_given_to_reviewers_any_more(browser, app, cast, pilot, link):
    """Archiving takes a file out of use: its owner and the editors find it, and nobody else (T12, T15)."""
    doors = [(browser("medlem"), pilot.rstrip("/")), (browser("visitor"), link)]
    assert [person.get(f"{base}/file").status for person, base in doors] == [200, 200]
    with app.app_context():
        db.session.get(Material, cast["pilot_material"]).state = MaterialState.ARCHIVED
        db.session.commit()
    for person, base in doors:
        assert [person.get(f"{base}/{what}").status for what in ("file", "text", "pages/1.webp")] == [404] * 3
    assert not browser("visitor").get(link).has("a[download]")
    assert browser("moderator").get(f"{pilot}file").status == 200


def test_reading_a_link_changes_nothing(browser, link, rows):
    visitor = browser("visitor")
    before = len(rows(PilotLink))
    page = visitor.get(link)
    assert page.status == 200
    assert "noindex" in page.headers["X-Robots-Tag"] and page.has("meta[name=robots][content*=noindex]")
    visitor.client.head(link)
    assert rows(AuditEvent) == [] and len(rows(PilotLink)) == before
    assert rows(PilotReview, PilotReview.submitted_at.is_not(None))[0].email is None


def test_the_links_page_speaks_the_language_of_the_letter(app, browser, cast, link):
    with app.app_context():
        db.session.get(PilotReview, cast["hr_pilot_guest"]).language = "sv"
        db.session.commit()
    visitor = browser("visitor")
    assert visitor.get(link, **{"Accept-Language": "fi"}).soup.html["lang"] == "sv"
    assert visitor.get(f"{link}?lang=en").soup.html["lang"] == "en"
    visitor.post("/language", lang="fi", next=link)
    assert visitor.get(link).soup.html["lang"] == "fi"


def test_a_secret_network_is_not_named(app, browser, cast, letters, link):
    with app.app_context():
        network = db.session.get(Material, cast["pilot_material"]).network_id
        db.session.get(Network, network).visibility = Visibility.SECRET
        db.session.commit()
    browser("moderator").post(f"/pilots/{cast['hr_pilot']}/remind")
    page = browser("visitor", "fi").get(link_in(letters()[-1]))
    assert "HR-verkosto" not in page.html and "HR-verkosto" not in letters()[-1].text + letters()[-1].html


@pytest.mark.parametrize("who", ["nobody", "withdrawn", "late", "erased", "staff"])
def test_a_link_that_opens_nothing_tells_nothing(app, browser, cast, pilot, link, who):
    later = clock.now()
    if who == "nobody":
        link = f"{link}x"
    elif who == "withdrawn":
        assert browser("moderator").post(f"{pilot}reviews/{cast['hr_pilot_guest']}/withdraw").status == 303
    elif who == "late":
        later = clock.days_ago(-25)
    else:
        with app.app_context():
            if who == "erased":
                db.session.execute(update(PilotLink).values(token_hash="x"))
            else:  # an account of the staff's side with that address (I-05)
                db.session.get(PilotReview, cast["hr_pilot_guest"]).email = "staff@extranet.example"
            db.session.commit()
    visitor = browser("visitor", "fi")
    with time_machine.travel(later, tick=True):
        for address in (link, f"{link}/file", f"{link}/text", f"{link}/pages/1.webp"):
            page = visitor.get(address)
            assert page.status == 404
            assert "Linkki ei toimi" in page.text("h1")
            assert "Puheeksi" not in page.html and "noindex" in page.headers["X-Robots-Tag"]
        assert visitor.post(link, do="send", verdict="ok").status == 404


def test_the_link_lives_two_weeks_longer_than_the_deadline(browser, link):
    with time_machine.travel(clock.days_ago(-23), tick=True):
        page = browser("visitor", "fi").get(link)
        assert page.status == 200 and "Määräaika on mennyt" in page.text()


def test_random_links_are_slowed_down(browser, link):
    visitor = browser("visitor")
    for n in range(30):
        assert visitor.get(f"/pilots/review/guess{n}").status == 404
    answer = visitor.get("/pilots/review/guess")
    assert answer.status == 429 and int(answer.headers["Retry-After"]) > 0
    assert browser("visitor").get(link).status == 429
    with time_machine.travel(clock.days_ago(-1), tick=True):
        assert browser("visitor").get(link).status == 200

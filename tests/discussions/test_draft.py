"""What is typed is kept: by itself, by a button, and where it could not be sent (T06, issue 5 "bad input")."""

import io
from datetime import timedelta

import pytest
from sqlalchemy import select

from extranet.core import clock
from extranet.core.db import db
from extranet.discussions.attachment_models import Attachment
from extranet.discussions.draft_models import Draft
from extranet.discussions.models import Post, Thread
from extranet.discussions.tasks import sweep_drafts
from extranet.networks.models import Membership, MembershipState, Network
from extranet.storage.models import Upload
from tests.page import fields_of

TEXT = "Pitkä vastaus, jota ei saa hukata."


@pytest.fixture
def change(app, cast):
    """Do something to the thread behind the writer's back."""

    def do(**fields):
        with app.app_context():
            thread = db.session.get(Thread, cast["hr_thread"])
            for name, value in fields.items():
                setattr(thread, name, value)
            db.session.commit()

    return do


def test_a_draft_is_there_on_another_device_until_it_is_sent(browser, cast, rows):
    url = f"/discussions/{cast['hr_thread']}/"
    assert browser("member").post(f"{url}draft", body="Alku", quietly="1").status == 204
    browser("member").post(f"{url}draft", body=TEXT, quietly="1")
    assert [draft.words["body"] for draft in rows(Draft)] == [TEXT]

    other = browser("member")
    page = other.get(url)
    assert page.text("#body").strip() == TEXT
    assert TEXT in other.get("/discussions/drafts").text("main")
    assert TEXT not in browser("moderator").get(url).text("main")
    other.submit(page, "form:has(#body)")
    assert [post.body for post in rows(Post, Post.thread_id == cast["hr_thread"])][-1] == TEXT
    assert rows(Draft) == []


def test_without_scripts_a_button_saves_the_draft_of_a_new_discussion(browser, cast, rows):
    member = browser("member")
    words = {"title": "Otsikko", "body": TEXT, "kind": "experience", "language": "sv", "topics": ["1"]}
    page = member.post("/networks/hr/discussions/draft", **words, follow=True)
    assert "Luonnos tallennettiin" in page.text("#flash")
    assert page.soup.select_one("#title")["value"] == "Otsikko"
    assert page.soup.select_one("input[name=kind][checked]")["value"] == "experience"
    assert page.soup.select_one("input[name=language][checked]")["value"] == "sv"
    assert page.soup.select_one("input[name=topics][checked]")["value"] == "1"
    member.submit(page, "#start form", body="Valmis")
    assert rows(Draft) == []


def test_empty_words_and_discarding_forget_the_draft(browser, cast, rows):
    member, url = browser("member"), f"/discussions/{cast['hr_thread']}/draft"
    member.post(url, body=TEXT, quietly="1")
    browser("moderator").post(f"/discussions/drafts/{rows(Draft)[0].id}/discard")
    assert len(rows(Draft)) == 1
    member.post(url, body=" ", quietly="1")
    assert rows(Draft) == []
    member.post(url, body=TEXT, quietly="1")
    member.post(f"/discussions/drafts/{rows(Draft)[0].id}/discard")
    assert rows(Draft) == []


@pytest.mark.parametrize("what", ["moved", "hidden", "closed", "archived"])
def test_what_happened_meanwhile_gives_the_text_back(browser, cast, rows, app, change, what):
    member, url = browser("member"), f"/discussions/{cast['hr_thread']}/"
    member.post(f"{url}draft", body="Vanha luonnos", quietly="1")
    before = len(rows(Post))
    if what == "moved":
        change(network_id=cast["network:contact-persons"], title="Salainen otsikko")
    elif what == "hidden":
        change(hidden_at=clock.now(), title="Salainen otsikko")
    elif what == "closed":
        change(closed_at=clock.now())
    else:
        with app.app_context():
            db.session.scalar(select(Network).where(Network.slug == "hr")).state = "archived"
            db.session.commit()
    page = member.post(f"{url}reply", body=TEXT)

    assert page.status == (404 if what in ("moved", "hidden") else 422)
    assert page.text("#returned").strip() == TEXT
    assert "Salainen" not in str(page.soup)
    assert len(rows(Post)) == before
    assert [draft.words["body"] for draft in rows(Draft)] == [TEXT]
    listed = member.get("/discussions/drafts")
    assert TEXT in listed.text("main") and "Salainen" not in str(listed.soup)
    if what == "closed":
        assert TEXT in member.get(url).text("#returned")


def test_with_htmx_the_form_stays_as_it_is(browser, cast, rows, change):
    change(network_id=cast["network:contact-persons"])
    page = browser("member").post(f"/discussions/{cast['hr_thread']}/reply", target="replies", body=TEXT)
    assert (page.status, page.headers["HX-Reswap"]) == (404, "none")
    assert "ei voi enää avata" in page.text("#flash")
    assert [draft.words["body"] for draft in rows(Draft)] == [TEXT]


def test_a_megabyte_is_explained_and_given_back(browser, cast, rows):
    member, url = browser("member"), f"/discussions/{cast['hr_thread']}/"
    long, before = "ä" * 1_000_000, len(rows(Post))
    page = member.post(f"{url}reply", body=long)
    assert page.status == 422
    assert "20 000" in page.text(".error").replace("\xa0", " ")
    assert len(page.text("#body").strip()) == 1_000_000
    assert member.post(f"{url}draft", body=long, quietly="1").status == 422
    assert (len(rows(Post)), rows(Draft)) == (before, [])


def test_a_draft_that_nobody_touches_for_half_a_year_is_forgotten(app, cast, rows):
    with app.app_context():
        for days in (179, 181):
            db.session.add(Draft(user_id=cast["member"], words={"body": str(days)}, changed_at=clock.now() - timedelta(days=days)))
        db.session.flush()
        sweep_drafts()
        db.session.commit()
    assert [draft.words["body"] for draft in rows(Draft)] == ["179"]


def test_who_may_not_read_it_any_more_does_not_see_her_draft(browser, app, cast, rows):
    """T17: it may quote others. It is there again when she may."""
    member, url = browser("member"), f"/discussions/{cast['hr_thread']}/"
    member.post(f"{url}draft", body="> Jonkun muun sanat", quietly="1")
    member.post("/networks/hr/discussions/draft", title="Uusi kysymys", quietly="1")
    member.post(f"{url}posts/{cast['hr_post']}/draft", body="Muutettu viesti", quietly="1")

    def become(state):
        with app.app_context():
            db.session.query(Membership).filter_by(user_id=cast["member"], network_id=cast["network:hr"]).update({"state": state})
            db.session.commit()

    become(MembershipState.LEFT)
    assert "Ei luonnoksia" in member.get("/discussions/drafts").text("main")
    assert member.post(f"{url}draft", body="Vielä", quietly="1").status == 404
    become(MembershipState.ACTIVE)
    words = member.get("/discussions/drafts").text("main")
    assert all(text in words for text in ("Jonkun muun sanat", "Uusi kysymys", "Muutettu viesti"))


def test_the_change_of_a_message_is_a_draft_too(browser, cast, rows):
    member, url = browser("member"), f"/discussions/{cast['hr_thread']}/posts/{cast['hr_post']}/"
    assert member.post(f"{url}draft", body=TEXT, quietly="1").status == 204
    page = browser("member").get(f"{url}edit")
    assert page.text("#body").strip() == TEXT and page.has(".draft-note")
    assert f"{url}edit" in member.get("/discussions/drafts").links()
    assert TEXT not in browser("medlem").get(f"/discussions/{cast['hr_thread']}/").text("main")
    member.submit(page, "#edit form")
    assert rows(Post, Post.id == cast["hr_post"])[0].body == TEXT and rows(Draft) == []

    member.post(f"{url}draft", body="Toinen", quietly="1")
    member.post(f"{url}draft", body=TEXT, quietly="1")  # as it stands: nothing to keep
    assert rows(Draft) == []


@pytest.mark.parametrize("what", ["moved", "hidden", "closed"])
def test_what_happened_while_it_was_changed_gives_the_text_back(browser, cast, rows, change, what):
    member, url = browser("member"), f"/discussions/{cast['hr_thread']}/posts/{cast['hr_post']}/"
    member.post(f"{url}draft", body="Vanha luonnos", quietly="1")
    change(
        **{
            "moved": {"network_id": cast["network:contact-persons"], "title": "Salainen otsikko"},
            "hidden": {"hidden_at": clock.now(), "title": "Salainen otsikko"},
            "closed": {"closed_at": clock.now()},
        }[what]
    )
    page = member.post(f"{url}edit", body=TEXT)
    assert page.status == (422 if what == "closed" else 404)
    assert page.text("#returned").strip() == TEXT and "Salainen" not in page.html
    assert [draft.words["body"] for draft in rows(Draft)] == [TEXT]
    assert TEXT in member.get("/discussions/drafts").text("main")


def test_files_stay_with_the_draft_for_a_day(browser, app, cast, rows):
    """Without scripts: the button sends them. With scripts they have come before, and are named in the same fields."""
    member, url = browser("member"), f"/discussions/{cast['hr_thread']}/"
    page = member.post(f"{url}draft", body=TEXT, file=(io.BytesIO(b"Ohje: n\xc3\xa4in se menee.\n"), "ohje.txt"), follow=True)
    assert "ohje.txt" in page.text("[data-rows]")
    member.post(f"{url}draft", **fields_of(page.soup.select_one("form:has(#body)")))
    page = browser("member").get(url)
    assert len(rows(Draft)[0].words["files"]) == 1
    kept = rows(Draft)[0].words
    member.submit(page, "form:has(#body)")
    assert [file.name for file in rows(Attachment)] == ["ohje.txt"] and rows(Upload) == []

    member.post(f"{url}draft", body="Uusi", quietly="1")
    with app.app_context():
        db.session.scalars(select(Draft)).one().words = kept  # its upload is gone
        db.session.commit()
    page = member.get(url)
    assert "ohje.txt" in page.text(".hint:-soup-contains(päivän)") and not page.soup.select("[data-rows] > li")

"""What is typed is kept: by itself, by a button, and where it could not be sent (T06, issue 5 "bad input")."""

import pytest
from sqlalchemy import select

from extranet.core import clock
from extranet.core.db import db
from extranet.discussions.draft_models import Draft
from extranet.discussions.models import Post, Thread
from extranet.networks.models import Network

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

"""The certificate: for those who came, readable by everybody, and checked by whoever is shown it."""

import io

import pypdfium2
import pytest
from sqlalchemy import update

from extranet.core.db import db
from extranet.core.text import LocalText
from extranet.events.forgetting import NAMELESS
from extranet.events.kinds import SignupState
from extranet.events.models import Signup
from extranet.events.tickets import CERTIFICATE


def fetch(browser, path, language=None):
    return browser.client.get(path + (f"?lang={language}" if language else ""))


def words_of(content):
    document = pypdfium2.PdfDocument(io.BytesIO(content))
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)


def test_who_came_fetches_it(browser, over, place, ticket):
    event = over(title=LocalText(fi="Palkkapäivä #1 [x] *y* $z$", sv="Lönedag"), venue=LocalText(fi="Sali 2", sv="Sal 2"))
    one = place(event, "member", state=SignupState.ATTENDED)
    answer = fetch(browser("member"), f"/events/{event}/certificate")
    assert answer.status_code == 200 and answer.mimetype == "application/pdf"
    text = words_of(answer.data)
    for part in ("Osallistumistodistus", "Palkkapäivä #1 [x] *y* $z$", "3 t", "Sali 2"):
        assert part in text, text
    checked = browser("visitor").get(ticket(one, CERTIFICATE))
    assert "aito" in checked.text("main") and "Palkkapäivä" in checked.text("main")
    assert fetch(browser("moderator"), f"/events/{event}/attendance/{one}/certificate").data[:5] == b"%PDF-"


@pytest.mark.parametrize(
    ("language", "title", "code"), [("fi", "Osallistumistodistus", b"fi"), ("sv", "Intyg över deltagande", b"sv"), ("en", "Certificate of attendance", b"en")]
)  # fmt: skip
def test_it_is_tagged_and_says_its_title_and_language(browser, over, place, language, title, code):
    """PDF/UA-1: screen readers read it in its language, and the picture of the code has words."""
    event = over()
    place(event, "member", state=SignupState.ATTENDED)
    content = fetch(browser("member"), f"/events/{event}/certificate", language).data
    document = pypdfium2.PdfDocument(io.BytesIO(content))
    assert title in words_of(content) and document.get_metadata_dict()["Title"] == title
    assert pypdfium2.raw.FPDFCatalog_IsTagged(document.raw)
    assert b"pdfuaid:part" in content and b"/Lang(" + code in content
    assert len(document) == 1


def test_letters_that_no_font_has_stand_in_nobodys_way(browser, over, place):
    event = over(title=LocalText(fi="Kevätpäivä \U0001f331"), venue=LocalText(fi="Sali \u738b\u5c0f\u660e"))
    place(event, "member", state=SignupState.ATTENDED)
    text = words_of(fetch(browser("member"), f"/events/{event}/certificate").data)
    assert "Kevätpäivä" in text and "Sali ???" in text


@pytest.mark.parametrize("state", [SignupState.CONFIRMED, SignupState.NO_SHOW])
def test_nobody_else_gets_one(browser, over, place, ticket, state):
    event = over()
    one = place(event, "member", state=state)
    refused = browser("member").get(f"/events/{event}/certificate")
    assert refused.status == 422 and "Todistusta ei ole vielä" in refused.text("main")
    assert "ei ole voimassa" in browser("visitor").get(ticket(one, CERTIFICATE)).text("main")
    assert browser("medlem").get(f"/events/{event}/certificate").status == 404
    assert browser("medlem").get(f"{ticket(one)}/certificate").status == 404


def test_a_guest_fetches_it_by_the_ticket(browser, over, place, ticket):
    one = place(over(), "vera.vieras@vieras.example", state=SignupState.ATTENDED)
    page = browser("visitor").get(ticket(one))
    assert f"{ticket(one)}/certificate" in page.links()
    assert "Vera Vieras" in words_of(fetch(browser("visitor"), f"{ticket(one)}/certificate").data)


def test_a_guest_whose_name_was_wiped_has_none(browser, over, place, ticket):
    one = place(over(), "vera.vieras@vieras.example", state=SignupState.ATTENDED)
    with browser("visitor").app.app_context():
        db.session.execute(update(Signup).where(Signup.id == one).values(guest_name=NAMELESS, guest_email=NAMELESS))
        db.session.commit()
    assert browser("visitor").get(f"{ticket(one)}/certificate").status == 422
    assert "ei ole voimassa" in browser("visitor").get(ticket(one, CERTIFICATE)).text("main")


def test_the_codes_of_tickets_and_certificates_differ(browser, over, place, ticket):
    """A ticket shown at the door proves nothing afterwards, nor the other way."""
    one = place(over(), "vera.vieras@vieras.example", state=SignupState.ATTENDED)
    swapped = ticket(one).replace("/tickets/", "/certificates/")
    assert browser("visitor").get(swapped).status == 404
    assert browser("visitor").get(ticket(one, CERTIFICATE).replace("/certificates/", "/tickets/")).status == 404


def test_a_list_that_is_opened_again_takes_it_back(browser, over, place, close, ticket):
    event = over()
    one = place(event, "member")
    browser("moderator").post(f"/events/{event}/attendance/mark", present=one)
    close(event)
    assert "aito" in browser("visitor").get(ticket(one, CERTIFICATE)).text("main")
    browser("moderator").post(f"/events/{event}/attendance/reopen")
    assert "ei ole voimassa" in browser("visitor").get(ticket(one, CERTIFICATE)).text("main")

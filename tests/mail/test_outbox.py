"""A letter is a row first, in the reader's language, and goes once."""

from email.parser import BytesParser
from email.policy import SMTP

import pytest

from extranet.core.db import db
from extranet.mail.message import Attachment, BadLetter, compose
from extranet.mail.models import Letter
from extranet.mail.outbox import put_letter
from tests.jobs.work import work_off


def test_a_letter_is_part_of_the_transaction(app, rows, put):
    with app.app_context():
        put_letter(to="a@koski.example", language="fi", template="notifications/mail/notice", words=lambda: "Hei", path="/x")
        db.session.rollback()
    assert rows(Letter) == []
    put()
    assert len(rows(Letter)) == 1


def test_a_letter_speaks_its_readers_language_in_both_parts(put, rows):
    put(language="fi")
    put(language="sv")
    fi, sv = rows(Letter)
    assert "Lue lisää: http://localhost/x" in fi.text and 'lang="fi"' in fi.html and "Verkostoportaali" in fi.html
    assert "Läs mer: http://localhost/x" in sv.text and 'lang="sv"' in sv.html and "Nätverksportalen" in sv.html


def test_a_key_makes_one_letter_of_two(put, rows):
    put(key="seat:5")
    put(key="seat:5", words="Toinen")
    put(key="seat:6")
    assert [(letter.key, letter.subject) for letter in rows(Letter)] == [("seat:5", "Hei"), ("seat:6", "Hei")]
    assert len({letter.message_id for letter in rows(Letter)}) == 2


def test_markup_in_a_name_stays_text(put, rows):
    put(words="<b>Milla</b> & co")
    (letter,) = rows(Letter)
    assert "&lt;b&gt;Milla&lt;/b&gt; &amp; co" in letter.html
    assert "<b>Milla</b> & co" in letter.text


def test_a_line_break_in_a_name_makes_no_header(put, rows, send_by, tmp_path, app):
    send_by(f"file://{tmp_path}")
    put(words="Milla\r\nBcc: everybody@koski.example\r\n\r\nHello")
    work_off(app)
    (file,) = tmp_path.glob("*.eml")
    head = file.read_bytes().partition(b"\r\n\r\n")[0]
    assert b"Bcc" not in head
    assert rows(Letter)[0].subject == "Milla"


@pytest.mark.parametrize("field", ["to", "subject", "sender_name", "message_id"])
def test_no_header_takes_a_line_break(field, parcel):
    with pytest.raises(BadLetter):
        compose(parcel(**{field: "x@koski.example\nBcc: y@koski.example"}))


@pytest.mark.parametrize("to", ["", "no address", "a@b@c", "ä@koski.example"])
def test_an_impossible_address_is_a_bad_letter(to, parcel):
    with pytest.raises(BadLetter):
        compose(parcel(to=to))


def test_a_letter_has_all_that_it_needs(parcel):
    message = compose(parcel(text="Hyvää päivää\n", sender_name="Verkostoportaali, KT"))
    assert message["From"] == '"Verkostoportaali, KT" <extranet@extranet.example>'
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"] == "<5@extranet.example>"
    assert message["Content-Language"] == "fi"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert message.get_body(("plain",)).get_content() == "Hyvää päivää\n"


def test_a_parcel_never_shows_its_words_by_accident(parcel):
    assert "secret words" not in repr(parcel(text="secret words", html="secret words"))


def test_every_letter_of_the_product_has_both_parts(app):
    names = app.jinja_env.list_templates(filter_func=lambda name: "/mail/" in name and not name.rpartition("/")[2].startswith("_"))
    texts = {name.removesuffix(".txt") for name in names if name.endswith(".txt")}
    pages = {name.removesuffix(".html") for name in names if name.endswith(".html")}
    assert texts == pages


def test_a_file_goes_with_the_letter(rows, put, send_by, tmp_path, app):
    send_by(f"file://{tmp_path}")
    put(attachments=[Attachment("event.ics", "text/calendar", "BEGIN:VCALENDAR\r\nä".encode(), {"method": "REQUEST", "charset": "utf-8"})])
    work_off(app)
    (file,) = tmp_path.glob("*.eml")
    message = BytesParser(policy=SMTP).parsebytes(file.read_bytes())
    (part,) = message.iter_attachments()

    assert [message.get_body(("html",)).get_content_type(), part.get_content_type()] == ["text/html", "text/calendar"]
    assert part.get_filename() == "event.ics" and part["Content-Type"].params["method"] == "REQUEST"
    assert part.get_payload(decode=True) == "BEGIN:VCALENDAR\r\nä".encode()
    assert message.get_body(("plain",)).get_content().startswith("Hei")

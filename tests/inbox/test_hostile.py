"""Letters that are made to keep the machine busy, or that tell what should not be told. Anybody can send one."""

from contextlib import suppress

import pytest

from extranet.accounts.models import User
from extranet.core.db import db
from extranet.discussions.models import Post
from extranet.inbox.message import MOST_BYTES, Unreadable, read
from extranet.inbox.quoting import own_words
from extranet.mail.models import Letter

HEAD = b"From: a@b.example\r\nTo: reply@extranet.example\r\nMessage-ID: <1@b.example>\r\n"
MIXED = HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
TOO_MUCH = {
    "parts": MIXED + b"--b\r\n\r\n" * 5_000,
    "parts between bare returns": MIXED + b"--b\r\r" * 5_000,
    "headers": HEAD + b"a:\r\n" * (MOST_BYTES // 20) + b"\r\nHei",
}


@pytest.mark.parametrize("name", TOO_MUCH)
def test_a_letter_of_too_many_parts_is_not_taken_apart(take, became, name):
    take(TOO_MUCH[name])
    assert became() == [("silent", "unreadable")]


def test_endless_headers_are_read_as_far_as_a_persons_go():
    """Reading a header takes the square of its length: this took a minute, and gigabytes."""
    letter = HEAD + b"Cc: " + b"a@b.example, " * 30_000 + b"\r\nSubject: " + b"=?utf-8?q?a?= " * 20_000 + b"\r\n"
    letter += b"Content-Type: text/plain; " + b"a=b; " * 20_000 + b"\r\n\r\nHei"
    assert len(read(letter).recipients) < 1_000
    assert len(read(HEAD + b"To: a@b.example\r\n" * 1_000 + b"\r\nHei").recipients) < 100


def test_a_charset_for_names_of_hosts_is_no_charset_of_a_text():
    assert read(HEAD + b"Content-Type: text/plain; charset=punycode\r\n\r\n" + b"a" * 800_000).text == "a" * 200_000


def test_many_long_parts_are_read_as_far_as_there_is_room():
    part = b"--b\r\nContent-Type: text/plain\r\n\r\n" + b"Hei. " * 20_000 + b"\r\n"
    assert len(read(MIXED + part * 40).text) == 200_000


def test_a_line_without_end_is_looked_through_in_no_time(app):
    with app.app_context():
        assert own_words("Den 1 skrev " * 16_000).startswith("Den 1 skrev")


@pytest.mark.parametrize("junk", [b"", b"\0" * 100, b"From: " + b"(" * 5_000 + b"\r\n\r\n", HEAD + b"Content-Type: \xff\xfe\r\n\r\n\xff"])
def test_junk_is_unreadable_or_nobodys(junk):
    with suppress(Unreadable):
        assert read(junk).recipients in ((), ("reply@extranet.example",))


@pytest.fixture
def unnamed(app, cast):
    """The member asked without her name in the thread of the letter."""
    with app.app_context():
        db.session.get(Post, cast["hr_post"]).is_unnamed = True
        db.session.commit()


@pytest.mark.parametrize("signature", ["Käytännössä näin.\n\n{last}, {first}\nhenkilöstöpäällikkö", "Kirjoita osoitteeseen {email}."])
def test_a_signature_does_not_tell_who_asked_without_a_name(answer, take, became, rows, cast, unnamed, signature):
    [writer] = rows(User, User.id == cast["member"])
    before = len(rows(Post))
    take(answer(signature.format(first=writer.first_name, last=writer.last_name, email=writer.email)))
    assert became() == [("answered", "refused")] and len(rows(Post)) == before
    told = rows(Letter)[-1]
    assert told.user_id == cast["member"] and "nimesi" in told.text and "Näin kirjoitit" in told.text


def test_nor_does_the_name_of_a_file(answer, take, became, rows, cast, unnamed):
    [writer] = rows(User, User.id == cast["member"])
    take(answer("Tässä.", files=[(f"liite_{writer.last_name}.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf")]))
    assert became()[0][0] == "answered"


@pytest.mark.parametrize(("charset", "text"), [("utf-7", b"Hei +2AA- hei"), ("unicode_escape", b"Hei \\ud800 hei")])
def test_half_a_character_is_no_reason_to_bring_a_letter_again(answer, take, became, rows, charset, text):
    letter = answer("X").as_bytes().replace(b'charset="utf-8"', f'charset="{charset}"'.encode()).replace(b"\nX\n", b"\n" + text + b"\n")
    take(letter)
    assert became() == [("posted", "taken")]
    assert rows(Post)[-1].body.startswith("Hei ")

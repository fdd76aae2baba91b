"""T55: a reply by e-mail becomes one post of its writer; whatever is not that is answered politely or left alone."""

import re
from io import BytesIO

import pytest
from PIL import Image

from extranet.core.db import db
from extranet.discussions.attachment_models import Attachment
from extranet.discussions.models import Post, Thread
from extranet.mail.models import Letter
from extranet.networks.models import Membership, MembershipState
from tests.jobs.work import work_off


def last_post(rows):
    return rows(Post)[-1]


def test_a_reply_becomes_a_post_and_is_told_like_any_other(app, answer, take, became, rows, cast, browser):
    take(answer("Kiitos, **hyvä**!\n\nTerveisin\nMaija\n"))
    post = last_post(rows)
    assert (post.thread_id, post.author_id, post.body) == (cast["hr_thread"], cast["member"], "Kiitos, **hyvä**!")
    assert became() == [("posted", "taken")]
    work_off(app)
    assert any(letter.user_id == cast["medlem"] and "Kiitos, **hyvä**!" in letter.text for letter in rows(Letter))
    assert "hyvä" in browser("medlem").get(f"/discussions/{cast['hr_thread']}/").text("#replies")


def test_the_same_letter_twice_is_one_post(answer, take, became, rows):
    count = len(rows(Post))
    assert take(answer()) is not None and take(answer()) is None
    assert len(rows(Post)) == count + 1 and became() == [("posted", "taken")]


def test_the_same_words_in_another_letter_are_not_said_twice(answer, take, became, rows):
    take(answer())
    take(answer(Message_ID="<2@town.example>"))
    assert became() == [("posted", "taken"), ("silent", "repeated")]


AUTOMATIC = [
    {"Subject": "Automaattinen vastaus: Re: Hur gör ni"},
    {"Subject": "Poissa: Re: Hur gör ni"},
    {"Subject": "Poissaoloviesti"},
    {"Subject": "Automatiskt svar: Re: Hur gör ni"},
    {"Subject": "Frånvaro: Re: Hur"},
    {"Subject": "Out of Office: Re: Hur"},
    {"Subject": "Undeliverable: Re: Hur"},
    {"Subject": "Luettu: Re: Hur"},
    {"Auto_Submitted": "auto-replied"},
    {"Precedence": "bulk"},
    {"X_Autoreply": "yes"},
    {"Return_Path": "<>"},
    {"List_Id": "<a.town.example>"},
    {"From": "MAILER-DAEMON@town.example"},
]


@pytest.mark.parametrize("headers", AUTOMATIC, ids=lambda h: next(iter(h.values()))[:20])
def test_what_machines_write_is_left_alone(answer, take, became, rows, headers):
    posts, letters = len(rows(Post)), len(rows(Letter))
    take(answer("Olen poissa 5.12. asti.", **headers))
    assert became() == [("silent", "automatic")]
    assert (len(rows(Post)), len(rows(Letter))) == (posts, letters)


def test_who_is_not_the_person_of_the_letter_is_left_alone(answer, take, became, rows, our_letter, cast):
    posts, letters = len(rows(Post)), len(rows(Letter))
    token = re.search(r"\+(.+)@", our_letter.reply_to)[1]
    wrong = token[:-1] + ("0" if token[-1] != "0" else "1")
    for n, headers in enumerate(
        [
            {"From": "Vieras <vieras@elsewhere.example>"},
            {"From": f"{our_letter.to}, vieras@elsewhere.example"},
            {"From": "Nimi"},
            {"Authentication_Results": "mx.example; dmarc=fail header.from=town.example"},
            {"To": "reply@extranet.example"},
            {"To": f"reply+{wrong}@extranet.example"},
            {"To": f"other+{token}@extranet.example"},
            {"To": "reply+1-1-ä@extranet.example"},
            {"To": None},
        ]
    ):
        take(answer(Message_ID=f"<{n}@x.example>", **headers))
    assert became() == [("silent", "forged")] * 4 + [("silent", "no_token")] * 5
    assert (len(rows(Post)), len(rows(Letter))) == (posts, letters)


def test_mail_servers_may_fold_the_address(answer, take, became, our_letter):
    take(answer(To=our_letter.reply_to.upper(), From=our_letter.to.upper()))
    assert became() == [("posted", "taken")]


def test_another_persons_token_does_not_speak_for_her(app, browser, answer, take, became, rows, cast):
    other = next(letter for letter in rows(Letter) if letter.user_id == cast["medlem"])
    take(answer(To=other.reply_to))
    assert became() == [("silent", "forged")]


def test_a_closed_discussion_answers_politely_with_the_text(app, answer, take, became, rows, cast):
    with app.app_context():
        thread = db.session.get_one(Thread, cast["hr_thread"])
        thread.closed_at = thread.created_at
        db.session.commit()
    before = len(rows(Letter))
    take(answer("Pitkä vastaukseni."))
    (letter,) = rows(Letter)[before:]
    assert became() == [("answered", "refused")]
    assert letter.user_id == cast["member"] and letter.reply_to == ""
    assert "Keskustelu on lukittu" in letter.text and "Pitkä vastaukseni." in letter.text


def test_who_has_left_is_told_without_a_word_of_the_discussion(app, answer, take, became, rows, cast):
    reply = answer("Vielä yksi")
    with app.app_context():
        mine = db.update(Membership).where(Membership.user_id == cast["member"], Membership.network_id == cast["network:hr"])
        db.session.execute(mine.values(state=MembershipState.LEFT))
        db.session.commit()
    before, posts = len(rows(Letter)), len(rows(Post))
    take(reply)
    (letter,) = rows(Letter)[before:]
    assert became() == [("answered", "refused")] and len(rows(Post)) == posts
    assert "Keskustelu ei ole enää avoinna sinulle." in letter.text and "arbetsintyg" not in letter.text + letter.html + letter.subject


def test_an_empty_and_a_too_long_one_are_explained(answer, take, became, rows):
    before = len(rows(Letter))
    take(answer("\n\n"))
    take(answer("a" * 20_001, Message_ID="<2@x.example>"))
    empty, long = rows(Letter)[before:]
    assert became() == [("answered", "empty"), ("answered", "refused")]
    assert "ei löytynyt omaa tekstiäsi" in empty.text and "20 000 merkkiin" in long.text


def test_a_storm_ends(answer, take, became, rows):
    """Something that answers each of our letters in new words, and says of itself that it is a person."""
    posts, letters = len(rows(Post)), len(rows(Letter))
    for n in range(16):
        take(answer(f"Olen lomalla, viesti {n}", Message_ID=f"<{n}@x.example>"))
    assert len(rows(Post)) == posts + 10 and len(rows(Letter)) == letters + 3
    assert became()[10:] == [("answered", "too_many")] * 3 + [("silent", "too_many")] * 3


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\xff" * 1000,
        b"Content-Type: multipart/mixed; boundary=x\n\n" + b"--x\n" * 5000,
        b"From: =?utf-9?q?x?= <a@b\nContent-Type: text/plain; charset=nonsense\n\n\xe4",
        b"Subject: " + b"=?utf-8?b?" * 3000 + b"\n\nx",
        b"To: " + b"<" * 20000 + b"\n\nx",
        b"Content-Type: message/rfc822\n\n" * 400,
        b"Content-Type: text/html\n\n" + b"<div>" * 100_000,
    ],
    ids=["empty", "noise", "parts", "charset", "words", "brackets", "nested", "deep"],
)
def test_whatever_comes_is_met_with_silence(our_letter, take, became, raw):
    take(raw)
    ((outcome, _why),) = became()
    assert outcome == "silent"


def test_files_are_kept_with_the_post_and_bad_ones_are_named(answer, take, became, rows, browser):
    picture = BytesIO()
    Image.new("RGB", (400, 300), "teal").save(picture, "PNG")
    files = [
        ("kaavio.png", picture.getvalue(), "image/png"),
        ("ohje.txt", "Ohje: näin se käy.\n".encode(), "text/plain"),
        ("paha.exe", b"MZ" + bytes(200), "application/octet-stream"),
    ]
    before = len(rows(Letter))
    take(answer("Tässä kaavio.", files=files))
    post = last_post(rows)
    assert became() == [("posted", "taken")] and post.body == "Tässä kaavio." and post.has_files
    assert [(a.post_id, a.name, a.alt) for a in rows(Attachment)] == [(post.id, "kaavio.png", "kaavio.png"), (post.id, "ohje.txt", "")]
    assert "kaavio.png" in browser("medlem").get(f"/discussions/posts/{post.id}", follow=True).html
    (letter,) = rows(Letter)[before:]
    assert "- paha.exe" in letter.text and "kaavio.png" not in letter.text


def test_a_file_alone_and_a_logo(answer, take, rows):
    letter = answer("\n", files=[("ohje.txt", "Ohje: näin se käy.\n".encode(), "text/plain")])
    letter.add_attachment(bytes(500), maintype="image", subtype="png", filename="logo.png", cid="<logo>", disposition="inline")
    take(letter)
    assert last_post(rows).body == "Katso liite." and [a.name for a in rows(Attachment)] == ["ohje.txt"]


def test_a_reply_to_a_merged_discussion_goes_where_its_posts_went(app, answer, take, rows, cast):
    reply = answer("Minne tämä menee?")
    with app.app_context():
        db.session.get_one(Thread, cast["hr_thread"]).merged_into_id = cast["closed_thread"]
        db.session.get_one(Thread, cast["closed_thread"]).closed_at = None
        db.session.commit()
    take(reply)
    assert last_post(rows).thread_id == cast["closed_thread"]

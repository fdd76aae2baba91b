"""What programs and people make of letters: charsets, broken lines, pictures in the text, signatures of machines, weight (T55)."""

from io import BytesIO

import pytest
from PIL import Image

from extranet.discussions.attachment_models import Attachment
from extranet.discussions.mention_models import Mention
from extranet.discussions.models import Post
from extranet.inbox.message import read
from extranet.mail.models import Letter
from tests.previews.files import vast_png

WORDS = "Työnäyte på svenska – 5 €: ”hyvä”"


def raw(charset, content, kind="text/plain", more=""):
    return f"From: a@b.example\nContent-Type: {kind}{f'; charset={charset}' if charset else ''}{more}\n\n".encode() + content


@pytest.mark.parametrize(
    ("says", "is_really"),
    [
        ("utf-8", "utf-8"), ("UTF8", "utf-8"), ("windows-1252", "cp1252"), ("cp1252", "cp1252"), ("utf-16", "utf-16"),
        ("", "utf-8"), ("", "cp1252"), ("us-ascii", "utf-8"), ("us-ascii", "cp1252"), ("utf-8", "cp1252"), ("nonsense", "utf-8"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["text/plain", "text/html"])
def test_letters_are_read_whatever_they_say_they_are(says, is_really, kind):
    assert read(raw(says, WORDS.encode(is_really), kind)).text == WORDS


def test_lines_that_a_program_has_broken_are_one_again():
    text = "Tämä rivi on \nyksi.\nUusi rivi.\n> Lainattu \n> rivi.\n>> Syvempi\n-- \nMaija"
    assert read(raw("utf-8", text.encode(), more="; format=flowed")).text == (
        "Tämä rivi on yksi.\nUusi rivi.\n> Lainattu rivi.\n>> Syvempi\n-- \nMaija"
    )
    assert read(raw("utf-8", b"Yhdys \nsana", more="; format=flowed; delsp=yes")).text == "Yhdyssana"
    assert read(raw("utf-8", b"Rivi \nrivi")).text == "Rivi \nrivi"


def picture(size):
    out = BytesIO()
    Image.effect_noise((size, size), 90).convert("RGB").save(out, "PNG")
    return out.getvalue()


def test_pictures_in_the_text_are_kept_and_signatures_of_machines_are_not(answer, take, rows):
    letter = answer("Kuva alla.", html='<p>Kuva alla.</p><img src="cid:kuva"><img src="cid:logo">')
    letter.make_mixed()
    letter.add_attachment(picture(200), maintype="image", subtype="png", filename="image001.png", cid="<kuva>", disposition="inline")
    letter.add_attachment(picture(120), maintype="image", subtype="png", cid="<nimetön>", disposition="inline")
    letter.add_attachment(picture(8), maintype="image", subtype="png", filename="logo.png", cid="<logo>", disposition="inline")
    letter.add_attachment(b"x" * 900, maintype="application", subtype="pkcs7-signature", filename="smime.p7s")
    before = len(rows(Letter))
    take(letter)
    assert rows(Post)[-1].body == "Kuva alla."
    assert [(a.name, a.mime) for a in rows(Attachment)] == [("image001.png", "image/png"), ("liite-2.png", "image/png")]
    assert len(rows(Letter)) == before


def test_a_winmail_and_a_bomb(answer, take, became, rows):
    """What Outlook packs for itself cannot be opened here: its writer is told. A vast picture is a file and no more."""
    files = [("winmail.dat", b"\x78\x9f\x3e\x22" * 99, "application/ms-tnef"), ("iso.png", vast_png(), "image/png")]
    before = len(rows(Letter))
    take(answer("Liitteet ohessa.", files=files))
    assert became() == [("posted", "taken")] and [a.name for a in rows(Attachment)] == ["iso.png"]
    (letter,) = rows(Letter)[before:]
    assert "- winmail.dat" in letter.text


@pytest.mark.slow
def test_a_letter_of_25_megabytes_is_taken(answer, take, became, rows):
    content = ("Rivi %s\n" % ("tekstiä " * 8)).encode() * 270_000
    letter = answer("Aineisto liitteenä.", files=[("aineisto.txt", content, "text/plain")])
    assert len(letter.as_bytes()) > 25_000_000
    take(letter)
    assert became() == [("posted", "taken")] and [a.size for a in rows(Attachment)] == [len(content)]


def test_hostile_words_and_ten_thousand_names(answer, take, became, rows, browser, cast):
    take(answer("<script>alert(1)</script> [a](javascript:alert(1)) <img src=x onerror=alert(1)>"))
    page = browser("medlem").get(f"/discussions/{cast['hr_thread']}/")
    post = page.soup.select(".post__body")[-1]
    assert "<script>" in post.get_text() and not post.select("script, img, a")
    before = len(rows(Letter))
    take(answer(" ".join(f"@Ab C{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}" for n in range(2_000)), Message_ID="<2@x.example>"))
    assert became()[1:] == [("answered", "refused")] and rows(Mention) == []
    assert "20" in rows(Letter)[before:][0].text


def test_a_digest_is_left_alone(answer, take, became):
    take(b"From: a@b.example\nContent-Type: multipart/digest; boundary=x\n\n--x\n\nSubject: yksi\n\nteksti\n--x--\n")
    assert became() == [("silent", "automatic")]

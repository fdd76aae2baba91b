"""Captions for recordings: brought as they are saved, kept in one form, shown in the player and as text."""

import io
import signal

import pytest

from extranet.audit.models import AuditEvent
from extranet.demo.files.mp3 import make_mp3
from extranet.jobs.queue import load_tasks
from extranet.materials.caption_models import Caption
from extranet.storage import store
from extranet.storage.sweep import keepers
from tests.materials.recordings import SAID, add_captions, add_recording

SRT = "\ufeff1\r\n00:00:00,500 --> 00:00:02,000\r\n<i>Hei</i> &amp; terve <b>kaikki</b>\r\ntoinen rivi\r\n\r\n2\r\n00:00:09,000 --> 00:00:11,500\r\nTauon jälkeen\r\n3\r\n00:00:12,000 --> 00:00:13,000\r\n<script>x()</script>\r\n"


@pytest.fixture
def recording(browser):
    return add_recording(browser("moderator"))


def test_an_editor_brings_them_and_readers_get_them(browser, recording, rows, app):
    assert add_captions(browser("moderator"), recording).location == f"/materials/{recording}/captions"
    (caption,) = rows(Caption)
    assert (caption.language, caption.version, caption.text) == ("fi", 1, " ".join(SAID))
    (event,) = rows(AuditEvent, AuditEvent.name == "materials.caption")
    assert (event.thing_id, event.detail) == (str(recording), {"language": "fi"})
    reader = browser("member")
    page = reader.get(f"/materials/{recording}/")
    track = page.soup.select_one("audio track[kind=captions]")
    assert (track["srclang"], track["label"]) == ("fi", "Suomi")
    got = reader.get(track["src"])
    assert got.headers["Content-Type"].startswith("text/vtt") and got.response.data.startswith(b"WEBVTT\n")
    text = reader.get(page.soup.select_one("#preview a[href*=transcript]")["href"])
    assert text.soup.select_one("article")["lang"] == "fi" and SAID[1] in text.text("article")
    load_tasks()
    with app.app_context():
        assert any(caption.sha256 in keeper.which([caption.sha256]) for keeper in keepers())


def test_subrip_becomes_webvtt_with_nothing_else_in_it(browser, recording, rows, app):
    add_captions(browser("moderator"), recording, "sv", SRT.encode(), "Textning.SRT")
    (caption,) = rows(Caption)
    with app.app_context():
        kept = b"".join(store.open_range(caption.sha256)).decode()
    assert kept == (
        "WEBVTT\n\n00:00:00.500 --> 00:00:02.000\nHei &amp; terve kaikki\ntoinen rivi\n\n"
        "00:00:09.000 --> 00:00:11.500\nTauon jälkeen\n\n00:00:12.000 --> 00:00:13.000\nx()\n"
    )
    assert caption.text == "Hei & terve kaikki toinen rivi\n\nTauon jälkeen x()"


def test_voices_name_who_speaks(browser, recording, rows):
    content = b"WEBVTT\n\nNOTE x --> y\n\n00:01.000 --> 00:02.000\n<v Maija>Hei\n\n00:02.000 --> 00:03.000\n<v Pekka Peloton>Terve"
    add_captions(browser("moderator"), recording, content=content)
    assert rows(Caption)[0].text == "Maija: Hei\n\nPekka Peloton: Terve"


def test_tags_that_never_end_keep_nobody_waiting(browser, recording, rows):
    """A file made for it would keep an unbounded pattern busy for an hour; the alarm ends that as a failure."""
    content = b"WEBVTT\n\n00:01.000 --> 00:02.000\nHei " + b"<v." * 150_000 + b"\n"
    before = signal.signal(signal.SIGALRM, _give_up)
    signal.alarm(60)
    try:
        add_captions(browser("moderator"), recording, content=content)
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
    assert rows(Caption)[0].text.startswith("Hei <v.")


def _give_up(*_: object) -> None:
    raise TimeoutError


def test_again_in_the_same_language_replaces_them(browser, recording, rows):
    for word in (b"vanha", b"uusi"):
        add_captions(browser("moderator"), recording, content=b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + word)
    assert [caption.text for caption in rows(Caption)] == ["uusi"]
    page = browser("moderator").get(f"/materials/{recording}/captions")
    page = browser("moderator").submit(page, "form[action$=remove]")
    assert rows(Caption) == [] and "poistettiin" in page.text("#flash")
    assert not browser("member").get(f"/materials/{recording}/").has("track")
    assert browser("moderator").post(f"/materials/{recording}/captions/fi/remove").status == 404


BAD = {
    "no captions": ("tyhja.vtt", b"WEBVTT\n\nmoi", "tekstityksi"),
    "times": ("x.srt", b"1\n00:00:xx --> 00:00:02\nhei", "Rivi 2"),
    "backwards": ("x.vtt", b"WEBVTT\n\n00:05.000 --> 00:02.000\nhei", "Rivi 3"),
    "other file": ("x.docx", b"PK\x03\x04", ".vtt- tai .srt"),
    "binary": ("x.vtt", bytes(range(256)) * 3, "tekst"),
    "large": ("x.vtt", b"WEBVTT\n" + b"\n" * 2000, "suurempi"),
    "none": None,
}


@pytest.mark.parametrize("case", BAD)
def test_what_is_wrong_is_said_at_the_field(browser, recording, rows, monkeypatch, case):
    monkeypatch.setattr("extranet.materials.caption_files.MAX_BYTES", 1000)
    found = BAD[case]
    data = {"file": (io.BytesIO(found[1]), found[0])} if found else {}
    page = browser("moderator").post(f"/materials/{recording}/captions", language="sv", **data)
    assert page.status == 422
    assert (found[2] if found else "Valitse tiedosto") in page.text("#file-error")
    assert page.has("[name=language][value=sv][checked]")
    assert rows(Caption) == []


def test_the_language_is_asked_for_and_the_file_again(browser, recording):
    page = add_captions(browser("moderator"), recording, language="")
    assert page.status == 422 and page.has("#language-error") and "uudelleen" in page.text("#file-error")


def test_the_owner_may_although_she_may_not_edit(browser, rows):
    """She is reminded of captions, so she can bring them."""
    material_id = add_recording(browser("member"))
    assert browser("moderator").post(f"/materials/{material_id}/publish").status == 303
    assert add_captions(browser("member"), material_id).status == 303
    assert add_captions(browser("contact"), material_id).status == 403
    assert len(rows(Caption)) == 1


def test_only_recordings_have_captions(browser, cast):
    assert browser("moderator").get(f"/materials/{cast['hr_material']}/captions").status == 404
    assert add_captions(browser("moderator"), cast["hr_material"]).status == 404


def test_captions_of_an_earlier_version_are_marked(browser, recording):
    add_captions(browser("moderator"), recording)
    file = (io.BytesIO(make_mp3("Uusi", 3)), "uusi.mp3")
    assert browser("moderator").post(f"/materials/{recording}/replace", note="Leikattu", seen="1", file=file).status == 303
    assert "versio 2" in browser("moderator").get(f"/materials/{recording}/captions").text()

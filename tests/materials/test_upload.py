"""Bringing a file: editors publish, members and contact persons suggest; what is wrong with it is said at the field."""

import io
import sqlite3
import unicodedata

import pytest
from werkzeug.test import EnvironBuilder

from extranet.audit.models import AuditEvent
from extranet.core.db import db
from extranet.demo.files import make_pdf
from extranet.jobs.models import Job
from extranet.materials.models import Material, MaterialState, MaterialVersion, Sharing
from extranet.networks.topics import Topic
from extranet.notifications.models import Notification
from extranet.storage import store
from extranet.storage.models import Upload

NEW = "/networks/hr/materials/new"
DESCRIBED = {"title_fi": "Lähtöhaastattelun runko", "kind": "form", "language": "fi", "audience": "hr", "sharing": "may_forward"}


def pdf(name="Lähtöhaastattelu.pdf", content=None):
    return (io.BytesIO(content if content is not None else make_pdf("Lähtöhaastattelu", ["Kysymykset"])), name)


def latest(rows):
    return rows(Material)[-1]


def test_an_editor_sees_who_will_read_it_and_publishes(browser, rows, cast, app):
    """D10: one file is never published unseen, whatever the form says."""
    moderator = browser("moderator")
    page = moderator.post(NEW, follow=True, **DESCRIBED, file=pdf(), publish="y", topics=[str(rows(Topic)[0].id)], title_sv="Mall")
    address = f"/materials/{latest(rows).id}/"
    assert (page.response.request.path, latest(rows).state) == (f"{address}publish", MaterialState.DRAFT)
    assert "luonnoksena" in page.text("#flash") and page.has("#who") and address in page.links()
    page = moderator.submit(page, f"form[action='{address}publish']")
    assert "Lähtöhaastattelun runko" in page.text("h1")
    material = latest(rows)
    assert (material.state, material.sharing, material.owner_id) == (MaterialState.PUBLISHED, Sharing.MAY_FORWARD, cast["moderator"])
    version = rows(MaterialVersion, MaterialVersion.material_id == material.id)[0]
    assert (version.number, version.file_name, version.mime) == (1, "Lähtöhaastattelu.pdf", "application/pdf")
    with app.app_context():
        assert store.exists(version.sha256)
    assert [e.name for e in rows(AuditEvent, AuditEvent.name.startswith("materials."))] == ["materials.upload", "materials.publish"]
    assert rows(Job, Job.name == "materials.tell_members")


@pytest.mark.parametrize("name", ["member", "contact"])
def test_others_suggest_and_the_editors_hear_of_it(browser, rows, cast, name):
    page = browser(name).post(NEW, follow=True, **DESCRIBED, file=pdf(), publish="y")
    assert page.status == 200
    material = latest(rows)
    assert (material.state, material.published_at) == (MaterialState.DRAFT, None)
    assert [n.user_id for n in rows(Notification)] == [cast["moderator"]]
    assert rows(Job, Job.name == "materials.tell_members") == []
    assert browser("medlem").get(f"/materials/{material.id}/").status == 404


def test_several_files_may_be_published_at_once_by_editors(browser, rows):
    """Off until it is chosen, and with the words for who will see them; one file has no such box, and members have none."""
    for name, files, is_offered in (("member", 2, False), ("moderator", 1, False), ("moderator", 2, True)):
        page = browser(name).post(NEW, follow=True, file=[pdf(f"{n}.pdf") for n in range(files)])
        assert page.has("[data-several]:not([hidden]) [name=publish]:not([checked])") == is_offered, (name, files)
    assert "kaikille yhteyshenkilöille" in page.text("[data-several]")
    assert "/networks/hr/materials/" in browser("moderator").submit(page, "main form", publish="y").response.request.path
    assert [m.state for m in rows(Material)[-2:]] == [MaterialState.PUBLISHED] * 2


BAD = {
    "empty": (pdf("tyhja.pdf", b""), "tyhjä"),
    "long name": (pdf("x" * 300 + ".pdf"), "304"),
    "path": (pdf("../../salainen.pdf"), "polun"),
    "disguise": (pdf("ohje.pdf", b"Vain teksti\xc3\xa4\n"), "TXT"),
    "program": (pdf("ohje.pdf", b"MZ\x90\x00" + bytes(100)), "PDF, DOCX"),
    "archive": (pdf("paketti.zip", b"PK\x03\x04" + bytes(100)), "rikki"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_gets_a_sentence_and_the_words_stay(browser, rows, case):
    (stream, name), word = BAD[case]
    stream.seek(0)
    before = len(rows(Material))
    page = browser("moderator").post(NEW, **DESCRIBED, file=(io.BytesIO(stream.getvalue()), name))
    assert page.status == 422
    assert word in page.text("#file-error")
    assert page.soup.select_one("[name=f1-title_fi]")["value"] == "Lähtöhaastattelun runko"
    assert page.soup.select_one("[name=f1-kind] [selected]")["value"] == "form"
    assert len(rows(Material)) == before
    page = browser("moderator").submit(page, "main form", file=pdf("kelpo.pdf"))
    assert page.status == 200 and len(rows(Material)) == before + 1


def test_too_large_a_file(browser, monkeypatch):
    monkeypatch.setattr("extranet.storage.checks.most_megabytes", lambda: 0.1)
    page = browser("moderator").post(NEW, **DESCRIBED, file=pdf(content=make_pdf("x", []) + bytes(100_001)))
    assert page.status == 422
    assert "0.1 Mt" in page.text("#file-error")


def test_the_empty_form(browser):
    page = browser("moderator").post(NEW)
    assert page.status == 422
    assert page.text("[data-errors]") and page.has("#file-error")
    page = browser("moderator").post(NEW, **dict.fromkeys(DESCRIBED, ""), file=pdf())
    for field in ("f1-title_fi", "f1-language", "audience", "sharing"):
        assert page.has(f"#{field}-error"), field


def test_a_good_file_is_kept_while_the_words_are_corrected(browser, rows):
    """A browser does not keep a file when a form comes back; we do."""
    moderator = browser("moderator")
    page = moderator.post(NEW, **(DESCRIBED | {"title_fi": ""}), file=pdf())
    assert page.status == 422
    assert not page.has("#file-error")
    assert "Lähtöhaastattelu.pdf" in page.text("[data-entry]")
    page = moderator.submit(page, "main form", **{"f1-title_fi": "Runko"})
    assert latest(rows).title == {"fi": "Runko"}
    assert rows(MaterialVersion)[-1].file_name == "Lähtöhaastattelu.pdf"
    assert rows(Upload) == []


def test_nothing_is_public_in_a_network_that_is_not(browser, rows):
    """T03: the form does not offer it, and refuses it."""
    address = "/networks/work-and-life-core/materials/new"
    assert not browser("expert").get(address).has("[value=public]")
    page = browser("expert").post(address, **(DESCRIBED | {"sharing": "public"}), file=pdf())
    assert page.status == 422
    assert page.has("#sharing-error")


def test_names_in_two_spellings_are_one(browser, rows):
    browser("moderator").post(NEW, **DESCRIBED, file=pdf(unicodedata.normalize("NFD", "Ääkköset å.pdf")))
    assert rows(MaterialVersion)[-1].file_name == "Ääkköset å.pdf"


@pytest.mark.parametrize(
    ("name", "content"),
    [("sivu.html", b"<script>alert(1)</script>"), ("kuva.svg", b"<svg onload='alert(1)'/>"), ("tieto.xml", b"<?xml version='1.0'?><x/>")],
)
def test_markup_is_only_ever_downloaded(browser, rows, name, content):
    """T09."""
    browser("moderator").post(NEW, **DESCRIBED, file=(io.BytesIO(content), name))
    got = browser("moderator").get(f"/materials/{latest(rows).id}/file")
    assert got.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert got.headers["Content-Disposition"].startswith("attachment;")
    assert "sandbox" in got.headers["Content-Security-Policy"]
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert got.response.data == content


def test_nobody_waits_while_a_file_is_received(browser, stage, monkeypatch):
    """SQLite has one writer: another person writes while the body of an upload is parsed, and while it is stored."""
    wrote = []

    def write_at_once(when):
        assert not db.session().in_transaction()
        if stage.database.name == "sqlite":
            connection = sqlite3.connect(stage.database.file, timeout=0)
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO setting (name, value) VALUES (?, '1')", (when,))
            connection.rollback()
            connection.close()
        wrote.append(when)

    put = store.put

    def put_and_look(stream):
        write_at_once("while it is stored")
        return put(stream)

    class Watched(io.BytesIO):
        def readinto(self, buffer):
            if "while it is parsed" not in wrote:
                write_at_once("while it is parsed")
            return super().readinto(buffer)

    monkeypatch.setattr(store, "put", put_and_look)
    moderator = browser("moderator")
    body, content_type = _multipart(DESCRIBED, pdf())
    answer = moderator.client.post(NEW, input_stream=Watched(body), content_length=len(body), content_type=content_type)
    assert answer.status_code == 303
    assert wrote == ["while it is parsed", "while it is stored"]


def _multipart(fields, file):
    builder = EnvironBuilder(method="POST", data=fields | {"file": file})
    environ = builder.get_environ()
    return environ["wsgi.input"].read(), environ["CONTENT_TYPE"]

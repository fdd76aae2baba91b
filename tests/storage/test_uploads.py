"""A file in pieces: taken, continued, cancelled; checked when all of it is here; its uploader's alone (T08)."""

import hashlib
import io
import threading
from datetime import timedelta

import obstore
import pytest
import time_machine

from extranet.audit.models import AuditEvent
from extranet.core import clock
from extranet.core.db import db
from extranet.core.errors import Refused
from extranet.demo.files import make_pdf
from extranet.storage import incoming, receiving, store, uploads
from extranet.storage.actions import MOST_OPEN
from extranet.storage.models import Upload, UploadState
from extranet.storage.tasks import sweep_store
from tests.storage.pieces import Script

PDF = make_pdf("Paloissa", [f"Rivi {number}" for number in range(80)])


@pytest.fixture
def script(browser):
    return lambda name="member": Script(browser(name))


@pytest.fixture
def pieces(app):
    """The pieces that the store holds now."""

    def look():
        with app.app_context():
            return sorted(piece.path for piece in incoming.list_pieces())

    yield look
    with app.app_context():
        for piece in list(incoming.list_pieces()):
            incoming.remove(piece.path)


@pytest.fixture
def take(app):
    """What an action would do with the finished upload."""

    def try_it(user_id, upload_id):
        with app.app_context():
            try:
                return uploads.take(user_id, upload_id)
            finally:
                db.session.commit()

    return try_it


def test_a_file_in_pieces_is_checked_stored_and_taken_once(script, app, rows, cast, pieces, take):
    member = script()
    status, told = member.begin("Lähtö\u202ehaastattelu.pdf", len(PDF))
    assert (status, told["offset"], told["state"], told["chunk"]) == (201, 0, "receiving", receiving.PIECE)
    assert told["name"] == "Lähtö haastattelu.pdf", "what would turn the name around is gone"
    status, told = member.put(told["id"], 0, PDF[:1500])
    assert (status, told["offset"], told["state"]) == (200, 1500, "receiving")
    assert pieces() == [f"incoming/{told['id']}/0"]
    status, told = member.put(told["id"], 1500, PDF[1500:])
    assert (status, told["offset"], told["state"], told["fault"]) == (200, len(PDF), "ready", None)
    assert pieces() == []
    received = take(cast["member"], told["id"])
    assert received == uploads.Received(told["name"], "application/pdf", hashlib.sha256(PDF).hexdigest(), len(PDF))
    with app.app_context():
        assert b"".join(store.open_range(received.sha256)) == PDF
    assert rows(Upload) == []
    with pytest.raises(Refused):
        take(cast["member"], told["id"])
    assert [event.name for event in rows(AuditEvent, AuditEvent.name.startswith("storage."))] == ["storage.begin"]


def test_only_its_uploader_can_see_or_use_it(script, rows, cast, take):
    """T08: for everybody else, an administrator too, it is as if there were none."""
    done, half = script().send("oma.pdf", PDF)["id"], script().begin("puoli.pdf", len(PDF))[1]["id"]
    for name in ("moderator", "admin"):
        other = script(name)
        for upload_id in (done, half):
            for status, told in (other.look(upload_id), other.put(upload_id, 0, b"x"), other.finish(upload_id), other.cancel(upload_id)):
                assert (status, list(told)) == (404, ["fault"])
                assert told == other.look("0" * 32)[1]
        with pytest.raises(Refused):
            take(cast[name], done)
    assert {upload.state for upload in rows(Upload)} == {UploadState.READY, UploadState.RECEIVING}
    assert script().look(half)[1]["offset"] == 0


def test_a_visitor_hears_that_she_was_signed_out(script):
    status, told = script("visitor").begin("x.pdf", 10)
    assert status == 401
    assert "kirja" in told["fault"].lower()


def test_after_a_lost_connection_it_goes_on_from_where_it_was(script):
    member = script()
    upload_id = member.begin("katko.pdf", len(PDF))[1]["id"]
    member.put(upload_id, 0, PDF[:1000])
    # The answer to the second piece was lost: the script asks, or just sends again.
    member.put(upload_id, 1000, PDF[1000:2000])
    assert member.put(upload_id, 1000, PDF[1000:2000])[0] == 409
    assert member.put(upload_id, 2500, PDF[2500:])[0] == 409
    status, told = member.look(upload_id)
    assert (status, told["offset"], told["state"]) == (200, 2000, "receiving")
    assert member.finish(upload_id)[0] == 409, "it is not all here"
    assert member.put(upload_id, 2000, PDF[2000:])[1]["state"] == "ready"
    assert member.put(upload_id, 2000, PDF[2000:])[0] == 409
    assert member.finish(upload_id)[1]["state"] == "ready", "asking again changes nothing"


def test_pieces_that_do_not_fit(script, monkeypatch):
    member = script()
    upload_id = member.begin("paloja.pdf", 100)[1]["id"]
    for wrong in (b"", bytes(101)):
        assert member.put(upload_id, 0, wrong)[0] == 409
    monkeypatch.setattr(receiving, "PIECE", 50)
    assert member.put(upload_id, 0, bytes(51))[0] == 413
    assert member.look(upload_id)[1]["offset"] == 0


BAD = {
    "empty": ("tyhja.pdf", 0, "tyhjä"),
    "nonsense": ("x.pdf", "paljon", "tyhjä"),
    "less than nothing": ("x.pdf", -5, "tyhjä"),
    "too large": ("iso.pdf", 500_000_001, "500"),
    "long name": ("x" * 300 + ".pdf", 10, "304"),
    "path": ("..\\salainen.pdf", 10, "polun"),
    "no name": ("\u202e\x00", 10, "polun"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_name_and_size_tell_is_refused_before_a_byte_has_come(script, rows, case):
    name, size, word = BAD[case]
    status, told = script().begin(name, size)
    assert status == 422
    assert word in told["fault"]
    assert rows(Upload) == []


def test_a_file_that_is_not_what_it_seems(script, rows, pieces, cast, take):
    told = script().send("ohje.pdf", b"MZ\x90\x00" + bytes(3000))
    assert told["state"] == "refused"
    assert "PDF, DOCX" in told["fault"]
    assert pieces() == [], "nothing of it is kept"
    assert "Spara" in script("medlem").send("ohje.pdf", b"MZ\x90\x00" + bytes(10))["fault"], "in the reader's language"
    with pytest.raises(uploads.Faulty):
        take(cast["member"], told["id"])


def test_cancelling_leaves_nothing(script, rows, pieces):
    member = script()
    upload_id = member.begin("turha.pdf", len(PDF))[1]["id"]
    member.put(upload_id, 0, PDF[:1000])
    assert member.cancel(upload_id) == (200, {"state": "cancelled"})
    assert (rows(Upload), pieces()) == ([], [])
    assert member.put(upload_id, 1000, PDF[1000:])[0] == 404


def test_nobody_begins_without_end(script, app, cast, rows):
    with app.app_context():
        db.session.add_all(Upload(id=f"{n:032}", user_id=cast["member"], name="x.pdf", size=10) for n in range(MOST_OPEN))
        db.session.commit()
    status, told = script().begin("viela.pdf", 10)
    assert (status, str(MOST_OPEN) in told["fault"]) == (422, True)
    assert script("moderator").begin("muu.pdf", 10)[0] == 201
    script().cancel(f"{0:032}")
    assert script().begin("viela.pdf", 10)[0] == 201


def test_csrf_holds_for_scripts_too(script, app, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    member = script()
    assert member.begin("x.pdf", 10)[0] == 400
    form = member.client.get("/networks/hr/materials/new").get_data(as_text=True)
    token = form.split('name="csrf_token" value="')[1].split('"')[0]
    member.client.environ_base["HTTP_X_CSRFTOKEN"] = token
    assert member.begin("x.pdf", 10)[0] == 201


def test_a_disk_that_is_full_loses_nothing(script, monkeypatch, pieces):
    member = script()
    upload_id = member.begin("sitkea.pdf", len(PDF))[1]["id"]
    member.put(upload_id, 0, PDF[:1000])

    def full(*_args, **_kwargs):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("shutil.copyfileobj", full)
        status, told = member.put(upload_id, 1000, PDF[1000:])
    assert (status, "tilaa" in told["fault"]) == (503, True)
    assert member.look(upload_id)[1]["offset"] == 1000
    assert len(pieces()) == 1, "nothing half written is left"
    with monkeypatch.context() as patch:
        patch.setattr(obstore, "put", full)  # the last piece finds room, the whole file does not
        assert member.put(upload_id, 1000, PDF[1000:])[0] == 503
    assert member.look(upload_id)[1]["state"] == "receiving"
    assert len(pieces()) == 2
    assert member.finish(upload_id)[1]["state"] == "ready"
    assert pieces() == []


def test_a_form_that_finds_no_room_on_its_way(browser, monkeypatch):
    """The body of a large form is put aside on this machine's disk before anybody looks at it."""

    def full(*_args, **_kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("werkzeug.formparser.SpooledTemporaryFile", full)
    page = browser("moderator").post("/networks/hr/materials/new", file=(io.BytesIO(PDF), "iso.pdf"))
    assert (page.status, "tilaa" in page.text()) == (503, True)


def test_no_room_is_said_before_a_byte_has_come(script, monkeypatch):
    monkeypatch.setattr("extranet.storage.store.shutil.disk_usage", lambda _path: type("Usage", (), {"free": 1_000_000}))
    assert script().begin("mahtuu.pdf", 400_000)[0] == 201
    status, told = script().begin("ei-mahdu.pdf", 600_000)
    assert (status, "palvelu@" in told["fault"]) == (422, True)


def test_a_piece_that_was_lost(script, app):
    member = script()
    upload_id = member.begin("rei'itys.pdf", len(PDF))[1]["id"]
    member.put(upload_id, 0, PDF[:1000])
    member.put(upload_id, 1000, PDF[1000:2000])
    with app.app_context():
        incoming.remove(f"incoming/{upload_id}/1000")
    told = member.put(upload_id, 2000, PDF[2000:])[1]
    assert (told["state"], "katosi" in told["fault"]) == ("refused", True)


def test_two_tabs_finish_at_once(browser, rows, monkeypatch):
    """The second sees that the first is at it; the file is looked through once."""
    first, second = Script(browser("member")), Script(browser("member"))
    upload_id = first.begin("kaksi.pdf", len(PDF))[1]["id"]
    first.put(upload_id, 0, PDF[:1000])
    began, may_go_on, checks = threading.Event(), threading.Event(), []
    admit = receiving.admit

    def slow(file, name):
        checks.append(name)
        began.set()
        assert may_go_on.wait(20)
        return admit(file, name)

    monkeypatch.setattr(receiving, "admit", slow)
    answers = []
    thread = threading.Thread(target=lambda: answers.append(first.put(upload_id, 1000, PDF[1000:])))
    thread.start()
    assert began.wait(20)
    assert second.put(upload_id, 1000, PDF[1000:])[0] == 409
    assert second.finish(upload_id)[1]["state"] == "checking"
    may_go_on.set()
    thread.join(20)
    assert answers[0][1]["state"] == "ready"
    assert second.finish(upload_id)[1]["state"] == "ready"
    assert checks == ["kaksi.pdf"]


def test_a_check_that_died_with_its_process_is_done_again(script, app):
    member = script()
    upload_id = member.begin("kuollut.pdf", len(PDF))[1]["id"]
    with app.app_context():
        incoming.put(upload_id, 0, io.BytesIO(PDF), len(PDF))
        upload = db.session.get(Upload, upload_id)
        upload.received, upload.state, upload.changed_at = len(PDF), UploadState.CHECKING, clock.now()
        db.session.commit()
    assert member.finish(upload_id)[1]["state"] == "checking"
    with time_machine.travel(clock.now() + receiving.CLAIM + timedelta(minutes=1), tick=False):
        assert member.finish(upload_id)[1]["state"] == "ready"


def test_what_stood_still_for_a_day_is_swept(script, app, rows, pieces):
    member = script()
    old, done = member.begin("vanha.pdf", len(PDF))[1]["id"], member.send("valmis.pdf", PDF)["id"]
    member.put(old, 0, PDF[:1000])
    with app.app_context():
        incoming.put("f" * 32, 0, io.BytesIO(b"nobody's"), 8)
        sha256 = hashlib.sha256(PDF).hexdigest()
        sweep_store()
        assert (len(rows(Upload)), len(pieces())) == (2, 2), "a day has not passed"
        with time_machine.travel(clock.now() + timedelta(hours=25), tick=False):
            fresh = Upload(id=done, user_id=1, name="valmis.pdf", size=len(PDF), sha256=sha256, state=UploadState.READY)
            db.session.merge(fresh).changed_at = clock.now()
            db.session.commit()
            sweep_store()
            assert [upload.id for upload in rows(Upload)] == [done]
            assert pieces() == []
            assert store.exists(sha256), "a finished upload keeps its file"


def test_nobody_waits_while_a_piece_is_stored_or_a_file_checked(script, stage, monkeypatch):
    """SQLite has one writer: no transaction is open around slow work."""
    looked = []
    for slow in (incoming, store):

        def put_and_look(*args, put=slow.put):
            looked.append(db.session().in_transaction())
            return put(*args)

        monkeypatch.setattr(slow, "put", put_and_look)
    assert script().send("rauha.pdf", PDF, piece=len(PDF) // 2 + 1)["state"] == "ready"
    assert looked == [False, False, False]


def test_pieces_read_as_one_file(kept):
    content = bytes(range(256)) * 5000
    at = 0
    for length in (1, 499_999, 500_000, len(content) - 1_000_000):
        assert incoming.put("a" * 32, at, io.BytesIO(content[at : at + length]), length) == length
        at += length
    with incoming.joined("a" * 32, len(content)) as file:
        assert file.read() == content
        for start in (0, 1, 499_990, 1_000_000, len(content) - 5):
            file.seek(start)
            assert file.read(20) == content[start : start + 20]
        assert file.seek(-3, io.SEEK_END) == len(content) - 3
        assert file.read() == content[-3:]
        assert store.put(file).sha256 == hashlib.sha256(content).hexdigest()
    with pytest.raises(incoming.Lost), incoming.joined("a" * 32, len(content) + 1):
        pass
    incoming.drop("a" * 32)
    assert list(incoming.list_pieces()) == []

"""Several files at once: what is in the archive, what is not, what is remembered, and what happens when a file fails."""

import contextlib
import http.client
import io
import threading
import zipfile

import pytest
import stream_zip
import waitress
from sqlalchemy import update

from extranet.audit.models import AuditEvent
from extranet.core.db import db
from extranet.materials import getting
from extranet.materials.models import Download, Material, MaterialKind, MaterialVersion
from extranet.storage import store
from tests.materials.test_find import add
from tests.people import sign_in_quietly


def archive(page):
    return zipfile.ZipFile(io.BytesIO(page.response.data))


def chosen(cast, *names):
    return "/materials/zip?" + "&".join(f"material={cast[f'{name}_material']}" for name in names)


@pytest.fixture
def put(app, cast):
    """Put a file into the store and a material around it."""

    def bring(n, name, content, **more):
        with app.app_context():
            material = add(cast, n, **more)
            stored = store.put(io.BytesIO(content))
            db.session.flush()
            version = update(MaterialVersion).where(MaterialVersion.material_id == material.id)
            db.session.execute(version.values(file_name=name, size=stored.size, sha256=stored.sha256, mime="text/plain"))
            db.session.commit()
            return material.id

    return bring


def test_the_chosen_files_and_a_list_of_them(browser, cast):
    member = browser("member")
    got = member.get(chosen(cast, "public", "hr"))
    assert got.headers["Content-Type"] == "application/zip"
    assert got.headers["Content-Disposition"].startswith('attachment; filename="Materiaalit ')
    packed = archive(got)
    assert packed.testzip() is None
    assert packed.namelist() == ["Sisällys.txt", "Rekryteringsannons, modell åäö.pdf", "Perehdytyksen muistilista kesätyöntekijälle 2.pdf"]
    assert all(info.flag_bits & 0x800 for info in packed.infolist()), "the names are UTF-8"
    whole = member.get(f"/materials/{cast['hr_material']}/file").response.data
    assert packed.read("Perehdytyksen muistilista kesätyöntekijälle 2.pdf") == whole
    contents = packed.read("Sisällys.txt").decode()
    assert "Perehdytyksen muistilista kesätyöntekijälle\r\n  HR-verkosto\r\n" in contents
    assert f"http://localhost/materials/{cast['hr_material']}/" in contents
    assert archive(browser("medlem").get(chosen(cast, "hr"))).namelist()[0] == "Innehåll.txt"


def test_what_is_forbidden_is_as_if_nobody_had_asked(browser, cast):
    """T04: no name, no byte, and no difference in size."""
    member = browser("member")
    with_it = member.get(chosen(cast, "hr", "core", "advisory", "public"))
    without = member.get(chosen(cast, "hr", "public"))
    assert len(with_it.response.data) == len(without.response.data)
    assert archive(with_it).namelist() == archive(without).namelist()
    assert b"Joustomalli" not in with_it.response.data
    for name in ("core", "advisory"):
        only = member.get(chosen(cast, name))
        assert (only.status, only.text()) == (422, member.get("/materials/zip?material=987654").text())


def test_equal_names_and_odd_ones(browser, put):
    ids = [put(1, "Ohje.txt", b"yksi"), put(2, "ohje.txt", b"kaksi"), put(3, 'Mikä? "Tämä": ohje.', b"kolme"), put(4, "Sisällys.txt", b"4")]
    got = archive(browser("member").get("/materials/zip?" + "&".join(f"material={i}" for i in [*ids, ids[0]])))
    assert got.namelist() == ["Sisällys.txt", "Ohje.txt", "ohje (2).txt", "Mikä_ _Tämä__ ohje", "Sisällys (2).txt"]
    assert [got.read(name) for name in got.namelist()[1:]] == [b"yksi", b"kaksi", b"kolme", b"4"]


def test_a_whole_series_and_all_that_a_filter_finds(browser, put, cast):
    for n in range(3):
        put(n, f"{n}.txt", b"teksti", series="Hyvät käytännöt")
    put(7, "salainen.txt", b"salaisuus", series="Hyvät käytännöt", network="work-and-life-core")
    page = browser("member").get("/materials/?series=Hyv%C3%A4t+k%C3%A4yt%C3%A4nn%C3%B6t")
    assert page.text(".series-name") == "Hyvät käytännöt"
    link = next(link for link in page.links() if link.startswith("/materials/zip?series="))
    got = browser("member").get(link)
    assert "Hyv%C3%A4t%20k%C3%A4yt%C3%A4nn%C3%B6t.zip" in got.headers["Content-Disposition"]
    assert sorted(archive(got).namelist()) == ["0.txt", "1.txt", "2.txt", "Sisällys.txt"]
    assert b"salais" not in got.response.data
    assert len(archive(browser("member").get("/materials/zip?network=hr&kind=form")).namelist()) == 2


def test_each_file_counts_as_a_download_once(browser, cast, rows):
    before = {m.id: m.download_count for m in rows(Material)}
    browser("member").get(chosen(cast, "hr", "public", "hr"))
    browser("member").client.head(chosen(cast, "hr"))
    after = {m.id: m.download_count - before[m.id] for m in rows(Material)}
    assert {i for i, more in after.items() if more} == {cast["hr_material"], cast["public_material"]}
    assert set(after.values()) == {0, 1}
    assert [download.user_id for download in rows(Download)] == [cast["member"]] * 2
    events = rows(AuditEvent, AuditEvent.name == "materials.zip")
    assert [event.detail for event in events] == [{"materials": [cast["hr_material"], cast["public_material"]]}]


def test_too_much_is_said_before_it_begins(browser, cast, app, monkeypatch):
    monkeypatch.setattr(getting, "MOST_FILES", 1)
    got = browser("member").get(chosen(cast, "hr", "public"))
    assert got.status == 422 and "enintään 1" in got.text()
    monkeypatch.setattr(getting, "MOST_FILES", 200)
    with app.app_context():
        version = update(MaterialVersion).where(MaterialVersion.material_id == cast["hr_material"])
        db.session.execute(version.values(size=2_100_000_000))
        db.session.commit()
    got = browser("member").get(chosen(cast, "hr", "public"))
    assert got.status == 422 and "2,1 Gt" in got.text() and "2 Gt" in got.text()


def test_nothing_to_pack(browser, cast, app):
    assert "vähintään yksi materiaali" in browser("member").get("/materials/zip").text()
    with app.app_context():
        link = add(cast, 1, kind=MaterialKind.LINK, link_url="https://opas.example/")
        db.session.flush()
        db.session.execute(MaterialVersion.__table__.delete().where(MaterialVersion.material_id == link.id))
        db.session.commit()
        link_id = link.id
    assert "linkkejä" in browser("member").get(f"/materials/zip?material={link_id}").text()
    mixed = archive(browser("member").get(f"{chosen(cast, 'hr')}&material={link_id}"))
    assert len(mixed.namelist()) == 2
    assert "https://opas.example/" in mixed.read("Sisällys.txt").decode()


def test_a_lost_file_is_said_before_it_begins(browser, put, app, cast, rows):
    lost = put(1, "kadonnut.txt", b"kohta poissa", title="Kadonnut ohje")
    with app.app_context():
        store.delete(rows(MaterialVersion, MaterialVersion.material_id == lost)[0].sha256)
    got = browser("member").get(f"{chosen(cast, 'hr')}&material={lost}")
    assert got.status == 422
    assert "Kadonnut ohje" in got.text()
    assert browser("member").get(f"/materials/zip?material={lost}").status == 503
    assert rows(Download) == []


def test_a_store_that_fails_midway_breaks_the_connection(stage, cast, put, monkeypatch):
    """What has arrived is then visibly broken, for a client that knows of chunks and for an archiver: never an archive without a file."""
    ids = [put(n, f"{n}.txt", bytes([65 + n]) * 300_000) for n in range(2)]
    client = stage.app.test_client()
    sign_in_quietly(client, stage.app, cast["member"])
    cookie = client.get_cookie("session")
    whole = store.open_range
    opened = []

    def fail_later(sha256):
        opened.append(sha256)
        chunks = whole(sha256)
        yield next(chunks)
        if len(opened) > 1:
            raise store.StoreDown("the disk is gone")
        yield from chunks

    monkeypatch.setattr(store, "open_range", fail_later)
    server = waitress.create_server(stage.app, host="127.0.0.1", port=0, threads=2)

    def serve():
        with contextlib.suppress(OSError):  # it is closed from outside, at times while it waits
            server.run()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    connection = http.client.HTTPConnection("127.0.0.1", server.effective_port, timeout=20)
    try:
        address = "/materials/zip?" + "&".join(f"material={i}" for i in ids)
        connection.request("GET", address, headers={"Cookie": f"session={cookie.value}"})
        answer = connection.getresponse()
        assert answer.status == 200
        with pytest.raises(http.client.IncompleteRead) as broken:
            answer.read()
        with pytest.raises(zipfile.BadZipFile):
            zipfile.ZipFile(io.BytesIO(broken.value.partial))
    finally:
        connection.close()
        server.close()
        thread.join(10)


def test_a_file_that_ends_too_soon_breaks_it_too(browser, put, monkeypatch):
    short = put(1, "lyhyt.txt", b"vain puolet tuli perille")
    whole = store.open_range
    monkeypatch.setattr(store, "open_range", lambda sha256: (chunk[:5] for chunk in whole(sha256)))
    with pytest.raises(store.StoreDown):
        archive(browser("member").get(f"/materials/zip?material={short}"))


def test_large_files_get_the_large_format(cast, app, rows):
    """Above 4 GB an archive needs other headers; nobody has to bring so much to see that they are asked for."""
    with app.app_context():
        part = rows(MaterialVersion)[0]
        large = getting.Part(1, {}, {}, 1, part.at, "", part.id, "iso.bin", 5_000_000_000, part.sha256, "video/mp4", part.at)
        _contents, member = list(getting._members(app, [large], "Sisällys.txt", b""))
    assert member[3]._get(0, None)[0] is stream_zip._ZIP_64

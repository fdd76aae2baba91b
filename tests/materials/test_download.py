"""Getting a file: whole, in part, once more; and what is remembered of it."""

import io

import pytest
from sqlalchemy import update

from extranet.audit.models import AuditEvent
from extranet.core.db import db
from extranet.demo.files import make_pdf
from extranet.materials.models import Download, Material, MaterialVersion
from extranet.networks.models import Network, Visibility
from extranet.storage import store


@pytest.fixture
def version(cast, rows):
    return rows(MaterialVersion, MaterialVersion.material_id == cast["public_material"])[0]


@pytest.fixture
def address(cast):
    return f"/materials/{cast['public_material']}/file"


def test_a_contact_person_downloads_from_a_network_that_she_is_not_in(browser, cast, rows):
    got = browser("contact").get(f"/materials/{cast['hr_material']}/file")
    assert got.status == 200
    assert got.response.data.startswith(b"%PDF-")
    assert got.headers["Content-Length"] == str(len(got.response.data))
    download = rows(Download)[0]
    assert download.user_id == cast["contact"]
    event = rows(AuditEvent, AuditEvent.name == "materials.download")[0]
    assert (event.thing, event.thing_id, event.detail) == ("material", str(cast["hr_material"]), {"version": 2})
    assert event.network_id == cast["network:hr"]


def test_the_name_keeps_its_letters_and_nothing_runs_in_the_browser(browser, address):
    headers = browser("visitor").get(address).headers
    assert headers["Content-Disposition"] == (
        "attachment; filename=\"Rekryteringsannons, modell aao.pdf\"; filename*=UTF-8''Rekryteringsannons%2C%20modell%20%C3%A5%C3%A4%C3%B6.pdf"
    )
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
    assert headers["Cache-Control"] == "private, no-cache"
    assert headers["Content-Type"] == "application/pdf"


@pytest.mark.parametrize(
    ("asked", "first", "last"), [("bytes=0-99", 0, 99), ("bytes=100-", 100, None), ("bytes=-10", -10, None), ("bytes=5-999999", 5, None)]
)
def test_a_part(browser, address, version, rows, cast, asked, first, last):
    whole = browser().get(address).response.data
    got = browser().get(address, Range=asked)
    assert got.status == 206
    assert got.response.data == whole[first : last + 1 if last is not None else None]
    start = first if first >= 0 else version.size + first
    end = last if last is not None else version.size - 1
    assert got.headers["Content-Range"] == f"bytes {start}-{end}/{version.size}"
    assert got.headers["Content-Length"] == str(len(got.response.data))
    assert got.headers["Accept-Ranges"] == "bytes"


@pytest.mark.parametrize("asked", ["bytes=999999-", "bytes=-0", "bytes=9-3"])
def test_a_part_that_there_is_not(browser, address, version, asked):
    got = browser().get(address, Range=asked)
    assert got.status == 416
    assert got.headers["Content-Range"] == f"bytes */{version.size}"
    assert got.response.data == b""


@pytest.mark.parametrize("asked", ["bytes=0-1,5-6", "lines=1-2", "bytes=-", "nonsense"])
def test_other_wishes_get_the_whole_file(browser, address, version, asked):
    got = browser().get(address, Range=asked)
    assert got.status == 200
    assert len(got.response.data) == version.size


def test_nothing_is_sent_twice_to_who_has_it(browser, address, version):
    tag = browser().get(address).headers["ETag"]
    assert tag == f'"{version.sha256}"'
    got = browser().get(address, **{"If-None-Match": tag})
    assert got.status == 304
    assert got.response.data == b""


def test_a_resumed_download_of_another_version_begins_anew(browser, address, version):
    same = browser().get(address, Range="bytes=5-", **{"If-Range": f'"{version.sha256}"'})
    assert same.status == 206
    other = browser().get(address, Range="bytes=5-", **{"If-Range": '"another"'})
    assert other.status == 200
    assert len(other.response.data) == version.size


def test_head_tells_the_size_and_counts_nothing(browser, address, version, rows):
    got = browser().client.head(address)
    assert got.status_code == 200
    assert got.headers["Content-Length"] == str(version.size)
    assert got.data == b""
    assert rows(Download) == []


def test_a_download_counts_once(browser, address, version, rows, cast):
    """Not when it is resumed, not when the browser only asks whether it is still the same (T11)."""
    before = rows(Material, Material.id == cast["public_material"])[0]
    member = browser("member")
    member.get(address, Range="bytes=0-")
    member.get(address, Range="bytes=50-")
    member.get(address, **{"If-None-Match": f'"{version.sha256}"'})
    member.client.head(address)
    member.get(address, Range="bytes=999999-")
    assert [download.user_id for download in rows(Download)] == [cast["member"]]
    after = rows(Material, Material.id == cast["public_material"])[0]
    assert after.download_count == before.download_count + 1
    assert (after.updated_at, after.lock_version) == (before.updated_at, before.lock_version)


def test_a_visitor_is_counted_without_a_name(browser, address, rows):
    browser("visitor").get(address)
    assert [download.user_id for download in rows(Download)] == [None]


def test_a_refused_download_sends_no_byte_and_counts_nothing(browser, cast, rows):
    for name, number in (("visitor", 2), ("newcomer", 2), ("staff", 2), ("member", 1)):
        got = browser(name).get(f"/materials/{cast['hr_material']}/versions/{number}/file")
        assert got.status in (302, 403, 404)
        assert b"%PDF" not in got.response.data
    assert rows(Download) == []


def test_a_member_elsewhere_gets_the_answer_for_a_missing_file(browser, cast):
    """T02: the exact address of a file in another network says no more than a wrong one."""
    closed = browser("member").get(f"/materials/{cast['core_material']}/file")
    missing = browser("member").get("/materials/987654/file")
    assert (closed.status, closed.text()) == (missing.status, missing.text())


def test_a_public_material_closes_with_its_network(browser, address, app, cast):
    """T03, T06: the rule looks at the network as it is now."""
    with app.app_context():
        db.session.execute(update(Network).where(Network.id == cast["network:hr"]).values(visibility=Visibility.LISTED))
        db.session.commit()
    assert browser("visitor").get(address).status == 302
    assert browser("newcomer").get(address).status == 404
    assert browser("member").get(address).status == 200


def test_a_file_that_the_store_lost_is_said_so(browser, app, cast, version, rows):
    with app.app_context():
        store.delete(version.sha256)
    got = browser("member").get(f"/materials/{cast['public_material']}/file")
    with app.app_context():
        store.put(
            io.BytesIO(make_pdf("Rekrytointi-ilmoituksen malli", ["Tämä on esimerkkiaineistoa.", "Ohje on lyhyt, jotta sen ehtii lukea."]))
        )
        assert store.exists(version.sha256)
    assert got.status == 503
    assert "yritä" in got.text().lower() or "try again" in got.text().lower()
    assert rows(Download) == []

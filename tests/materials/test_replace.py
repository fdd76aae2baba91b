"""A new version takes the place of the file; the earlier one is kept (I-22)."""

import io
import threading

import pytest

from extranet.audit.models import AuditEvent
from extranet.core.db import db
from extranet.core.errors import Refused
from extranet.materials import actions, queries
from extranet.materials.files import NewFile
from extranet.materials.models import Material, MaterialState, MaterialVersion
from extranet.networks.access import viewer_for


def text(content="Uusi rivi\n", name="uusi.txt"):
    return (io.BytesIO(content.encode()), name)


@pytest.fixture
def address(cast):
    return f"/materials/{cast['hr_material']}/"


def test_a_new_version_is_served_and_the_earlier_kept(browser, address, rows, cast):
    moderator = browser("moderator")
    old = moderator.get(f"{address}file")
    page = moderator.submit(moderator.get(f"{address}replace"), "main form", file=text(), note="Uusi ensimmäinen viikko")
    assert page.status == 200
    assert "Uusi ensimmäinen viikko" in page.text("table")
    versions = rows(MaterialVersion, MaterialVersion.material_id == cast["hr_material"])
    assert [v.number for v in versions] == [1, 2, 3]
    new = browser("member").get(f"{address}file", **{"If-None-Match": old.headers["ETag"]})
    assert (new.status, new.response.data.decode()) == (200, "Uusi rivi\n")
    assert moderator.get(f"{address}versions/2/file").response.data == old.response.data
    assert browser("member").get(f"{address}versions/2/file").status == 403
    assert rows(AuditEvent, AuditEvent.name == "materials.replace")[0].thing_id == str(cast["hr_material"])
    assert rows(Material, Material.id == cast["hr_material"])[0].updated_at > versions[1].at


def test_an_old_version_is_a_link_only_for_who_may_open_it(browser, address, cast):
    assert f"{address}versions/1/file" in browser("moderator").get(address).links()
    assert f"{address}versions/1/file" not in browser("member").get(address).links()


def test_the_owner_replaces_her_draft_and_not_what_is_published(browser, cast, rows):
    draft = f"/materials/{cast['hr_draft_material']}/"
    assert browser("member").post(f"{draft}replace", file=text(), note="Korjattu", seen="1").status == 303
    assert browser("moderator").post(f"{draft}publish").status == 303
    assert browser("member").post(f"{draft}replace", file=text(), note="Vielä", seen="2").status == 403
    assert rows(Material, Material.id == cast["hr_draft_material"])[0].version == 2


def test_the_empty_form(browser, address, rows):
    page = browser("moderator").post(f"{address}replace")
    assert page.status == 422
    assert page.has("#file-error")
    assert page.has("#note-error")


def test_two_people_replace_at_once_one_after_the_other(browser, address, rows, cast):
    """Both opened the form at version 2; the second is told."""
    first = browser("moderator").post(f"{address}replace", follow=True, file=text("a\n"), note="A", seen="2")
    second = browser("admin").post(f"{address}replace", follow=True, file=text("b\n"), note="B", seen="2")
    assert "3" in first.text("#flash")
    assert "4" in second.text("#flash") and "3" in second.text("#flash")
    assert first.text("#flash") != second.text("#flash")
    assert [v.note for v in rows(MaterialVersion, MaterialVersion.material_id == cast["hr_material"])][-2:] == ["A", "B"]


def test_eight_at_the_same_moment_get_eight_numbers(app, cast, rows):
    start, faults = threading.Barrier(8), []

    def bring(n):
        try:
            with app.app_context():
                viewer = viewer_for(cast["moderator"])
                db.session.rollback()
                start.wait()
                material = queries.get_material(viewer, cast["hr_material"], lock=True)
                actions.replace(viewer, material, file=NewFile(f"{n}.txt", "text/plain", f"{n:064}", 1), note=str(n))
                db.session.commit()
        except Exception as fault:
            faults.append(fault)

    threads = [threading.Thread(target=bring, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    versions = rows(MaterialVersion, MaterialVersion.material_id == cast["hr_material"])
    assert [v.number for v in versions] == list(range(1, 11))
    assert rows(Material, Material.id == cast["hr_material"])[0].version == 10


def test_a_version_is_written_once(app, cast):
    with app.app_context():
        version = db.session.get(MaterialVersion, 1)
        version.note = "Toinen"
        with pytest.raises(RuntimeError, match="I-22"):
            db.session.flush()
        db.session.rollback()


def test_what_is_archived_is_not_replaced(app, cast, viewer):
    moderator = viewer("moderator")
    with app.app_context():
        material = queries.get_material(moderator, cast["hr_material"])
        material.state = MaterialState.ARCHIVED
        with pytest.raises(Refused):
            actions.replace(moderator, material, file=NewFile("x.txt", "text/plain", "0" * 64, 1), note="x")
        db.session.rollback()

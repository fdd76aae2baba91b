""" "You have an old copy" (D5, D4): who hears of it, once, and what they can read of the difference."""

import io

import pytest
from sqlalchemy import update

from extranet.audit.models import AuditEvent
from extranet.core.db import db
from extranet.mail.models import Letter
from extranet.materials.models import Download, Material, MaterialState, MaterialVersion
from extranet.networks.models import Membership, MembershipState
from extranet.notifications.models import Notification
from extranet.previews.models import Preview, PreviewState
from tests.materials.jobs import do_jobs

OLD = "Perehdytys\n\nEnsimmäinen päivä: avaimet ja kahvi.\n\nYhdessä.\n\nLisää.\n\nLoppu."
NEW = "Perehdytys\n\nEnsimmäinen päivä: avaimet, kulkulupa ja kahvi.\n\nYhdessä.\n\nLisää.\n\nLoppu."


@pytest.fixture
def address(cast):
    return f"/materials/{cast['hr_material']}/"


@pytest.fixture
def replace(browser, app, address):
    """Replace the file of the material; the worker does what follows."""

    def do(text="Kolmas versio\n", who="moderator", to=address):
        page = browser(who).post(f"{to}replace", file=(io.BytesIO(text.encode()), "ohje.txt"), note="Kulkulupa lisätty", seen="")
        assert page.status == 303
        do_jobs(app)

    return do


@pytest.fixture
def read(app):
    """Have the texts of some versions read, as previews do."""

    def do(material_id, texts):
        with app.app_context():
            for version in db.session.query(MaterialVersion).filter_by(material_id=material_id).all():
                found = db.session.get(Preview, version.sha256) or Preview(sha256=version.sha256, mime=version.mime)
                found.text, found.state = texts.get(version.number, ""), PreviewState.READY
                db.session.add(found)
            db.session.commit()

    return do


def told(rows, kind="materials.replace"):
    return sorted(n.user_id for n in rows(Notification, Notification.kind == kind))


def test_who_downloaded_an_earlier_version_hears_once_and_reads_what_changed(browser, address, replace, read, rows, cast):
    for name in ("member", "medlem", "contact"):
        browser(name).get(f"{address}file")
    browser("member").get(f"{address}file")
    replace()
    assert told(rows) == sorted([cast["member"], cast["medlem"], cast["contact"]])
    assert len(rows(Letter)) == 3
    first = rows(Notification, Notification.kind == "materials.replace")[0]
    assert (first.path, first.is_direct) == (f"{address}changes", True)
    read(cast["hr_material"], {2: OLD, 3: NEW})
    page = browser("member").get(f"{address}changes")
    assert "kulkulupa" in page.text(".difference ins")
    assert "Kulkulupa lisätty" in page.text()
    assert f"{address}file" in page.links()
    browser("medlem").get(f"{address}file")
    replace("Neljäs\n")
    assert told(rows) == sorted([cast["member"], cast["medlem"], cast["contact"]]), "the new notice took the place of the first"
    assert all(n.params["number"] == 4 for n in rows(Notification, Notification.kind == "materials.replace"))


def test_nobody_hears_who_has_the_new_one_may_not_see_it_or_brought_it(browser, address, replace, rows, cast, app):
    for name in ("member", "medlem", "contact", "moderator", "staff"):
        browser(name).get(f"{address}file")
    with app.app_context():
        newest = db.session.query(MaterialVersion).filter_by(material_id=cast["hr_material"], number=2).one()
        db.session.add(Download(material_version_id=newest.id, user_id=cast["newcomer"]))
        db.session.execute(update(Membership).where(Membership.user_id == cast["medlem"]).values(state=MembershipState.LEFT))
        db.session.commit()
    replace()
    assert told(rows) == sorted([cast["member"], cast["contact"]])


def test_a_draft_or_archived_material_tells_nobody(browser, address, app, rows, cast):
    browser("member").get(f"{address}file")
    moderator = browser("moderator")
    moderator.post(f"{address}replace", file=(io.BytesIO(b"uusi\n"), "ohje.txt"), note="x", seen="2")
    moderator.post(f"{address}archive")
    do_jobs(app)
    assert told(rows) == []
    draft = f"/materials/{cast['hr_draft_material']}/"
    browser("expert").get(f"{draft}file")
    browser("member").post(f"{draft}replace", file=(io.BytesIO(b"uusi\n"), "ohje.txt"), note="x", seen="1")
    do_jobs(app)
    assert told(rows) == []


def test_the_page_says_which_version_one_has(browser, address, replace, cast):
    member = browser("member")
    assert not member.get(address).has(f"a[href='{address}changes']")
    member.get(f"{address}file")
    assert not member.get(address).has(f"a[href='{address}changes']")
    replace()
    page = member.get(address)
    assert page.has(f"a[href='{address}changes']")
    assert "2" in page.text(".callout") and "3" in page.text(".callout")
    assert not browser("medlem").get(address).has(f"a[href='{address}changes']")
    member.get(f"{address}file")
    assert not member.get(address).has(f"a[href='{address}changes']")


def test_readers_compare_what_they_have_and_nothing_else(browser, address, replace, read, cast):
    member, medlem = browser("member"), browser("medlem")
    member.get(f"{address}file")
    replace()
    read(cast["hr_material"], {1: "Salattu nimi.", 2: OLD, 3: NEW})
    assert member.get(f"{address}changes?from=2").status == 200
    assert member.get(f"{address}changes?from=1").status == 403
    assert member.get(f"{address}changes?from=2&to=1").has(".difference ins"), "to is always the current one for readers"
    assert "Salattu" not in member.get(f"{address}changes?from=2&to=1").html
    page = medlem.get(f"{address}changes")
    assert page.status == 200 and not page.has(".difference"), "she has none: only the notes"
    assert medlem.get(f"{address}changes?from=2").status == 403
    assert "Salattu" in browser("moderator").get(f"{address}changes?from=1&to=2").text(".difference del")
    assert browser("moderator").get(f"{address}changes?from=1&to=9").status == 404


@pytest.mark.parametrize("texts", [{2: OLD, 3: OLD}, {2: "", 3: NEW}, None])
def test_where_there_is_no_difference_to_show(browser, address, replace, read, cast, texts, app):
    """The same text, no text, not read yet: a sentence each, and the notes stand all the same."""
    browser("member").get(f"{address}file")
    replace()
    if texts:
        read(cast["hr_material"], texts)
    else:
        with app.app_context():
            db.session.execute(update(Preview).values(state=PreviewState.PENDING))
            db.session.commit()
    page = browser("member").get(f"{address}changes")
    assert page.status == 200 and not page.has(".difference")
    assert page.text("section[aria-labelledby=difference] p")
    assert "Kulkulupa lisätty" in page.text()


def test_a_material_takes_another_one_s_place(browser, address, rows, cast, app, read):
    """Who has the old one hears of the new one, finds it first on the old page, and the old one has left the lists."""
    member, moderator = browser("member"), browser("moderator")
    draft = f"/materials/{cast['hr_draft_material']}/"
    member.get(f"{address}file")
    browser("contact").get(f"{address}file")
    page = moderator.submit(moderator.get(f"{draft}replaces"), f"form[action='{draft}replaces']", older=str(cast["hr_material"]))
    assert page.status == 200
    assert draft not in member.get(address).links(), "not yet: it is a draft"
    do_jobs(app)
    assert told(rows, "materials.supersede") == []
    publish = moderator.get(f"{draft}publish")
    assert address in publish.links()
    moderator.submit(publish, f"form[action='{draft}publish']")
    do_jobs(app)
    assert told(rows, "materials.supersede") == [cast["contact"]], "the owner of the new one needs no telling"
    assert draft in browser("medlem").get(address).soup.select_one(".callout").find("a")["href"]
    assert address in browser("medlem").get(draft).links()
    lists = member.get("/materials/").links()
    assert draft in lists and address not in lists
    read(cast["hr_material"], {2: OLD})
    read(cast["hr_draft_material"], {1: NEW})
    assert "kulkulupa" in browser("contact").get(f"{draft}changes").text(".difference")
    assert not browser("medlem").get(f"{draft}changes").has(".difference")
    assert [e.detail for e in rows(AuditEvent, AuditEvent.name == "materials.supersede")] == [{"older_id": str(cast["hr_material"])}]


def test_the_old_one_goes_to_the_archive_and_its_address_leads_on(browser, address, rows, cast, app):
    moderator, public = browser("moderator"), f"/materials/{cast['public_material']}/"
    browser("medlem").get(f"{address}file")
    page = moderator.post(f"{public}replaces", older=str(cast["hr_material"]), archives="1")
    assert page.status == 303
    do_jobs(app)
    assert rows(Material, Material.id == cast["hr_material"])[0].state == MaterialState.ARCHIVED
    assert told(rows, "materials.supersede") == [cast["medlem"]]
    assert browser("medlem").get(address).location == public
    assert browser("visitor").get(address).location == public
    assert browser("medlem").get(f"{address}file").status == 404
    assert browser("moderator").get(address).status == 200
    assert moderator.post(f"{public}replaces", older="none").status == 303
    assert browser("medlem").get(address).status == 404


def test_what_cannot_be_replaced_is_refused(browser, address, cast, app, rows):
    """Another network's, itself, a draft, what is replaced already, and two that would replace each other."""
    moderator, admin = browser("moderator"), browser("admin")
    public, draft = f"/materials/{cast['public_material']}/", f"/materials/{cast['hr_draft_material']}/"
    for older in (cast["core_material"], cast["hr_material"], cast["hr_draft_material"], 999999):
        assert admin.post(f"{address}replaces", older=str(older)).status == 422, older
    assert moderator.post(f"{public}replaces", older=str(cast["hr_material"])).status == 303
    assert moderator.post(f"{draft}replaces", older=str(cast["hr_material"])).status == 422
    assert moderator.post(f"{address}replaces", older=str(cast["public_material"])).status == 422
    empty = moderator.post(f"{address}replaces")
    assert empty.status == 422 and empty.has("#older-error")
    assert rows(Material, Material.id == cast["hr_material"])[0].replaces_id is None
    assert browser("member").post(f"{draft}replaces", older=str(cast["public_material"])).status == 303, "the owner of a draft may say so"


def test_the_choice_is_searched_without_javascript(browser, address, cast):
    moderator = browser("moderator")
    page = moderator.get(f"{address}replaces?q=rekrytointi")
    assert [tag["value"] for tag in page.soup.select("[name=older]")] == ["none", str(cast["public_material"])]
    page = moderator.submit(page, f"form[action='{address}replaces']", older=str(cast["public_material"]))
    assert page.status == 200 and f"/materials/{cast['public_material']}/" in page.links()

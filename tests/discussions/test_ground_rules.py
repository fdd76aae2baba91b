"""Ground rules are shown again when they change, and posting waits until they are accepted (domain.md §6.7)."""

import pytest

from extranet.core.db import db
from extranet.discussions.draft_models import Draft
from extranet.discussions.models import Post
from extranet.networks.models import Membership, Network


@pytest.fixture
def changed(app, cast):
    with app.app_context():
        network = db.session.get(Network, cast["network:hr"])
        network.ground_rules_version += 1
        db.session.commit()


def accepted(rows, cast, name):
    return rows(Membership, Membership.user_id == cast[name], Membership.network_id == cast["network:hr"])[0].rules_version_accepted


def test_changed_rules_are_shown_where_one_writes_and_accepted_once(browser, cast, rows, changed):
    member, url = browser("member"), f"/discussions/{cast['hr_thread']}/"
    assert member.get("/networks/hr/").soup.select_one("a[href='/networks/hr/rules']")
    for path in (url, "/networks/hr/discussions/new"):
        page = member.get(path)
        assert not page.has("textarea[name=body]"), path
        assert page.has("form[action='/networks/hr/accept-rules']"), path
    back = member.submit(member.get(url), "form[action='/networks/hr/accept-rules']")
    assert back.has("textarea[name=body]")
    assert accepted(rows, cast, "member") == 2
    assert member.post(url + "reply", body="Nyt voin kirjoittaa.").status == 303
    assert not member.get("/networks/hr/").soup.select_one("a[href='/networks/hr/rules']")


def test_what_was_being_written_when_they_changed_is_kept(browser, cast, rows, changed):
    before, member = len(rows(Post)), browser("member")
    assert member.post(f"/discussions/{cast['hr_thread']}/reply", body="Kesken jäänyt.").status == 303
    member.post("/networks/hr/discussions/", title="Uusi kysymys", body="Kesken.", kind="question", language="fi")
    assert len(rows(Post)) == before
    assert {draft.words["body"] for draft in rows(Draft)} == {"Kesken jäänyt.", "Kesken."}
    member.post("/networks/hr/accept-rules", version=2)
    assert "Kesken jäänyt." in member.get(f"/discussions/{cast['hr_thread']}/").text("textarea[name=body]")


def test_rules_that_changed_again_are_read_again(browser, cast, rows, changed):
    assert browser("member").post("/networks/hr/accept-rules", version=1).status == 422
    assert accepted(rows, cast, "member") == 1


def test_whoever_writes_the_rules_has_accepted_them(browser, cast, rows):
    lead = browser("moderator")
    lead.submit(lead.get("/networks/hr/settings"), "main form", ground_rules_fi="- Ole reilu")
    assert accepted(rows, cast, "moderator") == 2
    assert lead.post(f"/discussions/{cast['hr_thread']}/reply", body="Säännöt on päivitetty.").status == 303
    assert browser("staff").post("/networks/hr/accept-rules", version=2).status == 403


@pytest.mark.parametrize("row", ["as confirmed", "ended before", "none"])
def test_whoever_is_there_by_office_accepts_them_too(browser, app, cast, rows, row):
    """A contact person comes with her appointment, and never saw the door at which others accept them."""
    place = {"user_id": cast["contact"], "network_id": cast["network:contact-persons"]}
    with app.app_context():
        mine = db.session.query(Membership).filter_by(**place)
        if row == "none":
            mine.delete()
        else:
            mine.update({"rules_version_accepted": None, "state": "active" if row == "as confirmed" else "left"})
        db.session.commit()
    contact, url = browser("contact"), f"/discussions/{cast['contact_thread']}/"
    before, page = len(rows(Post)), contact.get(url)
    assert not page.has("textarea[name=body]") and contact.get("/networks/contact-persons/rules").status == 200
    contact.post(f"{url}reply", body="Kahvit keskiviikkona.")
    assert len(rows(Post)) == before
    page = contact.submit(page, "form[action='/networks/contact-persons/accept-rules']")
    assert "Kahvit keskiviikkona." in page.text("textarea[name=body]")
    assert contact.post(f"{url}reply", body="Kahvit keskiviikkona.").status == 303
    assert [m.rules_version_accepted for m in rows(Membership) if (m.user_id, m.network_id) == tuple(place.values())] == [1]

"""Was this useful? One answer from each, and a comment to the owner (S4-21)."""

import pytest

from extranet.audit.models import AuditEvent
from extranet.materials.feedback_models import Feedback
from extranet.materials.models import Material
from extranet.notifications.models import Notification


@pytest.fixture
def address(cast):
    return f"/materials/{cast['hr_material']}/"


def counts(rows, cast):
    material = rows(Material, Material.id == cast["hr_material"])[0]
    return material.useful_count, material.not_useful_count


def test_one_answer_from_each_that_can_be_changed(browser, cast, address, rows):
    member = browser("member")
    page = member.submit(member.get(address), "#useful form", useful="yes")
    assert page.soup.select_one("#useful [value=yes]")["aria-pressed"] == "true"
    assert counts(rows, cast) == (1, 0)
    member.submit(page, "#useful form", useful="no")
    assert counts(rows, cast) == (0, 1), "the answer changes, it is not a second one"
    browser("contact").post(f"{address}rate", useful="yes")
    assert counts(rows, cast) == (1, 1)
    before = rows(Material, Material.id == cast["hr_material"])[0]
    assert (before.lock_version, len(rows(Feedback))) == (1, 2), "counting is no edit"
    assert rows(Notification, Notification.kind == "materials.rate") == [], "a bare answer disturbs nobody"


def test_comments_reach_the_owner_once_a_day(browser, cast, address, rows):
    for name in ("member", "contact"):
        someone = browser(name)
        page = someone.submit(someone.get(address), "#useful form", useful="no")
        someone.submit(page, "#useful form:nth-of-type(2)", comment=f"Puuttuu kesätyö. <b>{name}</b>")
    told = rows(Notification, Notification.kind == "materials.rate")
    assert [n.user_id for n in told] == [cast["moderator"]] and told[0].path == f"{address}feedback"
    page = browser("moderator").get(f"{address}feedback")
    assert "Milla Lahdenpohja" in page.text() and "<b>member</b>" in page.text(), "text stays text"
    assert page.text(".chip[aria-current] .count") == "2"
    assert "<b>member</b>" not in browser("contact").get(address).text(), "one reader sees nothing of another"


def test_handled_and_not_after_all(browser, address, rows):
    browser("member").post(f"{address}rate", useful="yes", comment="Hyvä.")
    moderator = browser("moderator")
    page = moderator.submit(moderator.get(f"{address}feedback"), "form[action$=handle]")
    assert not page.has("form[action$=handle]") and rows(Feedback)[0].handled_at
    page = moderator.get(f"{address}feedback?state=handled")
    moderator.submit(page, "form[action$=reopen]")
    assert rows(Feedback)[0].handled_at is None
    browser("member").post(f"{address}rate", useful="no")
    assert rows(Feedback)[0].comment == "Hyvä.", "the buttons alone leave the comment"
    moderator.post(f"{address}feedback/{rows(Feedback)[0].id}/handle")
    browser("member").post(f"{address}rate", useful="no", comment="Toisin sanoen.")
    assert rows(Feedback)[0].handled_at is None, "what is said anew waits anew"
    names = {event.name for event in rows(AuditEvent)}
    assert {"materials.rate", "materials.handle", "materials.reopen"} <= names


def test_bad_input(browser, address, rows):
    page = browser("member").post(f"{address}rate", useful="yes", comment="a" * 2001)
    assert page.status == 422 and page.has("#comment-error") and page.text("#comment") == "a" * 2001
    page = browser("member").post(f"{address}rate", target="useful", useful="perhaps")
    assert page.status == 422 and "<html" not in page.html and "error" in page.html
    assert rows(Feedback) == []


def test_a_fragment_is_the_block_alone(browser, address):
    member = browser("member")
    page = member.post(f"{address}rate", target="useful", follow=True, useful="yes")
    assert "<html" not in page.html and page.has("#comment")
    assert not browser("visitor").get(address).has("#useful") and not browser("moderator").get(address).has("#useful")


def test_the_material_page_asks_a_constant_number_of_questions(browser, address, count_queries):
    moderator = browser("moderator")
    before = count_queries(lambda: moderator.get(address))
    for name in ("member", "contact", "deputy", "expert"):
        browser(name).post(f"{address}rate", useful="no", comment="Puuttuu.")
    assert count_queries(lambda: moderator.get(address)) == before
    assert count_queries(lambda: moderator.get(f"{address}feedback")) <= 8

"""From draft to archive: pilot, publishing with eyes open, validity, reviews, captions, owners."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import update

from extranet.accounts.models import User, UserState
from extranet.audit.models import AuditEvent
from extranet.core import clock
from extranet.core.db import db
from extranet.core.text import LocalText, render_local_markdown
from extranet.materials import actions, queries
from extranet.materials.caption_models import Caption
from extranet.materials.life_tasks import remind
from extranet.materials.models import Material, MaterialKind, MaterialState
from extranet.networks.models import Membership, MembershipState
from extranet.notifications.models import Notification
from tests.materials.jobs import do_jobs


@pytest.fixture
def address(cast):
    return f"/materials/{cast['hr_material']}/"


@pytest.fixture
def draft(cast):
    return f"/materials/{cast['hr_draft_material']}/"


@pytest.fixture
def change(app, cast):
    """Change columns of a material of the cast behind everybody's back."""

    def do(name="hr_material", **columns):
        with app.app_context():
            db.session.execute(update(Material).where(Material.id == cast[name]).values(**columns))
            db.session.commit()

    return do


@pytest.fixture
def morning(app):
    """The worker's morning round, so many days from now."""

    def do(days=0):
        with time_machine.travel(clock.now() + timedelta(days=days), tick=False):
            with app.app_context():
                remind()
                db.session.commit()
            do_jobs(app)

    return do


def day(days):
    return clock.today() + timedelta(days=days)


def reminded(rows, kind="materials.review"):
    return [n.user_id for n in rows(Notification, Notification.kind == kind)]


def test_a_pilot_and_back(app, cast, viewer, browser, draft, rows):
    moderator, editor, owner = browser("moderator"), viewer("moderator"), viewer("member")
    with app.app_context():
        actions.begin_pilot(owner, queries.get_material(owner, cast["hr_draft_material"]))
        db.session.commit()
    assert moderator.post(f"{draft}publish").status == 422
    page = moderator.get(f"{draft}publish")
    assert f"/pilots/?material={cast['hr_draft_material']}" in page.links() and not page.has(f"form[action='{draft}publish']")
    assert browser("member").get(f"{draft}edit").status == 200, "its owner goes on working on it"
    with app.app_context():
        actions.end_pilot(editor, queries.get_material(editor, cast["hr_draft_material"]))
        db.session.commit()
    assert rows(Material, Material.id == cast["hr_draft_material"])[0].state == MaterialState.REVISED
    page = moderator.get(f"{draft}publish")
    assert page.has("#pilot"), "what the pilot changed"
    assert moderator.post(f"{draft}publish").status == 303
    assert {e.name for e in rows(AuditEvent, AuditEvent.thing == "material")} >= {"materials.begin_pilot", "materials.end_pilot"}


def test_publishing_shows_what_to_look_at_and_who_will_see_it(browser, draft, cast, change, rows):
    text = LocalText(
        fi=f"[a](/materials/{cast['advisory_material']}/) [b](http://localhost/networks/hr/discussions/) [c](/materials/{cast['public_material']}/) "
        "[d](/networks/nowhere/) [e](https://toinen.example/materials/1/) [f](/networks/hr/)"
    )
    change("hr_draft_material", abstract=text, abstract_html=render_local_markdown(text))
    page = browser("moderator").get(f"{draft}publish")
    said = page.text("section[aria-labelledby=remarks]")
    assert f"/materials/{cast['advisory_material']}/" in said
    assert "/networks/hr/discussions/" in said, "contact persons do not read discussions"
    assert "/networks/nowhere/" in said
    assert f"/materials/{cast['public_material']}/" not in said and "toinen" not in said and "/networks/hr/ " not in said
    assert f"{draft}readers?when=published" in page.links()
    name_of = {user.id: user.name for user in rows(User)}
    after, before = (browser("moderator").get(f"{draft}readers{when}").text() for when in ("?when=published", ""))
    assert name_of[cast["contact"]] in after and name_of[cast["newcomer"]] not in after
    assert name_of[cast["contact"]] not in before and name_of[cast["member"]] in before
    assert len(rows(AuditEvent, AuditEvent.name == "materials.read_readers")) == 2


def test_what_comes_into_force_later_and_what_nobody_reviewed_says_so(browser, address, change):
    member = browser("member")
    change(valid_from=day(10))
    assert "Tulee voimaan" in member.get(address).text(".callout")
    change(valid_from=day(-300), review_due=day(-1))
    page = member.get(address)
    assert "myöhässä" in page.text(".page-head") and "kysy omistajalta" in page.text(".callout")
    assert f"{address}renew" not in page.links()
    assert f"{address}renew" in browser("moderator").get(address).links()


def test_the_owner_is_reminded_thrice_and_once_each(browser, address, rows, cast, change, morning):
    """30 and 7 days before and on the day; late where the worker stood still; never for what was replaced, renewed or archived."""
    owner = cast["moderator"]
    change(review_due=day(40))
    morning()
    assert reminded(rows) == []
    for days, times in ((10, 1), (11, 1), (12, 1), (33, 2), (35, 2), (40, 3), (41, 3), (45, 3)):
        morning(days)
        assert reminded(rows) == [owner] * times, days
    assert {n.kind: n.is_direct for n in rows(Notification)} == {"materials.review": True}
    due = day(40)
    assert f"viimeistään {due.day}.{due.month}.{due.year}" in browser("moderator").get("/notifications/").text()
    with time_machine.travel(clock.now() + timedelta(days=41)):
        moderator = browser("moderator")
        assert address in moderator.get("/materials/overdue").links()
        due = (clock.today() + timedelta(days=365)).isoformat()
        page = moderator.submit(moderator.get("/materials/overdue"), f"form[action='{address}renew']", review_due=due)
        assert page.status == 200 and address not in page.links()
    assert reminded(rows) == [], "the reminders of the old day are settled"
    morning(42)
    assert reminded(rows) == []
    assert [e.detail["review_due"] for e in rows(AuditEvent, AuditEvent.name == "materials.renew")] == [due]


def test_where_the_owner_has_left_the_leads_hear(rows, cast, change, morning, app):
    change(owner_id=cast["medlem"], review_due=day(5))
    with app.app_context():
        db.session.execute(update(Membership).where(Membership.user_id == cast["medlem"]).values(state=MembershipState.LEFT))
        leads = list(
            db.session.scalars(db.select(Membership.user_id).filter_by(network_id=cast["network:hr"], role="lead", state="active"))
        )
        db.session.commit()
    morning()
    editors = leads or [cast["moderator"]]
    assert sorted(reminded(rows)) == sorted(editors)
    change(owner_id=cast["member"], review_due=day(6))
    with app.app_context():
        db.session.get_one(User, cast["member"]).state = UserState.CLOSED
        db.session.commit()
    morning()
    assert sorted(set(reminded(rows))) == sorted(editors)
    assert cast["member"] not in reminded(rows)


def test_a_recording_asks_for_captions_until_it_has_them(browser, draft, rows, cast, change, morning, app):
    change("hr_draft_material", kind=MaterialKind.RECORDING, review_due=None)
    browser("moderator").post(f"{draft}publish")
    assert rows(Material, Material.id == cast["hr_draft_material"])[0].captions_by == day(14)
    for days, times in ((1, 0), (7, 1), (8, 1), (13, 2), (14, 3), (20, 3)):
        morning(days)
        assert reminded(rows, "materials.captions") == [cast["member"]] * times, days
    assert draft in browser("member").get("/materials/overdue").links()
    assert browser("member").get(draft).status == 200
    with app.app_context():
        given = {"version": 1, "sha256": "0" * 64, "size": 1, "uploaded_by_id": cast["member"]}
        db.session.add(Caption(material_id=cast["hr_draft_material"], language="fi", **given))
        db.session.commit()
    assert draft not in browser("member").get("/materials/overdue").links()
    change("hr_draft_material", captions_by=day(20))
    morning(20)
    assert len(reminded(rows, "materials.captions")) == 3


def test_the_list_of_what_waits_is_each_one_s_own(browser, address, change, cast, count_queries):
    change(review_due=day(-3))
    change("public_material", review_due=day(20), owner_id=cast["member"])
    change("advisory_material", review_due=day(-3))
    public = f"/materials/{cast['public_material']}/"
    assert {address, public} <= set(browser("moderator").get("/materials/overdue").links())
    assert public not in browser("moderator").get("/materials/overdue?whose=own").links()
    mine = browser("member").get("/materials/overdue")
    assert public in mine.links() and address not in mine.links()
    assert mine.has(f"form[action='{public}renew']") and not mine.has(f"form[action='{public}archive']")
    assert browser("newcomer").get("/materials/overdue").has(".empty")
    places = {"moderator": ("/materials/", "/networks/hr/materials/"), "expert": ("/materials/",), "member": ("/materials/",)}
    assert all("/materials/overdue" in browser(name).get(place).links() for name, there in places.items() for place in there)
    assert "/materials/overdue" not in browser("contact").get("/materials/").links()
    assert f"/materials/{cast['advisory_material']}/" in browser("admin").get("/materials/overdue").links()
    assert browser("member").post(f"{public}renew", review_due=day(-1).isoformat()).status == 422
    assert browser("member").post(f"{public}renew", review_due="").has("#review_due-error")
    admin = browser("admin")
    admin.get("/materials/overdue")
    many = count_queries(lambda: admin.get("/materials/overdue"))
    change("core_material", review_due=day(-3))
    assert count_queries(lambda: admin.get("/materials/overdue")) == many


def test_another_owner(browser, address, draft, rows, cast, app):
    """Chosen among those who read there, found by name; she hears of it, and nobody else can be named."""
    moderator = browser("moderator")
    with app.app_context():
        name = db.session.get_one(User, cast["medlem"]).last_name
    page = moderator.get(f"{address}owner?q={name}")
    assert [tag["value"] for tag in page.soup.select("[name=owner]")] == [str(cast["medlem"])]
    assert moderator.submit(page, f"form[action='{address}owner']", owner=str(cast["medlem"])).status == 200
    assert rows(Material, Material.id == cast["hr_material"])[0].owner_id == cast["medlem"]
    assert [n.user_id for n in rows(Notification, Notification.kind == "materials.hand_over")] == [cast["medlem"]]
    for stranger in (cast["newcomer"], cast["staff"], 999999):
        assert moderator.post(f"{address}owner", owner=str(stranger)).status == 422
    assert moderator.post(f"{address}owner").has("#owner-error")
    page = browser("member").post(f"{draft}owner", follow=True, owner=str(cast["medlem"]))
    assert page.status == 200, "who gave a draft away does not see it any more"
    assert browser("member").get(draft).status == 404 and browser("medlem").get(draft).status == 200


def test_a_contact_person_does_not_read_names_of_members(browser, change, draft, cast):
    """I-09: her own suggestion shows her how many see it, not who."""
    change("hr_draft_material", owner_id=cast["contact"])
    contact = browser("contact")
    assert contact.get(draft).status == 200
    assert contact.get(f"{draft}readers").status == 403
    assert f"{draft}readers" not in contact.get(draft).links() and f"{draft}owner" not in contact.get(draft).links()
    assert contact.get(f"{draft}owner").status == 403
    assert contact.post(f"{draft}replaces", older=str(cast["hr_material"])).status == 303


def test_the_pages_ask_few_questions(browser, address, draft, count_queries, app, cast, change):
    """The page of a material: at most eight queries with the viewer's own, whoever looks and whatever there is to say."""
    change(review_due=day(-3), replaces_id=cast["public_material"])
    change("core_material", replaces_id=cast["hr_material"])
    for name in ("visitor", "member", "contact", "moderator", "admin"):
        reader = browser(name)
        url = address if name != "visitor" else f"/materials/{cast['public_material']}/"
        reader.get(f"{url}file")
        reader.get(url)
        assert count_queries(lambda reader=reader, url=url: reader.get(url)) <= 8, name
    moderator = browser("moderator")
    for page in (
        f"{draft}publish",
        f"{address}readers",
        f"{address}changes",
        f"{address}owner",
        f"{address}replaces",
        "/materials/overdue",
    ):
        moderator.get(page)
        assert count_queries(lambda page=page: moderator.get(page)) <= 12, page

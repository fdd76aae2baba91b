"""Materials of an event: named both ways, each for those who may open it, told once (S0-11, S1-25, S1-31)."""

from sqlalchemy import delete, update

from extranet.audit.models import AuditEvent
from extranet.core.db import db
from extranet.materials.models import Material, MaterialState
from extranet.notifications.models import Notification
from extranet.outputs.models import EventMaterial


def attach(browser, event, *materials, by="moderator"):
    moderator = browser(by)
    query = "&".join(f"material={one}" for one in materials)
    return moderator.post(f"/events/{event}/materials/attach?{query}")


def test_each_page_names_the_other(browser, cast, held):
    event = held("member")
    assert attach(browser, event, cast["hr_material"]).status == 303

    member = browser("member")
    page, material = member.get(f"/events/{event}/"), member.get(f"/materials/{cast['hr_material']}/")
    assert f"/materials/{cast['hr_material']}/" in page.links() and page.has("#after")
    address = material.soup.select_one("#presented a")["href"]
    assert f"/events/{event}/" in member.get(address).links()
    fragment = member.get(address, target="presented")
    assert f"/events/{event}/" in fragment.html and "<main" not in fragment.html
    assert not browser("visitor").get(f"/materials/{cast['public_material']}/").has("#presented")


def test_chosen_from_the_library_with_a_form(browser, cast, held, rows):
    event, moderator = held(), browser("moderator")
    page = moderator.get(f"/events/{event}/materials?q=ohje")
    offered = [int(tag["value"]) for tag in page.soup.select("input[name=material]")]
    assert offered and cast["advisory_material"] not in offered

    done = moderator.submit(page, "form.stack", material=str(offered[0]))
    assert done.status == 200 and f"/materials/{offered[0]}/" in done.links()
    again = moderator.get(f"/events/{event}/materials")
    assert str(offered[0]) not in [tag["value"] for tag in again.soup.select("input[name=material]")]
    assert [(e.name, e.thing_id) for e in rows(AuditEvent)] == [("outputs.attach", str(event))]


def test_nothing_chosen_and_things_that_are_not_hers(browser, cast, held, rows):
    event = held()
    assert attach(browser, event).status == 422
    assert attach(browser, event, cast["advisory_material"]).status == 422
    assert [one.material_id for one in rows(EventMaterial, EventMaterial.event_id == event)] == []
    attach(browser, event, cast["hr_material"])
    attach(browser, event, cast["hr_material"])
    assert len(rows(EventMaterial, EventMaterial.event_id == event)) == 1


def test_an_event_opens_no_material_to_those_who_may_not(browser, cast, held):
    event = held("newcomer", network="work-and-life", audience="signed_in")
    attach(browser, event, cast["hr_material"], by="expert")
    assert f"/materials/{cast['hr_material']}/" not in browser("newcomer").get(f"/events/{event}/").links()
    assert f"/materials/{cast['hr_material']}/" in browser("expert").get(f"/events/{event}/").links()


def test_a_secret_network_s_event_is_not_hinted_at(app, browser, cast, rows):
    """I-29: neither its name nor that there is one."""
    with app.app_context():
        db.session.execute(delete(EventMaterial))
        db.session.execute(update(Material).values(event_count=0))
        db.session.commit()
    attach(browser, cast["advisory_event"], cast["hr_material"], by="expert")
    assert rows(Material, Material.id == cast["hr_material"])[0].event_count == 0
    assert not browser("member").get(f"/materials/{cast['hr_material']}/").has("#presented")
    assert f"/events/{cast['advisory_event']}/" not in browser("member").get(f"/materials/{cast['hr_material']}/events").links()
    assert f"/events/{cast['advisory_event']}/" in browser("expert").get(f"/materials/{cast['hr_material']}/events").links()


def test_from_the_materials_side(browser, cast, held, rows):
    event, expert = held(), browser("expert")
    page = expert.get(f"/materials/{cast['hr_material']}/events")
    assert f"/materials/{cast['hr_material']}/events" in expert.get(f"/materials/{cast['hr_material']}/").links()

    done = expert.submit(page, "main form", event=str(event))
    assert done.status == 200 and f"/events/{event}/" in expert.get(f"/materials/{cast['hr_material']}/events").links()
    assert [one.added_by_id for one in rows(EventMaterial, EventMaterial.event_id == event)] == [cast["expert"]]
    assert str(event) not in [tag["value"] for tag in expert.get(f"/materials/{cast['hr_material']}/events").soup.select("option")]
    assert browser("expert").post(f"/materials/{cast['hr_material']}/events/attach", event="999999").status == 404


def test_taken_off_it_stays_in_the_library(browser, cast, held):
    event, moderator = held(), browser("moderator")
    attach(browser, event, cast["hr_material"])
    assert moderator.post(f"/events/{event}/materials/{cast['hr_material']}/detach").status == 303
    assert moderator.post(f"/events/{event}/materials/{cast['hr_material']}/detach").status == 404
    assert f"/materials/{cast['hr_material']}/" not in moderator.get(f"/events/{event}/").links()
    assert moderator.get(f"/materials/{cast['hr_material']}/").status == 200


def told(rows, event):
    return sorted(n.user_id for n in rows(Notification, Notification.about_id == event, Notification.kind == "outputs.added"))


def test_participants_hear_once_of_all_that_was_added_together(browser, cast, held, run, rows):
    event = held("member", "medlem", waiting=("expert",))
    attach(browser, event, cast["hr_material"])
    run("outputs.tell", minutes=5)
    assert told(rows, event) == [], "more may follow"
    attach(browser, event, cast["public_material"])
    run("outputs.tell", minutes=11)
    run("outputs.tell", minutes=30)

    assert told(rows, event) == sorted([cast["member"], cast["medlem"]]), "each once; whoever waited was not there (T41)"
    assert f"/events/{event}/#after" == rows(Notification, Notification.about_id == event)[0].path


def test_whoever_may_open_none_of_it_hears_nothing(browser, cast, held, run, rows):
    event = held("newcomer", "member", network="work-and-life", audience="signed_in")
    attach(browser, event, cast["hr_material"], by="expert")
    run("outputs.tell", minutes=11)
    assert told(rows, event) == [cast["member"]]


def test_a_draft_is_told_of_when_it_is_published(app, browser, cast, held, run, rows):
    event = held("member")
    attach(browser, event, cast["hr_draft_material"])
    run("outputs.tell", minutes=11)
    assert told(rows, event) == []
    assert f"/materials/{cast['hr_draft_material']}/" not in browser("medlem").get(f"/events/{event}/").links()
    with app.app_context():
        db.session.get(Material, cast["hr_draft_material"]).state = MaterialState.PUBLISHED
        db.session.commit()
    run("outputs.tell", minutes=11)
    assert told(rows, event) == [cast["member"]]


def test_of_an_old_event_nobody_is_told(browser, cast, held, run, rows):
    event = held("member", days=200)
    attach(browser, event, cast["hr_material"])
    run("outputs.tell", minutes=11)
    assert told(rows, event) == [] and all(one.told_at for one in rows(EventMaterial, EventMaterial.event_id == event))


def test_the_pages_ask_few_questions(browser, cast, held, count_queries):
    event, member, moderator = held("member"), browser("member"), browser("moderator")
    member.get(f"/events/{event}/")
    without = count_queries(lambda: member.get(f"/events/{event}/"))
    attach(browser, event, cast["hr_material"])
    one = count_queries(lambda: member.get(f"/events/{event}/"))
    attach(browser, event, cast["public_material"], cast["core_material"], by="admin")
    assert without + 1 == one == count_queries(lambda: member.get(f"/events/{event}/")) <= 8
    assert count_queries(lambda: member.get(f"/materials/{cast['hr_material']}/")) <= 8
    assert count_queries(lambda: moderator.get(f"/events/{event}/materials")) <= 8

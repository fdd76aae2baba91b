"""Starting a pilot: who is chosen and how, what is refused, who hears of it."""

from datetime import timedelta

from extranet.accounts.models import Side, User
from extranet.audit.models import AuditEvent
from extranet.core import clock
from extranet.core.db import db
from extranet.materials.models import Material, MaterialState
from extranet.notifications.models import Notification
from extranet.pilots.models import Pilot, PilotReview
from tests.pilots.conftest import GUEST, choose, link_in, step


def start(person, page, **data):
    """Press the last button."""
    page.soup.select_one("main form")["action"] = "/pilots/new"
    return person.submit(page, "main form", follow=False, **data)


def test_an_owner_asks_a_member_and_somebody_from_outside(browser, draft, cast, rows, letters):
    owner = browser("member")
    page = owner.get(f"/pilots/new?material={draft}")
    page = step(owner, page, q="blomst raasep", questions="**Puuttuuko** jotain?")
    assert "Linda Blomstrand" in page.text("#members")
    page = choose(owner, draft, cast["medlem"], guest=GUEST, page=page)
    assert "2 henkilöä valittu" in page.text("#picked-title")
    assert page.soup.select_one("#questions").get_text().strip() == "**Puuttuuko** jotain?", "what was typed stays"
    answer = start(owner, page, sections="Sopijapuolet\n\n  Kesto \n")
    pilot = rows(Pilot, Pilot.material_id == draft)[0]
    assert (answer.status, answer.location) == (303, f"/pilots/{pilot.id}/")
    assert (pilot.sections, pilot.version, pilot.due) == (["Sopijapuolet", "Kesto"], 1, clock.today() + timedelta(days=14))
    assert "<strong>Puuttuuko</strong>" in pilot.questions_html
    assert rows(Material, Material.id == draft)[0].state == MaterialState.IN_PILOT
    assert [(n.user_id, n.path) for n in rows(Notification)] == [(cast["medlem"], f"/pilots/{pilot.id}/review")]
    (letter,) = letters()
    assert (letter.to, letter.language) == ("paula@lempo.example", "sv")
    assert "Milla Lahdenpohja ber om din åsikt" in letter.text and "HR-nätverket" in letter.text
    assert browser("visitor").get(link_in(letter)).status == 200
    assert {"pilots.start", "materials.begin_pilot"} <= {event.name for event in rows(AuditEvent)}
    assert browser("medlem").get(f"/materials/{draft}/").status == 404, "a draft's own page stays closed"


def test_people_are_taken_off_the_list_again(browser, draft, cast):
    owner = browser("member")
    page = choose(owner, draft, cast["medlem"], guest=GUEST)
    page = step(owner, page, drop="paula@lempo.example")
    page = step(owner, page, drop=str(cast["medlem"]))
    assert "0 henkilöä valittu" in page.text("#picked-title")


def test_a_guest_who_is_typed_but_not_added_counts(browser, draft, cast, rows):
    owner = browser("member")
    answer = start(owner, choose(owner, draft, cast["medlem"]), **GUEST)
    assert answer.status == 303
    assert len(rows(PilotReview, PilotReview.email == GUEST["guest_email"])) == 1


def test_a_members_address_asks_her_by_name(browser, draft, cast, rows, letters):
    owner = browser("member")
    page = choose(owner, draft, cast["medlem"], guest=GUEST | {"guest_email": "Moderator@extranet.example "})
    assert "Maija Kallioniemi" in page.text("#members")
    start(owner, page)
    assert {r.user_id for r in rows(PilotReview) if r.email is None} >= {cast["medlem"], cast["moderator"]}
    assert letters() == []


WRONG = [
    ({}, "Valitse vähintään 2 ja enintään 5 kommentoijaa"),
    (GUEST | {"guest_name": ""}, "Kirjoita henkilön nimi"),
    (GUEST | {"guest_email": "paula"}, "nimi@organisaatio.example"),
    (GUEST | {"guest_email": "staff@extranet.example"}, "vain työnantajan edustajille"),
    (GUEST | {"guest_email": "member@extranet.example"}, "pyytäjän oma osoite"),
    (GUEST | {"guest_name": "x" * 161}, "160"),
    (GUEST | {"due": "2020-01-01"}, "huomisesta alkaen"),
    (GUEST | {"due": ""}, "Valitse määräaika"),
    (GUEST | {"due": "huomenna"}, ""),
    (GUEST | {"sections": "a\n" * 21}, "enintään 20"),
    (GUEST | {"sections": "Kesto\nKesto"}, "sama nimi"),
    (GUEST | {"sections": "x" * 161}, "160"),
    (GUEST | {"questions": "x" * 4001}, "4 000"),
]


def test_what_is_wrong_is_said_and_the_rest_stays(browser, draft, cast, rows):
    owner = browser("member")
    chosen = choose(owner, draft, cast["medlem"])
    for data, words in WRONG:
        page = start(owner, chosen, **data)
        assert page.status == 422, data
        assert words in page.text("[data-errors]"), data
        assert "Linda Blomstrand" in page.text("#members"), data
    assert rows(Pilot, Pilot.material_id == draft) == []
    assert rows(Material, Material.id == draft)[0].state == MaterialState.DRAFT


def test_six_are_too_many_and_strangers_cannot_be_named(browser, draft, cast, rows):
    owner = browser("member")
    forged = {f"members-{n}": str(i) for n, i in enumerate((cast["newcomer"], cast["staff"], cast["member"], cast["medlem"]))}
    guests = {f"guests-{n}": f"fi vieras{n}@lempo.example Vieras {n}" for n in range(5)}
    page = owner.post("/pilots/new", material=draft, due=str(clock.today() + timedelta(days=9)), **forged, **guests)
    assert page.status == 422
    assert "Linda Blomstrand" in page.text("#members") and "Niko" not in page.text("#members")
    bad = {"guests-0": "fi staff@extranet.example Sanna", "guests-1": "fi ok@lempo.example Joku"}
    assert owner.post("/pilots/new", material=draft, due=str(clock.today() + timedelta(days=9)), **bad).status == 422
    assert rows(Pilot, Pilot.material_id == draft) == []


def test_no_staff_account_is_found_in_an_employer_network(browser, app, draft, cast):
    """I-05 whatever the rows say: a member whose side changed is not offered any more."""
    with app.app_context():
        db.session.get(User, cast["medlem"]).side = Side.STAFF
        db.session.commit()
    owner = browser("member")
    page = step(owner, owner.get(f"/pilots/new?material={draft}"), q="blomstrand")
    assert "Linda" not in page.text("#members")


def test_a_contact_person_who_suggested_a_draft_does_not_see_the_members(browser, app, draft, cast, rows):
    with app.app_context():
        db.session.get(Material, draft).owner_id = cast["contact"]
        db.session.commit()
    owner = browser("contact")
    page = owner.get(f"/pilots/new?material={draft}")
    assert page.status == 200 and not page.has("#q")
    page = step(owner, page, q="milla", add=str(cast["medlem"]), **GUEST | {"guest_email": "medlem@extranet.example", "guest_name": "L B"})
    assert "Linda" not in page.text("main") and "1 henkilö valittu" in page.text("#picked-title")


def test_only_what_is_unfinished_is_piloted(browser, cast, draft):
    moderator = browser("moderator")
    assert moderator.get(f"/pilots/new?material={cast['hr_material']}").status == 422
    assert moderator.get(f"/pilots/new?material={cast['pilot_material']}").location == f"/pilots/?material={cast['pilot_material']}"
    assert moderator.get("/pilots/new").status == 404
    assert moderator.get("/pilots/new?material=x").status == 404
    nobody = "9" * 5000
    assert moderator.get(f"/pilots/new?material={nobody}").status == 404
    assert moderator.get(f"/pilots/?material={nobody}").status == 200
    assert moderator.post("/pilots/new/find", material=str(draft), add=nobody, drop=nobody, **{"members-0": nobody}).status == 200


def test_two_at_once_start_one_pilot(browser, draft, cast, rows):
    one, other = browser("member"), browser("moderator")
    first, second = choose(one, draft, cast["medlem"], guest=GUEST), choose(other, draft, cast["medlem"], guest=GUEST)
    assert start(one, first).status == 303
    assert start(other, second).status == 422
    assert len(rows(Pilot, Pilot.material_id == draft)) == 1


def test_nobody_writes_to_many_through_pilots(browser, draft, cast, letters, monkeypatch):
    """Any member may suggest a draft and pilot it: the letters of a day are few."""
    owner = browser("member")
    page = choose(owner, draft, cast["medlem"], guest=GUEST)
    monkeypatch.setattr("extranet.pilots.actions.GUESTS_A_DAY", 0)
    assert start(owner, page).status == 422
    assert letters() == []
    monkeypatch.setattr("extranet.pilots.actions.GUESTS_A_DAY", 1)
    pilot = start(owner, page).location
    answer = owner.post(f"{pilot}invite", **{"guests-0": "fi pekka@lempo.example Pekka Toinen"})
    assert (answer.status, len(letters())) == (422, 1)

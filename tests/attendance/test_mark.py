"""At the door: who is present, ticked on a phone, by form, by code, by several people at once, and long after."""

import random

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from extranet.attendance.models import Mark
from extranet.audit.models import AuditEvent
from extranet.core.db import db
from extranet.events.kinds import EventState, Mode, SignupState
from extranet.events.models import Signup


def pressed(signup, present=True, age=0, uid="a"):
    return {"signup": signup, "present": present, "age": age, "uid": uid}


def test_without_a_script_each_name_is_a_button(browser, going_on, place, how, rows):
    event = going_on()
    mine, other = place(event, "member", "medlem")
    moderator = browser("moderator")
    page = moderator.get(f"/events/{event}/attendance")
    assert page.text("[data-count]") == "0"
    button = page.soup.select_one(f"#p{mine} button")
    assert button["aria-pressed"] == "false" and button["name"] == "present"
    done = moderator.submit(page, ".checkin__list", follow=False, present=mine)
    assert done.status == 303 and done.location.endswith(f"#p{mine}") and how(event) == [("confirmed", True), ("confirmed", False)]
    page = moderator.get(done.location)
    assert page.text("[data-count]") == "1" and page.soup.select_one(f"#p{mine} button")["name"] == "absent"
    assert page.has(f"#p{other}")
    moderator.submit(page, ".checkin__list", absent=mine)
    assert how(event) == [("confirmed", False), ("confirmed", False)]
    events = rows(AuditEvent, AuditEvent.name == "attendance.mark")
    assert [(e.thing, e.thing_id) for e in events] == [("signup", str(mine))] * 2
    assert rows(AuditEvent, AuditEvent.name == "attendance.list"), "reading a list of names is remembered"


def test_the_list_is_searched_and_filtered(browser, going_on, place):
    event = going_on()
    mine, _other = place(event, "member", "medlem")
    place(event, "sanna.sievänen@vieras.example")
    moderator = browser("moderator")
    moderator.post(f"/events/{event}/attendance/mark", present=mine)

    def listed(query):
        return len(moderator.get(f"/events/{event}/attendance?{query}").soup.select("[data-person]"))

    assert [listed(q) for q in ("", "q=SIEVÄNEN+sanna", "show=present", "show=missing", "q=olematon", "show=present&q=sanna", "page=99")] == [
        3, 1, 1, 2, 0, 0, 3,
    ]  # fmt: skip


def test_whoever_waits_or_cancelled_is_not_on_the_list(browser, going_on, place, cast):
    """T41."""
    event = going_on()
    place(event, "member")
    waiting = place(event, "medlem", state=SignupState.WAITING)
    moderator = browser("moderator")
    page = moderator.get(f"/events/{event}/attendance")
    assert len(page.soup.select("[data-person]")) == 1
    assert moderator.post(f"/events/{event}/attendance/mark", present=waiting).status == 404


def test_the_last_press_by_time_holds_in_whatever_order_they_arrive(going_on, place, send, how, rows):
    """Two phones, one of them long without a connection."""
    event = going_on()
    one = place(event, "member")
    assert send(event, pressed(one, False, age=60_000, uid="undo"))["present"] == []
    assert send(event, pressed(one, True, age=120_000, uid="tick"))["present"] == [], "pressed before it was taken back"
    assert send(event, pressed(one, True, age=1_000, uid="again"))["present"] == [one]
    assert send(event, pressed(one, False, age=30_000, uid="old"))["present"] == [one]
    assert how(event) == [("confirmed", True)] and rows(Mark)[0].uid == "again"


def test_sent_again_it_counts_once(going_on, place, send, rows):
    """The answer was lost on the way: the phone sends the same once more, after somebody else has undone it."""
    event = going_on()
    one = place(event, "member")
    send(event, pressed(one, uid="x", age=5000))
    send(event, pressed(one, uid="x", age=4000))
    assert len(rows(AuditEvent, AuditEvent.name == "attendance.mark")) == 1
    send(event, pressed(one, False, uid="y", age=3000), name="admin")
    assert send(event, pressed(one, uid="x", age=5000))["present"] == []


@pytest.mark.parametrize("seed", range(3))
def test_any_order_of_arrival_ends_the_same(going_on, place, send, how, seed):
    chance = random.Random(seed)  # noqa: S311
    event = going_on()
    people = place(event, "member", "medlem", "contact")
    presses = [pressed(chance.choice(people), chance.random() < 0.5, age=n * 60_000, uid=str(n)) for n in range(1, 13)]
    last = {p["signup"]: p["present"] for p in reversed(presses)}
    chance.shuffle(presses)
    for start in range(0, len(presses), 3):
        send(event, *presses[start : start + 3])
    assert [is_here for _state, is_here in how(event)] == [last.get(one, False) for one in people]


def test_one_that_cannot_be_taken_does_not_hold_up_the_others(stage, going_on, place, send):
    event = going_on()
    gone, here = place(event, "member", "medlem")
    with stage.app.app_context():
        db.session.execute(update(Signup).where(Signup.id == gone).values(state=SignupState.CANCELLED, cancelled_at=Signup.created_at))
        db.session.commit()
    told = send(event, pressed(gone), pressed(here), pressed(999_999))
    assert told["present"] == [here] and told["total"] == 1
    assert "ei ole enää paikkaa" in told["refused"][str(gone)] and "999999" in told["refused"]


def test_another_event_s_people_are_not_marked(going_on, place, send, how):
    mine, other = going_on(), going_on()
    foreign = place(other, "member")
    assert send(mine, pressed(foreign))["refused"] and how(other) == [("confirmed", False)]


@pytest.mark.parametrize(
    "body",
    [
        None, [], {"marks": 5}, {"marks": [5]}, {"marks": [{"signup": "1", "present": True, "age": 0}]}, {"marks": [{"signup": 1, "present": 1, "age": 0}]},
        {"marks": [{"signup": 1, "present": True}]}, {"marks": [{"signup": 10**20, "present": True, "age": 0}]},
        {"marks": [{"signup": 1, "present": True, "age": 0, "uid": 5}]}, {"marks": [{"signup": 1, "present": True, "age": 0}] * 501},
    ],
)  # fmt: skip
def test_what_no_phone_sends(browser, going_on, body):
    answer = browser("moderator").client.post(f"/events/{going_on()}/attendance/marks", json=body)
    assert answer.status_code == 422 and answer.get_json()["fault"]


def test_a_clock_that_is_wrong_marks_nobody_in_the_future(going_on, place, send, how):
    event = going_on()
    one = place(event, "member")
    send(event, pressed(one, age=-10_000_000, uid="future"))
    assert send(event, pressed(one, False, age=0, uid="now"))["present"] == []


@pytest.mark.parametrize(("more", "status"), [({"in_hours": 20}, 303), ({"in_hours": 30}, 422), ({"state": EventState.CANCELLED}, 422), ({"in_hours": -900, "state": EventState.ARCHIVED}, 303)])  # fmt: skip
def test_from_the_day_before_on(browser, going_on, place, more, status):
    event = going_on(**more)
    one = place(event, "member")
    answer = browser("moderator").post(f"/events/{event}/attendance/mark", present=one)
    assert answer.status == status
    if status == 422:
        assert "24 tuntia" in answer.text("main")


def test_a_ticket_opens_the_person_s_check_in(browser, going_on, place, ticket, how):
    """The code is the same for everybody; who holds the phone decides what it opens."""
    event = going_on()
    one = place(event, "member")
    path = ticket(one)
    own = browser("member").get(path)
    assert own.has("img.ticket__code") and not own.has(".tick")
    assert browser("member").get(f"/events/{event}/ticket").location == path
    picture = browser("member").client.get(f"{path}/qr.png")
    assert picture.mimetype == "image/png" and picture.data.startswith(b"\x89PNG")
    moderator = browser("moderator")
    page = moderator.get(path)
    assert page.text(".tick strong") == "On paikalla" and not page.has("img")
    done = moderator.submit(page, ".checkin__list", follow=False, present=one)
    assert done.location == f"{path}#p{one}" and how(event) == [("confirmed", True)]
    assert moderator.get(path).soup.select_one(".tick")["aria-pressed"] == "true"
    assert browser("medlem").get(path).status == 404
    stranger = browser("visitor").get(path)
    assert stranger.status == 302 and "/sign-in" in stranger.location


def test_a_guest_s_ticket_needs_no_account(browser, going_on, place, ticket):
    event = going_on()
    guest = place(event, "vera.vieras@vieras.example")
    page = browser("visitor").get(ticket(guest))
    assert page.text(".ticket__name") == "Vera Vieras" and page.headers["X-Robots-Tag"].startswith("noindex")
    assert page.headers["Referrer-Policy"] == "no-referrer"
    visitor = browser("visitor")
    assert all(visitor.get(link).status < 400 for link in page.links() if link.startswith("/")), (
        "a guest's page leads nowhere that is closed"
    )
    assert browser("moderator").get(ticket(guest)).has(".tick")


@pytest.mark.parametrize("wrong", ["1-x", "x", "1", "-1-x", "99999999999-x", "1-", "٣-x"])
def test_a_forged_ticket_opens_nothing(browser, wrong):
    assert browser("visitor").get(f"/tickets/{wrong}").status == 404
    assert browser("moderator").get(f"/certificates/{wrong}").status == 404


def test_another_s_code_with_one_s_own_number(browser, going_on, place, ticket):
    mine, other = place(going_on(), "member", "medlem")
    forged = ticket(mine).replace(f"/tickets/{mine}-", f"/tickets/{other}-")
    assert browser("moderator").get(forged).status == 404


def test_guessing_is_slowed_down(browser):
    visitor = browser("visitor")
    answers = [visitor.get(f"/tickets/{n}-guess").status for n in range(1, 33)]
    assert answers[0] == 404 and answers[-1] == 429


def test_a_cancelled_ticket_says_so(browser, going_on, place, ticket):
    one = place(going_on(), "member", state=SignupState.WAITING)
    assert not browser("member").get(ticket(one)).has("img.ticket__code")
    assert not browser("moderator").get(ticket(one)).has(".tick")


def test_a_meeting_s_list_of_names_is_matched_and_looked_at(browser, going_on, place, how, stage):
    """By address, by name in either order, with what meeting programs add; twins in name are for a person to decide."""
    event = going_on(mode=Mode.HYBRID)
    people = place(event, "member", "medlem", mode=Mode.REMOTE)
    here = place(event, "contact")
    twins = place(event, "matti.mainio@a.example", "matti.mainio@b.example", mode=Mode.REMOTE)
    away = place(event, "veera.poissa@a.example", mode=Mode.REMOTE)
    with stage.app.app_context():
        names = {
            one.id: one for one in db.session.scalars(select(Signup).options(joinedload(Signup.user)).where(Signup.id.in_([*people, here])))
        }
        first, second, third = (names[i].user for i in (*people, here))
        listed = f"Name\tJoined\n{first.last_name.upper()}, {first.first_name}\t9:02:11\n{second.email}\n{third.name} (Guest)\nMatti Mainio\nTuntematon Kävijä\n"
    moderator = browser("moderator")
    looked = moderator.post(f"/events/{event}/attendance/remote", names=listed)
    chosen = {int(tag["value"]) for tag in looked.soup.select("[name=signup][checked]")}
    offered = {int(tag["value"]) for tag in looked.soup.select("[name=signup]:not([checked])")}
    assert chosen == {*people, here} and offered == set(twins)
    assert "Tuntematon Kävijä" in looked.text("[aria-labelledby=unknown]") and "Poissa" in looked.text("[aria-labelledby=missing]")
    assert not any(is_here for _state, is_here in how(event)), "nothing is marked before it was looked at"
    done = moderator.submit(looked, "main form", signup=[*people, twins[1]])
    assert done.status == 200 and "3 henkilöä" in done.text("#flash")
    assert [is_here for _state, is_here in how(event)] == [True, True, False, False, True, False]
    assert away


def test_all_remote_participants_at_once(browser, going_on, place, how):
    event = going_on(mode=Mode.HYBRID)
    place(event, "member", "medlem", mode=Mode.REMOTE)
    place(event, "contact")
    moderator = browser("moderator")
    moderator.submit(moderator.get(f"/events/{event}/attendance/remote?everybody=1"), "main form")
    assert [is_here for _state, is_here in how(event)] == [True, True, False]
    empty = moderator.post(f"/events/{event}/attendance/remote", names="  ")
    assert empty.status == 422 and empty.has("#names-error")


def test_the_list_costs_the_same_for_many(browser, going_on, place, count_queries):
    event = going_on()
    place(event, "member")
    moderator = browser("moderator")
    moderator.get("/events/")
    few = count_queries(lambda: moderator.get(f"/events/{event}/attendance"))
    place(event, *[f"vieras.{n}@vieras.example" for n in range(320)])
    many = count_queries(lambda: moderator.get(f"/events/{event}/attendance"))
    assert many == few <= 8, "one of them is the audit event of having read it"
    assert len(moderator.get(f"/events/{event}/attendance?page=2").soup.select("[data-person]")) == 21

"""Who gets in at the organiser's desk (domain.md §4.7): every address and every role."""

from uuid import uuid4

import pytest

from tests.access import Row, check

# visitor newcomer member staff contact deputy orgadmin moderator expert admin dpo
DESK = "302 403 403 403 403 403 403 200 403 200 403"
DONE = DESK.replace("200", "303")
HIDDEN = "302 404 404 404 404 404 404 404 200 200 404"
OWN = "302 403 403 403 403 403 403 403 200 200 403"
ORGANISER = "302 403 403 403 403 403 403 200 403 403 403"
IN, WAITS = "/events/{crowded_event}/desk/{crowded_event_confirmed}", "/events/{crowded_event}/desk/{crowded_event_waiting}"
WHY = {"reason": "Muutos", "mode": "onsite"}
GUEST = WHY | {"name": "Vieras Väki", "email": "vieras@muualla.example", "language": "fi"}
WORDS = {"subject_fi": "Ohje", "text_fi": "Tervetuloa", "step": "send", "key": lambda: uuid4().hex}

ACCESS = [
    Row("events.desk", "GET", "/events/{crowded_event}/desk", DESK),
    Row("events.desk", "GET", "/events/{contact_event}/desk", OWN),
    Row("events.desk", "GET", "/events/{advisory_event}/desk", HIDDEN),
    Row("events.participants", "GET", "/events/{crowded_event}/participants", "302 403 403 403 403 403 200 302 403 302 403"),
    Row("events.participants", "GET", "/events/{held_event}/participants?names=1", "302 403 200 403 403 403 200 200 403 200 403"),
    Row("events.signup_at_desk", "GET", IN, DESK),
    Row("events.remove", "GET", IN + "/remove", DESK),
    Row("events.remove", "POST", IN + "/remove", DONE, WHY),
    Row("events.promote", "GET", WAITS + "/promote", DESK),
    Row("events.promote", "POST", WAITS + "/promote", DONE, WHY),
    Row("events.move", "GET", IN + "/move", DESK),
    Row("events.move", "POST", IN + "/move", DESK.replace("200", "422"), WHY),
    Row("events.find_to_add", "GET", "/events/{crowded_event}/desk/add?q=milla", DESK),
    Row("events.add_person", "GET", "/events/{crowded_event}/desk/add/{member}", DESK),
    Row("events.add_person", "POST", "/events/{crowded_event}/desk/add/{member}", DONE, WHY),
    Row("events.add_guest", "GET", "/events/{crowded_event}/desk/add/guest", DESK),
    Row("events.add_guest", "POST", "/events/{crowded_event}/desk/add/guest", DESK.replace("200", "422"), GUEST),
    Row("events.message", "GET", "/events/{crowded_event}/desk/message", DESK),
    Row("events.message", "POST", "/events/{crowded_event}/desk/message", DONE, WORDS),
    Row("events.read_message", "GET", "/events/{crowded_event}/messages/{crowded_message}", "302 404 404 404 404 404 404 200 404 200 404"),
    Row("events.desk_table", "GET", "/events/{crowded_event}/desk/table", DESK),
    Row("events.desk_list", "GET", "/events/{crowded_event}/desk/list.pdf", DESK),
    Row("events.desk_badges", "GET", "/events/{crowded_event}/desk/badges.pdf", DESK),
    Row("events.diets", "GET", "/events/{crowded_event}/desk/diets", ORGANISER),
]


@pytest.mark.parametrize("row", ACCESS, ids=lambda r: f"{r.method} {r.endpoint} {r.url}")
def test_access(stage, row, monkeypatch):
    check(stage, row, monkeypatch)

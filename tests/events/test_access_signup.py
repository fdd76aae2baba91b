"""Who gets in: own places, those of colleagues, and the organiser's questions (domain.md §4.7): every address and every role."""

import pytest

from tests.access import Row, check

# visitor newcomer member staff contact deputy orgadmin moderator expert admin dpo
ORGANISERS = "302 403 403 403 403 403 403 200 200 200 403"
DONE = ORGANISERS.replace("200", "303")
LOOKS_AFTER = "302 403 403 403 200 200 200 403 403 403 403"
NOBODY = "302 404 404 404 404 404 404 404 404 404 404"
QUESTION = "/events/{crowded_event}/questions/{crowded_question}"
OPEN = "200 200 200 200 200 200 200 200 200 200 200"
DONE_BY_LINK = OPEN.replace("200", "303")
DESK = "302 403 403 403 403 403 403 200 403 200 403"
GUEST = {"name": "Vieno Vieras", "email": "vieno@muualla.example", "mode": "remote"}
WHAT = {"label_fi": "Kysymys", "kind": "text"}

ACCESS = [
    Row("events.sign_up", "POST", "/events/{hr_event}/sign-up", "302 403 303 403 403 403 403 303 303 303 403", {"mode": "onsite"}),
    Row("events.sign_up", "POST", "/events/{open_event}/sign-up", "302 303 303 303 303 303 303 303 303 303 303"),
    Row("events.sign_up", "POST", "/events/{contact_event}/sign-up", "302 403 403 403 422 303 403 403 303 303 403"),
    Row("events.sign_up", "POST", "/events/{draft_event}/sign-up", "302 404 404 404 404 404 404 422 422 422 404"),
    Row("events.sign_up", "POST", "/events/{advisory_event}/sign-up", "302 404 404 404 404 404 404 404 303 303 404"),
    Row("events.signup", "GET", "/events/{contact_event}/signup", "302 404 404 404 200 404 404 404 404 404 404"),
    Row("events.change_signup", "POST", "/events/{contact_event}/signup", "302 404 404 404 303 404 404 404 404 404 404"),
    Row("events.substitute", "GET", "/events/{contact_event}/signup/substitute", "302 404 404 404 200 404 404 404 404 404 404"),
    Row("events.substitute", "POST", "/events/{contact_event}/signup/substitute", "302 404 404 404 422 404 404 404 404 404 404"),
    Row("events.accept", "POST", "/events/{full_event}/accept", "302 404 404 404 404 404 404 404 404 404 404"),
    Row("events.own_signup", "GET", "/events/{hr_event}/cancel", "302 200 200 200 200 200 200 200 200 200 200"),
    Row("events.cancel", "POST", "/events/{contact_event}/cancel", "302 422 422 422 303 422 422 422 422 422 422"),
    Row("events.cancel", "POST", "/events/{advisory_event}/cancel", "302 404 404 404 404 404 404 404 422 422 404"),
    Row("events.colleagues", "GET", "/events/{contact_event}/colleagues", LOOKS_AFTER),
    Row("events.sign_up_colleagues", "POST", "/events/{contact_event}/colleagues", LOOKS_AFTER.replace("200", "422")),
    Row("events.substitute_colleague", "GET", "/events/{contact_event}/colleagues/{contact_event_confirmed}/substitute", "302 404 404 404 200 200 200 404 200 200 404"),
    Row("events.substitute_colleague", "POST", "/events/{contact_event}/colleagues/{contact_event_confirmed}/substitute", "302 404 404 404 422 422 422 404 422 422 404"),
    Row("events.cancel_for", "GET", "/events/{contact_event}/colleagues/{contact_event_confirmed}/cancel", "302 404 404 404 200 200 200 404 200 200 404"),
    Row("events.cancel_for", "POST", "/events/{contact_event}/colleagues/{contact_event_confirmed}/cancel", "302 404 404 404 303 303 303 404 303 303 404"),
    Row("events.guests", "GET", "/events/{hr_event}/guests", DESK),
    Row("events.guests", "GET", "/events/{crowded_event}/guests", DESK.replace("200", "404")),
    Row("events.invite", "POST", "/events/{hr_event}/guests", DESK.replace("200", "303"), {"kind": "several", "guests": "5", "language": "fi"}),
    Row("events.revoke_invitation", "POST", "/events/{hr_event}/guests/{hr_invitation}/revoke", DESK.replace("200", "303")),
    Row("events.invitation", "GET", "/events/invitations/{hr_invitation_token}", OPEN),
    Row("events.invitation", "POST", "/events/invitations/{hr_invitation_token}", DONE_BY_LINK, GUEST),
    Row("events.guest", "GET", "/events/guests/{hr_guest_token}", OPEN),
    Row("events.guest", "GET", "/events/guests/{hr_invitation_token}", OPEN.replace("200", "404")),
    Row("events.guest", "POST", "/events/guests/{hr_guest_token}", DONE_BY_LINK, {"mode": "onsite"}),
    Row("events.accept_as_guest", "POST", "/events/guests/{hr_guest_token}/accept", OPEN.replace("200", "422")),
    Row("events.cancel_as_guest", "GET", "/events/guests/{hr_guest_token}/cancel", OPEN),
    Row("events.cancel_as_guest", "POST", "/events/guests/{hr_guest_token}/cancel", DONE_BY_LINK),
    Row("events.questions", "GET", "/events/{hr_event}/questions", ORGANISERS),
    Row("events.add_question", "POST", "/events/{hr_event}/questions", DONE, WHAT),
    Row("events.edit_question", "GET", QUESTION, ORGANISERS),
    Row("events.edit_question", "POST", QUESTION, DONE, WHAT),
    Row("events.move_question", "POST", QUESTION + "/move", DONE),
    Row("events.close_question", "POST", QUESTION + "/close", DONE),
    Row("events.reopen_question", "POST", QUESTION + "/reopen", DONE),
    Row("events.remove_question", "POST", QUESTION + "/remove", DONE),
]  # fmt: skip


@pytest.mark.parametrize("row", ACCESS, ids=lambda r: f"{r.method} {r.endpoint} {r.url}")
def test_access(stage, row, monkeypatch):
    check(stage, row, monkeypatch)

"""An act leaves one event, a refused one leaves that, and one that failed none."""

from extranet.audit.models import AuditEvent
from extranet.core import clock

WISH = {"ends_on": "2000-01-01", "reason": "Eläkkeelle."}


def test_an_act_says_who_what_on_what_when_and_from_where(browser, rows, cast):
    before = clock.now()
    browser("contact").post("/organisations/638/appointments/1/end", **WISH)
    recorded = rows(AuditEvent, AuditEvent.name == "organisations.end")
    assert len(recorded) == 1
    act = recorded[0]
    assert (act.user_id, act.thing, act.thing_id, act.reason) == (cast["contact"], "appointment", "1", "Eläkkeelle.")
    assert (act.ip, act.is_system) == ("127.0.0.1", False)
    assert before <= act.at <= clock.now()
    assert act.organisation_id is not None


def test_a_refused_act_is_remembered_though_nothing_was_done(browser, rows, cast):
    assert browser("deputy").post("/organisations/638/appointments/1/end", **WISH).status == 403
    assert [(e.name, e.user_id) for e in rows(AuditEvent)] == [("access.refused", cast["deputy"])]


def test_an_act_that_fails_leaves_no_event(browser, rows):
    assert browser("contact").post("/organisations/638/appointments/1/end", ends_on="2000-01-01", reason="").status == 422
    assert rows(AuditEvent) == []

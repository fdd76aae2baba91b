"""From where: what visitors do is remembered with their address too."""

from extranet.accounts.models import AuthSession
from extranet.audit.models import AuditEvent
from extranet.demo.cast import PASSWORD


def test_a_new_session_knows_its_address(browser, rows, cast):
    assert browser("visitor").post("/sign-in", email="member@extranet.example", password=PASSWORD).status == 303
    (session,) = rows(AuthSession, AuthSession.user_id == cast["member"])
    assert session.ip == "127.0.0.1"
    assert {event.ip for event in rows(AuditEvent, AuditEvent.name.like("accounts.%"))} == {"127.0.0.1"}


def test_a_failed_sign_in_is_remembered_with_its_address(browser, rows):
    browser("visitor").post("/sign-in", email="member@extranet.example", password="wrong wrong wrong")
    assert {event.ip for event in rows(AuditEvent, AuditEvent.name.like("accounts.%"))} == {"127.0.0.1"}

"""Every address of the accounts, for every role."""

from datetime import timedelta

import pytest

from extranet.accounts.models import OneTimeToken, TokenPurpose
from extranet.accounts.tokens import hash_token
from extranet.core import clock
from extranet.core.db import db
from tests.access import Row, check

# visitor newcomer member staff contact deputy orgadmin moderator expert admin dpo
ALL = "{0} {0} {0} {0} {0} {0} {0} {0} {0} {0} {0}".format
GUESTS = "200 302 302 302 302 302 302 302 302 302 302"
OWN = "302 200 200 200 200 200 200 200 200 200 200"
DONE = "302 303 303 303 303 303 303 303 303 303 303"
ME = {"first_name": "A", "last_name": "B", "language": "fi"}
ADDRESS = {"email": "pori@extranet.example"}
NEW = {"password": "tuuli vie kolme hattua"}

ACCESS = [
    Row("accounts.sign_in", "GET", "/sign-in", GUESTS),
    Row("accounts.sign_in", "POST", "/sign-in", ALL(303), {"email": "member@extranet.example", "password": "extranet-demo"}),
    Row("accounts.sign_out", "POST", "/sign-out", ALL(303)),
    Row("accounts.choose_language", "POST", "/language", ALL(303), {"lang": "sv"}),
    Row("accounts.ask_sign_in_link", "GET", "/sign-in/link", ALL(200)),
    Row("accounts.ask_sign_in_link", "POST", "/sign-in/link", ALL(303), ADDRESS),
    Row("accounts.ask_password_reset", "GET", "/forgot-password", ALL(200)),
    Row("accounts.ask_password_reset", "POST", "/forgot-password", ALL(303), ADDRESS),
    Row("accounts.letter_sent", "GET", "/sign-in/sent", ALL(200)),
    Row("accounts.sign_in_by_link", "GET", "/sign-in/link/aaa", ALL(200)),
    Row("accounts.sign_in_by_link", "POST", "/sign-in/link/aaa", ALL(422)),
    Row("accounts.reset_password", "GET", "/reset/bbb", ALL(200)),
    Row("accounts.reset_password", "POST", "/reset/bbb", ALL(303), NEW),
    Row("accounts.accept_invitation", "GET", "/invitation/ccc", ALL(410)),
    Row("accounts.accept_invitation", "POST", "/invitation/ccc", ALL(410), ME | NEW),
    Row("accounts.request_account", "GET", "/request-account", ALL(200)),
    Row("accounts.request_account", "POST", "/request-account", ALL(303), ADDRESS | ME | {"organisation": "Porvoo"}),
    Row("accounts.request_sent", "GET", "/request-account/sent", ALL(200)),
    Row("accounts.account", "GET", "/account/", OWN),
    Row("accounts.edit", "POST", "/account/edit", DONE, ME),
    Row("accounts.confirm_details", "POST", "/account/confirm-details", DONE),
    Row("accounts.change_password", "GET", "/account/password", OWN),
    Row("accounts.change_password", "POST", "/account/password", DONE, NEW | {"current": "extranet-demo"}),
    Row("accounts.end_session", "POST", "/account/sessions/999999/end", "302 404 404 404 404 404 404 404 404 404 404"),
    Row("accounts.end_other_sessions", "POST", "/account/sessions/end-others", DONE),
]


@pytest.fixture
def links(app, cast):
    """A link of each kind, sent to a person who is a member already and asked for in another browser."""
    with app.app_context():
        for token, purpose in (("aaa", TokenPurpose.SIGN_IN), ("bbb", TokenPurpose.RESET), ("ccc", TokenPurpose.INVITATION)):
            db.session.add(
                OneTimeToken(
                    purpose=purpose, token_hash=hash_token(token), user_id=cast["pori"], expires_at=clock.now() + timedelta(hours=1)
                )
            )
        db.session.commit()


@pytest.mark.parametrize("row", ACCESS, ids=lambda r: f"{r.method} {r.endpoint}")
def test_access(stage, links, row, monkeypatch):
    check(stage, row, monkeypatch)

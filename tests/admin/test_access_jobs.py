"""Background work and letters: administrators only, and for all others there is nothing there."""

import pytest
from sqlalchemy import insert

from extranet.core import clock
from extranet.core.db import db
from extranet.jobs.models import Job
from extranet.mail.models import Letter, LetterState
from tests.access import Row, check

ADMINS = "302 404 404 404 404 404 404 404 404 {} 404"

ACCESS = [
    Row("admin.jobs", "GET", "/admin/jobs/", ADMINS.format(200)),
    Row("admin.retry_job", "POST", "/admin/jobs/901/retry", ADMINS.format(303)),
    Row("admin.drop_job", "POST", "/admin/jobs/901/drop", ADMINS.format(303)),
    Row("admin.mail", "GET", "/admin/mail/", ADMINS.format(200)),
    Row("admin.letter", "GET", "/admin/mail/901/", ADMINS.format(200)),
    Row("admin.letter_html", "GET", "/admin/mail/901/html", ADMINS.format(200)),
    Row("admin.retry_letter", "POST", "/admin/mail/901/retry", ADMINS.format(303)),
]


@pytest.fixture
def given_up(app):
    """A job and a letter that were given up."""
    with app.app_context():
        db.session.execute(insert(Job).values(id=901, name="events.remind", dead_at=clock.now(), last_error="KeyError", attempts=8))
        db.session.execute(
            insert(Letter).values(
                id=901,
                to="member@extranet.example",
                language="fi",
                subject="Kokous siirtyi",
                text="Kokous siirtyi huomiseen.\n\nKatso https://extranet.example/events/1/\n",
                html='<!doctype html><html lang="fi"><head><title>Kokous</title><style>p { margin: 0 }</style></head><body><h1>Kokous</h1></body></html>',
                message_id="<901@extranet.example>",
                template="events/mail/moved",
                state=LetterState.DEAD,
                attempts=12,
                last_error="550 no such user",
            )
        )
        db.session.commit()


@pytest.mark.parametrize("row", ACCESS, ids=lambda r: f"{r.method} {r.endpoint}")
def test_access(stage, given_up, row, monkeypatch):
    check(stage, row, monkeypatch)

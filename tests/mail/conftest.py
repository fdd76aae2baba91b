"""Letters for the tests, and a place for them to go."""

import dataclasses
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask

from extranet.core.db import db
from extranet.mail.message import Parcel
from extranet.mail.outbox import put_letter


@pytest.fixture
def send_by(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """`send_by("smtp://…")`: set MAIL_URL."""

    def set_url(url: str) -> None:
        monkeypatch.setitem(app.extensions, "extranet", dataclasses.replace(app.extensions["extranet"], mail_url=url))

    return set_url


@pytest.fixture
def put(app: Flask) -> Callable[..., None]:
    """Put a letter into the outbox and commit."""

    def do(to: str = "milla@koski.example", words: str = "Hei", **more: Any) -> None:
        with app.app_context():
            given = {"language": "fi", "template": "notifications/mail/notice", "path": "/x", "words": lambda: words}
            put_letter(to=to, **(given | more))
            db.session.commit()

    return do


@pytest.fixture
def parcel() -> Callable[..., Parcel]:
    """A letter in a worker's hands."""

    def make(**more: Any) -> Parcel:
        given = {
            "id": 5,
            "to": "milla@koski.example",
            "sender": "extranet@extranet.example",
            "sender_name": "Verkostoportaali",
            "language": "fi",
            "subject": "Kokous siirtyi",
            "text": "Hei\n",
            "html": "<p>Hei</p>",
            "message_id": "<5@extranet.example>",
            "created_at": datetime(2026, 11, 20, 8, 0, tzinfo=UTC),
            "attempts": 1,
            "is_secret": False,
        }
        return Parcel(**(given | more))

    return make

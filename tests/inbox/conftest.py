"""An installation that takes replies by mail, and letters as people's programs make them."""

from collections.abc import Callable
from dataclasses import replace
from email.message import EmailMessage
from typing import Any

import pytest
from flask import Flask

from extranet.core.db import db
from extranet.inbox.models import InboundLetter
from extranet.inbox.receiving import Verdict, receive
from extranet.mail.models import Letter
from tests.jobs.work import work_off

ADDRESS = "reply@extranet.example"


@pytest.fixture
def app(stage: Any, monkeypatch: pytest.MonkeyPatch) -> Flask:
    monkeypatch.setitem(stage.app.extensions, "extranet", replace(stage.app.extensions["extranet"], inbox_address=ADDRESS))
    return stage.app


@pytest.fixture
def our_letter(app: Flask, browser: Any, cast: Any, rows: Any) -> Letter:
    """What the member gets when the moderator has written into the HR thread."""
    browser("moderator").post(f"/discussions/{cast['hr_thread']}/reply", body="Meillä **kysely** tehdään joka syksy.\n\n- ensin\n- sitten")
    work_off(app)
    return next(letter for letter in rows(Letter) if letter.user_id == cast["member"])


@pytest.fixture
def answer(our_letter: Letter) -> Callable[..., EmailMessage]:
    """The member's reply to that letter, as a plain letter; keywords change headers."""

    def write(text: str = "Kiitos!", html: str | None = None, files: Any = (), **headers: str | None) -> EmailMessage:
        message = EmailMessage()
        given = {
            "From": f"Maija <{our_letter.to}>",
            "To": f"Portaali <{our_letter.reply_to}>",
            "Subject": f"Vs: {our_letter.subject}",
            "Message_ID": "<1@town.example>",
            "In_Reply_To": our_letter.message_id,
        }
        for name, value in (given | headers).items():
            if value is not None:
                message[name.replace("_", "-")] = value
        message.set_content(text)
        if html is not None:
            message.add_alternative(html, subtype="html")
        for name, content, mime in files:
            maintype, _, subtype = mime.partition("/")
            message.add_attachment(content, maintype=maintype, subtype=subtype, filename=name)
        return message

    return write


@pytest.fixture
def take(app: Flask) -> Callable[[Any], Verdict | None]:
    """Bring a letter to the door."""

    def do(letter: Any) -> Verdict | None:
        with app.app_context():
            try:
                return receive(letter if isinstance(letter, bytes) else letter.as_bytes())
            finally:
                db.session.remove()

    return do


@pytest.fixture
def became(rows: Any) -> Callable[[], list[tuple[str, str]]]:
    """What became of the letters, in order."""
    return lambda: [(letter.outcome.value, letter.why.value) for letter in rows(InboundLetter)]

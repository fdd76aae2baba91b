"""The public face of mail: `put_letter` adds a letter to the current transaction; a worker sends what was committed."""

from collections.abc import Callable, Sequence
from email.utils import make_msgid
from typing import Any
from urllib.parse import urlsplit

from flask import current_app

from extranet.core import clock
from extranet.core.db import db
from extranet.core.i18n import LANGUAGES, in_language
from extranet.core.text import one_line
from extranet.jobs.queue import enqueue, insert
from extranet.mail.message import Attachment, pack
from extranet.mail.models import Letter, LetterState
from extranet.mail.transport import keeps_letters

guards: dict[str, Callable[[int], bool]] = {}


def guard(name: str) -> Callable[[Callable[[int], bool]], Callable[[int], bool]]:
    """Register what is asked at the moment of sending: `may_go(guard_id)`; a letter that may not go is dropped, unread (T23)."""

    def register(may_go: Callable[[int], bool]) -> Callable[[int], bool]:
        guards[name] = may_go
        return may_go

    return register


def put_letter(
    *,
    to: str,
    language: str,
    template: str,
    user_id: int | None = None,
    key: str | None = None,
    secret: bool = False,
    guarded: tuple[str, int] | None = None,
    attachments: Sequence[Attachment] = (),
    reply_to: str = "",
    unsubscribe: str = "",
    conversation: str = "",
    **context: Any,
) -> None:
    """Render `templates/<template>.txt` and `.html` in the reader's language and add the letter to the outbox.

    The text begins with a line `Subject: …`; the HTML extends `mail/letter.html`. `key`: a letter with the same key is put once.
    attachments: small files, kept in the letter's row. reply_to: the address of a person who gets the answers.
    unsubscribe: the address where one press stops such letters. conversation: letters with the same word stand together in mail programs.
    secret: the letter carries a one-time link, so it goes first and its text is wiped after sending.
    """
    language = language if language in LANGUAGES else "fi"
    subject, text, html = _render(template, language, context)
    guard_name, guard_id = guarded or (None, None)
    letter = insert(Letter).values(
        to=one_line(to),
        user_id=user_id,
        language=language,
        subject=subject,
        text=text,
        html=html,
        attachments=pack(attachments),
        reply_to=one_line(reply_to),
        unsubscribe=one_line(unsubscribe),
        conversation=f"<{one_line(conversation)}@{_domain()}>" if conversation else "",
        message_id=make_msgid(domain=_domain()),
        key=key,
        template=template,
        rank=0 if secret else 1,
        guard=guard_name,
        guard_id=guard_id,
        state=LetterState.QUEUED,
        created_at=clock.now(),
        send_at=clock.now(),
        attempts=0,
        last_error="",
    )
    db.session.execute(letter.on_conflict_do_nothing(index_elements=[Letter.key]))
    enqueue("mail.send", dedupe="mail.send")


def may_be_read(letter: Letter) -> bool:
    """Whether its words may be shown: a one-time link is nobody's but the receiver's, except where letters only go to a folder."""
    return bool(letter.text) and (not letter.is_secret or keeps_letters(current_app.extensions["extranet"].mail_url))


def put_back(letter: Letter) -> None:
    """Let a letter that was given up be tried from the beginning."""
    letter.state, letter.attempts, letter.send_at = LetterState.QUEUED, 0, clock.now()
    enqueue("mail.send", dedupe="mail.send")


def _render(template: str, language: str, context: dict[str, Any]) -> tuple[str, str, str]:
    given = {"base_url": current_app.config["BASE_URL"], **context}
    with in_language(language):
        text = current_app.jinja_env.get_template(f"{template}.txt").render(given)
        subject, _, body = text.partition("\n")
        if not subject.startswith("Subject: "):
            raise ValueError(f"{template}.txt does not begin with its subject")
        subject = one_line(subject.removeprefix("Subject: "))[:300]
        html = current_app.jinja_env.get_template(f"{template}.html").render({"subject": subject, **given})
    return subject, body.strip() + "\n", html


def _domain() -> str:
    return urlsplit(current_app.config["BASE_URL"]).hostname or "localhost"

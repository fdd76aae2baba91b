"""T30: a worker killed in the middle of 2,000 letters loses none and repeats at most the one in flight."""

import os
import subprocess
import sys
import time
from collections import Counter

import pytest
from sqlalchemy import func, insert, select

from extranet.core import clock
from extranet.core.db import db
from extranet.jobs.queue import enqueue
from extranet.mail.models import Letter, LetterState
from tests.mail.server import quick_mail_server

LETTERS = 2000
KILL_AT = (150, 1000, 1999)


@pytest.mark.slow
def test_a_killed_worker_loses_no_letter(stage, app, rows, tmp_path):
    stage.is_dirty = True  # the other processes write
    with app.app_context():
        now = clock.now()
        db.session.execute(
            insert(Letter),
            [
                {
                    "to": f"person{n}@koski.example",
                    "language": "fi",
                    "subject": f"Kirje {n}",
                    "text": f"Kirje {n}\n",
                    "html": f"<p>Kirje {n}</p>",
                    "message_id": f"<{n}@extranet.example>",
                    "template": "notifications/mail/notice",
                    "state": LetterState.QUEUED,
                    "created_at": now,
                    "send_at": now,
                }
                for n in range(LETTERS)
            ],
        )
        enqueue("mail.send", dedupe="mail.send")
        db.session.commit()
        db.engine.dispose()

    with quick_mail_server() as server:
        worker = None

        def start():
            environ = os.environ | {
                "DATABASE_URL": stage.database.url,
                "EXTRANET_DATA": str(tmp_path),
                "SECRET_KEY": "x" * 40,
                "MAIL_URL": f"smtp://127.0.0.1:{server.port}",
                "LOG_LEVEL": "ERROR",
            }
            return subprocess.Popen([sys.executable, "-W", "error", "-m", "tests.mail.worker_process"], env=environ)

        def kill_in_flight():
            # Accepted by the server, but its worker never hears that.
            if len(server.received) in KILL_AT:
                worker.kill()

        server.hear = kill_in_flight
        deadline = time.monotonic() + 300
        kills = 0
        worker = start()
        while _count_sent(app) < LETTERS:
            assert time.monotonic() < deadline, f"{_count_sent(app)} of {LETTERS} letters sent"
            try:
                worker.wait(0.3)
                kills += 1
                worker = start()
            except subprocess.TimeoutExpired:
                pass
        worker.terminate()
        assert worker.wait(20) == 0

    times = Counter(server.header("To"))
    assert set(times) == {f"person{n}@koski.example" for n in range(LETTERS)}
    assert kills == len(KILL_AT)
    assert sum(times.values()) - LETTERS <= kills
    assert len(set(server.header("Message-ID"))) == LETTERS


def _count_sent(app):
    with app.app_context():
        return db.session.scalar(select(func.count()).where(Letter.state == LetterState.SENT))

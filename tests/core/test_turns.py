"""SQLite has one writer: people come before jobs."""

import threading

from extranet.core import db


def test_a_job_lets_a_waiting_person_go_first(monkeypatch):
    monkeypatch.setattr(db, "PATIENCE_SECONDS", 30.0)
    order = []

    def job():
        with db._turn():
            order.append("job")

    worker = threading.Thread(target=job)
    db._people_waiting.add(-1)
    try:
        worker.start()
        order.append("person")
    finally:
        db._people_waiting.discard(-1)
    worker.join(30)
    assert order == ["person", "job"]


def test_a_job_does_not_wait_for_ever(monkeypatch):
    monkeypatch.setattr(db, "PATIENCE_SECONDS", 0.0)
    db._people_waiting.add(-1)
    try:
        with db._turn():
            assert db._people_waiting == {-1}
    finally:
        db._people_waiting.discard(-1)


def test_a_person_stands_in_the_line_until_the_turn_comes(app):
    with app.test_request_context("/", method="POST"):
        with db._turn():
            assert threading.get_ident() in db._people_waiting
        assert threading.get_ident() not in db._people_waiting

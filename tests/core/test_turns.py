"""SQLite has one writer: people come before jobs, and in their order."""

import threading

from extranet.core import db


def test_a_job_lets_people_go_first(monkeypatch):
    monkeypatch.setattr(db, "PATIENCE_SECONDS", 30.0)
    order = []

    def job():
        with db._turn():
            order.append("job")

    worker = threading.Thread(target=job)
    db._line.append(-1)
    try:
        worker.start()
        order.append("person")
    finally:
        db._line.remove(-1)
    worker.join(30)
    assert order == ["person", "job"]


def test_a_job_does_not_wait_for_ever(monkeypatch):
    monkeypatch.setattr(db, "PATIENCE_SECONDS", 0.0)
    db._line.append(-1)
    try:
        with db._turn():
            assert list(db._line) == [-1]
    finally:
        db._line.remove(-1)


def test_people_write_in_the_order_in_which_they_came(app):
    order, pause = [], threading.Event()

    def person(name):
        with app.test_request_context("/", method="POST"):
            with db._turn():
                order.append(name)
            db._leave_line()

    people = [threading.Thread(target=person, args=(name,)) for name in "abcd"]
    db._line.append(-1)
    for place, thread in enumerate(people, 2):
        thread.start()
        while len(db._line) < place:
            pause.wait(0.001)
    assert order == []
    with db._moved:
        db._line.remove(-1)
        db._moved.notify_all()
    for thread in people:
        thread.join(30)
    assert order == list("abcd") and not db._line


def test_a_request_leaves_the_line_as_it_ends(app, browser):
    assert browser("member").post("/events/999999/sign-up").status == 404
    assert browser("member").post("/language", language="sv").status in (302, 303)
    assert not db._line


def test_nobody_waits_for_ever_behind_one_who_is_gone(app, monkeypatch):
    monkeypatch.setattr(db, "LINE_SECONDS", 0.01)
    db._line.append(-1)
    with app.test_request_context("/", method="POST"):
        with db._turn():
            assert list(db._line) == [threading.get_ident()]
        db._leave_line()
    assert not db._line

"""How letters come: out of a mailbox by IMAP, or by a pipe."""

from dataclasses import replace

import pytest
from click.testing import CliRunner

from extranet import cli
from extranet.core.db import db
from extranet.discussions.models import Post
from extranet.inbox import receiving, tasks
from extranet.inbox.models import InboundLetter
from tests.inbox.mailbox import open_box


@pytest.fixture
def fetch(app, monkeypatch):
    def do(box, job=tasks.fetch, **changes):
        known = app.extensions["extranet"]
        monkeypatch.setitem(app.extensions, "extranet", replace(known, imap_url=changes.get("url", box.url)))
        with app.app_context():
            job()
            db.session.remove()

    return do


def test_the_mailbox_is_emptied_once(answer, fetch, became, rows):
    letters = [answer("Yksi").as_bytes(), answer("Poissa", Subject="Poissa", Message_ID="<2@x.example>").as_bytes(), b"\xff"]
    count = len(rows(Post))
    with open_box(letters) as box:
        fetch(box)
        fetch(box)
        assert all("\\Seen" in flags for flags in box.flags.values()) and box.folder == '"Vastaukset \\"A\\""'
        assert sorted(became()) == [("posted", "taken"), ("silent", "automatic"), ("silent", "no_token")]
        assert len(rows(Post)) == count + 1
        fetch(box, tasks.sweep)
        assert box.letters == {} and len(rows(InboundLetter)) == 3


def test_a_letter_that_was_taken_in_but_not_marked_is_known(answer, fetch, take, rows):
    take(answer())
    count = len(rows(Post))
    with open_box([answer().as_bytes()]) as box:
        fetch(box)
        assert len(rows(Post)) == count and "\\Seen" in box.flags[1]


def test_one_letter_that_breaks_us_does_not_hold_up_the_others(answer, fetch, became, monkeypatch, caplog):
    real = receiving.read
    monkeypatch.setattr(receiving, "read", lambda raw: 1 // 0 if b"Bad" in raw else real(raw))
    with open_box([answer("Bad").as_bytes(), answer("Good", Message_ID="<2@x.example>").as_bytes()]) as box:
        fetch(box)
        assert became() == [("posted", "taken")] and len(box.letters) == 2


@pytest.mark.parametrize("what", ["password", "nobody"])
def test_a_mailbox_that_is_not_there_is_tried_again_later(app, answer, fetch, became, what, caplog):
    with open_box([answer().as_bytes()]) as box:
        url = box.url.replace("secret", "wrong") if what == "password" else "imap://a:b@127.0.0.1:1/"
        fetch(box, url=url)
        assert became() == [] and "the mailbox cannot be read" in caplog.text and "wrong" not in caplog.text
        fetch(box)
        assert became() == [("posted", "taken")]


@pytest.fixture
def pipe(app, monkeypatch):
    """`extranet mail receive`, in this process."""
    from contextlib import contextmanager

    @contextmanager
    def here():
        with app.app_context():
            yield app

    monkeypatch.setattr(cli, "_application", here)
    monkeypatch.setattr("extranet.core.schema.check", lambda: None)
    return lambda raw: CliRunner().invoke(cli.main, ["mail", "receive"], input=raw)


def test_a_letter_by_a_pipe(answer, pipe, became, rows):
    count = len(rows(Post))
    first, second, third = pipe(answer().as_bytes()), pipe(answer().as_bytes()), pipe(b"noise")
    assert (first.exit_code, first.output) == (0, "posted: taken\n")
    assert (second.exit_code, third.exit_code) == (0, 0) and "known" in second.output and "silent" in third.output
    assert len(rows(Post)) == count + 1


def test_what_goes_wrong_with_us_brings_the_letter_again(answer, pipe, monkeypatch, became):
    monkeypatch.setattr(receiving, "_judge", lambda message: 1 // 0)
    result = pipe(answer().as_bytes())
    assert result.exit_code == 75 and became() == []

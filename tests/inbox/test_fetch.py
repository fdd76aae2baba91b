"""How letters come: out of a mailbox by IMAP, or by a pipe."""

from dataclasses import replace

import pytest
from sqlalchemy import event, text

from extranet.core.db import db
from extranet.core.paths import MIGRATIONS
from extranet.discussions.models import Post
from extranet.inbox import tasks
from extranet.inbox.models import InboundLetter
from tests.cli.conftest import Machine, logging_as_it_was  # noqa: F401  a fixture
from tests.inbox.conftest import ADDRESS
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


@pytest.fixture
def full_disk():
    """A database that has no room for one certain post."""

    def refuse(_mapper, _connection, post):
        if post.body == "Bad":
            raise OSError("no space left on device")

    event.listen(Post, "before_insert", refuse)
    yield
    event.remove(Post, "before_insert", refuse)


@pytest.mark.usefixtures("full_disk")
def test_one_letter_that_breaks_us_does_not_hold_up_the_others(answer, fetch, became, caplog):
    with open_box([answer("Bad").as_bytes(), answer("Good", Message_ID="<2@x.example>").as_bytes()]) as box:
        fetch(box)
        assert became() == [("posted", "taken")] and len(box.letters) == 2
        assert "could not be taken in" in caplog.text


def test_a_letter_that_is_too_large_is_not_fetched(answer, fetch, became, rows):
    """25 MB is what most mail servers let through; of more than we hold not a byte is asked for."""
    large = answer("Pieni vastaus", Message_ID="<2@x.example>").as_bytes() + b"\n" * 36_000_000
    with open_box([large, answer().as_bytes()]) as box:
        fetch(box)
        assert became() == [("posted", "taken")] and box.flags[1] == {"\\Seen"}
        assert [command for command in box.said if "BODY" in command] == ["UID FETCH 2 (BODY.PEEK[])"]


@pytest.mark.parametrize("what", ["password", "nobody"])
def test_a_mailbox_that_is_not_there_is_tried_again_later(app, answer, fetch, became, what, caplog):
    with open_box([answer().as_bytes()]) as box:
        url = box.url.replace("secret", "wrong") if what == "password" else "imap://a:b@127.0.0.1:1/"
        fetch(box, url=url)
        assert became() == [] and "the mailbox cannot be read" in caplog.text and "wrong" not in caplog.text
        fetch(box)
        assert became() == [("posted", "taken")]


@pytest.fixture
def pipe(stage, answer, tmp_path):
    """`extranet mail receive`, with an app of its own on the same database."""
    known = {"DATABASE_URL": stage.database.url, "SECRET_KEY": stage.app.config["SECRET_KEY"], "BASE_URL": "http://localhost"}
    machine = Machine(known | {"EXTRANET_DATA": str(tmp_path), "EXTRANET_WORKER": "none", "INBOX_ADDRESS": ADDRESS})
    stage.is_dirty = True
    yield lambda raw: machine.run("mail", "receive", input=raw)
    machine.close()


@pytest.fixture
def installed(app):
    """The database says which version it is of, as after `extranet init`; the tests' own are made without."""
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
        newest = max(path.name[:4] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))
        connection.execute(text("INSERT INTO alembic_version VALUES (:newest)"), {"newest": newest})
    yield
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text("DROP TABLE alembic_version"))


@pytest.mark.usefixtures("installed")
def test_a_letter_by_a_pipe(answer, pipe, rows):
    count = len(rows(Post))
    first, second, third = pipe(answer().as_bytes()), pipe(answer().as_bytes()), pipe(b"noise")
    assert (first.exit_code, first.stdout) == (0, "posted: taken\n")
    assert (second.exit_code, third.exit_code) == (0, 0) and "known" in second.output and "silent" in third.output
    assert len(rows(Post)) == count + 1


def test_what_goes_wrong_with_us_brings_the_letter_again(answer, pipe, became):
    """Here the database is of no version that we know."""
    result = pipe(answer().as_bytes())
    assert result.exit_code == 75 and "bring it again later" in result.output and became() == []

"""The cast on both databases, a browser for each of them, and a look at the rows from outside."""

import gc
import logging
import os
import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import event, select

from extranet.app import create_app
from extranet.core import clock, config, settings
from extranet.core.db import Base, db
from extranet.core.viewer import NOBODY, Viewer
from extranet.demo.build import build_cast
from extranet.jobs import health
from extranet.materials import page_queries, tally
from extranet.networks.access import viewer_for
from tests.databases import KINDS
from tests.optional import pytest_runtest_setup, pytest_terminal_summary  # noqa: F401  hooks of pytest
from tests.page import Browser

WRITES = re.compile(r"\s*(?:(?:INSERT INTO|UPDATE|DELETE FROM)\s+\"?(?P<table>\w+)|INSERT|CREATE|ALTER|DROP)", re.IGNORECASE)


class Compiled(BytecodeCache):
    """What the templates are compiled to, once for all applications of this process."""

    def __init__(self) -> None:
        self.code: dict[str, Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.code.get(bucket.key)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.code[bucket.key] = bucket.code


COMPILED = Compiled()


class Stage:
    """One database kind with its app. Reset to the cast only after a test that wrote.

    `written`: the tables that the app wrote; `is_dirty`: it may be any, or the tables themselves are others.
    """

    def __init__(self, kind: str) -> None:
        self.database = KINDS[kind]()
        folder = Path(tempfile.mkdtemp(prefix="extranet-data-"))
        env = {
            "EXTRANET_DATA": str(folder),
            "DATABASE_URL": self.database.url,
            "SECRET_KEY": "x" * 40,
            "EXTRANET_WORKER": "none",
            "BASE_URL": "http://localhost",
        }
        self.app = create_app(config.load(env), TESTING=True, PROPAGATE_EXCEPTIONS=False, WTF_CSRF_ENABLED=False)
        self.app.jinja_env.bytecode_cache = COMPILED
        self.statements: list[str] = []
        self.is_dirty = False
        self.written: set[str] = set()
        with self.app.app_context():
            Base.metadata.create_all(db.engine)
            self.cast = build_cast()
            self.ids = {key: user.id for key, user in self.cast.people.items()} | {"visitor": None}
            self.things = dict(self.cast.things)
            self.networks = {slug: network.id for slug, network in self.cast.networks.items()}
            db.session.commit()
            db.session.remove()
            event.listen(db.engine, "before_cursor_execute", self._watch)
            db.engine.dispose()
        self.keep()
        # All this stays for the whole run. To look through it for garbage again and again takes a tenth of the time.
        gc.collect()
        gc.freeze()
        gc.set_threshold(10_000, 20, 10)

    def keep(self) -> None:
        """Go back to what there is now after each test that writes."""
        self.database.keep()
        self.is_dirty = False
        self.written.clear()

    def _watch(self, _connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        self.statements.append(statement)
        found = WRITES.match(statement)
        if found and found["table"]:
            self.written.add(found["table"])
        elif found:
            self.is_dirty = True

    def reset(self) -> None:
        settings.forget_cached()
        tally.forget()
        page_queries.forget_readers()
        # The suite takes longer than a worker may be silent; a test meets a server that has just started.
        health.started_at = clock.now()
        health._known = (health.started_at, False)
        if self.is_dirty or self.written:
            with self.app.app_context():
                db.session.remove()
                self.database.restore(None if self.is_dirty else _with_heirs(self.written), db.engine.dispose)
            self.is_dirty = False
            self.written.clear()


def _with_heirs(tables: set[str]) -> set[str]:
    """These tables, and those whose rows go when rows of these go."""
    keys = [key for table in Base.metadata.tables.values() for key in table.foreign_keys if key.ondelete]
    heirs = {key.parent.table.name for key in keys if key.column.table.name in tables}
    return tables if heirs <= tables else _with_heirs(tables | heirs)


_stages: dict[str, Stage] = {}


def pytest_sessionfinish() -> None:
    for stage in _stages.values():
        with stage.app.app_context():
            db.session.remove()
            db.engine.dispose()


def stage_of(kind: str) -> Stage:
    if kind not in _stages:
        _stages[kind] = Stage(kind)
    return _stages[kind]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first: at the end each worker finds something short to do."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Whatever touches the database runs on both kinds; EXTRANET_TEST_DATABASES narrows that down while working."""
    if "stage" in metafunc.fixturenames:
        kinds = os.environ.get("EXTRANET_TEST_DATABASES", "sqlite,postgresql").split(",")
        metafunc.parametrize("stage", kinds, indirect=True)


@pytest.fixture
def stage(request: pytest.FixtureRequest) -> Iterator[Stage]:
    here = stage_of(request.param)
    here.reset()
    yield here
    with here.app.app_context():
        db.session.remove()


@pytest.fixture
def app(stage: Stage) -> Flask:
    return stage.app


@pytest.fixture
def cast(stage: Stage) -> dict[str, Any]:
    """Ids: people by account name, things by the names that the demo packages gave them."""
    return stage.ids | stage.things | {f"network:{slug}": i for slug, i in stage.networks.items()}


@pytest.fixture
def browser(stage: Stage) -> Callable[..., Browser]:
    """`browser("member")`: signed in as that person of the cast; `browser("visitor")` as nobody."""
    return lambda name="visitor", language=None: Browser(stage.app, stage.ids[name], language)


@pytest.fixture
def viewer(stage: Stage) -> Callable[[str], Viewer]:
    def make(name: str) -> Viewer:
        if name == "visitor":
            return NOBODY
        with stage.app.app_context():
            return viewer_for(stage.ids[name])

    return make


@pytest.fixture
def rows(stage: Stage) -> Callable[..., list[Any]]:
    """Read the database the way an auditor would: afterwards, from outside."""

    def read(model: Any, *where: Any) -> list[Any]:
        with stage.app.app_context():
            found = list(db.session.scalars(select(model).where(*where).order_by(*model.__table__.primary_key)))
            db.session.expunge_all()
            return found

    return read


@pytest.fixture
def count_queries(stage: Stage) -> Callable[[Callable[[], Any]], int]:
    """How many statements `do` sends, BEGIN and pragmas left out."""

    def count(do: Callable[[], Any]) -> int:
        stage.statements.clear()
        do()
        return len([s for s in stage.statements if not s.startswith(("BEGIN", "PRAGMA", "SAVEPOINT", "RELEASE"))])

    return count


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A page that breaks is a failure, even where a friendly error page hides it."""
    yield
    for record in caplog.get_records("call"):
        if record.levelno >= logging.ERROR and "unexpected error" in record.getMessage():
            pytest.fail(f"the server logged: {record.getMessage()}\n{record.exc_text or record.exc_info}")

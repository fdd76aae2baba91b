"""One session and one transaction per request, no lazy loading, the same rules on SQLite and PostgreSQL."""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, g, has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, DateTime, Engine, Enum, MetaData, event
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.orm import DeclarativeBase, registry, relationship
from sqlalchemy.types import TypeDecorator

from extranet.core.text import LocalText

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
PATIENCE_SECONDS = 1.0
LINE_SECONDS = 10.0

_line: deque[int] = deque()  # the threads of requests that write to SQLite: the first has the lock or is about to get it
_moved = threading.Condition()


class UTCDateTime(TypeDecorator[datetime]):
    """A moment. Naive values are refused going in; UTC comes out on both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class LocalTextType(TypeDecorator[LocalText]):
    """Text in several languages, one JSON column: {"fi": …, "sv": …}."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> dict[str, str] | None:
        return None if value is None else {k: v for k, v in value.items() if v}

    def process_result_value(self, value: Any, dialect: Dialect) -> LocalText:
        return LocalText(value or {})


class Base(DeclarativeBase):
    # A registry, because a type_annotation_map on Base itself breaks Flask-SQLAlchemy.
    registry = registry(
        metadata=MetaData(
            naming_convention={
                "ix": "ix_%(table_name)s_%(column_0_N_name)s",
                "uq": "uq_%(table_name)s_%(column_0_N_name)s",
                "ck": "ck_%(table_name)s_%(constraint_name)s",
                "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
                "pk": "pk_%(table_name)s",
            }
        ),
        type_annotation_map={datetime: UTCDateTime(), LocalText: LocalTextType(), dict[str, Any]: JSON(), list[str]: JSON()},
    )


db = SQLAlchemy(model_class=Base, disable_autonaming=True)

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model

link = partial(relationship, lazy="raise_on_sql")


def choice(enum: type, name: str) -> Enum:
    """A column type for a StrEnum: its values as text, with a CHECK constraint called `name`."""
    return Enum(
        enum,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=32,
        values_callable=lambda members: [member.value for member in members],
    )


def init_app(app: Flask) -> None:
    """Bind the session to the app and hold the one commit rule: a status below 400 commits, any other rolls back."""
    db.init_app(app)
    with app.app_context():
        _prepare_engine(db.engine)

    @app.before_request
    def read_without_transaction() -> None:
        # A safe request only reads; on PostgreSQL that saves the round trips of BEGIN and ROLLBACK.
        if request.method in SAFE_METHODS and request.endpoint not in ("static", "jobs.healthz") and db.engine.dialect.name == "postgresql":
            db.session.connection(execution_options={"isolation_level": "AUTOCOMMIT"})

    @app.after_request
    def commit_or_roll_back(response: Response) -> Response:
        if request.method in SAFE_METHODS or response.status_code >= 400:
            db.session.rollback()
        else:
            db.session.commit()
        return response

    @app.teardown_request
    def run_after_transaction(_error: BaseException | None) -> None:
        waiting: list[Callable[[], None]] = g.pop("after_transaction", [])
        if not waiting:
            return
        g.is_after_transaction = True
        db.session.rollback()
        try:
            for do in waiting:
                do()
            db.session.commit()
        except Exception:
            db.session.rollback()
            app.logger.exception("what was to be recorded after the request could not be written")


def after_transaction(do: Callable[[], None]) -> None:
    """Have `do` write when this request's own transaction has ended, whichever way; at once outside a request.

    All that one request leaves for later shares one short transaction (architecture: record_apart).
    """
    if not has_request_context():
        do()
        return
    if "after_transaction" not in g:
        g.after_transaction = []
    g.after_transaction.append(do)


def let_go() -> None:
    """End the transaction before slow work begins (hashing a password, sending): SQLite has one writer.

    Only before anything is written. What was loaded is read anew when it is used again.
    """
    if db.session.new or db.session.dirty or db.session.deleted:
        raise RuntimeError("something is written already; letting go would lose it")
    db.session.rollback()


@contextmanager
def apart() -> Iterator[None]:
    """A short transaction of its own inside a request that has written nothing yet: claim, then slow work, then done."""
    let_go()
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise


def _prepare_engine(engine: Engine) -> None:
    if engine.dialect.name != "sqlite" or getattr(engine, "is_prepared", False):
        return
    engine.is_prepared = True  # type: ignore[attr-defined]

    @event.listens_for(engine, "connect")
    def set_pragmas(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "foreign_keys=ON",
            "busy_timeout=10000",
            "synchronous=NORMAL",
            "mmap_size=1073741824",
            "cache_size=-16000",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if not _is_writing():
            connection.exec_driver_sql("BEGIN")
            return
        # A deferred BEGIN that writes later fails with "database is locked" or overbooks; take the lock first.
        with _turn():
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    event.listen(engine, "commit", _leave_line)
    event.listen(engine, "rollback", _leave_line)


@contextmanager
def _turn() -> Iterator[None]:
    """People before jobs, and people one after another. SQLite's lock goes to whoever asks at the right moment: among many who
    ask all the time some would wait for seconds."""
    if not has_request_context():
        until = time.monotonic() + PATIENCE_SECONDS
        while _line and time.monotonic() < until:
            time.sleep(0.002)
        yield
        return
    me = threading.get_ident()
    with _moved:
        if me not in _line:
            _line.append(me)
        if not _moved.wait_for(lambda: _line[0] == me, LINE_SECONDS):
            while _line[0] != me:  # whoever held it so long is gone, or SQLite's own lock will tell
                _line.popleft()
    try:
        yield
    except BaseException:
        _leave_line()
        raise


def _leave_line(*_event: Any) -> None:
    """Let the next one begin, as this thread commits or rolls back."""
    with _moved:
        if (me := threading.get_ident()) in _line:
            _line.remove(me)
            _moved.notify_all()


def _is_writing() -> bool:
    if not has_request_context():
        return True
    return request.method not in SAFE_METHODS or g.get("is_after_transaction", False)

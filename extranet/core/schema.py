"""Whether the database fits this version of the code, and how it is brought up to it."""

import sqlite3
from contextlib import closing
from enum import StrEnum
from pathlib import Path

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy import inspect

from extranet.core import clock
from extranet.core.db import db


class WrongSchema(Exception):
    """The database does not fit this version. The message says what to do."""


class Fit(StrEnum):
    """How the database compares with the migrations of this version."""

    EMPTY = "empty"
    CURRENT = "current"
    OLDER = "older"
    NEWER = "newer"
    FOREIGN = "foreign"


def _config() -> AlembicConfig:
    config: AlembicConfig = current_app.extensions["migrate"].migrate.get_config()
    return config


def _look() -> tuple[bool, str | None]:
    """Whether there are tables, and the database's revision; in this order, as another machine may be migrating."""
    with db.engine.connect() as connection:
        tables = set(inspect(connection).get_table_names()) - {"alembic_version"}
        return bool(tables), MigrationContext.configure(connection).get_current_revision()


def fit() -> Fit:
    """Compare the database's revision with the newest one known here."""
    scripts = ScriptDirectory.from_config(_config())
    has_tables, revision = _look()
    if revision is None:
        return Fit.FOREIGN if has_tables else Fit.EMPTY
    if revision == scripts.get_current_head():
        return Fit.CURRENT
    return Fit.OLDER if revision in {script.revision for script in scripts.walk_revisions()} else Fit.NEWER


ADVICE = {
    Fit.EMPTY: "The database is empty: run `extranet init` first.",
    Fit.OLDER: "The database is older than this version of the extranet: run `extranet upgrade` first.",
    Fit.NEWER: "The database was made by a newer version of the extranet: install that version, or restore the copy made before the upgrade.",
    Fit.FOREIGN: "The database holds tables of something else: give the extranet a database of its own in DATABASE_URL.",
}


def check() -> None:
    """Refuse to start on a database of another version (T45)."""
    found = fit()
    if found in ADVICE:
        raise WrongSchema(ADVICE[found])


def upgrade() -> Path | None:
    """Run the migrations that are missing, all or none; on SQLite the file is copied first. Answers where the copy lies.

    Two machines may try at once: env.py lets one of them wait, and it then finds nothing left to do.
    """
    found = fit()
    if found in (Fit.NEWER, Fit.FOREIGN):
        raise WrongSchema(ADVICE[found])
    if found == Fit.CURRENT:
        return None
    copy = _copy_file() if found == Fit.OLDER else None
    command.upgrade(_config(), "head")
    return copy


def _copy_file() -> Path | None:
    name = db.engine.url.database
    if db.engine.dialect.name != "sqlite" or not name:
        return None
    file = Path(name)
    copy = file.with_name(f"{file.name}.{_look()[1]}-{clock.now():%Y%m%dT%H%M%S}")
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    return copy

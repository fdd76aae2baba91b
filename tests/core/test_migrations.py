"""The migrations, from nothing, make exactly the tables of the models; down and up again on a filled database."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.script import ScriptDirectory
from flask import Flask

from extranet.accounts.models import User
from extranet.app import create_app
from extranet.core import config, schema
from extranet.core.db import db
from tests.conftest import Stage

OTHERS = ("alembic_version", "search_fts")


@pytest.fixture
def migrated(stage: Stage, tmp_path: Any) -> Flask:
    """An app whose database was made by migrations alone."""
    app = create_app(config.load({"EXTRANET_DATA": str(tmp_path), "DATABASE_URL": stage.database.empty("migrated")}))
    with app.app_context():
        schema.upgrade()
    return app


def describe(app: Flask) -> dict[str, dict[str, Any]]:
    """Everything that the database itself knows about its tables."""
    with app.app_context():
        inspector = sa.inspect(db.engine)
        tables = [name for name in inspector.get_table_names() if not name.startswith(OTHERS)]
        described = {name: describe_table(inspector, name, db.engine.dialect) for name in tables}
        db.engine.dispose()
    return described


def describe_table(inspector: sa.Inspector, name: str, dialect: sa.Dialect) -> dict[str, Any]:
    return {
        "columns": {c["name"]: (c["type"].compile(dialect), c["nullable"], c["default"]) for c in inspector.get_columns(name)},
        "primary key": inspector.get_pk_constraint(name),
        "foreign keys": in_order(inspector.get_foreign_keys(name)),
        "uniques": in_order(inspector.get_unique_constraints(name)),
        "indexes": in_order(inspector.get_indexes(name)),
        "checks": in_order(inspector.get_check_constraints(name)),
    }


def in_order(found: Any) -> list[str]:
    return sorted(json.dumps(item, sort_keys=True, default=str) for item in found)


def test_migrations_equal_the_models(stage, migrated):
    of_models, of_migrations = describe(stage.app), describe(migrated)
    assert of_models.keys() == of_migrations.keys()
    assert len(of_models) > 10
    for table, facts in of_models.items():
        for kind, expected in facts.items():
            assert of_migrations[table][kind] == expected, f'{kind} of {table}: make migration m="…"'


def test_a_filled_database_goes_down_to_nothing_and_up_again(stage):
    before = describe(stage.app)
    with stage.app.app_context():
        found = schema._config()
        command.stamp(found, "head")
        for revision in ScriptDirectory.from_config(found).walk_revisions():
            command.downgrade(found, revision.down_revision or "base")
        assert schema.fit() == schema.Fit.EMPTY
        schema.upgrade()
        assert schema.fit() == schema.Fit.CURRENT
        assert db.session.scalars(sa.select(User)).all() == []
    assert describe(stage.app) == before


def test_there_is_one_newest_revision(app):
    with app.app_context():
        assert len(ScriptDirectory.from_config(schema._config()).get_heads()) == 1


@pytest.mark.slow
def test_two_machines_upgrade_at_once_and_one_does_it(stage, tmp_path):
    url = stage.database.empty("raced")
    env = {"PATH": os.environ["PATH"], "EXTRANET_DATA": str(tmp_path), "DATABASE_URL": url, "SECRET_KEY": "x" * 40}
    command_line = [Path(sys.executable).with_name("extranet"), "upgrade"]
    both = [subprocess.Popen(command_line, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) for _ in range(2)]
    said = [process.communicate(timeout=60)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    app = create_app(config.load(env))
    with app.app_context():
        assert schema.fit() == schema.Fit.CURRENT
        db.engine.dispose()

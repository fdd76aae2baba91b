"""The database and the code are of one version, or nothing starts; the upgrade keeps a copy (T45)."""

import sqlite3
from contextlib import closing

import pytest

VERSIONS = "extranet.app.MIGRATIONS"
COMMANDS = ["serve", "worker"]


@pytest.mark.parametrize("command", COMMANDS)
def test_an_empty_database_is_not_served(machine, free_port, command):
    result = machine.run(command, PORT=free_port)
    assert result.exit_code == 1
    assert result.output == "Error: The database is empty: run `extranet init` first.\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_an_older_database_is_not_served(machine, later, free_port, monkeypatch, command):
    machine.install()
    monkeypatch.setattr(VERSIONS, later)
    result = machine.run(command, PORT=free_port)
    assert result.exit_code == 1
    assert result.output == "Error: The database is older than this version of the extranet: run `extranet upgrade` first.\n"


@pytest.mark.parametrize("command", [*COMMANDS, "upgrade", "run"])
def test_a_newer_database_is_neither_served_nor_touched(machine, later, free_port, monkeypatch, command):
    with monkeypatch.context() as patch:
        patch.setattr(VERSIONS, later)
        machine.init()
    result = machine.run(command, PORT=free_port)
    assert result.exit_code == 1
    assert "made by a newer version of the extranet" in result.output
    assert "Traceback" not in result.output
    assert machine.sql("SELECT version_num FROM alembic_version") == [("9000",)]


def test_upgrade_brings_the_database_to_this_version_and_keeps_a_copy(machine, later, monkeypatch):
    machine.install()
    monkeypatch.setattr(VERSIONS, later)
    result = machine.run("upgrade")
    assert result.exit_code == 0, result.output
    assert "was upgraded" in result.output
    assert machine.sql("SELECT count(*) FROM later") == [(0,)]
    assert len(machine.sql('SELECT id FROM "user"')) == 1
    if file := machine.database_file():
        (copy,) = file.parent.glob(f"{file.name}.0*")
        assert str(copy) in result.output
        with closing(sqlite3.connect(copy)) as before:
            assert before.execute("SELECT email FROM user").fetchall() == [("pirkko@kunta.example",)]
            assert before.execute("SELECT name FROM sqlite_master WHERE name = 'later'").fetchall() == []


def test_upgrading_once_more_changes_nothing(machine):
    machine.install()
    result = machine.run("upgrade")
    assert result.exit_code == 0
    assert result.output == "The database is up to date.\n"


def test_a_migration_that_fails_changes_nothing(machine, later, monkeypatch):
    machine.install()
    file = later / "versions" / "9000_later.py"
    file.write_text(
        file.read_text()
        .replace("def downgrade", "    op.execute('SELECT nonsense FROM nowhere')\ndef downgrade")
        .replace("-> None: op.create_table", "-> None:\n    op.create_table")
    )
    monkeypatch.setattr(VERSIONS, later)
    assert machine.run("upgrade").exit_code == 1
    monkeypatch.undo()
    assert machine.run("upgrade").output == "The database is up to date.\n"

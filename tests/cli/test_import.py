"""Importing from the command line: what it prints, what it writes, how it ends. The rules have their tests in tests/admin (T44)."""

import pytest

from extranet.demo.organisations import LIST

PEOPLE = "email,first_name,last_name,organisation_code,language\n"


@pytest.fixture
def installed(machine):
    machine.install()
    return machine


def count(machine, table: str) -> int:
    return machine.sql(f'SELECT count(*) FROM "{table}"')[0][0]


def test_a_dry_run_tells_and_writes_nothing(installed):
    result = installed.run("import", "organisations", str(LIST))
    assert result.exit_code == 0, result.output
    assert "350 new, 0 changed, 0 unchanged, 0 refused." in result.output
    assert "dry run" in result.output
    assert count(installed, "organisation") == 0


def test_it_writes_once_and_finds_nothing_to_do_the_second_time(installed):
    assert "Written." in installed.run("import", "organisations", str(LIST), "--apply").output
    assert count(installed, "organisation") == 350
    assert "0 new, 0 changed, 350 unchanged, 0 refused." in installed.run("import", "organisations", str(LIST)).output


def test_one_refused_row_holds_back_all_unless_it_is_left_out(installed, tmp_path):
    installed.run("import", "organisations", str(LIST), "--apply")
    file = tmp_path / "people.csv"
    file.write_text(PEOPLE + "eeva@kunta.example,Eeva,Laaksola,638,fi\nnobody,Olli,Harju,638,fi\n")
    held_back = installed.run("import", "people", str(file), "--apply")
    assert held_back.exit_code == 1
    assert "Line 3" in held_back.output
    assert "--skip-refused" in held_back.output
    assert count(installed, "user") == 1
    assert installed.run("import", "people", str(file), "--apply", "--skip-refused").exit_code == 0
    assert count(installed, "user") == 2


def test_a_file_that_is_no_table_is_one_sentence(installed, tmp_path):
    file = tmp_path / "people.csv"
    file.write_bytes(b"\x00\x01\x02")
    result = installed.run("import", "people", str(file))
    assert result.exit_code == 1
    assert result.output.startswith("Error: ")
    assert result.output.count("\n") == 1

"""A fresh installation: what it asks, what it makes, and that it overwrites nothing."""

import pytest

from extranet.core.settings import get_setting
from tests.cli.conftest import INIT, PASSWORD
from tests.page import Browser


def test_the_first_administrator_can_sign_in_afterwards(machine):
    result = machine.init()
    assert result.exit_code == 0, result.output
    assert "extranet serve" in result.output
    browser = Browser(machine.app(), None)
    answer = browser.post("/sign-in", email="pirkko@kunta.example", password=PASSWORD)
    assert answer.status == 303
    assert browser.get("/admin/").status == 200


def test_the_answers_are_kept_and_the_act_is_remembered(machine):
    machine.init()
    with machine.app().app_context():
        assert get_setting("languages") == ["fi", "sv"]
        assert get_setting("service_name") == {"fi": "Verkosto", "sv": "Nätverk"}
        assert not get_setting("is_demo")
    assert machine.sql("SELECT name FROM audit_event") == [("accounts.install",)]
    assert PASSWORD not in str(machine.sql('SELECT password_hash FROM "user"'))


def test_it_asks_for_what_no_option_says(machine):
    answers = ["fi", "Verkostoportaali", "eeva@kunta.example", "Eeva", "Laaksola", PASSWORD, PASSWORD]
    result = machine.run("init", input="\n".join(answers) + "\n")
    assert result.exit_code == 0, result.output
    assert machine.sql('SELECT email, first_name, last_name FROM "user"') == [("eeva@kunta.example", "Eeva", "Laaksola")]


def test_a_database_in_use_is_left_as_it_is(machine):
    machine.install()
    result = machine.run(*INIT, input="another good passphrase\n")
    assert result.exit_code == 1
    assert "in use, and nothing was changed" in result.output
    assert len(machine.sql('SELECT id FROM "user"')) == 1


def test_a_foreign_database_is_left_alone(machine):
    machine.sql("CREATE TABLE invoice (id INTEGER PRIMARY KEY)")
    result = machine.init()
    assert result.exit_code == 1
    assert "a database of its own" in result.output


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (("--languages", "fi,de"), "Languages are some of"),
        (("--name", "Verkosto"), "language=name"),
        (("--email", "pirkko"), "no e-mail address"),
        (("--last-name", " "), "a last name"),
    ],
)
def test_a_wrong_answer_is_one_sentence_and_makes_nothing(machine, wrong, sentence):
    result = machine.run(*INIT, *wrong, input=f"{PASSWORD}\n")
    assert result.exit_code == 1
    assert sentence in result.output
    assert "Traceback" not in result.output
    assert machine.init().exit_code == 0


def test_a_weak_password_is_refused_in_the_language_of_the_command(machine):
    result = machine.run(*INIT, input="short\n")
    assert result.exit_code == 1
    assert "Use at least 12 characters" in result.output


def test_the_demo_does_not_go_into_a_database_in_use(machine):
    machine.install()
    result = machine.run("demo")
    assert result.exit_code == 1
    assert "in use" in result.output
    assert len(machine.sql('SELECT id FROM "user"')) == 1

"""The server as a process: it says what is wrong in one sentence, starts, answers, and keeps what was written."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

EXTRANET = str(Path(sys.executable).with_name("extranet"))


@contextmanager
def started(machine, command: str, port: str) -> Iterator[subprocess.Popen]:
    """The server while it runs; it is ended as systemd would end it."""
    env = {"PATH": os.environ["PATH"]} | machine.env | {"PORT": port, "BASE_URL": f"http://127.0.0.1:{port}", "EXTRANET_WORKER": "inside"}
    process = subprocess.Popen([EXTRANET, command], env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        for line in process.stdout:
            if env["BASE_URL"] in line:
                break
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)


def fetch(port: str, path: str) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
        return answer.read().decode()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"PORT": "eighty"}, "PORT must be a whole number from 1 to 65535, not 'eighty'."),
        ({"DATABASE_URL": "mysql://localhost/x"}, "DATABASE_URL must begin with sqlite:/// or postgresql://."),
        ({"SECRET_KEY": "short"}, "SECRET_KEY must have at least 32 characters"),
        ({"EXTRANET_WORKER": "maybe"}, "EXTRANET_WORKER must be inside"),
        ({"MAIL_URL": "ftp://mail"}, "MAIL_URL must begin with"),
        ({"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}, "The database cannot be used; check DATABASE_URL."),
        ({"HOST": "192.0.2.1"}, "This machine has no address 192.0.2.1"),
    ],
)
def test_a_wrong_setting_is_one_sentence(machine, free_port, wrong, sentence):
    result = machine.run("serve", **({"PORT": free_port} | wrong))
    assert result.exit_code == 1
    assert result.output.startswith(f"Error: {sentence}")
    assert result.output.count("\n") == 1


@pytest.mark.parametrize("command", ["serve", "run"])
def test_a_taken_port_is_one_sentence(machine, command):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        result = machine.run(command, PORT=str(port))
    assert result.exit_code == 1
    assert result.output == f"Error: Port {port} is taken: end what listens there, or choose another with PORT=8001.\n"


@pytest.mark.slow
def test_it_answers_until_it_is_told_to_end(machine, free_port):
    machine.install()
    with started(machine, "serve", free_port) as process:
        assert "Verkosto" in fetch(free_port, "/sign-in")
    assert process.returncode == 0


@pytest.mark.slow
def test_a_second_start_keeps_what_was_written(machine, free_port):
    machine.install()
    machine.sql("UPDATE setting SET value = '{\"fi\": \"Oma nimi\"}' WHERE name = 'service_name'")
    for _ in range(2):
        with started(machine, "run", free_port):
            assert "Oma nimi" in fetch(free_port, "/sign-in")
    assert len(machine.sql('SELECT id FROM "user"')) == 1


@pytest.mark.slow
def test_the_first_run_fills_in_the_demo_and_names_its_accounts(machine, free_port):
    with started(machine, "run", free_port):
        assert "member@extranet.example" in fetch(free_port, "/sign-in")
    people = machine.sql('SELECT count(*) FROM "user"')
    with started(machine, "run", free_port):
        pass
    assert people[0][0] > 300
    assert machine.sql('SELECT count(*) FROM "user"') == people

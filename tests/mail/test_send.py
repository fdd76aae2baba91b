"""Letters leave by SMTP of every kind, and what a server refuses is tried again or given up."""

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address

import pytest
import time_machine
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from extranet.accounts.models import User
from extranet.core import clock
from extranet.core.db import db
from extranet.jobs.queue import enqueue
from extranet.mail import tasks
from extranet.mail.models import Letter, LetterState
from extranet.mail.outbox import guard
from tests.jobs.work import work_off
from tests.mail.server import free_port, mail_server


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate that this machine made for itself: (file, server context)."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "server.pem"
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM) + secret)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return file, context


def states(rows):
    return [(letter.state, letter.attempts, letter.last_error) for letter in rows(Letter)]


SENT = (LetterState.SENT, 1, "")


def test_plain_smtp_takes_many_letters_on_one_connection(app, put, send_by, rows):
    with mail_server() as server:
        send_by(f"smtp://127.0.0.1:{server.port}")
        for n in range(5):
            put(to=f"person{n}@koski.example", words=f"Hei {n}")
        work_off(app)
    assert server.header("To") == [f"person{n}@koski.example" for n in range(5)]
    assert len(server.connections) == 1
    assert states(rows) == [SENT] * 5
    assert [letter["Message-ID"] for letter in server.letters] == [row.message_id for row in rows(Letter)]
    assert server.letters[0]["From"] == "Verkostoportaali <extranet@extranet.example>"


@guard("tests.broken")
def broken(_id):
    return db.session.get_one(User, 0) is None


def test_a_letter_of_which_nobody_can_tell_holds_up_no_other(app, put, send_by, rows, caplog):
    with mail_server() as server:
        send_by(f"smtp://127.0.0.1:{server.port}")
        put(to="first@koski.example", guarded=("tests.broken", 1))
        put(to="second@koski.example")
        work_off(app)
    assert server.header("To") == ["second@koski.example"]
    assert states(rows) == [(LetterState.FAILED, 1, "NoResultFound"), SENT]
    assert "the guard of letter" in caplog.text


def test_starttls_and_a_password(app, put, send_by, rows, certificate, monkeypatch):
    file, context = certificate
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    known = LoginPassword(b"portti@kt", b"p:ss/w@rd")
    with mail_server(
        tls_context=context, require_starttls=True, auth_required=True, authenticator=lambda *a: AuthResult(success=a[-1] == known)
    ) as server:
        send_by(f"smtp+starttls://portti%40kt:p%3Ass%2Fw%40rd@127.0.0.1:{server.port}")
        put()
        work_off(app)
    assert states(rows) == [SENT]
    assert server.was_encrypted == {True}


def test_a_wrong_password_keeps_the_letters_and_does_not_show_itself(app, put, send_by, rows, certificate, monkeypatch, caplog):
    file, context = certificate
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    with mail_server(tls_context=context, auth_required=True, authenticator=lambda *_: AuthResult(success=False, handled=False)) as server:
        send_by(f"smtp+starttls://portti:hunter22@127.0.0.1:{server.port}")
        put()
        put()
        work_off(app)
    assert [(state, attempts) for state, attempts, _ in states(rows)] == [(LetterState.FAILED, 1), (LetterState.QUEUED, 0)]
    assert states(rows)[0][2].startswith("535 ")
    assert "hunter22" not in caplog.text + states(rows)[0][2]


def test_tls_from_the_first_byte(app, put, send_by, rows, certificate, monkeypatch):
    file, context = certificate
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    with mail_server(ssl_context=context) as server:
        send_by(f"smtps://127.0.0.1:{server.port}")
        put()
        work_off(app)
    assert states(rows) == [SENT]


def test_a_server_that_nobody_vouches_for_gets_nothing(app, put, send_by, rows, certificate):
    with mail_server(tls_context=certificate[1]) as server:
        send_by(f"smtp+starttls://127.0.0.1:{server.port}")
        put()
        work_off(app)
    assert server.received == []
    assert states(rows)[0][0] == LetterState.FAILED
    assert "SSLCertVerificationError" in states(rows)[0][2]


def test_an_address_that_is_refused_for_good_is_dead_at_once(app, put, send_by, rows, caplog):
    with mail_server() as server:
        server.verdicts["gone@koski.example"] = "550 5.1.1 <gone@koski.example>: no such user here"
        send_by(f"smtp://127.0.0.1:{server.port}")
        put(to="gone@koski.example")
        put(to="here@koski.example")
        work_off(app)
    assert states(rows) == [(LetterState.DEAD, 1, "550 5.1.1 <…>: no such user here"), SENT]
    assert server.header("To") == ["here@koski.example"]
    assert "koski" not in "".join(record.getMessage() for record in caplog.records if record.name.startswith("extranet"))


def test_an_address_that_is_refused_for_now_is_tried_again(app, put, send_by, rows):
    with mail_server() as server, time_machine.travel(clock.now()) as now:
        server.verdicts["full@koski.example"] = "452 4.2.2 mailbox full"
        send_by(f"smtp://127.0.0.1:{server.port}")
        put(to="full@koski.example")
        work_off(app)
        assert states(rows) == [(LetterState.FAILED, 1, "452 4.2.2 mailbox full")]
        work_off(app)
        assert states(rows)[0][1] == 1
        server.verdicts.clear()
        now.shift(timedelta(minutes=2))
        work_off(app)
    assert states(rows) == [(LetterState.SENT, 2, "")]


def test_no_server_at_all_costs_one_letter_one_attempt(app, put, send_by, rows):
    send_by(f"smtp://127.0.0.1:{free_port()}")
    with time_machine.travel(clock.now()) as now:
        for _ in range(3):
            put()
        work_off(app)
        assert [attempts for _, attempts, _ in states(rows)] == [1, 0, 0]
        assert "ConnectionRefusedError" in states(rows)[0][2]
        with mail_server() as server:
            send_by(f"smtp://127.0.0.1:{server.port}")
            now.shift(timedelta(minutes=5))
            work_off(app)
    assert [state for state, _, _ in states(rows)] == [LetterState.SENT] * 3


def test_after_a_day_of_trying_a_letter_is_dead(app, put, send_by, rows):
    send_by(f"smtp://127.0.0.1:{free_port()}")
    with time_machine.travel(clock.now()) as now:
        put()
        for _ in range(14):
            work_off(app)
            now.shift(timedelta(hours=6))
    assert states(rows)[0][:2] == (LetterState.DEAD, 12)


def test_a_letter_with_an_impossible_address_holds_up_nobody(app, put, send_by, rows, tmp_path):
    send_by(f"file://{tmp_path}")
    put(to="no address")
    put(to="here@koski.example")
    work_off(app)
    assert [state for state, _, _ in states(rows)] == [LetterState.DEAD, LetterState.SENT]


def test_the_folder_holds_readable_letters(app, put, send_by, rows, tmp_path):
    send_by(f"file://{tmp_path}/some%20where")
    put(words="Hyvää päivää")
    work_off(app)
    (file,) = (tmp_path / "some where").iterdir()
    assert file.suffix == ".eml"
    assert b"To: milla@koski.example" in file.read_bytes()


def test_one_time_links_go_first_and_are_wiped(app, put, send_by, rows):
    with mail_server() as server:
        send_by(f"smtp://127.0.0.1:{server.port}")
        put(to="ordinary@koski.example")
        put(to="secret@koski.example", secret=True)
        work_off(app)
    assert server.header("To") == ["secret@koski.example", "ordinary@koski.example"]
    assert [(letter.text, letter.html) == ("", "") for letter in rows(Letter)] == [False, True]


def test_in_a_folder_for_developers_one_time_links_stay(app, put, send_by, rows, tmp_path):
    send_by(f"file://{tmp_path}")
    put(secret=True)
    work_off(app)
    assert rows(Letter)[0].text != ""


def test_two_hundred_letters_and_more_leave_in_turns(app, put, send_by, rows, tmp_path):
    send_by(f"file://{tmp_path}")
    for n in range(tasks.LETTERS_A_JOB + 3):
        put(key=str(n))
    work_off(app)
    assert {state for state, _, _ in states(rows)} == {LetterState.SENT}


def test_letters_are_forgotten_after_ninety_days(app, put, rows, send_by, tmp_path):
    send_by(f"file://{tmp_path}")
    with time_machine.travel(clock.now()) as now:
        put()
        work_off(app)
        now.shift(timedelta(days=91))
        with app.app_context():
            enqueue("mail.sweep")
            db.session.commit()
        work_off(app)
    assert rows(Letter) == []

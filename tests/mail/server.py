"""A mail server of our own, in this process."""

import re
import socket
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope, Session


@dataclass
class MailServer:
    """Takes letters; `verdicts` answers for an address instead of 250; `hear` is called at each letter before the answer goes out."""

    verdicts: dict[str, str] = field(default_factory=dict)
    hear: Callable[[], None] = lambda: None
    received: list[bytes] = field(default_factory=list)
    connections: set[Any] = field(default_factory=set)
    was_encrypted: set[bool] = field(default_factory=set)
    port: int = 0

    async def handle_RCPT(self, _server: Any, _session: Session, envelope: Envelope, address: str, _options: list[str]) -> str:  # noqa: N802
        if address in self.verdicts:
            return self.verdicts[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.received.append(bytes(envelope.content or b""))
        self.connections.add(session.peer)
        self.was_encrypted.add(session.ssl is not None)
        self.hear()
        return "250 OK"

    @property
    def letters(self) -> list[EmailMessage]:
        return [message_from_bytes(raw, policy=policy.default) for raw in self.received]  # type: ignore[arg-type]

    def header(self, name: str) -> list[str]:
        """That header of every letter, in the order of arrival; without parsing what else is in them."""
        line = re.compile(rb"^" + name.encode() + rb": (.*?)\r?$", re.MULTILINE)
        return [found[1].decode() for raw in self.received if (found := line.search(raw))]


def free_port() -> int:
    """A port where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def mail_server(**settings: Any) -> Iterator[MailServer]:
    server = MailServer(port=free_port())
    controller = Controller(server, hostname="127.0.0.1", port=server.port, **settings)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()


class _Conversation(socketserver.StreamRequestHandler):
    """As little of SMTP as smtplib needs, ten times as fast as the real thing."""

    def handle(self) -> None:
        with suppress(ConnectionError):  # whoever is killed says no goodbye
            self._talk()

    def _talk(self) -> None:
        taker: MailServer = self.server.taker  # type: ignore[attr-defined]
        self.wfile.write(b"220 quick\r\n")
        while line := self.rfile.readline():
            command = line[:4].upper()
            if command == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                taker.received.append(b"".join(iter(self.rfile.readline, b".\r\n")))
                taker.hear()
            self.wfile.write(b"221 bye\r\n" if command == b"QUIT" else b"250 OK\r\n")


@contextmanager
def quick_mail_server() -> Iterator[MailServer]:
    """For thousands of letters: takes everything."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Conversation) as listener:
        listener.daemon_threads = True
        listener.taker = MailServer(port=listener.server_address[1])  # type: ignore[attr-defined]
        threading.Thread(target=listener.serve_forever, daemon=True).start()
        yield listener.taker  # type: ignore[attr-defined]
        listener.shutdown()

"""Runs the server: waitress with its threads, and the worker inside unless it runs apart."""

import errno
import signal
import socket
from typing import Any

import waitress
from flask import Flask
from waitress.server import BaseWSGIServer, MultiSocketServer

from extranet.core import logs
from extranet.core.config import MOST_BYTES, Config

IN_USE = {
    errno.EADDRINUSE: "Port {port} is taken: end what listens there, or choose another with PORT=8001.",
    errno.EACCES: "Port {port} is reserved for the system: choose one above 1023 with PORT=8001 and put a proxy in front.",
    errno.EADDRNOTAVAIL: "This machine has no address {host}: set HOST to 127.0.0.1, or to 0.0.0.0 for all its addresses.",
}


TUNING: dict[str, Any] = {
    "ident": None,
    "clear_untrusted_proxy_headers": True,
    "max_request_body_size": MOST_BYTES,
    "asyncore_use_poll": True,
    "recv_bytes": 256 * 1024,  # large files in large gulps: half the processor time of waitress's own 8 kB
}


class CannotListen(Exception):
    """The address or port cannot be had. The message says what to do."""


def check_port(config: Config) -> None:
    """Find out before a long start whether the port is free."""
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((config.host, config.port))
        except OSError as error:
            raise _cannot_listen(error, config) from error


def _cannot_listen(error: OSError, config: Config) -> CannotListen:
    sentence = IN_USE.get(error.errno or 0, "The server cannot listen on {host}, port {port}: {error}.")
    return CannotListen(sentence.format(host=config.host, port=config.port, error=error.strerror or error))


def serve(app: Flask, config: Config, greeting: str) -> None:
    """Answer requests until SIGTERM or Ctrl+C; requests under way are finished first. Says `greeting` when it listens."""
    logs.watch(app)
    server = _listen(app, config)
    worker = _start_worker(app) if config.worker == "inside" else None
    signal.signal(signal.SIGTERM, lambda *_: _stop())
    print(greeting, flush=True)  # noqa: T201  for the person at the terminal
    try:
        server.run()
    finally:
        server.close()
        if worker is not None:
            worker.stop()


def _stop() -> None:
    raise SystemExit(0)


def _start_worker(app: Flask) -> Any:
    from extranet.jobs.worker import start_in_thread

    return start_in_thread(app)


def _listen(app: Flask, config: Config) -> BaseWSGIServer | MultiSocketServer:
    proxy: dict[str, Any] = {}
    if config.trusted_proxy:
        proxy = {
            "trusted_proxy": config.trusted_proxy,
            "trusted_proxy_count": 1,
            "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"},
            "log_untrusted_proxy_headers": False,
        }
    try:
        return waitress.create_server(
            app,
            host=config.host,
            port=config.port,
            threads=config.threads,
            **TUNING,
            **proxy,
        )
    except OSError as error:
        raise _cannot_listen(error, config) from error

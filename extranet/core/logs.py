"""Logs: one line per event to standard output, as JSON unless a person is watching. No names, addresses or texts of people."""

import json
import logging
import sys
import time
from datetime import UTC, datetime

from flask import Flask, Response, g, request

requests = logging.getLogger("extranet.requests")
EXTRA = ("method", "endpoint", "status", "ms", "bytes")


class JsonLine(logging.Formatter):
    """A record as one line of JSON; line breaks in messages cannot forge further lines."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= {name: value for name in EXTRA if (value := getattr(record, name, None)) is not None}
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def start(level: str) -> None:
    """Send every log line of this process to standard output."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s", "%H:%M:%S") if sys.stdout.isatty() else JsonLine())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for chatty in ("alembic", "waitress.queue"):
        logging.getLogger(chatty).setLevel("WARNING")


def watch(app: Flask) -> None:
    """Log every request but static files: which view, how it ended, how long it took. Never the address, which may hold a token."""

    @app.before_request
    def note_start() -> None:
        g.started = time.perf_counter()

    @app.after_request
    def note_end(response: Response) -> Response:
        if request.endpoint != "static":
            ms = round((time.perf_counter() - g.get("started", time.perf_counter())) * 1000, 1)
            facts = {"method": request.method, "endpoint": request.endpoint, "status": response.status_code, "ms": ms}
            requests.info("%(method)s %(endpoint)s %(status)s %(ms)s ms", facts, extra=facts | {"bytes": response.content_length})
        return response

"""The app on a loopback port with the cast, CSRF on, as people meet it; and readers with a real browser."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from playwright.sync_api import BrowserContext, Page, Request
from werkzeug.serving import make_server

from tests.browser.rare import add_rare
from tests.conftest import Stage
from tests.people import sign_in_quietly


def at_once(app: Flask) -> Callable[..., list[bytes]]:
    """The app with its answers read and closed at once: werkzeug's server leaves a file open whose reader goes away early."""

    def answer(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        parts = app(environ, start_response)
        try:
            return [b"".join(parts)]
        finally:
            parts.close()  # type: ignore[attr-defined]

    return answer


class Site:
    """One server for the whole run, on SQLite; back to the cast after a test that wrote."""

    def __init__(self) -> None:
        self.stage = Stage("sqlite")
        self.stage.things |= add_rare(self.stage)
        # One session of each person stays: whoever only reads needs no other.
        self.sessions = {name: self.session_cookie(name) for name, user_id in self.stage.ids.items() if user_id is not None}
        self.stage.keep()
        self.stage.app.config["WTF_CSRF_ENABLED"] = True
        self.server = make_server("127.0.0.1", 0, at_once(self.stage.app), threaded=True)
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def path(self, template: str) -> str:
        """`/discussions/{hr_thread}/` with the ids of the cast."""
        things = self.stage.ids | self.stage.things
        return template.format(**{key.replace(":", "_").replace("-", "_"): value for key, value in things.items()})

    def session_cookie(self, name: str) -> str:
        """The cookie of a fresh session of that person."""
        client = self.stage.app.test_client()
        sign_in_quietly(client, self.stage.app, self.stage.ids[name])
        cookie = client.get_cookie("session")
        assert cookie is not None
        return cookie.value

    def stop(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@dataclass
class Watch:
    """What must not happen while somebody reads: errors in the console, blocked content, calls to other hosts."""

    host: str
    troubles: list[str] = field(default_factory=list)
    allowed: list[str] = field(default_factory=list)

    def follow(self, context: BrowserContext) -> None:
        context.on("request", self._asked)
        context.on("page", self._opened)

    def _asked(self, request: Request) -> None:
        if urlsplit(request.url).netloc not in (self.host, ""):
            self.troubles.append(f"asked another host: {request.url}")

    def _opened(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.troubles.append(f"script error at {page.url}: {error}"))
        page.on("console", lambda message: self._said(page, message.type, message.text))

    def _said(self, page: Page, kind: str, text: str) -> None:
        # The browser notes every 4xx by itself; the tests say which they expect.
        is_answer = "the server responded with a status of 4" in text
        if kind in ("error", "warning") and not is_answer and not any(words in text for words in self.allowed):
            self.troubles.append(f"console at {page.url}: {text}")

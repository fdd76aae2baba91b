"""htmx 4 over htmx-flask. The only module that may import htmx_flask.

htmx-flask 0.1.0 was written for htmx 1: it expects bare ids, and sends no Vary. This subclass is the difference.
"""

from functools import cached_property
from typing import Any
from urllib.parse import unquote

import htmx_flask
from flask import Flask, Response
from flask import request as flask_request
from htmx_flask.requests import HtmxAwareRequest, HtmxHeaders


def _id(value: str | None) -> str | None:
    """The id of an element: htmx 4 says "div#replies", earlier ones said "replies"."""
    return unquote(value).rpartition("#")[2] or None if value else None


class Headers(HtmxHeaders):  # type: ignore[misc]
    """What htmx tells about a request."""

    @cached_property
    def target(self) -> str | None:
        return _id(self._headers.get("HX-Target"))

    @cached_property
    def partial(self) -> bool:
        """Whether a fragment is wanted; Back and history always get the whole page."""
        return (
            "HX-Request" in self._headers
            and self._headers.get("HX-Request-Type") != "full"
            and "HX-History-Restore-Request" not in self._headers
        )


class HtmxRequest(HtmxAwareRequest):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.htmx = Headers(self.headers)


class Htmx(htmx_flask.Htmx):  # type: ignore[misc]
    def init_app(self, app: Flask) -> None:
        super().init_app(app)
        app.request_class = HtmxRequest

        @app.after_request
        def vary(response: Response) -> Response:
            if flask_request.endpoint != "static":
                response.vary.update(["HX-Request", "HX-Target"])
            return response


def wants_fragment() -> bool:
    """Whether this request comes from htmx and wants only a part of the page."""
    return bool(flask_request.htmx.partial)  # type: ignore[attr-defined]


def wanted_target() -> str | None:
    """The id of the element that the answer will fill, or None for a whole page."""
    return flask_request.htmx.target if wants_fragment() else None  # type: ignore[attr-defined]

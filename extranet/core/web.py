"""Answering a request: a page, the one block of it that htmx asked for, or an error page."""

import hashlib
import secrets
from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar
from urllib.parse import urlencode, urlsplit

from flask import Flask, Response, current_app, flash, g, has_request_context, redirect, request, url_for
from flask.typing import ResponseReturnValue
from jinja2 import Environment
from markupsafe import Markup

from extranet.core.htmx import wanted_target, wants_fragment
from extranet.core.paths import STATIC

View = TypeVar("View", bound=Callable[..., Any])
YEAR = 365 * 24 * 3600


def page(template_name: str, **context: Any) -> str:
    """Render the page; when htmx is filling `#replies`, only its `{% block replies %}` and the flash message.

    What asks again by itself sends `X-Poll`: it leaves alone the message that somebody may be reading.
    """
    template = current_app.jinja_env.get_template(template_name)
    current_app.update_template_context(context)
    target = wanted_target()
    block = template.blocks.get(target.replace("-", "_")) if target else None
    if block is None:
        return template.render(context)
    fragment = "".join(block(template.new_context(context)))
    return fragment if "X-Poll" in request.headers else fragment + _flash_fragment(context)


def back(default: str) -> Response:
    """Answer a POST: 303 to the page that it came from (field `next`), or to `default`."""
    return redirect(safe_path(request.form.get("next")) or default, 303)  # type: ignore[return-value]


def safe_path(path: str | None) -> str | None:
    """`path` if it leads to a page of this site, else None (no open redirects)."""
    if not path or not path.startswith("/") or path.startswith(("//", "/\\")) or "\\" in path:
        return None
    parts = urlsplit(path)
    return path if not parts.scheme and not parts.netloc and path.isprintable() else None


def sorry_for_crash(message: str) -> ResponseReturnValue:
    """A 500; where not even the error page can be made, as when the database is gone, one that needs nothing."""
    try:
        return sorry(500, message)
    except Exception:
        current_app.logger.exception("the error page could not be made")
        return current_app.jinja_env.get_template("errors/bare.html").render(), 500


def sorry(status: int, message: str, template: str = "errors/sorry.html", **context: Any) -> ResponseReturnValue:
    """Say no. A browser gets a page with a way on; htmx gets the message and leaves the screen alone; a script gets it as `fault`."""
    if _is_marked(current_app, request.endpoint, "answers_json"):
        return {"fault": message}, status
    if wants_fragment():
        flash(message, "danger")
        empty: dict[str, Any] = {}
        current_app.update_template_context(empty)
        return _flash_fragment(empty), status, {"HX-Reswap": "none"}
    return page(template, status=status, message=message, **context), status


def here() -> str:
    """The address of the page on the screen, without `lang`; after a form came back, the page that held the form."""
    if request.method not in ("GET", "HEAD"):
        return came_from() or "/"
    query = urlencode([(name, value) for name, value in request.args.items(multi=True) if name != "lang"])
    return f"{request.path}?{query}" if query else request.path


def came_from() -> str | None:
    """The page of this site that led here, if the browser tells."""
    try:
        parts = urlsplit(request.referrer or "")
    except ValueError:  # a header that no browser sends
        return None
    if parts.netloc != request.host:
        return None
    return safe_path(f"{parts.path}?{parts.query}" if parts.query else parts.path)


def way_back() -> str | None:
    """From a page that says no: to the page that led here, or to one above it where that address only takes forms."""
    found = came_from()
    if request.method in ("GET", "HEAD") and found == here():
        return None
    addresses = current_app.url_map.bind(request.host)
    while found and not addresses.test(urlsplit(found).path, "GET"):
        found = found.partition("?")[0].rstrip("/").rpartition("/")[0] + "/"
    return None if found == "/" else found


def public(view: View) -> View:
    """Let people who have not signed in use this view. Everything else asks for a sign-in."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def is_public(app: Flask, endpoint: str | None) -> bool:
    """Whether the endpoint's view is marked public; unknown endpoints answer 404 to anyone."""
    return endpoint is None or endpoint == "static" or _is_marked(app, endpoint, "is_public")


def answers_json(view: View) -> View:
    """This view is for scripts of our own: where it says no, it says it as JSON."""
    view.answers_json = True  # type: ignore[attr-defined]
    return view


def unlisted(view: View) -> View:
    """The address of this view is a secret: it is not for search engines, nor for the sites that the page leads to."""
    view.is_unlisted = True  # type: ignore[attr-defined]
    return view


def wants_words_only() -> bool:
    """Whether the asker could do nothing with a page: htmx, which fills a part of one, or a script."""
    return wants_fragment() or _is_marked(current_app, request.endpoint, "answers_json")


def _is_marked(app: Flask, endpoint: str | None, mark: str) -> bool:
    return endpoint is not None and bool(getattr(app.view_functions.get(endpoint), mark, False))


def asset(filename: str) -> str:
    """The address of a static file with its fingerprint, so that browsers may keep it for ever."""
    return _asset(filename, not current_app.debug)


@lru_cache(maxsize=256)
def _asset(filename: str, keep: bool) -> str:
    digest = hashlib.sha256((STATIC / filename).read_bytes()).hexdigest()[:12]
    return f"/static/{filename}?v={digest}"


@lru_cache(maxsize=512)
def draw_icon(name: str, small: bool = False) -> Markup:
    """A drawing of the icon set; a word stands beside it."""
    svg = '<svg class="icon{}" viewBox="0 0 24 24" aria-hidden="true"><use href="{}#{}"/></svg>'
    return Markup(svg).format(" icon--s" if small else "", asset("vendor/icons.svg"), name)  # noqa: S704  nothing in it but these


class Furniture:
    """The macros of ui.html, as the global `ui` of all templates; each looked up once."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._environment.get_template("ui.html").module, name)
        if not self._environment.auto_reload:
            setattr(self, name, found)
        return found


def csp_nonce() -> str:
    """The nonce of this response's scripts."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(
        ui=Furniture(app.jinja_env), draw_icon=draw_icon, asset=asset, csp_nonce=csp_nonce, here=here, way_back=way_back
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.after_request(_security_headers)
    app.after_request(_cache_headers)


def _security_headers(response: Response) -> Response:
    nonce = g.get("csp_nonce")
    script = f"script-src 'nonce-{nonce}'" if nonce else "script-src 'none'"
    headers = response.headers
    if _is_marked(current_app, request.endpoint, "is_unlisted"):
        headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        if request.url_rule and "POST" not in (request.url_rule.methods or ()):  # this site asks a form's page where it came from
            headers["Referrer-Policy"] = "no-referrer"
    headers.setdefault(
        "Content-Security-Policy",
        f"default-src 'none'; {script}; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
        "media-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    )
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
    if current_app.config["IS_HTTPS"]:
        headers.setdefault("Strict-Transport-Security", f"max-age={YEAR}; includeSubDomains")
    return response


def _cache_headers(response: Response) -> Response:
    if request.endpoint == "static" and response.status_code < 400:
        # Read here: Flask-Compress puts the compressed text in place of the open file and leaves it open.
        response.direct_passthrough = False
        response.make_sequence()
        # The names of vendored scripts and fonts carry their version.
        named = request.path.startswith("/static/vendor/") and request.path.endswith((".woff2", ".js"))
        forever = "v" in request.args or named
        response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable" if forever else "no-cache"
    elif "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "private, no-store"
    return response


def _flash_fragment(context: dict[str, Any]) -> str:
    return current_app.jinja_env.get_template("flash.html").render({**context, "oob": True})


def sign_in_address() -> str:
    """The sign-in page, which leads back to the page that was asked for."""
    asked = request.full_path.rstrip("?") if has_request_context() and request.method == "GET" else None
    return url_for("accounts.sign_in", next=asked if asked and asked != "/" else None)

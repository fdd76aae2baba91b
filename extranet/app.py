"""Puts the parts together: database, viewer, packages, error pages."""

import importlib
import logging
from dataclasses import replace
from typing import Any

from flask import Flask, current_app, g, redirect, request
from flask.typing import ResponseReturnValue
from flask_compress import Compress
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, IntegrityError
from werkzeug.exceptions import HTTPException
from werkzeug.local import LocalProxy

from extranet.accounts.sessions import current_token_hash, init_login, touch
from extranet.audit.log import record_apart
from extranet.core import clock, i18n, settings, web
from extranet.core import db as database
from extranet.core.config import MOST_BYTES, Config, load
from extranet.core.errors import NotAllowed, NotFound, Refused, TooMany
from extranet.core.htmx import Htmx
from extranet.core.i18n import gettext as _
from extranet.core.paths import MIGRATIONS, STATIC, TEMPLATES
from extranet.core.viewer import NOBODY
from extranet.networks.access import viewer_for_session
from extranet.storage.scan import ScannerDown
from extranet.storage.store import FULL, StoreDown, StoreFull

PACKAGES = (
    "jobs", "storage", "accounts", "organisations", "networks", "notifications",
    "pages", "materials", "events", "discussions", "pilots", "collections", "orders", "outputs", "sharing", "attendance", "billing", "calendars", "inbox", "moderation", "polls", "answers", "home", "admin",
)  # fmt: skip

UNIQUE_VIOLATION = "23505"
VISITOR_BYTES = 1_000_000  # who has not signed in sends small forms; only members upload


def create_app(config: Config | None = None, **overrides: Any) -> Flask:
    """The application. `config` comes from the environment unless given; `overrides` are Flask's own settings, for tests."""
    config = config or load()
    app = Flask("extranet", template_folder=str(TEMPLATES), static_folder=str(STATIC))
    app.config.update(_flask_settings(config) | overrides)
    logging.getLogger().setLevel(config.log_level)
    app.extensions["extranet"] = config
    database.init_app(app)
    Migrate(app, database.db, directory=str(MIGRATIONS), render_as_batch=True)
    Compress(app)
    Htmx(app)
    init_login().init_app(app)
    _greet_viewers(app)
    CSRFProtect(app)
    i18n.init_app(app)
    web.init_app(app)
    _furnish_templates(app)
    _say_no(app)
    _say_not_now(app)
    for package in PACKAGES:
        app.register_blueprint(importlib.import_module(f"extranet.{package}.views").bp)
    return app


def _flask_settings(config: Config) -> dict[str, Any]:
    return {
        "SECRET_KEY": config.secret_key,
        "SECRET_KEY_FALLBACKS": list(config.old_secret_keys),
        "SQLALCHEMY_DATABASE_URI": config.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": {
            "pool_size": config.threads + 4,
            "max_overflow": 8,
            "pool_pre_ping": not config.is_sqlite,
            "hide_parameters": True,  # addresses and hashes do not belong in a log
            "connect_args": {} if config.is_sqlite else {"connect_timeout": 10},
        },
        "IS_HTTPS": config.is_https,
        "BASE_URL": config.base_url,
        "SESSION_COOKIE_NAME": "__Host-session" if config.is_https else "session",
        "SESSION_COOKIE_SECURE": config.is_https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,
        "MAX_FORM_MEMORY_SIZE": 4_000_000,
        "MAX_CONTENT_LENGTH": MOST_BYTES,
        "COMPRESS_MIMETYPES": ["text/html", "text/css", "text/javascript", "image/svg+xml", "application/json"],
        "COMPRESS_ALGORITHM": ["zstd", "br", "gzip"],
        "COMPRESS_ZSTD_LEVEL": 3,
        "COMPRESS_BR_LEVEL": 4,
        "SEND_FILE_MAX_AGE_DEFAULT": None,
    }


def _greet_viewers(app: Flask) -> None:
    """Everything asks for a sign-in unless its view is marked `@public`."""

    @app.before_request
    def greet() -> ResponseReturnValue | None:
        if request.endpoint == "static":
            g.viewer = NOBODY
            return None
        token_hash = current_token_hash()
        address = request.remote_addr or ""
        viewer = viewer_for_session(token_hash, address) if token_hash else NOBODY
        g.viewer = viewer if viewer.is_signed_in else replace(NOBODY, ip=address)
        if g.viewer.session_id is not None:
            touch(g.viewer.session_id)
        else:
            request.max_content_length = VISITOR_BYTES
        if g.viewer.is_signed_in or web.is_public(app, request.endpoint):
            if request.mimetype == "multipart/form-data":
                database.let_go()  # nobody else's writing waits while an upload's body is parsed
                request.files.keys()
            return None
        if web.wants_words_only():
            return web.sorry(401, _("You have been signed out. Sign in again in another tab; what you wrote stays here."))
        return redirect(web.sign_in_address(), 302)


def _furnish_templates(app: Flask) -> None:
    app.jinja_env.globals.update(
        language=LocalProxy(i18n.current_language),
        setting=settings.get_setting,
        LANGUAGES=i18n.LANGUAGES,
        month_name=i18n.month_name,
        weekday_name=i18n.weekday_name,
    )
    app.context_processor(lambda: {"viewer": g.get("viewer", NOBODY)})


def _not_found(_error: Exception) -> ResponseReturnValue:
    return web.sorry(404, _("This page was not found"))


def _answer_http(error: HTTPException) -> ResponseReturnValue:
    """What Flask itself raises: an unknown address, too large a body, a redirect."""
    if error.code == 404:
        return _not_found(error)
    if error.code is None or error.code < 400:
        return error.get_response()
    if error.code == 413:
        return web.sorry(413, _("The file or text is too large to be received."))
    return web.sorry(error.code, _("The request could not be understood."))


def _crashed(error: Exception) -> ResponseReturnValue:
    database.db.session.rollback()
    current_app.logger.exception("unexpected error at %s %s", request.method, request.endpoint, exc_info=error)
    return web.sorry_for_crash(_("Something went wrong on our side. Nothing was changed."))


def _say_no(app: Flask) -> None:
    def not_allowed(error: NotAllowed) -> ResponseReturnValue:
        record_apart(g.get("viewer", NOBODY), "access.refused", act=str(error), path=request.path)
        return web.sorry(403, _("You may not do this"))

    def refused(why: Refused) -> ResponseReturnValue:
        return web.sorry(422, str(why))

    def too_many(wait: TooMany) -> ResponseReturnValue:
        response = app.make_response(web.sorry(429, _("Too many tries from your network. Try again in a quarter of an hour.")))
        response.headers["Retry-After"] = str(clock.seconds_until(wait.until))
        return response

    def csrf(_error: CSRFError) -> ResponseReturnValue:
        return web.sorry(
            400, _("The page had become too old. Go back, reload the page and send the form again; copy what you wrote first.")
        )

    def unstorable(error: Exception) -> ResponseReturnValue:
        # A NUL in an address or a form, a number too large for its column: nothing that a browser's person types.
        database.db.session.rollback()
        app.logger.warning("a value that no database takes at %s %s: %s", request.method, request.endpoint, type(error).__name__)
        return web.sorry(400, _("The request could not be understood."))

    def too_late(error: IntegrityError) -> ResponseReturnValue:
        # PostgreSQL lets two add the same thing at once and takes the first; on SQLite they come one after the other.
        if getattr(error.orig, "sqlstate", "") != UNIQUE_VIOLATION:
            return _crashed(error)
        database.db.session.rollback()
        app.logger.warning("two did the same at once at %s %s", request.method, request.endpoint)
        return web.sorry(422, _("This was done a moment ago already. Open the page again to see how it is now."))

    app.register_error_handler(NotFound, _not_found)
    app.register_error_handler(NotAllowed, not_allowed)
    app.register_error_handler(Refused, refused)
    app.register_error_handler(TooMany, too_many)
    app.register_error_handler(CSRFError, csrf)
    app.register_error_handler(DataError, unstorable)
    app.register_error_handler(OverflowError, unstorable)
    app.register_error_handler(IntegrityError, too_late)
    app.register_error_handler(HTTPException, _answer_http)
    app.register_error_handler(Exception, _crashed)


def _say_not_now(app: Flask) -> None:
    """What lies outside the program is away or full: it may be tried again."""

    def later(message: str) -> ResponseReturnValue:
        response = app.make_response(web.sorry(503, message))
        response.headers["Retry-After"] = "120"
        return response

    def store_down(error: StoreDown) -> ResponseReturnValue:
        app.logger.warning("the file store failed: %s", error)
        if isinstance(error, StoreFull):
            return later(_("There is no room for the file just now. Nothing was changed; try again later."))
        return later(_("Files cannot be reached just now. Nothing was changed; try again in a few minutes."))

    def disk_full(error: OSError) -> ResponseReturnValue:
        # The body of a large form is put aside on this machine's disk before anybody looks at it.
        return store_down(StoreFull(str(error))) if error.errno in FULL else _crashed(error)

    def scanner_down(error: ScannerDown) -> ResponseReturnValue:
        app.logger.warning("the virus scan failed: %s", error)
        return later(_("The file could not be scanned for viruses just now, so it was not taken. Try again in a few minutes."))

    app.register_error_handler(StoreDown, store_down)
    app.register_error_handler(OSError, disk_full)
    app.register_error_handler(ScannerDown, scanner_down)

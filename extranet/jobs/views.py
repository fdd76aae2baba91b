"""At which address: `/healthz`, for those who watch the installation."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from extranet.core.web import public
from extranet.jobs import health

bp = Blueprint("jobs", __name__)
bp.add_app_template_global(health.worker_is_silent)


@bp.get("/healthz")
@public
def healthz() -> ResponseReturnValue:
    """200 and "ok", or 503 and the one thing that is wrong. Asks the database one small question."""
    wrong = health.what_is_wrong()
    return f"{wrong or 'ok'}\n", 503 if wrong else 200, {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"}

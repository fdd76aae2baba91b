"""At which address: `/admin/` and the guard that stands before everything below it."""

from flask import Blueprint, g, request
from flask.typing import ResponseReturnValue

from extranet.admin import policy
from extranet.core.errors import NotFound
from extranet.core.web import page

bp = Blueprint("admin", __name__, url_prefix="/admin")


@bp.before_request
def guard() -> None:
    """For anybody but administrators these pages do not exist; the audit log does for the data-protection officer."""
    is_audit = (request.endpoint or "").startswith("admin.audit")
    if not (policy.can_administer(g.viewer) or (is_audit and policy.can_read_audit(g.viewer))):
        raise NotFound


@bp.get("/")
def index() -> ResponseReturnValue:
    return page("admin/index.html")


# The pages register themselves on `bp`; it must exist before they are imported.
from extranet.admin import audit_views, imports_views, job_views, mail_views, people_views, settings_views  # noqa: E402, F401

"""At which address."""

from typing import Any

from flask import Blueprint, g

from extranet.notifications import queries

bp = Blueprint("notifications", __name__, url_prefix="/notifications")


@bp.app_context_processor
def count_in_header() -> dict[str, Any]:
    return {"notification_count": lambda: queries.count_unread(g.viewer)}

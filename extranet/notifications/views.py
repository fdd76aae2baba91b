"""At which address."""

from typing import Any

from flask import Blueprint, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from extranet.core.i18n import gettext as _
from extranet.core.viewer import NOBODY
from extranet.core.web import page
from extranet.notifications import actions, marks, queries
from extranet.notifications.forms import SettingsForm
from extranet.notifications.models import Letters
from extranet.notifications.words import sentence

bp = Blueprint("notifications", __name__, url_prefix="/notifications")
bp.add_app_template_global(sentence, "sentence")


@bp.app_context_processor
def count_in_header() -> dict[str, Any]:
    return {"notification_count": lambda: queries.count_unread(g.get("viewer", NOBODY))}


@bp.get("/")
def index() -> ResponseReturnValue:
    listed = queries.list_notifications(g.viewer, before=request.args.get("before", type=int))
    return page("notifications/index.html", listed=listed, unread=queries.count_unread(g.viewer))


@bp.post("/read")
def read_all() -> ResponseReturnValue:
    marks.mark_all_read(g.viewer)
    flash(_("All notifications are marked as read."))
    return redirect(url_for(".index"), 303)


@bp.post("/<int:notification_id>/read")
def read(notification_id: int) -> ResponseReturnValue:
    """Mark it and go to what it is about."""
    notification = queries.get_notification(g.viewer, notification_id)
    marks.mark_read(notification)
    return redirect(notification.path, 303)


@bp.get("/settings")
def settings() -> ResponseReturnValue:
    form = SettingsForm(formdata=None, letters=queries.chosen_letters(g.viewer).value)
    return page("notifications/settings.html", form=form)


@bp.post("/settings")
def choose_letters() -> ResponseReturnValue:
    form = SettingsForm()
    if not form.validate():
        return page("notifications/settings.html", form=form), 422
    actions.choose_letters(g.viewer, None, letters=Letters(form.letters.data))
    flash(_("Your choice of letters was saved."))
    return redirect(url_for(".settings"), 303)

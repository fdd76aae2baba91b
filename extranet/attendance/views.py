"""At which address: the list at the door. Parse, call, answer."""

from typing import Any
from urllib.parse import urlencode

from flask import flash, g, redirect, request
from flask.typing import ResponseReturnValue

from extranet.attendance import actions, queries
from extranet.attendance.blueprint import bp
from extranet.attendance.forms import CorrectForm
from extranet.attendance.marks import Pressed, read_marks
from extranet.attendance.queries import Show
from extranet.core import clock
from extranet.core.errors import Refused
from extranet.core.i18n import gettext as _
from extranet.core.web import answers_json, page, safe_path
from extranet.events.models import Event
from extranet.networks.head import network_page


@bp.get("/events/<int:event_id>/attendance")
def index(event_id: int) -> ResponseReturnValue:
    event = queries.get_event(g.viewer, event_id)
    wanted, show = request.args.get("q", "").strip()[:100], request.args.get("show", Show.ALL, type=Show)
    listing = queries.list_page(g.viewer, event, wanted, show, request.args.get("page", 1, type=int))
    closing = queries.find_closing(g.viewer, event)
    came_to = f"{event.path}attendance?{urlencode({'q': wanted, 'show': show, 'page': listing.page})}"
    return page(
        "attendance/index.html", section="events", event=event, listing=listing, wanted=wanted, show=show, shows=Show, closing=closing, came_to=came_to,
        is_markable=event.is_near,
    )  # fmt: skip


@bp.post("/events/<int:event_id>/attendance/mark")
def mark(event_id: int) -> ResponseReturnValue:
    """Without a script: one press, one person."""
    event = queries.get_event(g.viewer, event_id)
    is_present = "present" in request.form
    signup = queries.get_signup(g.viewer, event, request.form.get("present" if is_present else "absent", 0, type=int))
    actions.mark(g.viewer, signup, pressed=Pressed(signup.id, is_present, clock.now()))
    words = _("%(name)s is present.") if is_present else _("%(name)s is no longer marked as present.")
    flash(words % {"name": signup.name})
    return redirect(f"{safe_path(request.form.get('next')) or event.path + 'attendance'}#p{signup.id}", 303)


@bp.get("/events/<int:event_id>/attendance/marks")
@answers_json
def list_marks(event_id: int) -> ResponseReturnValue:
    return queries.list_present(g.viewer, queries.get_event(g.viewer, event_id))


@bp.post("/events/<int:event_id>/attendance/marks")
@answers_json
def send_marks(event_id: int) -> ResponseReturnValue:
    """What a phone has gathered, perhaps long without a connection; it may send the same again."""
    event = queries.get_event(g.viewer, event_id)
    marks = read_marks(request.get_json(silent=True))
    if marks is None:
        raise Refused(_("The request could not be understood."))
    news, refused = queries.sort_marks(g.viewer, event, marks)
    for signup, pressed in news:
        actions.mark(g.viewer, signup, pressed=pressed)
    return queries.list_present(g.viewer, event) | {"refused": refused}


@bp.route("/events/<int:event_id>/attendance/close", methods=["GET", "POST"])
def close(event_id: int) -> ResponseReturnValue:
    event = queries.get_event(g.viewer, event_id)
    if request.method == "GET":
        people = queries.list_people(g.viewer, event)
        missing = [one for one in people if not one.is_present]
        price = (event.price_cents * event.no_show_percent + 50) // 100
        closing = queries.find_closing(g.viewer, event)
        return _page("attendance/close.html", event, missing=missing, present=len(people) - len(missing), price=price, closing=closing)
    actions.close(g.viewer, event, missing_seen=request.form.get("missing", -1, type=int))
    flash(_("The list was closed. Those who came can fetch their certificates."))
    return redirect(f"{event.path}attendance", 303)


@bp.post("/events/<int:event_id>/attendance/reopen")
def reopen(event_id: int) -> ResponseReturnValue:
    event = queries.get_event(g.viewer, event_id)
    actions.reopen(g.viewer, event)
    flash(_("The list is open again. The marks are as they were."))
    return redirect(f"{event.path}attendance", 303)


@bp.route("/events/<int:event_id>/attendance/<int:signup_id>/correct", methods=["GET", "POST"])
def correct(event_id: int, signup_id: int) -> ResponseReturnValue:
    event = queries.get_event(g.viewer, event_id)
    signup = queries.get_signup(g.viewer, event, signup_id)
    form = CorrectForm(is_present=signup.checked_in_at is not None)
    if request.method == "GET" or not form.validate():
        body = _page("attendance/correct.html", event, signup=signup, form=form)
        return body, 200 if request.method == "GET" else 422
    actions.correct(g.viewer, signup, present=form.is_present, reason=form.reason.data)
    flash(_("The correction was saved: %(name)s.", name=signup.name))
    return redirect(f"{event.path}attendance#p{signup.id}", 303)


def _page(template: str, event: Event, **context: Any) -> str:
    return network_page(template, event.network, "events", section="events", event=event, **context)


from extranet.attendance import feedback_views, remote_views, ticket_views  # noqa: E402, F401  their addresses belong to the same blueprint

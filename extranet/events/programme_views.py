"""At which address: the programme of an event, its sessions, and the copy of an event."""

from typing import Any

from flask import flash, g, redirect, request
from flask.typing import ResponseReturnValue

from extranet.core.i18n import gettext as _
from extranet.core.i18n import local_plain
from extranet.events import copy_actions, programme_actions, programme_queries, queries
from extranet.events.blueprint import bp
from extranet.events.models import Event
from extranet.events.programme_forms import CopyForm, SessionForm
from extranet.events.programme_queries import Part, Programme
from extranet.networks.head import network_page


@bp.get("/events/<int:event_id>/programme")
def programme(event_id: int) -> ResponseReturnValue:
    event, found = _to_edit(event_id)
    return _page("events/programme.html", event, programme=found)


@bp.route("/events/<int:event_id>/programme/new", methods=["GET", "POST"])
def add_session(event_id: int) -> ResponseReturnValue:
    event, found = _to_edit(event_id)
    form = _form(event, found)
    if request.method == "GET" or not form.validate():
        return _session_page(event, form), 200 if request.method == "GET" else 422
    programme_actions.add_session(g.viewer, event, draft=form.draft())
    flash(_("The session was added."))
    return redirect(f"{event.path}programme", 303)


@bp.route("/events/<int:event_id>/programme/<int:session_id>/edit", methods=["GET", "POST"])
def edit_session(event_id: int, session_id: int) -> ResponseReturnValue:
    event, found = _to_edit(event_id)
    form = _form(event, found, programme_queries.get_part(found, session_id))
    if request.method == "GET" or not form.validate():
        return _session_page(event, form), 200 if request.method == "GET" else 422
    programme_actions.edit_session(g.viewer, event, session_id=session_id, draft=form.draft())
    flash(_("The changes were saved. People who are concerned by a new time or room are told in a few minutes, in one letter."))
    return redirect(f"{event.path}programme", 303)


@bp.route("/events/<int:event_id>/programme/<int:session_id>/remove", methods=["GET", "POST"])
def remove_session(event_id: int, session_id: int) -> ResponseReturnValue:
    event, found = _to_edit(event_id)
    part = programme_queries.get_part(found, session_id)
    if request.method == "GET":
        return _page("events/remove_session.html", event, part=part)
    seen = request.form.get("chosen", 0, type=int)
    programme_actions.remove_session(g.viewer, event, session_id=session_id, chosen_seen=seen)
    title = local_plain(part.session.title)
    flash(
        _("“%(title)s” was removed. Those who had chosen it are told.", title=title) if seen else _("“%(title)s” was removed.", title=title)
    )
    return redirect(f"{event.path}programme", 303)


@bp.route("/events/<int:event_id>/copy", methods=["GET", "POST"])
def copy(event_id: int) -> ResponseReturnValue:
    event = queries.get_event_to_edit(g.viewer, event_id)
    form = CopyForm(event)
    if request.method == "GET" or not form.validate():
        return _page("events/copy.html", event, form=form), 200 if request.method == "GET" else 422
    made = copy_actions.copy(g.viewer, event, title=form.title, starts_at=form.starts_at)
    flash(_("The copy is a draft. Look through its dates and texts before you announce it."))
    return redirect(f"{made.path}edit", 303)


def _to_edit(event_id: int) -> tuple[Event, Programme]:
    event = queries.get_event_to_edit(g.viewer, event_id)
    return event, programme_queries.get_programme(g.viewer, event)


def _form(event: Event, found: Programme, part: Part | None = None) -> SessionForm:
    themes = programme_queries.list_themes(g.viewer, event, part.session.network_id if part else None)
    emails = programme_queries.addresses_of(g.viewer, part.speakers if part else ())
    form = SessionForm(event, found, themes, part, emails)
    form.members = programme_queries.find_members(g.viewer, event, form.emails)
    return form


def _session_page(event: Event, form: SessionForm) -> str:
    return _page("events/session.html", event, form=form, part=form.part)


def _page(template: str, event: Event, **context: Any) -> str:
    return network_page(template, event.network, "events", section="events", event=event, **context)

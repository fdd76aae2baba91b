"""At which address: messages to participants. Parse, call, answer."""

from flask import flash, g, redirect, request
from flask.typing import ResponseReturnValue

from extranet.core.errors import demand
from extranet.core.i18n import ngettext
from extranet.core.text import render_local_markdown
from extranet.events import desk_policy, message_actions, message_queries, queries
from extranet.events.blueprint import bp
from extranet.events.desk_filters import Chosen
from extranet.events.desk_forms import MessageForm
from extranet.events.desk_views import desk_page
from extranet.events.models import Event


@bp.route("/events/<int:event_id>/desk/message", methods=["GET", "POST"])
def message(event_id: int) -> ResponseReturnValue:
    event, form = queries.get_event(g.viewer, event_id), MessageForm()
    demand(desk_policy.can_message(g.viewer, event), "events.message")
    chosen = Chosen.of(request.args).only_places()
    if request.method == "GET" or not form.validate():
        return _message_page(event, chosen, form), 200 if request.method == "GET" else 422
    step = request.form.get("step")
    if step != "send":
        return _message_page(event, chosen, form, shows=step != "write")
    sent = message_actions.message(
        g.viewer, event, chosen=chosen, subject=form.words("subject"), text=form.words("text"), key=form.key.data
    )  # fmt: skip
    count = len(sent.signup_ids)
    flash(ngettext("The message is on its way to %(num)s person.", "The message is on its way to %(num)s people.", count))
    return redirect(sent.path, 303)


@bp.get("/events/<int:event_id>/messages/<int:message_id>")
def read_message(event_id: int, message_id: int) -> ResponseReturnValue:
    event = queries.get_event(g.viewer, event_id)
    found = message_queries.get_message(g.viewer, event, message_id)
    return desk_page("events/message_read.html", event, message=found, can_write=desk_policy.can_message(g.viewer, event))


def _message_page(event: Event, chosen: Chosen, form: MessageForm, shows: bool = False) -> str:
    return desk_page(
        "events/message_preview.html" if shows else "events/message.html",
        event,
        form=form,
        chosen=chosen,
        people=message_queries.list_recipients(g.viewer, event, chosen),
        sent=[] if shows else message_queries.list_sent(g.viewer, event),
        subject=form.words("subject"),
        html=render_local_markdown(form.words("text")) if shows else {},
        reply_to=message_queries.reply_address(g.viewer, event),
    )

"""At which address: those who took part remotely, by the meeting's own list. Looked at first, then marked."""

from flask import flash, g, redirect, request
from flask.typing import ResponseReturnValue

from extranet.attendance import actions, queries
from extranet.attendance.blueprint import bp
from extranet.attendance.forms import NamesForm
from extranet.attendance.marks import Pressed
from extranet.attendance.matching import Match, match
from extranet.attendance.queries import Person
from extranet.core import clock
from extranet.core.i18n import ngettext
from extranet.events.kinds import Mode
from extranet.events.models import Event
from extranet.networks.head import network_page


@bp.get("/events/<int:event_id>/attendance/remote")
def remote(event_id: int) -> ResponseReturnValue:
    """With `everybody`, all remote participants stand ready to be marked."""
    event = queries.get_event(g.viewer, event_id)
    far = [one for one in queries.list_people(g.viewer, event) if one.mode == Mode.REMOTE]
    found = Match(sure=far) if "everybody" in request.args else None
    return _remote_page(event, NamesForm(), far, found)


@bp.post("/events/<int:event_id>/attendance/remote")
def match_names(event_id: int) -> ResponseReturnValue:
    """Nothing is marked yet: the answer shows whom the list names."""
    event = queries.get_event(g.viewer, event_id)
    people, form = queries.list_people(g.viewer, event), NamesForm()
    far = [one for one in people if one.mode == Mode.REMOTE]
    if not form.validate():
        return _remote_page(event, form, far, None), 422
    return _remote_page(event, form, far, match(form.names.data, people))


@bp.post("/events/<int:event_id>/attendance/remote/mark")
def mark_remote(event_id: int) -> ResponseReturnValue:
    event = queries.get_event(g.viewer, event_id)
    now = clock.now()
    chosen = [Pressed(signup_id, True, now) for signup_id in request.form.getlist("signup", type=int)]
    news, refused = queries.sort_marks(g.viewer, event, chosen)
    for signup, pressed in news:
        actions.mark(g.viewer, signup, pressed=pressed)
    flash(ngettext("%(num)s person was marked as present.", "%(num)s people were marked as present.", len(news)))
    for sentence in sorted(set(refused.values())):
        flash(sentence, "warn")
    return redirect(f"{event.path}attendance?show=present", 303)


def _remote_page(event: Event, form: NamesForm, far: list[Person], found: Match | None) -> str:
    return network_page("attendance/remote.html", event.network, "events", section="events", event=event, form=form, far=far, found=found)

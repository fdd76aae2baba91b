"""At which address: what organisers take away on paper or as a file. Parse, call, answer."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from flask import Response, g, request
from flask.typing import ResponseReturnValue

from extranet.audit.log import record_apart
from extranet.core import clock
from extranet.events import desk_people, desk_policy, desk_queries, papers, queries
from extranet.events.blueprint import bp
from extranet.events.desk_filters import Chosen
from extranet.events.desk_table import MIME, Sheet, make_table
from extranet.events.desk_views import desk_page
from extranet.events.kinds import Mode
from extranet.events.models import Event


@bp.get("/events/<int:event_id>/desk/table")
def desk_table(event_id: int) -> ResponseReturnValue:
    event, chosen = queries.get_event(g.viewer, event_id), Chosen.of(request.args)
    people = desk_queries.list_all(g.viewer, event, chosen)
    sees_needs = desk_policy.can_see_needs(g.viewer, event)
    sheet = Sheet(
        event=event,
        people=people,
        questions=desk_queries.list_questions(g.viewer, event),
        answers=desk_queries.answers_of(g.viewer, event),
        sessions=desk_queries.inside_of(g.viewer, event),
        needs=desk_people.list_needs(g.viewer, event) if sees_needs else None,
    )
    record_apart(g.viewer, "events.export", event, people=len(people), needs=sees_needs)
    return _file(make_table(sheet), event, "xlsx", MIME)


@bp.get("/events/<int:event_id>/desk/list.pdf")
def desk_list(event_id: int) -> ResponseReturnValue:
    return _paper(event_id, "list", papers.make_list)


@bp.get("/events/<int:event_id>/desk/badges.pdf")
def desk_badges(event_id: int) -> ResponseReturnValue:
    return _paper(event_id, "badges", papers.make_badges)


@bp.get("/events/<int:event_id>/desk/diets")
def diets(event_id: int) -> ResponseReturnValue:
    event = queries.get_event(g.viewer, event_id)
    return desk_page("events/desk_diets.html", event, found=desk_people.count_diets(g.viewer, event))


def _paper(event_id: int, name: str, make: Callable[[Event, Sequence[Any], dict[int, list[Any]]], bytes]) -> Response:
    """Only people who have a place are on paper, unless the queue was asked for (T41); badges are for those who come to the place."""
    event, chosen = queries.get_event(g.viewer, event_id), Chosen.of(request.args).only_places()
    if name == "badges" and chosen.mode is None:
        chosen = replace(chosen, mode=Mode.ONSITE)
    people = desk_queries.list_all(g.viewer, event, chosen)
    record_apart(g.viewer, "events.print", event, people=len(people), what=name)
    return _file(make(event, people, desk_queries.inside_of(g.viewer, event)), event, "pdf", "application/pdf", name)


def _file(content: bytes, event: Event, ending: str, mime: str, name: str = "participants") -> Response:
    shown = "inline" if ending == "pdf" else "attachment"
    headers = {"Content-Disposition": f'{shown}; filename="{name}-{event.id}-{clock.today().isoformat()}.{ending}"'}
    return Response(content, mimetype=mime, headers=headers)

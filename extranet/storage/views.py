"""At which address: a file in pieces. For scripts; a form without them sends its file whole."""

from typing import Any

from flask import Blueprint, abort, g, request
from flask.typing import ResponseReturnValue

from extranet.core.web import answers_json
from extranet.storage import actions, queries, receiving
from extranet.storage.checks import Fault
from extranet.storage.models import Upload

bp = Blueprint("storage", __name__, url_prefix="/uploads")


@bp.post("/")
@answers_json
def begin() -> ResponseReturnValue:
    size = request.form.get("size", 0, type=int)
    return _tell(actions.begin(g.viewer, None, name=request.form.get("name", ""), size=size)), 201


@bp.get("/<upload_id>")
@answers_json
def state(upload_id: str) -> ResponseReturnValue:
    return _tell(queries.get_upload(g.viewer, upload_id))


@bp.put("/<upload_id>")
@answers_json
def append(upload_id: str) -> ResponseReturnValue:
    length = request.content_length or 0
    if length > receiving.PIECE:
        abort(413)
    return _tell(receiving.append(g.viewer, upload_id, request.args.get("offset", -1, type=int), request.stream, length))


@bp.post("/<upload_id>/finish")
@answers_json
def finish(upload_id: str) -> ResponseReturnValue:
    return _tell(receiving.finish(g.viewer, upload_id))


@bp.post("/<upload_id>/cancel")
@answers_json
def cancel(upload_id: str) -> ResponseReturnValue:
    actions.cancel(g.viewer, queries.get_upload(g.viewer, upload_id, lock=True))
    return {"state": "cancelled"}


@bp.errorhandler(receiving.Elsewhere)
def elsewhere(_error: receiving.Elsewhere) -> ResponseReturnValue:
    """Not an error for a person: the script goes on from where we are."""
    return _tell(queries.get_upload(g.viewer, (request.view_args or {})["upload_id"])), 409


def _tell(upload: Upload) -> dict[str, Any]:
    return {
        "id": upload.id,
        "name": upload.name,
        "offset": upload.received,
        "size": upload.size,
        "chunk": receiving.PIECE,
        "state": upload.state.value,
        "fault": str(Fault(**upload.fault)) if upload.fault else None,
    }

"""At which address: the files of posts. Whoever may read the post may have them, asked anew each time (T06, T17)."""

from flask import g, request
from flask.typing import ResponseReturnValue

from extranet.core.errors import NotFound
from extranet.core.web import page
from extranet.discussions import attachments, post_extras
from extranet.discussions.attachment_forms import KEY, Entry
from extranet.discussions.blueprint import bp
from extranet.previews.queries import find_page
from extranet.storage.checks import MAX_NAME
from extranet.storage.send import send


@bp.get("/discussions/attachments/<int:attachment_id>")
def attachment(attachment_id: int) -> ResponseReturnValue:
    file = attachments.get_attachment(g.viewer, attachment_id)
    return send(file.sha256, file.size, file.name, file.mime).response


@bp.get("/discussions/attachments/<int:attachment_id>/picture")
def picture(attachment_id: int) -> ResponseReturnValue:
    """A picture as we have drawn it anew: nobody's own bytes are shown inside a page."""
    file = attachments.get_attachment(g.viewer, attachment_id)
    drawn = find_page(file.sha256, 1) if file.is_picture else None
    if drawn is None:
        raise NotFound
    return send(drawn.sha256, drawn.size, "1.webp", "image/webp", inline=True).response


@bp.get("/discussions/attachments/<int:attachment_id>/look")
def look(attachment_id: int) -> ResponseReturnValue:
    """One file as its post shows it, for a page that waits for a picture."""
    file = attachments.get_attachment(g.viewer, attachment_id)
    shown = next(one for one in post_extras.list_files(file.post_id) if one.file_id == file.id)
    return page("discussions/_file.html", file=shown, post=file.post)


@bp.get("/discussions/attachments/fields")
def attachment_fields() -> ResponseReturnValue:
    """The fields for one more file, for the script of the editor."""
    key = request.args.get("key", "")
    if not KEY.fullmatch(key):
        raise NotFound
    return page("discussions/_file_fields.html", entry=Entry(key, None, name=request.args.get("name", "")[:MAX_NAME]))

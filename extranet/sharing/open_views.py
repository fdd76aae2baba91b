"""At which address a share opens, without an account. Whoever has the link sees what the sharer may give at this moment, nothing more."""

from flask import abort, g, make_response, request
from flask.typing import ResponseReturnValue

from extranet.accounts import misses
from extranet.audit.log import record_apart
from extranet.core.errors import NotFound
from extranet.core.i18n import COOKIE, LANGUAGES, in_language
from extranet.core.web import page, public, unlisted
from extranet.materials import words
from extranet.materials.downloads import record_download
from extranet.sharing import queries
from extranet.sharing.blueprint import bp
from extranet.sharing.models import Share
from extranet.sharing.opening import count_download, count_opening
from extranet.sharing.policy import can_see
from extranet.storage.send import send


@bp.get("/shared/<token>")
@public
@unlisted
def shared(token: str) -> ResponseReturnValue:
    """Mail scanners follow links: opening the page uses nothing up."""
    opened = _open(token)
    if request.method == "GET" and not can_see(g.viewer, opened.share):
        count_opening(opened.share)
    with in_language(_language(opened.share)):
        return page("sharing/shared.html", opened=opened, share=opened.share, token=token, words=words, section="")


@bp.get("/shared/<token>/<int:material_id>/file")
@public
@unlisted
def shared_file(token: str, material_id: int) -> ResponseReturnValue:
    opened = _open(token)
    item = next((item for item in opened.items if item.material.id == material_id), None)
    if item is None or item.version is None:
        raise NotFound
    sending = send(item.version.sha256, item.version.size, item.version.file_name, item.version.mime)
    if sending.begins:
        record_apart(g.viewer, "sharing.download", opened.share, material=material_id)
        record_download(g.viewer, item.material, item.version)
        count_download(opened.share)
    return sending.response


def _open(token: str) -> queries.Opened:
    """What the link opens now, or the answer for one that opens nothing, whatever the cause."""
    misses.check("sharing", g.viewer.ip)
    opened, is_known = queries.find_opened(token)
    if opened is None:
        if not is_known:
            misses.count("sharing", g.viewer.ip)
        abort(make_response(page("sharing/over.html", section=""), 410))
    return opened


def _language(share: Share) -> str:
    """What the reader has chosen, else what the sharer chose for her."""
    for wish in (request.args.get("lang"), g.viewer.language, request.cookies.get(COOKIE)):
        if wish in LANGUAGES:
            return str(wish)
    return share.language

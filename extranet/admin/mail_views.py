"""At which address: letters."""

import base64
import hashlib
import re

from flask import flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from extranet.admin import mail_actions, mail_queries
from extranet.admin.views import bp
from extranet.core.errors import NotFound
from extranet.core.i18n import gettext as _
from extranet.core.web import page
from extranet.mail.outbox import may_be_read

CSP = "sandbox; default-src 'none'; style-src {style}; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


@bp.get("/mail/")
def mail() -> ResponseReturnValue:
    outbox = mail_queries.list_letters(g.viewer, request.args.get("state"), request.args.get("page", 1, type=int))
    return page("admin/mail.html", outbox=outbox)


@bp.get("/mail/<int:letter_id>/")
def letter(letter_id: int) -> ResponseReturnValue:
    found = mail_queries.get_letter(g.viewer, letter_id)
    return page("admin/mail_letter.html", letter=found, reader=mail_queries.find_reader(g.viewer, found), is_open=may_be_read(found))


@bp.get("/mail/<int:letter_id>/html")
def letter_html(letter_id: int) -> ResponseReturnValue:
    """The HTML part as the reader sees it: sandboxed, without scripts, and with no style but the letter's own."""
    found = mail_queries.get_letter(g.viewer, letter_id)
    if not may_be_read(found):
        raise NotFound
    return found.html, {"Content-Security-Policy": CSP.format(style=_hash_of_style(found.html))}


def _hash_of_style(html: str) -> str:
    found = STYLE.search(html)
    return f"'sha256-{base64.b64encode(hashlib.sha256(found[1].encode()).digest()).decode()}'" if found else "'none'"


@bp.post("/mail/<int:letter_id>/retry")
def retry_letter(letter_id: int) -> ResponseReturnValue:
    mail_actions.retry(g.viewer, mail_queries.get_letter(g.viewer, letter_id))
    flash(_("The letter will be tried again."))
    return redirect(url_for(".letter", letter_id=letter_id), 303)

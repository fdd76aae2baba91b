"""At which address: asking for an account."""

from flask import g, redirect, url_for
from flask.typing import ResponseReturnValue

from extranet.accounts import actions, sessions
from extranet.accounts.forms import RequestForm
from extranet.accounts.views import bp, refuse_letter
from extranet.core.i18n import current_language
from extranet.core.web import page, public


@bp.route("/request-account", methods=["GET", "POST"])
@public
def request_account() -> ResponseReturnValue:
    form = RequestForm()
    if not form.is_submitted():
        return page("accounts/request_account.html", form=form)
    if refusal := refuse_letter(form, "accounts/request_account.html"):
        return refusal
    actions.request_account(
        g.viewer,
        None,
        email=form.email.data,
        first_name=form.first_name.data,
        last_name=form.last_name.data,
        job_title=form.job_title.data,
        language=current_language(),
        note="\n\n".join(part for part in (form.organisation.data, form.message.data) if part),
        browser_hash=sessions.asking_browser(),
    )
    return redirect(url_for(".request_sent"), 303)


@bp.get("/request-account/sent")
@public
def request_sent() -> ResponseReturnValue:
    return page("accounts/request_sent.html")

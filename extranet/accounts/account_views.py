"""At which address: one's own account."""

from flask import flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from extranet.accounts import actions, devices, passwords, queries, throttle
from extranet.accounts.account_forms import ChangePasswordForm, EditForm
from extranet.accounts.models import AttemptKind
from extranet.accounts.views import bp
from extranet.core.i18n import gettext as _
from extranet.core.i18n import in_language
from extranet.core.web import page


@bp.get("/account/")
def account() -> ResponseReturnValue:
    return _account_page(EditForm(obj=queries.get_me(g.viewer)))


@bp.post("/account/edit")
def edit() -> ResponseReturnValue:
    form = EditForm()
    if not form.validate():
        return _account_page(form), 422
    actions.edit(g.viewer, queries.get_me(g.viewer), **{name: form[name].data for name in form.data if name != "csrf_token"})
    with in_language(form.language.data):
        flash(_("Your details were saved."))
    return redirect(url_for(".account"), 303)


@bp.post("/account/confirm-details")
def confirm_details() -> ResponseReturnValue:
    actions.confirm_details(g.viewer, queries.get_me(g.viewer))
    flash(_("Thank you. Your details are marked as checked."))
    return redirect(url_for(".account"), 303)


@bp.route("/account/password", methods=["GET", "POST"])
def change_password() -> ResponseReturnValue:
    me = queries.get_me(g.viewer)
    form = ChangePasswordForm(me.name, me.email)
    if not form.is_submitted():
        return page("accounts/change_password.html", form=form, email=me.email)
    if not form.validate():
        return page("accounts/change_password.html", form=form, email=me.email), 422
    attempt = devices.attempt(AttemptKind.PASSWORD, me.email)
    ticket = throttle.begin(attempt)
    if ticket.wait_until:
        answer = page("accounts/change_password.html", form=form, email=me.email, wait_until=ticket.wait_until, has_errors=True)
        return answer, 429, {"Retry-After": str(ticket.seconds)}
    if not queries.is_my_password(g.viewer, form.current.data):
        form.current.errors = [_("This is not your present password.")]
        return page("accounts/change_password.html", form=form, email=g.viewer.email), 422
    return _change_password(form, attempt)


def _change_password(form: ChangePasswordForm, attempt: throttle.Try) -> ResponseReturnValue:
    password_hash = passwords.hash_apart(form.password.data)
    throttle.forgive(attempt)
    actions.change_password(g.viewer, queries.get_me(g.viewer), password_hash=password_hash)
    flash(_("Your password was changed. You have been signed out in other browsers."))
    return redirect(url_for(".account"), 303)


@bp.post("/account/sessions/<int:session_id>/end")
def end_session(session_id: int) -> ResponseReturnValue:
    actions.end_session(g.viewer, queries.get_my_session(g.viewer, session_id))
    flash(_("The session was ended."))
    return redirect(url_for(".account", _anchor="sessions"), 303)


@bp.post("/account/sessions/end-others")
def end_other_sessions() -> ResponseReturnValue:
    actions.end_other_sessions(g.viewer, queries.get_me(g.viewer))
    flash(_("You are now signed in only here."))
    return redirect(url_for(".account", _anchor="sessions"), 303)


def _account_page(form: EditForm) -> str:
    me = queries.get_me(g.viewer)
    return page(
        "accounts/account.html",
        form=form,
        me=me,
        sessions=[(session, devices.describe(session.browser)) for session in queries.list_my_sessions(g.viewer)],
        sign_ins=queries.list_my_sign_ins(g.viewer, devices.hash_address(me.email)),
    )

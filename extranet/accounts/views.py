"""At which address: coming in, going out, and getting back in with a letter."""

from flask import Blueprint, current_app, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from extranet.accounts import actions, devices, passwords, queries, sessions, throttle, tokens
from extranet.accounts.forms import AskLinkForm, InvitationForm, RequestForm, ResetForm, SignInForm
from extranet.accounts.models import AttemptKind, OneTimeToken, TokenPurpose, User
from extranet.audit.log import record_apart
from extranet.core.i18n import COOKIE, LANGUAGES, in_language
from extranet.core.i18n import gettext as _
from extranet.core.web import YEAR, back, page, public, safe_path

bp = Blueprint("accounts", __name__)


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    if request.method == "GET" and g.viewer.is_signed_in:
        return redirect(safe_path(request.args.get("next")) or "/")
    form = SignInForm(next=request.args.get("next"))
    if request.method == "GET":
        return _sign_in_page(form)
    if not form.validate():
        return _sign_in_page(form), 422
    email, password = form.email.data, form.password.data
    attempt = devices.attempt(AttemptKind.PASSWORD, email)
    ticket = throttle.begin(attempt)
    if ticket.wait_until:
        return _sign_in_page(form, wait_until=ticket.wait_until, has_errors=True), 429, {"Retry-After": str(ticket.seconds)}
    user = queries.find_by_password(g.viewer, email, password)
    if user is None:
        record_apart(g.viewer, queries.FAILED, account=attempt.account_hash)
        form.form_errors.append(_("The e-mail address or the password is not right. Check both, or ask for a sign-in link."))
        return _sign_in_page(form), 422
    new_hash = passwords.rehash_apart(user.password_hash, password)
    throttle.forgive(attempt)
    token = tokens.new_token()
    actions.sign_in(queries.as_herself(g.viewer, user), user, token=token, browser=request.user_agent.string, new_hash=new_hash)
    return _let_in(user, token, form.next.data)


@bp.post("/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    """Nothing of members' pages stays in the browser (T52)."""
    if g.viewer.is_signed_in:
        actions.sign_out(g.viewer, queries.get_my_session(g.viewer, g.viewer.session_id))
    sessions.leave()
    flash(_("You have been signed out."))
    return redirect("/", 303), {"Clear-Site-Data": '"cache", "storage"'}


@bp.post("/language")
@public
def choose_language() -> ResponseReturnValue:
    language = request.form.get("lang")
    response = back("/")
    if language not in LANGUAGES:
        return response
    if g.viewer.is_signed_in:
        actions.choose_language(g.viewer, queries.get_me(g.viewer), language=language)
    response.set_cookie(COOKIE, language, max_age=YEAR, samesite="Lax", secure=current_app.config["IS_HTTPS"], httponly=True)
    return response


@bp.route("/sign-in/link", methods=["GET", "POST"])
@public
def ask_sign_in_link() -> ResponseReturnValue:
    form = AskLinkForm()
    if form.is_submitted():
        if refusal := refuse_letter(form, "accounts/ask_sign_in_link.html"):
            return refusal
        actions.ask_sign_in_link(g.viewer, None, email=form.email.data, browser_hash=sessions.asking_browser())
        return redirect(url_for(".letter_sent"), 303)
    return page("accounts/ask_sign_in_link.html", form=form)


@bp.route("/forgot-password", methods=["GET", "POST"])
@public
def ask_password_reset() -> ResponseReturnValue:
    form = AskLinkForm()
    if form.is_submitted():
        if refusal := refuse_letter(form, "accounts/ask_password_reset.html"):
            return refusal
        actions.ask_password_reset(g.viewer, None, email=form.email.data)
        return redirect(url_for(".letter_sent", about="password"), 303)
    return page("accounts/ask_password_reset.html", form=form)


@bp.get("/sign-in/sent")
@public
def letter_sent() -> ResponseReturnValue:
    return page("accounts/letter_sent.html", is_for_password=request.args.get("about") == "password")


@bp.route("/sign-in/link/<token>", methods=["GET", "POST"])
@public
def sign_in_by_link(token: str) -> ResponseReturnValue:
    """Mail scanners follow links, so following one only shows a button."""
    found = queries.find_link(g.viewer, tokens.hash_token(token), TokenPurpose.SIGN_IN)
    if found is None:
        return _link_over(url_for(".ask_sign_in_link"))
    link, user = found
    if not sessions.is_asking_browser(link.browser_hash):
        return page("accounts/other_browser.html"), 200 if request.method == "GET" else 422
    if request.method == "GET":
        return page("accounts/sign_in_by_link.html", person=user, token=token)
    session_token = tokens.new_token()
    actions.sign_in_by_link(queries.as_herself(g.viewer, user), user, link=link, token=session_token, browser=request.user_agent.string)
    return _let_in(user, session_token, None)


@bp.route("/reset/<token>", methods=["GET", "POST"])
@public
def reset_password(token: str) -> ResponseReturnValue:
    found = queries.find_link(g.viewer, tokens.hash_token(token), TokenPurpose.RESET)
    if found is None:
        return _link_over(url_for(".ask_password_reset"))
    link, user = found
    form = ResetForm(user.name, user.email)
    if not form.is_submitted():
        return page("accounts/reset_password.html", form=form, person=user)
    if not form.validate():
        return page("accounts/reset_password.html", form=form, person=user), 422
    password_hash = passwords.hash_apart(form.password.data)
    actions.reset_password(queries.as_herself(g.viewer, user), user, link=link, password_hash=password_hash)
    flash(_("Your password was changed. Sign in with the new one."))
    return redirect(url_for(".sign_in"), 303)


@bp.route("/invitation/<token>", methods=["GET", "POST"])
@public
def accept_invitation(token: str) -> ResponseReturnValue:
    found = queries.find_link(g.viewer, tokens.hash_token(token), TokenPurpose.INVITATION)
    if found is None:
        return _link_over(url_for(".ask_sign_in_link"))
    link, user = found
    form = InvitationForm(user.email, obj=user)
    if not form.is_submitted():
        return page("accounts/accept_invitation.html", form=form, person=user)
    if not form.validate():
        return page("accounts/accept_invitation.html", form=form, person=user), 422
    return _accept(form, link, user)


def _accept(form: InvitationForm, link: OneTimeToken, user: User) -> ResponseReturnValue:
    password_hash = passwords.hash_apart(form.password.data)
    token = tokens.new_token()
    actions.accept_invitation(
        queries.as_herself(g.viewer, user),
        user,
        link=link,
        first_name=form.first_name.data,
        last_name=form.last_name.data,
        language=form.language.data,
        password_hash=password_hash,
        token=token,
        browser=request.user_agent.string,
    )
    answer = _let_in(user, token, None)  # a new session forgets what was said before it
    with in_language(user.language):
        flash(_("Welcome, %(name)s. Your account is ready.", name=user.first_name))
    return answer


def _let_in(user: User, token: str, wanted: str | None) -> ResponseReturnValue:
    """A new session in this browser, which is known to the account from now on."""
    sessions.enter(token)
    devices.remember_device(user)
    return redirect(safe_path(wanted) or "/", 303)


def _sign_in_page(form: SignInForm, **more: object) -> str:
    return page("accounts/sign_in.html", form=form, demo_people=queries.list_demo_people(g.viewer), demo=passwords.DEMO_PASSWORD, **more)


def _link_over(again: str) -> ResponseReturnValue:
    return page("accounts/link_over.html", again=again), 410


def refuse_letter(form: AskLinkForm | RequestForm, template: str) -> ResponseReturnValue | None:
    """A wrong address, or too many letters asked for; None if one may be sent."""
    if not form.validate():
        return page(template, form=form), 422
    ticket = throttle.begin(devices.attempt(AttemptKind.LETTER, form.email.data))
    if ticket.wait_until:
        return page(template, form=form, wait_until=ticket.wait_until, has_errors=True), 429, {"Retry-After": str(ticket.seconds)}
    return None


# The other pages register themselves on `bp`; it must exist before they are imported.
from extranet.accounts import account_views, request_views  # noqa: E402, F401

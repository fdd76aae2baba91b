"""At which address: the register of people."""

from datetime import time, timedelta
from typing import Any
from urllib.parse import urlencode

from flask import flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from extranet.accounts import people_actions as actions
from extranet.accounts import words
from extranet.accounts.models import Grant, User, UserState
from extranet.admin import people_queries as queries
from extranet.admin.people_forms import ApproveForm, DeclineForm, GrantForm, InviteForm, SuspendForm
from extranet.admin.views import bp
from extranet.core import clock
from extranet.core.i18n import gettext as _
from extranet.core.i18n import local_plain
from extranet.core.text import one_line
from extranet.core.web import page


@bp.get("/people/")
def people() -> ResponseReturnValue:
    wanted = _wanted()
    found = queries.list_people(g.viewer, wanted, request.args.get("page", 1, int))
    kept = urlencode([(k, v) for k, v in request.args.items() if k != "page" and v])
    return page(
        "admin/people.html",
        people=found,
        wanted=wanted,
        words=words,
        organisations=_organisations(with_people=True),
        url_of=f"{url_for('.people')}?{kept}{'&' if kept else ''}page={{n}}",
    )


@bp.route("/people/invite", methods=["GET", "POST"])
def invite() -> ResponseReturnValue:
    form = InviteForm(_organisations())
    if not form.is_submitted():
        return page("admin/people_invite.html", form=form)
    if not form.validate():
        return page("admin/people_invite.html", form=form), 422
    user = actions.invite(
        g.viewer,
        None,
        email=form.email.data,
        first_name=form.first_name.data,
        last_name=form.last_name.data,
        organisation_id=form.organisation.data,
        language=form.language.data,
        side=form.side.data,
        job_title=form.job_title.data,
    )
    flash(_("The invitation is on its way to %(email)s.", email=user.email))
    return redirect(url_for(".person", user_id=user.id), 303)


@bp.get("/people/<int:user_id>/")
def person(user_id: int) -> ResponseReturnValue:
    return _person_page(queries.get_person(g.viewer, user_id))


@bp.post("/people/<int:user_id>/reinvite")
def reinvite(user_id: int) -> ResponseReturnValue:
    user = actions.reinvite(g.viewer, queries.get_person(g.viewer, user_id))
    flash(_("The invitation is on its way to %(email)s.", email=user.email))
    return _back_to(user)


@bp.post("/people/<int:user_id>/approve")
def approve(user_id: int) -> ResponseReturnValue:
    user = queries.get_person(g.viewer, user_id)
    form = ApproveForm(_organisations())
    if not form.validate():
        return _person_page(user, approve_form=form), 422
    actions.approve(g.viewer, user, organisation_id=form.organisation.data, side=form.side.data)
    flash(_("The invitation is on its way to %(email)s.", email=user.email))
    return _back_to(user)


@bp.post("/people/<int:user_id>/decline")
def decline(user_id: int) -> ResponseReturnValue:
    user = queries.get_person(g.viewer, user_id)
    form = DeclineForm()
    if not form.validate():
        return _person_page(user, decline_form=form), 422
    actions.decline(g.viewer, user, reason=form.reason.data)
    flash(_("The request was declined. %(name)s gets a letter.", name=user.name))
    return _back_to(user)


@bp.post("/people/<int:user_id>/suspend")
def suspend(user_id: int) -> ResponseReturnValue:
    user = queries.get_person(g.viewer, user_id)
    form = SuspendForm()
    if not form.validate():
        return _person_page(user, suspend_form=form), 422
    actions.suspend(g.viewer, user, reason=form.reason.data)
    flash(_("The account was suspended. %(name)s was signed out everywhere.", name=user.name))
    return _back_to(user)


@bp.post("/people/<int:user_id>/restore")
def restore(user_id: int) -> ResponseReturnValue:
    user = actions.restore(g.viewer, queries.get_person(g.viewer, user_id))
    flash(_("The account was restored."))
    return _back_to(user)


@bp.post("/people/<int:user_id>/end-sessions")
def end_sessions(user_id: int) -> ResponseReturnValue:
    user = actions.end_sessions(g.viewer, queries.get_person(g.viewer, user_id))
    flash(_("%(name)s was signed out everywhere.", name=user.name))
    return _back_to(user)


@bp.post("/people/<int:user_id>/grant")
def grant(user_id: int) -> ResponseReturnValue:
    user = queries.get_person(g.viewer, user_id)
    form = GrantForm(_organisations())
    if not form.validate():
        return _person_page(user, grant_form=form), 422
    last_day = form.valid_until.data
    until = clock.from_local(last_day + timedelta(days=1), time(0)) if last_day else None
    actions.grant(g.viewer, user, role=form.role.data, organisation_id=form.organisation.data, valid_until=until)
    flash(_("The role was given."))
    return _back_to(user)


@bp.post("/people/<int:user_id>/revoke")
def revoke(user_id: int) -> ResponseReturnValue:
    user = queries.get_person(g.viewer, user_id)
    role = _choice(Grant, request.form.get("role"))
    if role is not None:
        actions.revoke(g.viewer, user, role=role, organisation_id=request.form.get("organisation", None, int))
        flash(_("The role was taken back."))
    return _back_to(user)


def _person_page(user: User, **failed: FlaskForm) -> str:
    """The page; `failed` is the one of its forms that came back, by its name in the template."""
    choices = _organisations()
    forms = {
        "grant_form": GrantForm(choices, formdata=None),
        "suspend_form": SuspendForm(formdata=None),
        "approve_form": ApproveForm(choices, formdata=None),
        "decline_form": DeclineForm(formdata=None),
    }
    return page(
        "admin/person.html",
        person=user,
        organisation_name=queries.get_organisation_name(g.viewer, user),
        grants=queries.list_grants(g.viewer, user),
        places=queries.list_places(g.viewer, user),
        appointments=queries.list_appointments(g.viewer, user),
        session_count=queries.count_sessions(g.viewer, user),
        has_errors=bool(failed),
        words=words,
        now=clock.now(),
        **(forms | failed),
    )


def _back_to(user: User) -> ResponseReturnValue:
    return redirect(url_for(".person", user_id=user.id), 303)


def _organisations(with_people: bool = False) -> list[tuple[Any, str]]:
    """The choices of a select, by name in the reader's language."""
    found = queries.list_organisations(g.viewer, with_people)
    return sorted(((id_, local_plain(name)) for id_, name in found), key=lambda pair: pair[1].casefold())


def _wanted() -> queries.Wanted:
    return queries.Wanted(
        text=one_line(request.args.get("q", ""))[:100],
        state=_choice(UserState, request.args.get("state")),
        role=_choice(Grant, request.args.get("role")),
        organisation_id=request.args.get("organisation", None, int),
    )


def _choice(enum: Any, value: str | None) -> Any:
    """The member with that value; None for anything else that somebody wrote into an address."""
    return next((member for member in enum if member.value == value), None)

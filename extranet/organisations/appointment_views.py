"""At which address: contact persons are proposed, confirmed, rejected, ended, and one of them made the lead."""

from typing import Any

from flask import flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from extranet.core.i18n import gettext as _
from extranet.core.web import page
from extranet.organisations import actions, policy, queries
from extranet.organisations.blueprint import bp
from extranet.organisations.forms import ConfirmForm, EndForm, ProposeForm, RejectForm
from extranet.organisations.models import Appointment, AppointmentKind, Organisation
from extranet.organisations.words import APPOINTMENTS


def _back(organisation: Organisation) -> ResponseReturnValue:
    return redirect(url_for("organisations.organisation", code=organisation.code), 303)


@bp.route("/organisations/<code>/appointments/propose", methods=["GET", "POST"])
def propose(code: str) -> ResponseReturnValue:
    organisation = queries.check(g.viewer, policy.can_propose, queries.get_organisation(g.viewer, code))
    candidates = {person.id: person for person in queries.list_candidates(g.viewer, organisation)}
    form = ProposeForm(kind=request.args.get("kind", AppointmentKind.PRIMARY.value))
    form.person_id.choices = [
        SelectChoice("", _("Somebody new, named below")),
        *(SelectChoice(str(p.id), _label(p)) for p in candidates.values()),
    ]
    if request.method == "GET" or not form.validate():
        status = 200 if request.method == "GET" else 422
        return page("organisations/propose.html", organisation=organisation, form=form, section="organisations"), status
    chosen = candidates.get(form.person_id.data or 0)
    new = actions.NewPerson(form.email.data, form.first_name.data, form.last_name.data)
    facts: dict[str, Any] = {
        name: form[name].data
        for name in (
            "starts_on", "ends_on", "is_lead", "job_title", "scope", "decision_ref", "declares_not_shop_steward", "declares_independent",
        )
    }  # fmt: skip
    appointment = actions.propose(g.viewer, organisation, person=chosen or new, kind=AppointmentKind(form.kind.data), **facts)
    flash(_("%(name)s was proposed. A registrar confirms; the person has been told by e-mail.", name=appointment.user.name))
    return _back(organisation)


def _label(person: Any) -> str:
    return f"{person.last_name} {person.first_name}" + (f", {person.job_title}" if person.job_title else "")


def _appointment(code: str, appointment_id: int) -> Appointment:
    organisation = queries.get_organisation(g.viewer, code)
    return queries.get_appointment(g.viewer, organisation, appointment_id)


def _decision_page(verb: str, appointment: Appointment, form: Any) -> ResponseReturnValue:
    status = 200 if request.method == "GET" else 422
    words = APPOINTMENTS[appointment.kind]
    return page(f"organisations/{verb}.html", appointment=appointment, kind=words, form=form, section="organisations"), status


@bp.route("/organisations/<code>/appointments/<int:appointment_id>/confirm", methods=["GET", "POST"])
def confirm(code: str, appointment_id: int) -> ResponseReturnValue:
    appointment = queries.check(g.viewer, policy.can_decide, _appointment(code, appointment_id))
    form = ConfirmForm(obj=appointment) if request.method == "GET" else ConfirmForm()
    if request.method == "GET" or not form.validate():
        return _decision_page("confirm", appointment, form)
    actions.confirm(g.viewer, appointment, is_lead=form.is_lead.data)
    flash(_("The appointment of %(name)s was confirmed. The person and the proposer have been told.", name=appointment.user.name))
    return _back(appointment.organisation)


@bp.route("/organisations/<code>/appointments/<int:appointment_id>/reject", methods=["GET", "POST"])
def reject(code: str, appointment_id: int) -> ResponseReturnValue:
    appointment = queries.check(g.viewer, policy.can_decide, _appointment(code, appointment_id))
    form = RejectForm()
    if request.method == "GET" or not form.validate():
        return _decision_page("reject", appointment, form)
    actions.reject(g.viewer, appointment, reason=form.reason.data)
    flash(_("The proposal was rejected. The person and the proposer have been told why."))
    return _back(appointment.organisation)


@bp.route("/organisations/<code>/appointments/<int:appointment_id>/end", methods=["GET", "POST"])
def end(code: str, appointment_id: int) -> ResponseReturnValue:
    appointment = queries.check(g.viewer, policy.can_end, _appointment(code, appointment_id))
    form = EndForm()
    if request.method == "GET" or not form.validate():
        return _decision_page("end", appointment, form)
    actions.end(g.viewer, appointment, ends_on=form.ends_on.data, reason=form.reason.data)
    flash(_("The end of the appointment was recorded. Those concerned have been told by e-mail."))
    return _back(appointment.organisation)


@bp.post("/organisations/<code>/appointments/<int:appointment_id>/make-lead")
def make_lead(code: str, appointment_id: int) -> ResponseReturnValue:
    appointment = _appointment(code, appointment_id)
    actions.make_lead(g.viewer, appointment)
    flash(_("%(name)s is asked first from now on.", name=appointment.user.name))
    return _back(appointment.organisation)

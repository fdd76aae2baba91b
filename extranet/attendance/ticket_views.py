"""At which address: a participant's ticket, which is an organiser's check-in, and the certificate of attendance."""

from flask import Response, current_app, g, redirect
from flask.typing import ResponseReturnValue

from extranet.accounts import misses
from extranet.attendance import certificates, policy, queries
from extranet.attendance.blueprint import bp
from extranet.audit.log import record_apart
from extranet.core.errors import NotFound, Refused
from extranet.core.i18n import gettext as _
from extranet.core.i18n import local_plain
from extranet.core.settings import get_setting
from extranet.core.web import page, public, sign_in_address, unlisted
from extranet.events import qr
from extranet.events.models import Signup
from extranet.events.policy import can_see
from extranet.events.tickets import CERTIFICATE, path_of


@bp.get("/events/<int:event_id>/ticket")
def own_ticket(event_id: int) -> ResponseReturnValue:
    return redirect(path_of(queries.get_own(g.viewer, event_id).id))


@bp.get("/events/<int:event_id>/certificate")
def own_certificate(event_id: int) -> ResponseReturnValue:
    return _certificate(queries.get_own(g.viewer, event_id))


@bp.get("/events/<int:event_id>/attendance/<int:signup_id>/certificate")
def certificate_of(event_id: int, signup_id: int) -> ResponseReturnValue:
    """For somebody who cannot fetch it herself."""
    signup = queries.get_signup(g.viewer, queries.get_event(g.viewer, event_id), signup_id)
    record_apart(g.viewer, "attendance.certificate", signup)
    return _certificate(signup)


@bp.get("/tickets/<code>")
@public
@unlisted
def ticket(code: str) -> ResponseReturnValue:
    """Organisers see the person's check-in, the person the ticket; to anybody else there is nothing here."""
    signup = find_ticket(code)
    if isinstance(signup, Response):
        return signup
    event = signup.event
    closing = queries.find_closing(g.viewer, event)
    return page(
        "attendance/ticket.html",
        section="events",
        signup=signup,
        event=event,
        code=code,
        closing=closing,
        organisation=certificates.organisation_of(signup),
        can_mark=policy.can_mark(g.viewer, signup),
        knows_event=can_see(g.viewer, event),
        fault=queries.find_fault(signup, closing is not None),
        has_come=policy.has_come(signup),
    )


@bp.get("/tickets/<code>/qr.png")
@public
@unlisted
def ticket_code(code: str) -> ResponseReturnValue:
    signup = find_ticket(code)
    if isinstance(signup, Response):
        return signup
    return Response(qr.make_png(f"{current_app.config['BASE_URL']}/tickets/{code}"), mimetype="image/png")


@bp.get("/tickets/<code>/certificate")
@public
@unlisted
def ticket_certificate(code: str) -> ResponseReturnValue:
    signup = find_ticket(code)
    return signup if isinstance(signup, Response) else _certificate(signup)


@bp.get("/certificates/<code>")
@public
@unlisted
def check_certificate(code: str) -> ResponseReturnValue:
    """For whoever was shown the paper: whether it is ours, and what stands on it."""
    misses.check("certificate", g.viewer.ip)
    signup = queries.find_by_code(code, CERTIFICATE)
    if signup is None:
        misses.count("certificate", g.viewer.ip)
        raise NotFound
    facts = certificates.list_facts(signup) if policy.has_come(signup) else []
    return page(
        "attendance/certificate.html",
        signup=signup,
        event=signup.event,
        facts=facts,
        organisation=certificates.organisation_of(signup),
        section="",
    )


def find_ticket(code: str) -> Signup | Response:
    """The sign-up of a ticket that this reader may see; who has an account signs in first."""
    misses.check("ticket", g.viewer.ip)
    signup = queries.find_by_code(code)
    if signup is None:
        misses.count("ticket", g.viewer.ip)
        raise NotFound
    if signup.user_id is not None and not g.viewer.is_signed_in:
        return redirect(sign_in_address(), 302)  # type: ignore[return-value]
    if not policy.can_see_ticket(g.viewer, signup):
        raise NotFound
    return signup


def _certificate(signup: Signup) -> Response:
    if not policy.can_see_certificate(g.viewer, signup):
        raise NotFound
    if not policy.has_come(signup):
        raise Refused(_("There is no certificate yet. It can be fetched when the organiser has noted who was present."))
    issuer = local_plain(get_setting("service_owner"))
    content = certificates.make_pdf(signup, current_app.config["BASE_URL"], issuer)
    name = f"attendance-{signup.event_id}.pdf"
    return Response(content, mimetype="application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}"'})

"""What happens later: invitations are written, and what may not be kept is wiped."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from extranet.core.db import db
from extranet.events import forgetting, guest_links
from extranet.events.guest_models import Invitation
from extranet.events.models import Event
from extranet.jobs.queue import every, task
from extranet.mail.outbox import guard, put_letter

every("events.forget", at="03:20")


@guard("events.invitation")
def may_go(invitation_id: int) -> bool:
    """Whether the invitation is still in force when its letter leaves (T23)."""
    invitation = db.session.get(Invitation, invitation_id)
    return invitation is not None and invitation.is_running


@task("events.write_invitation")
def write_invitation(invitation_id: int) -> None:
    """The letter to a guest who was invited by name, in her language."""
    loads = joinedload(Invitation.event).options(joinedload(Event.organiser), joinedload(Event.network)), joinedload(Invitation.created_by)
    invitation = db.session.scalar(select(Invitation).where(Invitation.id == invitation_id).options(*loads))
    if invitation is None or not invitation.is_running or not invitation.email:
        return
    put_letter(
        to=invitation.email,
        language=invitation.language,
        template="events/mail/invitation",
        key=f"event-invitation:{invitation.id}",
        guarded=("events.invitation", invitation.id),
        invitation=invitation,
        event=invitation.event,
        path=guest_links.path_of(invitation),
    )


@task("events.forget")
def forget() -> None:
    """Every night."""
    forgetting.forget_needs()
    forgetting.forget_guests()
    forgetting.forget_words()

"""What can you do: write to a group of participants."""

from extranet.audit.log import action
from extranet.core.db import db
from extranet.core.errors import Refused
from extranet.core.i18n import N_
from extranet.core.i18n import gettext as _
from extranet.core.text import LocalText, render_local_markdown
from extranet.core.viewer import Viewer
from extranet.events import desk_policy, message_queries, places
from extranet.events.desk_filters import Chosen
from extranet.events.message_models import Message
from extranet.events.models import Event
from extranet.jobs.queue import enqueue
from extranet.notifications.notify import notify


@action(desk_policy.can_message)
def message(viewer: Viewer, event: Event, *, chosen: Chosen, subject: LocalText, text: LocalText, key: str) -> Message:
    """Write to everybody of the choice who has a place, or who waits where the queue was chosen on purpose (T41). One form sends once."""
    places.lock(event)
    if db.session.query(Message.id).filter_by(key=key).first():
        raise Refused(_("This message has been sent already."))
    people = message_queries.list_recipients(viewer, event, chosen)
    if not people:
        raise Refused(_("Nobody would get this message. Choose others in the list first."))
    sent = Message(
        event=event,
        sender_id=viewer.user_id,
        reply_to=message_queries.reply_address(viewer, event),
        subject=subject,
        text=text,
        text_html=render_local_markdown(text),
        signup_ids=[person.id for person in people],
        key=key,
    )
    db.session.add(sent)
    db.session.flush()
    ids = [person.user_id for person in people if person.user_id is not None]
    notify(
        viewer, ids, "events.message", about=event, text=N_("%(who)s wrote to the participants: %(title)s"), path=sent.path,
        key=f"event-message:{sent.id}", letters=False, who=viewer.name, title=event.title,
    )  # fmt: skip
    for start in range(0, len(people), places.LETTERS_A_JOB):
        enqueue("events.send_message", message_id=sent.id, start=start)
    return sent

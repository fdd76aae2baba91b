"""What moderators do with questions. verb(viewer, thing, **data): checked, done, recorded."""

from extranet.audit.log import action
from extranet.core import clock
from extranet.core.errors import Refused
from extranet.core.i18n import N_
from extranet.core.i18n import gettext as _
from extranet.core.viewer import Viewer
from extranet.discussions import naming, policy, question_queries
from extranet.discussions.counting import lock
from extranet.discussions.models import Thread, ThreadKind
from extranet.notifications.notify import notify


@action(policy.can_moderate)
def hand(viewer: Viewer, thread: Thread, *, expert_id: int, words: str = "") -> None:
    """Ask an expert to answer a question. She must be a member: handing opens nothing to anybody. Raises Refused."""
    lock(thread)
    if thread.kind != ThreadKind.QUESTION or thread.resolved_at is not None:
        raise Refused(_("Only an open question can be handed to an expert."))
    if thread.is_closed or thread.is_hidden:
        raise Refused(_("The question is closed or hidden. Open it again first."))
    expert = next((row for row in question_queries.list_experts(viewer, thread) if row.id == expert_id), None)
    if expert is None:
        raise Refused(_("Choose an expert from the list."))
    if not expert.reads:
        raise Refused(
            _("%(name)s is not a member of this network and could not read the question. Invite her or him first.", name=expert.name)
        )
    thread.handed_to_id, thread.handed_at = expert.id, clock.now()
    notify(
        viewer,
        {expert.id},
        "discussions.hand",
        about=thread,
        text=N_("%(who)s asks you to answer: %(title)s %(words)s") if words else N_("%(who)s asks you to answer: %(title)s"),
        path=thread.path,
        key=f"hand:{thread.id}:{int(thread.handed_at.timestamp())}",
        direct={expert.id},
        who=naming.name_in(thread, viewer),
        title=thread.title,
        words=words,
    )


@action(policy.can_moderate)
def take_back(_viewer: Viewer, thread: Thread) -> None:
    """Nobody in particular is asked any more. Taking it back twice changes nothing."""
    thread.handed_to_id = thread.handed_at = None

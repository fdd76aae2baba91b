"""What happens later: reminders before the deadline, news of answers, and forgetting."""

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import Select

from extranet.core import clock
from extranet.core.i18n import N_
from extranet.core.viewer import SYSTEM, Viewer
from extranet.jobs.queue import every, task
from extranet.notifications.notify import subject
from extranet.pilots import forgetting, letters, queries
from extranet.pilots.models import Pilot

SOON = timedelta(days=3)

every("pilots.keep_dates", at="08:05")
every("pilots.forget", at="03:35")


@subject("pilot")
def visible(viewer: Viewer, ids: Collection[int]) -> Select[int]:
    """Which of the pilots the person may see now."""
    return queries.find_pilots(viewer, ids)


@task("pilots.keep_dates")
def keep_dates() -> None:
    """Each morning: remind three days before the deadline and on its day; tell the owner when it has passed. Each once."""
    for pilot in queries.list_open():
        if clock.today() > pilot.due:
            _tell_of_deadline(pilot)
        elif clock.today() >= pilot.due - SOON:
            _remind(pilot)


@task("pilots.tell_answers")
def tell_answers(review_id: int) -> None:
    """Tell the reviewer when all of her comments have their answers; else she hears with the last one, or at the close."""
    review = queries.find_review(review_id)
    if review is None or review.withdrawn_at is not None or review.submitted_at is None:
        return
    comments = queries.list_own_comments(review).values()
    if not any(comment.waits for comment in comments):
        letters.tell_answers(SYSTEM, [review])


@task("pilots.forget")
def forget() -> None:
    """Nobody's address is kept longer than it is needed."""
    forgetting.forget_guests()


def _remind(pilot: Pilot) -> None:
    """Who was asked or reminded since the reminder became due is left in peace."""
    is_last = clock.today() == pilot.due
    since = pilot.due if is_last else pilot.due - SOON
    late = [r for r in pilot.missing if clock.local(r.reminded_at or r.invited_at).date() < since]
    letters.remind_again(SYSTEM, late, f"{'last' if is_last else 'soon'}:{pilot.due}")


def _tell_of_deadline(pilot: Pilot) -> None:
    text = N_("The time for reviews is over: %(title)s. Answered: %(sent)s of %(asked)s.")
    sent, asked = len(pilot.asked) - len(pilot.missing), len(pilot.asked)
    letters.tell_owner(SYSTEM, pilot, "pilots.due", text, f"due:{pilot.due}", sent=sent, asked=asked)

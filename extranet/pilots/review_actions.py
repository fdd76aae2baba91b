"""What you can do: review a draft that you were asked to, until the pilot closes."""

from collections.abc import Mapping

from extranet.audit.log import action
from extranet.core import clock
from extranet.core.db import db
from extranet.core.errors import Refused
from extranet.core.i18n import N_
from extranet.core.i18n import gettext as _
from extranet.core.text import render_markdown
from extranet.core.viewer import Viewer
from extranet.pilots import letters, policy, queries
from extranet.pilots.models import PilotComment, PilotReview, Verdict


@action(policy.can_save_review)
def save_review(_viewer: Viewer, review: PilotReview, *, comments: Mapping[int, str], verdict: Verdict | None) -> PilotReview:
    """Keep what is written so far; nobody else reads it until it is sent."""
    if review.submitted_at is not None:
        raise Refused(_("Your review has been sent already. Send it again to change it."))
    _write(review, comments, verdict)
    return review


@action(policy.can_submit_review)
def submit_review(viewer: Viewer, review: PilotReview, *, comments: Mapping[int, str], verdict: Verdict) -> PilotReview:
    """Send the review, or send it again with changes; those who run the pilot hear of the first time."""
    _write(review, comments, verdict)
    if review.submitted_at is None:
        review.submitted_at = clock.now()
        text = N_("%(who)s has reviewed your draft: %(title)s")
        letters.tell_owner(viewer, review.pilot, "pilots.submit_review", text, f"sent:{review.id}", who=review.name)
    return review


def _write(review: PilotReview, comments: Mapping[int, str], verdict: Verdict | None) -> None:
    """Put the texts in place. One that was changed after its answer waits for an answer again."""
    if not review.pilot.takes_reviews:
        raise Refused(_("The pilot has ended, so nothing can be sent any more. Copy what you wrote if you want to keep it."))
    review.verdict = verdict
    have = queries.list_own_comments(review)
    for section in range(len(review.pilot.sections) + 1):
        body, comment = comments.get(section, ""), have.get(section)
        if comment is not None and body == comment.body:
            continue
        if comment is not None and not body:
            db.session.delete(comment)
        elif comment is not None:
            comment.body, comment.body_html, comment.at = body, render_markdown(body), clock.now()
        elif body:
            db.session.add(PilotComment(review_id=review.id, section=section, body=body, body_html=render_markdown(body)))

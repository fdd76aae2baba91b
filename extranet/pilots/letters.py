"""Telling people: members by notification, people from outside by a letter with a link of their own."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from extranet.accounts.tokens import hash_token, new_token
from extranet.core import clock
from extranet.core.db import db
from extranet.core.i18n import N_
from extranet.core.text import LocalText
from extranet.core.viewer import Viewer
from extranet.mail.outbox import guard, put_letter
from extranet.networks.models import Visibility
from extranet.notifications.notify import notify
from extranet.pilots.models import Pilot, PilotLink, PilotReview


@guard("pilots.asked")
def still_asked(review_id: int) -> bool:
    """Whether the letter that asks for a review may leave: not withdrawn, not sent, the pilot open (T23)."""
    review = _find(review_id)
    return review is not None and review.submitted_at is None and review.pilot.is_open


@guard("pilots.told")
def still_concerned(review_id: int) -> bool:
    """Whether the letter about the answers may leave."""
    return _find(review_id) is not None


def ask(viewer: Viewer, reviews: Iterable[PilotReview]) -> None:
    """Ask these people for a review; each hears once of it."""
    for review in reviews:
        pilot = review.pilot
        if review.is_by_link:
            _write(review, "invitation", "pilots.asked", who=viewer.name)
        else:
            key = f"pilot:{pilot.id}:asked:{review.invited_at.isoformat()}"
            _tell(viewer, review, "pilots.ask", N_("%(who)s asks for your opinion on a draft: %(title)s"), key, who=viewer.name)


def remind_again(viewer: Viewer, reviews: Iterable[PilotReview], occasion: str) -> None:
    """Remind those who have not answered, and note it; `occasion` keeps them from hearing of the same one twice."""
    for review in reviews:
        pilot = review.pilot
        review.reminded_at = clock.now()
        key = f"pilot:{pilot.id}:{occasion}"
        if review.is_by_link:
            _write(review, "reminder", "pilots.asked", key=f"{key}:{review.id}", who=pilot.started_by.name)
        else:
            _tell(viewer, review, "pilots.remind", N_("Your opinion is awaited by %(day)s: %(title)s"), key, day=pilot.due)


def tell_answers(viewer: Viewer, reviews: Iterable[PilotReview]) -> None:
    """Tell reviewers, once each, what became of their comments."""
    for review in reviews:
        key = f"pilot:{review.pilot.id}:answered"
        if review.is_by_link:
            _write(review, "answered", "pilots.told", key=f"{key}:{review.id}")
        else:
            _tell(viewer, review, "pilots.answer", N_("Your review has been answered: %(title)s"), key)


def tell_owner(viewer: Viewer, pilot: Pilot, kind: str, text: str, key: str, **params: Any) -> None:
    """Tell those who run the pilot: the material's owner and whoever started it."""
    people = {pilot.material.owner_id, pilot.started_by_id}
    key = f"pilot:{pilot.id}:{key}"
    notify(viewer, people, kind, about=pilot, text=text, path=pilot.path, key=key, direct=people, title=pilot.material.title, **params)


def _tell(viewer: Viewer, review: PilotReview, kind: str, text: str, key: str, **params: Any) -> None:
    """Tell a reviewer who has an account."""
    pilot, people = review.pilot, [review.user_id or 0]
    notify(viewer, people, kind, about=pilot, text=text, path=review.path, key=key, direct=people, title=pilot.material.title, **params)


def _write(review: PilotReview, letter: str, guard_name: str, key: str | None = None, **context: Any) -> None:
    """Put templates/pilots/mail/<letter>. The name of a secret network is no business of somebody outside (T20)."""
    if review.email is None:
        return
    pilot, network = review.pilot, review.pilot.material.network
    token = new_token()
    db.session.add(PilotLink(review_id=review.id, token_hash=hash_token(token)))
    db.session.flush()
    put_letter(
        to=review.email,
        language=review.language,
        template=f"pilots/mail/{letter}",
        key=key,
        secret=True,
        guarded=(guard_name, review.id),
        name=review.guest_name,
        title=pilot.material.title,
        network=LocalText() if network.visibility == Visibility.SECRET else network.name,
        due=pilot.due,
        until=pilot.link_until,
        path=f"/pilots/review/{token}",
        **context,
    )


def _find(review_id: int) -> PilotReview | None:
    """The review, unless it was withdrawn or its address is forgotten."""
    review = db.session.scalar(select(PilotReview).where(PilotReview.id == review_id).options(joinedload(PilotReview.pilot)))
    return review if review is not None and review.withdrawn_at is None and review.email is not None else None

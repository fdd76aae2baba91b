"""What you can do. Running a pilot: start, invite, remind, extend, withdraw, answer, close."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from extranet.audit.log import action
from extranet.core import clock
from extranet.core.db import db
from extranet.core.errors import Refused
from extranet.core.i18n import gettext as _
from extranet.core.i18n import ngettext
from extranet.core.text import one_line, render_markdown
from extranet.core.viewer import Viewer
from extranet.jobs.queue import enqueue
from extranet.materials.actions import begin_pilot, end_pilot
from extranet.materials.models import Material, MaterialState
from extranet.pilots import letters, policy, queries
from extranet.pilots.forgetting import forget_links
from extranet.pilots.models import Handling, Pilot, PilotComment, PilotReview, PilotState
from extranet.pilots.people_queries import find_fault, is_candidate

FEWEST, MOST = 2, 5
PILOTABLE = (MaterialState.DRAFT, MaterialState.REVISED)
MOST_EVER = 15  # a pilot is no way of writing to many
GUESTS_A_DAY = 20  # nor are many pilots: any member may suggest a draft
LONGEST = timedelta(days=120)
PAUSE = timedelta(minutes=30)


@dataclass(frozen=True)
class Invited:
    """Somebody from outside, as typed."""

    email: str
    name: str
    language: str


@dataclass(frozen=True)
class People:
    """Who is to be asked: members by id, others by address."""

    members: tuple[int, ...] = ()
    guests: tuple[Invited, ...] = ()

    def __len__(self) -> int:
        return len(self.members) + len(self.guests)


@action(policy.can_start)
def start(viewer: Viewer, material: Material, *, people: People, due: date, questions: str, sections: list[str]) -> Pilot:
    """Ask two to five people what they think of the current version of a draft (S4-24). `material` comes with its row locked."""
    assert viewer.user_id is not None  # noqa: S101  can_start asks for a person
    demand_draft(material)
    if not FEWEST <= len(people) <= MOST:
        raise Refused(_("Choose at least %(fewest)s and at most %(most)s reviewers.", fewest=FEWEST, most=MOST))
    _check_due(due)
    begin_pilot(viewer, material)
    pilot = Pilot(
        material_id=material.id,
        material=material,
        version=material.version,
        started_by_id=viewer.user_id,
        due=due,
        questions=questions,
        questions_html=render_markdown(questions) if questions else "",
        sections=[one_line(section) for section in sections],
        reviews=[],
    )
    db.session.add(pilot)
    db.session.flush()
    letters.ask(viewer, _add(viewer, pilot, people))
    return pilot


@action(policy.can_invite)
def invite(viewer: Viewer, pilot: Pilot, *, people: People) -> Pilot:
    """Ask further people, or somebody in place of one who was taken off; five at a time."""
    _demand_open(pilot)
    if len(pilot.asked) + len(people) > MOST:
        raise Refused(_("A pilot has at most %(most)s reviewers. Take somebody off first.", most=MOST))
    if len(pilot.reviews) + len(people) > MOST_EVER:
        raise Refused(_("So many people have been asked already. Close this pilot and start another one."))
    letters.ask(viewer, _add(viewer, pilot, people))
    return pilot


@action(policy.can_withdraw)
def withdraw(_viewer: Viewer, review: PilotReview) -> PilotReview:
    """Ask no more of somebody: her links are dead at once. What she had not sent waits unread, should she be asked again."""
    _demand_open(review.pilot)
    if review.withdrawn_at is not None:
        return review
    if review.submitted_at is not None:
        raise Refused(_("The review has been sent already, so it stays. Answer its comments or mark them as read."))
    review.withdrawn_at = clock.now()
    forget_links(review.id)
    return review


@action(policy.can_remind)
def remind(viewer: Viewer, pilot: Pilot) -> Pilot:
    """Remind those who have not answered; each at most once a day."""
    _demand_open(pilot)
    late = [review for review in pilot.missing if not review.was_written_to_today]
    if not pilot.missing:
        raise Refused(_("Everybody has answered. There is nobody to remind."))
    if not late:
        raise Refused(_("Everybody who has not answered was written to today. Remind them tomorrow at the earliest."))
    letters.remind_again(viewer, late, f"reminded:{clock.today()}")
    return pilot


@action(policy.can_extend)
def extend(viewer: Viewer, pilot: Pilot, *, due: date) -> Pilot:
    """Give more time; those who have not answered hear of it."""
    _demand_open(pilot)
    _check_due(due)
    if due <= pilot.due:
        raise Refused(_("Choose a day after the present deadline."))
    pilot.due = due
    letters.remind_again(viewer, pilot.missing, f"extended:{due}")
    return pilot


@action(policy.can_answer)
def answer(viewer: Viewer, comment: PilotComment, *, handling: Handling, words: str) -> PilotComment:
    """Say what becomes of a comment. The reviewer hears of all answers together, when the last one is there."""
    pilot = comment.review.pilot
    _demand_open(pilot)
    _settle(viewer, comment, handling, words)
    enqueue("pilots.tell_answers", run_at=clock.now() + PAUSE, dedupe=f"pilot-review:{comment.review_id}", review_id=comment.review_id)
    return comment


@action(policy.can_note_rest)
def note_rest(viewer: Viewer, pilot: Pilot, *, seen: Iterable[str]) -> Pilot:
    """Mark the comments that wait as read, as far as the viewer has seen them as they are now."""
    _demand_open(pilot)
    marks = set(seen)
    for comment in queries.list_comments(pilot):
        if comment.waits and f"{comment.id} {comment.seen}" in marks:
            _settle(viewer, comment, comment.handling or Handling.READ, comment.answer)
    return pilot


@action(policy.can_close)
def close(viewer: Viewer, pilot: Pilot, *, outcome: str) -> Pilot:
    """End the pilot; the material waits for its last touch. `pilot` comes with its row locked, so no review arrives meanwhile."""
    if not pilot.is_open:
        return pilot
    comments = queries.list_comments(pilot)
    if waiting := sum(comment.waits for comment in comments):
        raise Refused(
            ngettext(
                "%(num)s comment waits for an answer. Answer it or mark it as read, then close the pilot.",
                "%(num)s comments wait for an answer. Answer them or mark them as read, then close the pilot.",
                waiting,
            )
        )
    pilot.state = PilotState.CLOSED
    pilot.closed_at = clock.now()
    pilot.outcome = outcome
    pilot.outcome_html = render_markdown(outcome) if outcome else ""
    end_pilot(viewer, pilot.material)
    db.session.flush()
    letters.tell_answers(viewer, [review for review in pilot.asked if review.submitted_at])
    return pilot


def demand_draft(material: Material) -> None:
    """Refuse what cannot be piloted: a link, and what is in force, archived or in a pilot already."""
    if material.is_link:
        raise Refused(_("A link has no file that could be given to reviewers. Upload the draft as a file first."))
    if material.state not in PILOTABLE:
        raise Refused(_("Only a draft or a revised material can be piloted."))


def _add(viewer: Viewer, pilot: Pilot, people: People) -> list[PilotReview]:
    """The reviews of these people; somebody who was taken off before gets her row back."""
    material = pilot.material
    if people.guests and queries.count_guests_today(viewer) + len(people.guests) > GUESTS_A_DAY:
        raise Refused(_("You have asked many people from outside today already. Ask the others tomorrow."))
    known = {review.user_id or review.email: review for review in pilot.reviews}
    added: list[PilotReview] = []
    for user_id in people.members:
        if user_id == viewer.user_id or not policy.can_name_members(viewer, material) or not is_candidate(material, user_id):
            raise Refused(_("One of the people cannot be asked any more. Choose the reviewers again."))
        added.append(_revive(known.get(user_id)) or PilotReview(user_id=user_id))
    for guest in people.guests:
        if fault := find_fault(viewer, material, guest.email):
            raise Refused(fault)
        review = _revive(known.get(guest.email)) or PilotReview(email=guest.email)
        review.guest_name, review.language = guest.name, guest.language
        added.append(review)
    if len({id(review) for review in added}) < len(added):
        raise Refused(_("The same person is on the list twice."))
    for review in added:
        if review not in pilot.reviews:
            pilot.reviews.append(review)
    db.session.flush()
    return added


def _revive(review: PilotReview | None) -> PilotReview | None:
    if review is None:
        return None
    if review.withdrawn_at is None:
        raise Refused(_("One of the people has been asked already."))
    review.withdrawn_at = review.reminded_at = None
    review.invited_at = clock.now()
    return review


def _settle(viewer: Viewer, comment: PilotComment, handling: Handling, words: str) -> None:
    comment.handling = handling
    comment.answer = words
    comment.answer_html = render_markdown(words) if words else ""
    comment.answered_by_id = viewer.user_id
    comment.answered_at = clock.now()


def _demand_open(pilot: Pilot) -> None:
    if not pilot.is_open:
        raise Refused(_("The pilot has been closed already."))


def _check_due(due: date) -> None:
    if not clock.today() < due <= clock.today() + LONGEST:
        raise Refused(_("Choose a deadline from tomorrow on, at most four months ahead."))

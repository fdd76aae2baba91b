"""What an organiser looks for among the sign-ups of an event. The address of the list says all of it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import ColumnElement, func, or_, select

from extranet.accounts.models import User
from extranet.core.i18n import N_, gettext
from extranet.core.text import fold
from extranet.events.kinds import CERTAIN, Mode, SignupState
from extranet.events.models import Event, Signup
from extranet.events.programme_models import Choice, ChoiceState, Session
from extranet.events.question_models import Answer, Needs
from extranet.organisations.models import Organisation

MOST_WORDS = 6
NOWHERE = "none"  # in no workshop at all


class Shelf(StrEnum):
    """Which sign-ups a list holds. Those who wait are among the others only where somebody asks for all (T41)."""

    CONFIRMED = "confirmed"
    WAITING = "waiting"
    CANCELLED = "cancelled"
    ALL = "all"

    @property
    def states(self) -> tuple[SignupState, ...]:
        return _STATES[self]

    @property
    def label(self) -> str:
        return str(gettext(_LABELS[self]))


class Sort(StrEnum):
    NAME = "name"
    ORGANISATION = "organisation"
    NEWEST = "newest"

    @property
    def label(self) -> str:
        return str(gettext(_SORTS[self]))


_STATES = {
    Shelf.CONFIRMED: CERTAIN,
    Shelf.WAITING: (SignupState.WAITING, SignupState.OFFERED),
    Shelf.CANCELLED: (SignupState.CANCELLED, SignupState.EXPIRED, SignupState.REPLACED),
    Shelf.ALL: tuple(SignupState),
}
_LABELS = {
    Shelf.CONFIRMED: N_("Confirmed"),
    Shelf.WAITING: N_("In the queue"),
    Shelf.CANCELLED: N_("Cancelled sign-ups"),
    Shelf.ALL: N_("All"),
}
_SORTS = {Sort.NAME: N_("By name"), Sort.ORGANISATION: N_("By organisation"), Sort.NEWEST: N_("Newest first")}


@dataclass(frozen=True)
class Chosen:
    """What somebody looks for; empty fields do not count.

    session: a session's number, with a `q` behind it for its queue. answer: a question's number, with `:` and an answer behind it.
    """

    state: Shelf = Shelf.CONFIRMED
    q: str = ""
    mode: Mode | None = None
    organisation: str = ""
    session: str = ""
    answer: str = ""
    diet: bool = False
    sort: Sort = Sort.NAME

    @classmethod
    def of(cls, args: Mapping[str, str]) -> "Chosen":
        """What an address asks for; nonsense is left out."""
        state, mode, sort = args.get("state", ""), args.get("mode", ""), args.get("sort", "")
        session, answer = args.get("session", ""), args.get("answer", "")[:2020]
        return cls(
            Shelf(state) if state in list(Shelf) else Shelf.CONFIRMED,
            args.get("q", "").strip()[:200],
            Mode(mode) if mode in (Mode.ONSITE, Mode.REMOTE) else None,
            args.get("organisation", "").strip()[:200],
            session if session == NOWHERE or _number(session.removesuffix("q")) else "",
            answer if _number(answer.partition(":")[0]) else "",
            bool(args.get("diet")),
            Sort(sort) if sort in list(Sort) else Sort.NAME,
        )

    @property
    def narrows(self) -> bool:
        """Whether anything but the state and the order is chosen."""
        return replace(self, state=Shelf.CONFIRMED, sort=Sort.NAME) != Chosen()

    def query(self, **changes: Any) -> str:
        """The same with some changes, as the end of an address that has a `?` or nothing before it."""
        plain = asdict(Chosen())
        wanted = {name: value for name, value in asdict(replace(self, **changes)).items() if value != plain[name]}
        return urlencode({name: 1 if value is True else str(value) for name, value in wanted.items()})

    def only_places(self) -> "Chosen":
        """The same among those who have a place, unless the queue was asked for (T41)."""
        return self if self.state in (Shelf.CONFIRMED, Shelf.WAITING) else replace(self, state=Shelf.CONFIRMED)


def where(chosen: Chosen, event: Event, sees_needs: bool) -> list[ColumnElement[bool]]:
    """Which sign-ups those are, as where-clauses for a join of Signup, User and Organisation."""
    clauses: list[ColumnElement[bool]] = [Signup.event_id == event.id]
    if chosen.state != Shelf.ALL:
        clauses.append(Signup.state.in_(chosen.state.states))
    if chosen.mode is not None:
        clauses.append(Signup.mode == chosen.mode)
    clauses += [contains(_NAMES, word) for word in chosen.q.split()[:MOST_WORDS]]
    if chosen.organisation:
        words = chosen.organisation
        clauses.append(or_(Organisation.folded.contains(fold(words), autoescape=True), contains(Signup.guest_organisation, words)))
    if chosen.session:
        clauses.append(_in_session(chosen.session, event))
    if chosen.answer:
        number, _, text = chosen.answer.partition(":")
        answered = select(Answer.signup_id).where(Answer.question_id == int(number))
        clauses.append(Signup.id.in_(answered.where(Answer.text == text) if text else answered.where(Answer.text != "")))
    if chosen.diet and sees_needs:
        clauses.append(Signup.id.in_(select(Needs.signup_id).where(or_(Needs.diet != "", Needs.accessibility != ""))))
    return clauses


def _in_session(wanted: str, event: Event) -> ColumnElement[bool]:
    if wanted == NOWHERE:
        inside = select(Choice.signup_id).join(Session, Session.id == Choice.session_id).where(Session.event_id == event.id)
        return Signup.id.not_in(inside.where(Choice.state == ChoiceState.CONFIRMED))
    state = ChoiceState.WAITING if wanted.endswith("q") else ChoiceState.CONFIRMED
    return Signup.id.in_(select(Choice.signup_id).where(Choice.session_id == int(wanted.removesuffix("q")), Choice.state == state))


# One text to look through is several times faster than six. A guest has no user, a user no guest's name.
_NAMES = func.coalesce(
    User.first_name + " " + User.last_name + " " + User.email + " " + User.job_title, Signup.guest_name + " " + Signup.guest_email
)


def contains(column: Any, word: str) -> ColumnElement[bool]:
    """Whether the word stands in it, in whatever letters."""
    # SQLite folds only a to z, so "äänekoski" is tried as "Äänekoski" too.
    spellings = {word} if word.isascii() else {word, word.lower(), word.capitalize(), word.upper()}
    return or_(*(column.icontains(spelling, autoescape=True) for spelling in sorted(spellings)))


def _number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10

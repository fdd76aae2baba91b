"""What you can see of letters: the list by state, and one letter. For administrators."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from extranet.accounts.models import User
from extranet.admin import policy
from extranet.core.db import db
from extranet.core.errors import NotFound
from extranet.core.viewer import Viewer
from extranet.mail.models import Letter, LetterState

PAGE = 50


@dataclass(frozen=True)
class Outbox:
    letters: list[Any]
    counts: dict[LetterState, int]
    state: LetterState | None
    page_no: int
    page_count: int


def list_letters(viewer: Viewer, state: str | None, page_no: int) -> Outbox:
    """The outbox, newest first, with how many there are in each state."""
    if not policy.can_administer(viewer):
        raise NotFound
    wanted = LetterState(state) if state in set(LetterState) else None
    counts = dict(db.session.execute(select(Letter.state, func.count()).group_by(Letter.state)).all())
    total = counts.get(wanted, 0) if wanted else sum(counts.values())
    page_count = max(1, -(-total // PAGE))
    page_no = min(max(1, page_no), page_count)
    rows = (
        select(Letter.id, Letter.to, Letter.subject, Letter.state, Letter.created_at, Letter.sent_at, Letter.attempts, Letter.last_error)
        .where(*([Letter.state == wanted] if wanted else []))
        .order_by(Letter.id.desc())
        .limit(PAGE)
        .offset((page_no - 1) * PAGE)
    )
    return Outbox(list(db.session.execute(rows)), counts, wanted, page_no, page_count)


def get_letter(viewer: Viewer, letter_id: int) -> Letter:
    """One letter with its words; NotFound for anybody but administrators."""
    letter = db.session.get(Letter, letter_id) if policy.can_administer(viewer) else None
    if letter is None:
        raise NotFound
    return letter


def find_reader(viewer: Viewer, letter: Letter) -> Any:
    """The account that the letter went to, if it went to one."""
    if letter.user_id is None or not policy.can_administer(viewer):
        return None
    return db.session.execute(select(User.id, User.first_name, User.last_name).where(User.id == letter.user_id)).first()

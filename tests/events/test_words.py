"""Every letter about an own place, in every language."""

import re

import pytest
from sqlalchemy import select

from extranet.core import clock
from extranet.core.db import db
from extranet.core.i18n import LANGUAGES
from extranet.core.text import LocalText
from extranet.events import letter_tasks
from extranet.events.kinds import EventState, Mode, SignupState
from extranet.events.letters import LETTERS
from extranet.events.models import Event, Signup
from extranet.mail.models import Letter


@pytest.mark.parametrize("what", sorted(LETTERS))
def test_it_is_whole_in_every_language(app, cast, plan, rows, what):
    state = LETTERS[what].true_in[0]
    event = plan(mode=Mode.HYBRID, title=LocalText(fi="Otsikko", sv="Rubrik"), venue=LocalText(fi="Sali", sv="Salen"))
    with app.app_context():
        found = db.session.get(Event, event)
        if what == "cancelled":
            found.state, found.cancelled_reason = EventState.CANCELLED, "Syy"
        for number, language in enumerate(LANGUAGES):
            now = clock.now()
            db.session.add(
                Signup(
                    event_id=event, guest_name="Vieras", guest_email=f"{language}@guest.example", guest_language=language, state=state, note="Syy",
                    mode=Mode.REMOTE if number else Mode.ONSITE, confirm_by=now if state == SignupState.OFFERED else None,
                    cancelled_at=now if state in (SignupState.CANCELLED, SignupState.EXPIRED, SignupState.REPLACED) else None,
                )
            )  # fmt: skip
        db.session.flush()
        ids = list(db.session.scalars(select(Signup.id).where(Signup.event_id == event)))
        letter_tasks.write(what, ids, 1)
        db.session.commit()

    letters = {letter.language: letter for letter in rows(Letter)}
    assert set(letters) == set(LANGUAGES)
    for language, letter in letters.items():
        whole = letter.subject + letter.text + letter.html
        assert not re.search(r"%\(|None|\{\{|  \n", whole), (language, whole)
        assert ("Rubrik" if language == "sv" else "Otsikko") in letter.text or language == "en"
    assert (
        len({letter.subject for letter in letters.values()}) == 3
        and len({letter.text.split("\n\n")[0] for letter in letters.values()}) == 3
    )

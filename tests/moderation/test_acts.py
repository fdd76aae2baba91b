"""Each act of a moderator: not without a reason, told to the author with what and why in her own language, logged, and taken back."""

import pytest

from extranet.audit.models import AuditEvent
from extranet.core import clock
from extranet.core.db import db
from extranet.discussions.change_models import ThreadChange
from extranet.discussions.models import Post, Thread
from extranet.mail.models import Letter
from extranet.networks.models import Membership, MembershipRole, MembershipState
from extranet.notifications.models import Notification
from tests.jobs.work import work_off

REASON = "Selkeä syy tähän."
UNDO = "/discussions/changes/{change}/undo"
THREAD, POST = "/discussions/{hr_thread}/", "/discussions/{hr_thread}/posts/{hr_post}/"

# The act, its fields, how it is taken back, whose it was (medlem reads Swedish, member Finnish), words of the letter.
ACTS = {
    "close": (THREAD + "close", {}, THREAD + "reopen", "medlem", "låste din diskussion"),
    "hide": (THREAD + "hide", {}, THREAD + "restore", "medlem", "dolde din diskussion"),
    "pin": (THREAD + "pin", {}, THREAD + "unpin", "medlem", "fäste din diskussion"),
    "move": (THREAD + "move", {"network_id": "{target}"}, UNDO, "medlem", "flyttade din diskussion"),
    "retitle": (THREAD + "retitle", {"title": "Parempi otsikko"}, UNDO, "medlem", "rubriken på din diskussion"),
    "merge": (THREAD + "merge", {"into": "{poll_thread}"}, UNDO, "medlem", "slog ihop"),
    "split": (THREAD + "split", {"title": "Uusi", "which": "after", "from": "2"}, UNDO, "member", "omaksi keskustelukseen"),
    "hide_post": (POST + "hide", {}, POST + "restore", "member", "piilotti viestisi"),
}


@pytest.fixture
def world(app, cast):
    with app.app_context():
        place = {"user_id": cast["moderator"], "network_id": cast["network:work-and-life"], "role": MembershipRole.MODERATOR}
        db.session.add(Membership(**place, state=MembershipState.ACTIVE, joined_at=clock.now(), rules_version_accepted=1))
        db.session.commit()
    return cast | {"target": cast["network:work-and-life"]}


def facts(rows):
    """What readers see of threads and posts."""
    threads = {t.id: (t.title, t.network_id, t.closed_at, t.hidden_at, t.is_pinned, t.merged_into_id, t.reply_count) for t in rows(Thread)}
    return threads, {p.id: (p.thread_id, p.number, p.hidden_at) for p in rows(Post)}


def told(rows, verb, person):
    return [note for note in rows(Notification) if note.kind == f"discussions.{verb}" and note.user_id == person]


@pytest.mark.parametrize("verb", ACTS)
def test_an_act_has_a_reason_is_told_logged_and_taken_back(app, browser, rows, world, verb):
    path, fields, back, author, words = ACTS[verb]
    path, fields = path.format(**world), {key: value.format(**world) for key, value in fields.items()}
    moderator, before = browser("moderator"), facts(rows)
    assert moderator.post(path, **fields, reason=" ").status == 422
    assert facts(rows) == before

    assert moderator.post(path, **fields, reason=REASON).status == 303
    assert facts(rows) != before
    [note] = told(rows, verb, world[author])
    assert note.params["reason"] == REASON
    work_off(app)
    letters = [letter for letter in rows(Letter) if letter.user_id == world[author] and words in letter.text]
    assert len(letters) == 1 and REASON in letters[0].text
    event = rows(AuditEvent)[-1]
    assert (event.name, event.reason, event.user_id) == (f"discussions.{verb}", REASON, world["moderator"])

    heard = len([note for note in rows(Notification) if note.user_id == world[author]])
    change = rows(ThreadChange)[-1].id
    assert moderator.post(back.format(**world, change=change)).status == 303
    threads, posts = facts(rows)
    assert ({i: threads[i] for i in before[0]}, posts) == before
    assert rows(AuditEvent)[-1].user_id == world["moderator"]
    if verb != "hide":  # of which the first note was withdrawn with the discussion
        assert len([note for note in rows(Notification) if note.user_id == world[author]]) == heard + 1, "she hears that too"

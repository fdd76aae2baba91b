"""Letters of notifications: by choice, and only to those who may still see the thing when it goes (T23, T27)."""

from datetime import timedelta

import pytest
import time_machine

from extranet.core import clock
from extranet.core.db import db
from extranet.jobs import claims
from extranet.jobs.models import Job
from extranet.jobs.queue import tasks
from extranet.mail.models import Letter, LetterState
from extranet.networks.models import Membership, MembershipState, Network, Visibility
from extranet.notifications.models import Letters, Notification, NotificationChoice
from extranet.notifications.notify import withdraw
from tests.jobs.work import work_off


@pytest.fixture
def put_letters(app, rows):
    """Do the jobs that write letters, but send none."""

    def do():
        with app.app_context():
            for job in db.session.scalars(db.select(Job).where(Job.name == "notifications.letters")):
                tasks[job.name].run(**job.kwargs)
                claims.finish(claims.Claim(job.id, job.name, job.kwargs, job.owner, job.attempts))
            db.session.commit()

    return do


def leave(app, cast, name="member"):
    with app.app_context():
        db.session.execute(
            db.update(Membership)
            .where(Membership.user_id == cast[name], Membership.network_id == cast["network:hr"])
            .values(state=MembershipState.LEFT)
        )
        db.session.commit()


def choose(app, cast, name, letters):
    with app.app_context():
        db.session.merge(NotificationChoice(user_id=cast[name], letters=letters))
        db.session.commit()


def test_a_letter_in_the_readers_language(app, tell, rows, cast):
    tell("member", "medlem")
    work_off(app)
    by_reader = {letter.user_id: letter for letter in rows(Letter)}
    assert by_reader[cast["member"]].subject == "Maija Kallioniemi vastasi: Perehdytys"
    assert by_reader[cast["medlem"]].subject == "Maija Kallioniemi svarade: Perehdytys"
    letter = by_reader[cast["member"]]
    assert f"http://localhost/discussions/{cast['hr_thread']}/" in letter.text
    assert "http://localhost/notifications/settings" in letter.text
    assert letter.state == LetterState.SENT


def test_who_left_before_the_letter_was_written_gets_none(app, tell, rows, cast):
    tell("member", "medlem")
    leave(app, cast)
    work_off(app)
    assert [letter.user_id for letter in rows(Letter)] == [cast["medlem"]]


def test_who_left_before_the_letter_was_sent_gets_none_and_its_words_are_gone(app, tell, rows, cast, put_letters):
    tell("member", title="Salaisuus")
    put_letters()
    assert rows(Letter)[0].state == LetterState.QUEUED
    leave(app, cast)
    work_off(app)
    (letter,) = rows(Letter)
    assert letter.state == LetterState.DROPPED
    assert "Salaisuus" not in letter.subject + letter.text + letter.html


def test_a_network_that_became_secret_meanwhile_sends_nothing_to_outsiders(app, tell, rows, cast, put_letters):
    tell("newcomer", of_network=True)
    put_letters()
    with app.app_context():
        db.session.get_one(Network, cast["network:hr"]).visibility = Visibility.SECRET
        db.session.commit()
    work_off(app)
    assert [letter.state for letter in rows(Letter)] == [LetterState.DROPPED]


def test_what_was_withdrawn_is_not_sent(app, tell, rows, cast, put_letters):
    tell("member")
    put_letters()
    with app.app_context():
        withdraw("thread", cast["hr_thread"])
        db.session.commit()
    work_off(app)
    assert [letter.state for letter in rows(Letter)] == [LetterState.DROPPED]


def test_what_was_read_meanwhile_needs_no_letter(app, tell, rows, browser):
    tell("member")
    browser("member").post("/notifications/read")
    work_off(app)
    assert rows(Letter) == []


def test_no_letters_means_none(app, tell, rows, cast):
    choose(app, cast, "member", Letters.NONE)
    tell("member", direct=["member"])
    work_off(app)
    assert rows(Letter) == [] and rows(Job) == []


def test_a_choice_made_after_the_event_counts_too(app, tell, rows, cast, put_letters):
    tell("member")
    put_letters()
    choose(app, cast, "member", Letters.NONE)
    work_off(app)
    assert [letter.state for letter in rows(Letter)] == [LetterState.DROPPED]


def test_only_what_concerns_me_directly(app, tell, rows, cast):
    choose(app, cast, "member", Letters.DIRECT)
    choose(app, cast, "medlem", Letters.DIRECT)
    tell("member", "medlem", direct=["medlem"])
    work_off(app)
    assert [letter.user_id for letter in rows(Letter)] == [cast["medlem"]]


def test_the_same_job_twice_writes_one_letter(app, tell, rows, put_letters):
    tell("member")
    put_letters()
    with app.app_context():
        ids = db.session.scalars(db.select(Job).where(Job.name == "notifications.letters")).one().kwargs["ids"]
        tasks["notifications.letters"].run(ids=ids)
        db.session.commit()
    assert len(rows(Letter)) == 1


def test_old_notifications_are_forgotten(app, tell, rows, browser):
    tell("member", "medlem")
    browser("member").post("/notifications/read")
    for days, left in ((181, 1), (366, 0)):
        with time_machine.travel(clock.now() + timedelta(days=days)), app.app_context():
            tasks["notifications.sweep"].run()
            db.session.commit()
        assert len(rows(Notification)) == left

"""Who is told, and how often."""

from datetime import UTC, datetime

import pytest

from extranet.accounts.models import AuthSession, User, UserState
from extranet.core.db import db
from extranet.core.text import LocalText
from extranet.jobs.models import Job
from extranet.networks.models import Membership, MembershipState, Network
from extranet.notifications.models import Notification
from extranet.notifications.notify import notify, withdraw


def told(rows):
    return [notification.user_id for notification in rows(Notification)]


def test_people_are_told_and_the_one_who_did_it_is_not(tell, rows, cast):
    tell("moderator", "member", "medlem")
    assert sorted(told(rows)) == sorted([cast["member"], cast["medlem"]])
    first = rows(Notification)[0]
    assert (first.about, first.about_id, first.network_id) == ("thread", cast["hr_thread"], cast["network:hr"])
    assert first.read_at is None


def test_whoever_is_reached_for_several_reasons_hears_once(tell, rows, cast):
    tell("member", "member", key="post:9")
    tell("member", "medlem", key="post:9")
    tell("member", key="post:10")
    assert sorted(told(rows)) == sorted([cast["member"], cast["medlem"], cast["member"]])


def test_who_may_not_see_the_thread_is_not_told_now_or_when_the_rights_come(tell, rows, cast, app, browser):
    tell("contact", "newcomer", "staff", "dpo", "member")
    assert told(rows) == [cast["member"]]
    with app.app_context():
        db.session.add(Membership(network_id=cast["network:hr"], user_id=cast["newcomer"], state=MembershipState.ACTIVE))
        db.session.commit()
    assert "Perehdytys" not in browser("newcomer").get("/notifications/").html
    tell("newcomer", key="b")
    assert told(rows) == [cast["member"], cast["newcomer"]]


def test_suspended_people_hear_nothing(tell, rows, cast, app):
    with app.app_context():
        db.session.get_one(User, cast["member"]).state = UserState.SUSPENDED
        db.session.commit()
    tell("member")
    assert told(rows) == []


def test_what_is_about_nothing_reaches_everybody_named(app, viewer, cast, rows):
    admin = viewer("admin")
    with app.app_context():
        notify(admin, [cast["newcomer"]], "x.y", about=None, text="You were removed", path="/", key="k")
        db.session.commit()
    assert told(rows) == [cast["newcomer"]]


def test_a_network_itself_can_be_told_of(app, viewer, cast, rows):
    expert = viewer("expert")
    with app.app_context():
        board = db.session.get_one(Network, cast["network:hr-advisory-board"])
        notify(expert, [cast["newcomer"], cast["pori"]], "x.y", about=board, text="Hello", path=board.path, key="k")
        db.session.commit()
    assert told(rows) == [cast["pori"]]


def test_a_kind_of_thing_that_nobody_answers_for_is_a_mistake(app, viewer, cast):
    admin = viewer("admin")
    with app.app_context(), pytest.raises(LookupError, match="auth_session"):
        notify(admin, [cast["member"]], "x.y", about=AuthSession(id=1), text="Hello", path="/", key="k")


def test_withdrawn_is_gone(tell, app, cast, rows):
    tell("member", "medlem")
    with app.app_context():
        withdraw("thread", cast["hr_thread"])
        db.session.commit()
    assert told(rows) == []


def test_words_are_in_the_readers_language(tell, browser):
    tell(
        "member",
        "medlem",
        text="%(who)s replied: %(title)s",
        title=LocalText(fi="Kokous", sv="Möte"),
        who=datetime(2026, 1, 5, 7, 0, tzinfo=UTC),
    )
    assert "Kokous" in browser("member").get("/notifications/").text()
    swedish = browser("medlem").get("/notifications/").text()
    assert "Möte" in swedish
    assert "kl.\N{NO-BREAK SPACE}9.00" in swedish.replace("kl. 9.00", "kl.\N{NO-BREAK SPACE}9.00")


def test_letters_are_work_for_later_in_portions(tell, rows, app, viewer, cast):
    admin = viewer("admin")
    everybody = [i for key, i in cast.items() if isinstance(i, int) and key in ("member", "medlem", "staff", "contact", "deputy")]
    with app.app_context():
        notify(admin, everybody, "x.y", about=None, text="Hello", path="/", key="k")
        db.session.commit()
    (job,) = rows(Job)
    assert job.name == "notifications.letters"
    assert len(job.kwargs["ids"]) == 5


def test_many_people_cost_no_more_queries_than_a_few(tell, count_queries, cast, rows):
    few = count_queries(lambda: tell("member", key="a"))
    assert count_queries(lambda: tell("member", "medlem", "contact", "deputy", "staff", "newcomer", "expert", key="b")) == few


def test_a_large_audience_is_told_in_groups_that_let_others_write_in_between(app, viewer, cast, rows):
    from extranet.jobs.queue import load_tasks, tasks

    moderator = viewer("moderator")
    with app.app_context():
        people = [User(email=f"p{n}@many.example", first_name="A", last_name=str(n), state=UserState.ACTIVE) for n in range(130)]
        db.session.add_all(people)
        db.session.flush()
        db.session.add_all(Membership(network_id=cast["network:hr"], user_id=p.id, state=MembershipState.ACTIVE) for p in people[:100])
        ids, members = [p.id for p in people], {p.id for p in people[:100]}
        notify(moderator, ids, "x.y", about=db.session.get_one(Network, cast["network:hr"]), text="Hello", path="/", key="k", letters=False)
        hr_thread = {"about": "thread", "about_id": cast["hr_thread"]}
        db.session.commit()
    assert rows(Notification) == []
    groups = rows(Job, Job.name == "notifications.tell")
    assert sorted(person for job in groups for person in job.kwargs["people"]) == ids
    assert max(len(job.kwargs["people"]) for job in groups) <= 60
    load_tasks()
    with app.app_context():
        for job in groups:
            tasks["notifications.tell"].run(**job.kwargs | {"shared": job.kwargs["shared"] | hr_thread})
        db.session.commit()
    assert set(told(rows)) == members

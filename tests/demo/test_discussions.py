"""The demo's discussions are as if people had written them: counted, rendered, moderated, and read by each role in part."""

import re
from collections import Counter
from datetime import timedelta
from statistics import median

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from extranet.accounts.models import User
from extranet.answers.models import AnswerCard
from extranet.app import create_app
from extranet.audit.models import AuditEvent
from extranet.core import clock, config
from extranet.core.db import Base, db
from extranet.core.viewer import Role
from extranet.demo.build import fill
from extranet.discussions import policy
from extranet.discussions.attachment_models import Attachment
from extranet.discussions.change_models import ChangeKind, ThreadChange
from extranet.discussions.draft_models import Draft
from extranet.discussions.mention_models import Mention
from extranet.discussions.mentions import find_members
from extranet.discussions.models import Helpful, Post, PostEdit, Thread, ThreadKind
from extranet.discussions.queries import list_threads
from extranet.discussions.reading_models import ReadMark
from extranet.discussions.writing_text import render_post
from extranet.moderation.models import Case, CaseState, Outcome, Report
from extranet.networks.access import viewer_for
from extranet.networks.models import Membership, MembershipRole, MembershipState, Network
from extranet.notifications.models import Notification
from extranet.polls.models import Poll, PollKind, Vote
from extranet.storage.sniff import sniff

SENTENCE = re.compile(r"[^.?!\n|]{25,}")


def tally(session, column, *where):
    return dict(session.execute(select(column, func.count()).where(*where).group_by(column)).all())


@pytest.fixture(scope="module")
def place(folder):
    """The installation, to ask what people see there."""
    app = create_app(config.load({"EXTRANET_DATA": str(folder), "SECRET_KEY": "x" * 40, "EXTRANET_WORKER": "none"}), TESTING=True)
    with app.app_context():
        yield
        db.session.rollback()
        db.engine.dispose()


def check_counts(session):
    """Every counter of a thread or post equals what its rows say (also after posts came and went in a body)."""
    posts: dict[int, list] = {}
    columns = Post.id, Post.thread_id, Post.number, Post.is_opening, Post.author_id, Post.created_at, Post.hidden_at, Post.deleted_at
    more = Post.is_accepted, Post.is_unnamed, Post.held_at, Post.helpful_count, Post.has_files, Post.edited_at
    for row in session.execute(select(*columns, *more).order_by(Post.thread_id, Post.number)):
        posts.setdefault(row.thread_id, []).append(row)
    thanks, files = tally(session, Helpful.post_id), set(session.scalars(select(Attachment.post_id)))
    edits = {edit.post_id: edit for edit in session.scalars(select(PostEdit))}
    for thread in session.scalars(select(Thread).where(Thread.merged_into_id.is_(None))):
        rows = posts.pop(thread.id)
        placed = [row for row in rows if row.number > 0]
        shown = [row for row in placed if row.hidden_at is None and row.deleted_at is None]
        assert placed[-1].number == thread.last_number and len({row.number for row in rows}) == len(rows)
        assert [row.number for row in rows if row.is_opening] == [1] and placed[0].created_at >= thread.created_at
        assert thread.reply_count == len(shown) - 1
        last = max(shown, key=lambda row: (row.created_at, row.id))
        assert (thread.last_post_at, thread.last_post_by_id, thread.is_last_unnamed) == (last.created_at, last.author_id, last.is_unnamed)
        assert (thread.resolved_at is not None) == any(row.is_accepted for row in shown)
        assert not any(row.is_accepted for row in rows if row not in shown) and (
            thread.kind == ThreadKind.QUESTION or not thread.resolved_at
        )
        assert all((row.held_at is not None) == (row.number < 0) for row in rows)
        for row in rows:
            assert row.helpful_count == thanks.pop(row.id, 0)
            assert row.has_files == (row.id in files)
            assert (row.edited_at is not None) == (row.id in edits)
            assert row.created_at < clock.now() and (row.edited_at is None or row.edited_at > row.created_at)
            assert row.is_unnamed == (thread.is_unnamed and row.author_id == thread.author_id) or thread.is_unnamed is False
    assert not posts and not thanks, "nothing stands in a thread that was merged into another"
    assert session.scalar(select(func.count()).select_from(ReadMark).join(Thread).where(ReadMark.number > Thread.last_number)) == 0
    alone = select(func.count()).select_from(Helpful).join(Post).where(Post.author_id == Helpful.user_id)
    assert session.scalar(alone) == 0, "nobody thanks herself"
    with_poll = set(session.scalars(select(Thread.id).where(Thread.has_poll)))
    assert with_poll == set(session.scalars(select(Poll.thread_id)))
    assert set(session.scalars(select(Post.id).where(Post.has_card))) == set(session.scalars(select(AnswerCard.post_id)))


def check_rules(session):
    """I-26 to I-28, and that only members wrote and voted."""
    members = set(session.execute(select(Membership.network_id, Membership.user_id).where(Membership.state == MembershipState.ACTIVE)))
    wrote = set(session.execute(select(Thread.network_id, Post.author_id).join(Post, Post.thread_id == Thread.id)))
    moved = {
        (change.after["network_id"], user_id)
        for change in session.scalars(select(ThreadChange).where(ThreadChange.kind == ChangeKind.MOVE))
        for user_id in session.scalars(select(Post.author_id).where(Post.thread_id == change.thread_id))
    }
    assert wrote - members <= moved
    voted = session.execute(select(Thread.network_id, Vote.user_id).select_from(Vote).join(Poll).join(Thread))
    assert set(voted) <= members
    hidden = session.scalars(
        select(Post).options(joinedload(Post.thread).joinedload(Thread.network)).where(Post.hidden_at.is_not(None))
    ).all()
    people = [viewer_for(user_id) for user_id in session.scalars(select(User.id).where(User.email.like("%@extranet.example")))]
    for post in hidden:
        kept = [v for v in people if v.is_admin or v.role_in(post.network_id) >= Role.MODERATOR or v.user_id == post.author_id]
        assert {v.user_id for v in people if policy.can_read_post(v, post)} <= {v.user_id for v in kept}  # I-26
        assert post.held_at or (post.hidden_reason and post.hidden_by_id)
    for thread in session.scalars(select(Thread).where(Thread.closed_at.is_not(None))):
        late = select(func.count()).where(Post.thread_id == thread.id, Post.created_at > thread.closed_at)
        assert thread.closed_reason and session.scalar(late) == 0  # I-27
    roles = [MembershipRole.LEAD, MembershipRole.MODERATOR]
    moderators = set(session.execute(select(Membership.network_id, Membership.user_id).where(Membership.role.in_(roles))))
    for case in session.scalars(select(Case).options(joinedload(Case.post).joinedload(Post.thread), selectinload(Case.reports))):
        handlers = {case.claimed_by_id, case.decided_by_id, case.reviewed_by_id} - {None}
        assert {(case.network_id, one) for one in handlers} <= moderators and case.post.author_id not in handlers  # I-28
        assert case.reports and case.post.author_id not in {report.reporter_id for report in case.reports}
        moments = [case.post.created_at, case.opened_at, case.decided_at, case.review_asked_at, case.reviewed_at]
        known = [moment for moment in moments if moment]
        assert known == sorted(known) and known[-1] < clock.now()


def test_counters_equal_rows(demo):
    check_counts(demo)


def test_rules_hold(demo, place):
    check_rules(demo)


@pytest.mark.slow
def test_so_it_is_in_the_full_profile(tmp_path):
    env = {"EXTRANET_DATA": str(tmp_path), "SECRET_KEY": "x" * 40, "EXTRANET_WORKER": "none"}
    app = create_app(config.load(env), TESTING=True)
    with app.app_context():
        Base.metadata.create_all(db.engine)
        fill("full")
        db.session.flush()
        db.session.expire_all()
        assert db.session.scalar(select(func.count(Thread.id))) == 3_000 and db.session.scalar(select(func.count(Post.id))) == 25_000
        check_counts(db.session)
        check_rules(db.session)
        db.session.rollback()
        db.engine.dispose()


def test_text_is_rendered_from_what_was_written(demo, place):
    rows = demo.execute(select(Post.body, Post.body_html, Thread.network_id).join(Thread)).all()
    for row in rows:
        assert row.body_html == render_post(row.body, find_members(row.network_id, row.body) if "@" in row.body else None)
    told = Counter(sentence.strip() for row in rows for sentence in SENTENCE.findall(row.body) if not row.body.startswith(">"))
    assert [sentence for sentence, times in told.items() if times > 1] == []
    assert not [row.body for row in rows if "lorem" in row.body.lower() or "{" in row.body]


def test_there_is_every_kind_of_thing(demo):
    kinds, languages = tally(demo, Thread.kind), tally(demo, Thread.language)
    assert set(kinds) == set(ThreadKind) and min(kinds.values()) >= 3 and languages["sv"] >= 4
    assert len(demo.scalars(select(Mention)).all()) >= 2 and len(demo.scalars(select(PostEdit)).all()) >= 1
    assert demo.scalar(select(func.count()).where(Post.body.startswith("> ["))) >= 1, "a quote"
    assert {change.kind for change in demo.scalars(select(ThreadChange))} == set(ChangeKind)
    assert (
        demo.scalar(select(func.count()).where(Thread.is_pinned)) >= 2 and demo.scalar(select(func.count()).where(Thread.is_unnamed)) >= 2
    )
    assert demo.scalar(select(func.count()).where(Thread.handed_to_id.is_not(None), Thread.resolved_at.is_(None))) == 1
    held = demo.execute(
        select(Post.author_id, Network.holds_first_posts).join_from(Post, Thread).join(Network).where(Post.held_at.is_not(None))
    ).one()
    assert held.holds_first_posts and demo.scalar(select(func.count()).where(Post.author_id == held.author_id)) == 1
    assert demo.scalar(select(func.count(Draft.id))) >= 5


def test_every_change_and_decision_is_in_the_log_on_its_day(demo):
    for change in demo.scalars(select(ThreadChange)):
        event = select(AuditEvent.at).where(AuditEvent.thing == "thread_change", AuditEvent.thing_id == str(change.id))
        # The cast begins with an empty log.
        assert change.reason and (demo.scalar(event) in (change.at, None))
    for case in demo.scalars(select(Case).where(Case.decided_at.is_not(None))):
        events = select(AuditEvent.name, AuditEvent.at).where(AuditEvent.thing == "moderation_case", AuditEvent.thing_id == str(case.id))
        moments = dict(demo.execute(events).all())
        assert moments["moderation.decide"] == case.decided_at and case.statement


def test_people_were_told_on_the_day(demo):
    told = demo.execute(select(Notification.kind, Notification.about_id, Notification.created_at).order_by(Notification.id)).all()
    ours = [row for row in told if row.kind.startswith(("discussions.", "moderation."))]
    assert [row.created_at for row in ours] == sorted(row.created_at for row in ours)
    decided = dict(demo.execute(select(Case.id, Case.decided_at).where(Case.decided_at.is_not(None))).all())
    assert {(row.about_id, row.created_at) for row in ours if row.kind == "moderation.decide"} == set(decided.items())


def test_attachments_are_real_files(demo, stored):
    files = demo.scalars(select(Attachment)).all()
    assert {file.name.rsplit(".", 1)[1] for file in files} == {"docx", "xlsx", "txt", "png"}
    for file in files:
        with stored(file.sha256) as content:
            assert sniff(content) == file.mime and len(content.read()) == file.size
        assert bool(file.alt) == file.is_picture


def test_questions_wait_for_different_times(demo):
    waits = (Thread.kind == ThreadKind.QUESTION, Thread.reply_count == 0, Thread.closed_at.is_(None), Thread.hidden_at.is_(None))
    ages = [clock.now() - at for at in demo.scalars(select(Thread.created_at).where(*waits, Thread.merged_into_id.is_(None)))]
    assert len([age for age in ages if age > timedelta(days=5)]) == 4 and len(ages) >= 5
    firsts = demo.execute(
        select(func.min(Post.created_at), Thread.created_at)
        .join(Thread, Thread.id == Post.thread_id)
        .where(Thread.kind == ThreadKind.QUESTION, Post.number > 1, Post.author_id != Thread.author_id)
        .group_by(Thread.id, Thread.created_at)
    ).all()
    assert timedelta(hours=1) < median(first - asked for first, asked in firsts) < timedelta(days=2)


def test_moderators_have_work_and_have_worked(demo):
    cases = demo.scalars(select(Case)).all()
    assert Counter(case.state for case in cases) == {CaseState.OPEN: 3, CaseState.UPHELD: 3, CaseState.REJECTED: 1}
    assert [case.outcome for case in cases if case.state == CaseState.REJECTED] == [Outcome.LEAVE]
    reviewed = [case for case in cases if case.reviewed_at]
    assert len(reviewed) == 1 and reviewed[0].reviewed_by_id != reviewed[0].decided_by_id and reviewed[0].review_statement
    assert len([case for case in cases if case.waits_for_review]) == 1
    reasons = set(demo.scalars(select(Report.reason).join(Case, Case.id == Report.case_id).where(Case.state != CaseState.OPEN)))
    assert {"personal_data", "confidential", "advertisement", "insult"} == {reason.value for reason in reasons}


def test_polls_are_of_every_kind(demo):
    polls = demo.scalars(select(Poll)).all()
    votes = dict(demo.execute(select(Vote.poll_id, func.count(Vote.user_id.distinct())).group_by(Vote.poll_id)).all())
    assert {poll.kind for poll in polls if poll.is_open} == set(PollKind)
    assert len([poll for poll in polls if poll.outcome]) == 2 and min(votes[poll.id] for poll in polls) >= 10
    for poll in polls:
        assert poll.created_at <= min(demo.scalars(select(Vote.at).where(Vote.poll_id == poll.id)))
        if poll.kind != PollKind.MULTIPLE:
            once = select(func.count()).where(Vote.poll_id == poll.id, Vote.rank == 1)
            assert demo.scalar(once) == votes[poll.id]


@pytest.mark.parametrize("who", ["member", "medlem", "moderator", "contact", "deputy", "expert", "staff"])
def test_each_role_finds_something_new_and_something_read(demo, place, who):
    user_id = demo.scalars(select(User.id).where(User.email == f"{who}@extranet.example")).one()
    viewer = viewer_for(user_id)
    unread = list_threads(viewer, only="unread").total
    assert 1 <= unread <= 12 and list_threads(viewer).total - unread >= 3
    assert demo.scalar(select(func.count()).where(Notification.user_id == user_id, Notification.read_at.is_(None))) >= 1

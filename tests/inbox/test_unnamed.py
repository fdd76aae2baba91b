"""Whoever asked without her name replies by e-mail without it, too (D12)."""

from extranet.accounts.models import User
from extranet.core.db import db
from extranet.discussions.mention_models import Mention
from extranet.discussions.models import Post
from extranet.mail.models import Letter
from extranet.notifications.models import Notification
from tests.jobs.work import work_off


def test_a_reply_by_mail_of_somebody_without_a_name_has_none(app, answer, take, rows, cast):
    with app.app_context():
        db.session.get(Post, cast["hr_post"]).is_unnamed = True
        db.session.commit()
    take(answer("Vielä yksi asia."))
    [post] = rows(Post, Post.body == "Vielä yksi asia.")
    assert (post.author_id, post.is_unnamed) == (cast["member"], True)
    work_off(app)
    [writer] = rows(User, User.id == cast["member"])
    letters = [letter for letter in rows(Letter) if "Vielä yksi asia." in letter.text]
    assert letters
    assert not any(writer.last_name in letter.text + letter.html for letter in letters)


def test_nobody_but_members_is_mentioned_by_mail(app, answer, take, rows, cast):
    """T24: a letter goes the way of what is typed."""
    names = {user.id: user.name for user in rows(User)}
    before = len(rows(Notification))
    take(answer(f"@{names[cast['contact']]}, @{names[cast['contact']]}#{cast['contact']} ja @{names[cast['moderator']]}: kiitos."))
    assert [mention.user_id for mention in rows(Mention)] == [cast["moderator"]]
    assert [(n.user_id, n.kind) for n in rows(Notification)[before:]] == [(cast["moderator"], "discussions.mention")]

"""A question asked without a name: nobody but its asker and the moderators reads whose it is, wherever it shows (D12)."""

import pytest

from extranet.accounts.models import User
from extranet.discussions.models import Post, Thread
from extranet.mail.models import Letter
from extranet.notifications.models import Notification
from tests.jobs.work import work_off

URL = "/networks/hr/discussions/"
MASK = "Verkoston jäsen"


@pytest.fixture
def name(rows, cast):
    [user] = rows(User, User.id == cast["member"])
    return f"{user.first_name} {user.last_name}"


@pytest.fixture
def thread(browser, rows):
    browser("member").post(URL, title="Voiko virkaa jakaa?", body="Kysyn @Nobody tätä.", kind="question", is_unnamed="y", follow=True)
    return rows(Thread)[-1]


def test_others_read_no_name_and_moderators_and_the_asker_do(browser, thread, name):
    for page in ("", "incoming?after=0"):
        assert name not in browser("medlem").get(thread.path + page).html
    assert "En medlem i nätverket" in browser("medlem").get(thread.path).text(".post")
    for role in ("member", "moderator"):
        assert name in browser(role).get(thread.path).text(".post")
    for place in (URL, "/discussions/", "/", "/networks/hr/"):
        page = browser("medlem").get(place)
        assert thread.title in page.html and name not in page.text(f"li:has([href^='{thread.path}'])")


def test_what_the_asker_writes_afterwards_is_without_her_name_too(browser, thread, name, rows):
    browser("member").post(f"{thread.path}reply", body="Tarkennan vielä.")
    assert [post.is_unnamed for post in rows(Post, Post.thread_id == thread.id)] == [True, True]
    browser("medlem").post(f"{thread.path}reply", body="Ja minä omalla nimelläni.")
    assert rows(Post)[-1].is_unnamed is False
    assert name not in browser("medlem").get(thread.path).html
    assert name not in browser("medlem").get(URL).text(f"li:has([href^='{thread.path}'])")


def test_quotes_letters_and_notifications_do_not_tell(app, browser, thread, name, rows):
    browser("medlem").post(f"{thread.path}reply", body="Kyllä voi.")
    answer = rows(Post)[-1]
    browser("member").post(f"{thread.path}reply", body="Kiitos.")
    browser("member").post(f"{thread.path}posts/{answer.id}/accept")
    work_off(app)
    told = [
        note for note in rows(Notification) if note.about == "thread" and note.about_id == thread.id and note.kind != "discussions.reply"
    ]
    assert {note.kind for note in told} >= {"discussions.start", "discussions.accept"}
    assert name not in str([note.params for note in rows(Notification) if note.about_id == thread.id])
    letters = [letter for letter in rows(Letter) if thread.title in letter.subject]
    assert letters and not any(name in letter.text + letter.html + letter.subject for letter in letters)
    opening = rows(Post, Post.thread_id == thread.id)[0]
    for role in ("medlem", "moderator", "member"):
        quoted = browser(role).get(f"{thread.path}?page=0&quote={opening.id}")
        assert MASK in quoted.text("textarea") or "En medlem" in quoted.text("textarea")
        assert name not in quoted.text("textarea")


def test_only_a_question_is_asked_without_a_name(browser, rows):
    before = len(rows(Thread))
    page = browser("member").post(URL, title="Kokemus", body="Näin kävi.", kind="experience", is_unnamed="y")
    assert page.status == 422 and page.has(".error")
    assert len(rows(Thread)) == before


def test_a_draft_remembers_it(browser):
    browser("member").post(f"{URL}draft", title="Kysymys", body="Teksti", kind="question", is_unnamed="y")
    assert browser("member").get(f"{URL}new").has("[name=is_unnamed][checked]")


def test_a_split_and_a_merge_keep_it(browser, thread, name, rows, cast):
    browser("member").post(f"{thread.path}reply", body="Toinen kysymys.")
    second = rows(Post)[-1]
    browser("moderator").post(f"{thread.path}split", title="Oma aiheensa", which="chosen", posts=str(second.id), reason="Eri asia")
    split = rows(Thread)[-1]
    assert (split.is_unnamed, split.is_last_unnamed) == (True, True)
    browser("moderator").post(f"{split.path}merge", into=str(cast["hr_thread"]), reason="Sama asia")
    page = browser("medlem").get(f"/discussions/{cast['hr_thread']}/?page=0")
    assert name not in page.text(f"#post-{second.id}") and "Toinen kysymys." in page.text(f"#post-{second.id}")

"""D12, looked for like a leak: somebody who is known for nothing else asks without her name, and no member finds out who it was."""

import re

import pytest

from extranet.accounts.models import User
from extranet.audit.models import AuditEvent
from extranet.core import clock
from extranet.core.db import db
from extranet.discussions.models import Post, Thread
from extranet.mail.models import Letter
from extranet.moderation.models import Case
from extranet.networks.models import Membership, MembershipState
from extranet.notifications.models import Notification
from extranet.polls.models import Poll, PollOption
from tests.jobs.work import work_off

ASKER = ("Arkaluoma", "Vaakunamestari")
TEXT = "Kysyn tätä ensi kertaa."


@pytest.fixture
def asked(app, browser, cast, rows):
    """A question without a name, with all that can hang on one: files, replies, edits, a poll, marks, reports, an answer, a card."""
    with app.app_context():
        asker = db.session.get_one(User, cast["newcomer"])
        asker.first_name, asker.last_name, asker.job_title = "Aino", *ASKER
        place = {"user_id": asker.id, "network_id": cast["network:hr"], "rules_version_accepted": 1}
        db.session.add(Membership(**place, state=MembershipState.ACTIVE, joined_at=clock.days_ago(9)))
        db.session.commit()
    someone, medlem, moderator = browser("newcomer"), browser("medlem"), browser("moderator")
    network = "/networks/hr/discussions/"
    assert someone.post(network, title="Voiko virkaa jakaa?", body=TEXT, kind="question", is_unnamed="y").status == 303
    thread = rows(Thread)[-1]
    opening, url = rows(Post)[-1], thread.path
    work_off(app)
    someone.post(f"{url}posts/{opening.id}/edit", body=TEXT + " Tarkennus.")
    medlem.post(f"{url}reply", body="Kyllä voi, @Maija Lahdenpohja tietää.")
    answer = rows(Post)[-1]
    someone.post(f"{url}reply", body="Kiitos, @Maija Lahdenpohja.")
    second = rows(Post)[-1]
    someone.post(f"{url}posts/{answer.id}/helpful")
    someone.post(f"/polls/new/{thread.id}", question="Kumpi on parempi?", options="Tämä\nTuo", kind="single", shows_names="y")
    poll = rows(Poll)[-1]
    option = next(o.id for o in rows(PollOption) if o.poll_id == poll.id)
    for voter in (someone, medlem):
        voter.post(f"/polls/{poll.id}/vote", option=str(option))
    medlem.post(f"/moderation/report/{second.id}", why="off_topic")
    case = rows(Case)[-1]
    moderator.post(f"/moderation/{case.id}/decide", outcome="leave", reason="Asiallinen.")
    someone.post(f"{url}posts/{answer.id}/accept")
    moderator.submit(moderator.get(f"/answers/new/{answer.id}"), "main form")
    someone.post(f"/polls/{poll.id}/close")
    someone.post(f"/polls/{poll.id}/outcome", outcome="Tämä.")
    work_off(app)
    return {"thread": thread.id, "opening": opening.id, "second": second.id, "answer": answer.id, "poll": poll.id, "case": case.id}


PLACES = (
    "/discussions/{thread}/", "/discussions/{thread}/?page=0&quote={second}", "/discussions/{thread}/incoming?after=0",
    "/discussions/{thread}/first-new", "/discussions/{thread}/print", "/discussions/{thread}/follow", "/discussions/posts/{second}",
    "/discussions/{thread}/posts/{opening}/quote", "/discussions/{thread}/posts/{opening}/edits", "/polls/of/{thread}", "/polls/{poll}/",
    "/moderation/report/{opening}", "/moderation/{case}/decision", "/answers/of/{answer}", "/discussions/{thread}/posts/{second}/hide",
    "/", "/discussions/", "/discussions/?only=unread", "/networks/hr/", "/networks/hr/discussions/", "/networks/hr/discussions/?only=open",
    "/networks/hr/discussions/similar?title=Voiko+virkaa+jakaa", "/discussions/following", "/notifications/", "/materials/?q=virkaa",
    "/networks/hr/materials/", "/moderation/",
)  # fmt: skip


def test_no_place_that_a_member_opens_says_who_asked(browser, asked):
    for name in ("medlem", "member"):
        someone, opened = browser(name), 0
        for place in PLACES:
            answer = someone.client.get(place.format(**asked), follow_redirects=True)
            words = answer.get_data(as_text=True) + str(answer.headers)
            opened += answer.status_code == 200
            assert not any(part in words for part in ASKER), (name, place)
        assert opened >= len(PLACES) - 5, "most of them open"
    assert ASKER[0] in browser("moderator").get(f"/discussions/{asked['thread']}/").html, "the test looks for the right words"


def test_no_letter_and_no_notification_says_it(rows, cast, asked):
    letters = [letter for letter in rows(Letter) if letter.user_id != cast["newcomer"]]
    assert len(letters) >= 3
    for letter in letters:
        words = " ".join(str(getattr(letter, column.key)) for column in Letter.__table__.columns)
        assert not any(part in words for part in ASKER), letter.subject
    notes = [note for note in rows(Notification) if note.user_id != cast["newcomer"]]
    assert notes and not any(part in str(note.params) for note in notes for part in ASKER)


def test_nothing_beside_the_words_tells_it(app, browser, cast, asked, rows):
    """Two who ask so look the same: letters and colour of the avatar, and no number of a person in the page."""
    browser("member").post("/networks/hr/discussions/", title="Toinen arka asia?", body=TEXT, kind="question", is_unnamed="y")
    pages = [browser("medlem").get(path) for path in (f"/discussions/{asked['thread']}/", rows(Thread)[-1].path)]
    faces = [str(page.soup.select_one("article.post .avatar")) for page in pages]
    assert faces[0] == faces[1] and "avatar--" not in faces[0]
    rows_of = [page.soup.select_one("#replies article.post .person").get_text(" ", strip=True) for page in pages]
    assert re.sub(r"\d.*", "", rows_of[0]) == re.sub(r"\d.*", "", rows_of[1]), "no title, no employer"


def test_her_vote_stands_last_without_a_name_where_names_show(browser, asked):
    listed = browser("medlem").get(f"/polls/{asked['poll']}/").text("#poll")
    assert re.search(r"Blomstrand, En medlem i nätverket", listed)
    assert ASKER[0] in browser("moderator").get(f"/polls/{asked['poll']}/").text("#poll")


def test_what_was_said_before_an_edit_is_for_the_moderators(browser, asked):
    path = f"/discussions/{asked['thread']}/posts/{asked['opening']}/edits"
    assert browser("medlem").get(path).status == 403
    assert TEXT in browser("moderator").get(path).text()


def test_the_log_is_read_by_those_alone_who_keep_it(browser, cast, asked, rows):
    """It says who did what, as it must; members and the other network's moderators do not open it."""
    event = next(event for event in rows(AuditEvent) if event.name == "discussions.start")
    assert event.user_id == cast["newcomer"]
    for name in ("member", "medlem", "staff", "contact"):
        assert browser(name).get("/audit/").status in (403, 404)


def test_where_she_asked_with_her_name_she_has_it(browser, asked, cast, rows):
    browser("newcomer").post("/networks/hr/discussions/", title="Avoin kysymys?", body="Nimelläni.", kind="question")
    assert ASKER[0] in browser("medlem").get(rows(Thread)[-1].path).text(".post")

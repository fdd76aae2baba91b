"""What people write to break a page, or to read and tell what is not theirs: it is said no to, or shown as it was typed."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from extranet.accounts.models import User, UserState
from extranet.core import clock
from extranet.core.db import db
from extranet.core.errors import Refused
from extranet.core.text import render_markdown
from extranet.discussions import post_actions, queries
from extranet.discussions.change_models import ThreadChange
from extranet.discussions.draft_models import Draft
from extranet.discussions.mention_models import Mention
from extranet.discussions.models import Post, Thread
from extranet.discussions.writing_text import render_post
from extranet.jobs.models import Job
from extranet.mail.models import Letter
from extranet.materials.models import Material
from extranet.moderation.models import Case
from extranet.networks.access import viewer_for
from extranet.networks.models import DiscussionEntry, Membership, MembershipRole, MembershipState, Network
from extranet.notifications.models import Notification
from tests.jobs.work import work_off


@pytest.mark.parametrize("address", ["http://[x", "http://a℀b/", "https://user@[::1/", "http://a]b["])
def test_what_only_looks_like_an_address_is_a_message_too(browser, cast, rows, address):
    url = f"/discussions/{cast['hr_thread']}/"
    page = browser("member").post(f"{url}reply", body=f"Katso {address} ja kerro.", follow=True)
    assert page.status == 200
    assert address in page.soup.select(".post__body")[-1].get_text()
    assert rows(Post)[-1].body == f"Katso {address} ja kerro."


def test_an_address_of_ours_does_not_lead_elsewhere(app):
    with app.test_request_context():
        html = render_post("http://localhost//muualla.example/kirjaudu")
    assert 'href="http://localhost//muualla.example/kirjaudu"' in html
    assert "data-own" not in html


BOMBS = {
    "named link": "[a]: /" + "x" * 2_500 + "\n\n" + "[a]" * 830,
    "wide table": "|a" * 1000 + "\n" + "|-" * 1000 + "\n" + "a\n" * 500,
    "pipes without end": "|" * 200_000 + "x",  # the time for it once grew with the square
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_short_text_makes_no_large_page(app, name):
    with app.test_request_context():
        for render in (render_post, render_markdown):
            assert len(render(BOMBS[name])) < 2 * len(BOMBS[name]) + 20_000
            assert render("[Pohja][1] on täällä.\n\n[1]: https://esimerkki.example/pohja").count("<a ") == 1


def test_an_administrator_who_left_and_entered_holds_up_nobodys_letters(app, browser, cast, rows):
    place = {"user_id": cast["admin"], "network_id": cast["network:hr"], "role": MembershipRole.MEMBER}
    with app.app_context():
        db.session.add(Membership(**place, state=MembershipState.ACTIVE, joined_at=clock.now(), rules_version_accepted=1))
        db.session.commit()
    url = f"/discussions/{cast['hr_thread']}/"
    admin = browser("admin")
    admin.post(url + "follow", level="watch")
    with app.app_context():
        db.session.query(Membership).filter_by(user_id=cast["admin"]).delete()
        db.session.commit()
    admin.post("/networks/hr/enter-discussions", reason="Tarkistan yhden asian.")
    assert admin.get(url).status == 200

    browser("member").post(url + "reply", body="Hei kaikille.")
    work_off(app)
    assert [job.name for job in rows(Job) if job.last_error] == []
    assert {letter.user_id for letter in rows(Letter) if "Hei kaikille." in letter.text} == {cast["medlem"]}


def test_what_waits_for_a_moderator_does_not_show_that_it_waits(app, browser, cast, rows):
    with app.app_context():
        db.session.get_one(Network, cast["network:hr"]).holds_first_posts = True
        db.session.query(Post).filter_by(author_id=cast["medlem"], held_at=None).update({"author_id": cast["member"]})
        db.session.commit()
    url = f"/discussions/{cast['hr_thread']}/"
    browser("medlem").post(url + "reply", body="Ensimmäinen viestini.")
    waiting = f"post-{rows(Post)[-1].id}"
    assert waiting in browser("medlem").get(url).html
    for path in ("incoming?after=-1000", "?page=-1", "?page=0", "first-new", "incoming"):
        assert waiting not in browser("member").get(url + path).html, path


@pytest.fixture
def crowd(app, cast):
    """Fifty more members of the HR network, by name."""
    with app.app_context():
        people = [
            User(email=f"n{n}@kunta.example", first_name="Aku", last_name=f"N{chr(97 + n // 10)}{chr(97 + n % 10)}", state=UserState.ACTIVE)
            for n in range(50)
        ]
        db.session.add_all(people)
        db.session.flush()
        place = {"network_id": cast["network:hr"], "state": MembershipState.ACTIVE, "joined_at": clock.now()}
        db.session.add_all(Membership(user_id=person.id, **place) for person in people)
        names = [f"{person.first_name} {person.last_name}" for person in people]
        db.session.commit()
    return names


def test_a_message_calls_no_more_people_by_being_changed(browser, cast, rows, crowd):
    url, member = f"/discussions/{cast['hr_thread']}/", browser("member")
    member.post(url + "reply", body=" ".join(f"@{name}," for name in crowd[:15]))
    post = rows(Post)[-1]
    for start in (15, 30):
        assert member.post(f"{url}posts/{post.id}/edit", body=" ".join(f"@{name}," for name in crowd[start : start + 15])).status == 303
    assert len(rows(Mention, Mention.post_id == post.id)) == 20
    assert len([note for note in rows(Notification) if note.kind == "discussions.mention"]) == 20


def test_whose_account_is_suspended_is_not_called(app, browser, cast, rows, crowd):
    with app.app_context():
        db.session.query(User).filter_by(last_name="Nab").update({"state": UserState.SUSPENDED})
        db.session.commit()
    member = browser("member")
    offered = member.get("/networks/hr/discussions/people?begun=Aku Na").html
    assert "Aku Naa" in offered and "Aku Nab" not in offered
    member.post(f"/discussions/{cast['hr_thread']}/reply", body="@Aku Nab, @Aku Nac")
    assert len(rows(Mention, Mention.post_id == rows(Post)[-1].id)) == 1


def test_a_reply_hidden_at_that_moment_does_not_become_the_answer(app, cast, rows):
    with app.test_request_context("/", method="POST"):
        asker = viewer_for(cast["medlem"])
        post = queries.find_post(asker, cast["hr_post"])
        hidden = update(Post).where(Post.id == post.id).values(hidden_at=clock.now(), hidden_reason="Syy")
        db.session.execute(hidden.execution_options(synchronize_session=False))  # as somebody else does it before we hold the thread
        with pytest.raises(Refused):
            post_actions.accept(asker, post)
        db.session.rollback()
    assert not rows(Post, Post.is_accepted, Post.id == cast["hr_post"])


def test_a_discussion_that_its_author_removed_is_hers_to_bring_back(browser, cast, rows):
    member, moderator = browser("member"), browser("moderator")
    member.post("/networks/hr/discussions/", title="Poistan tämän", body="Erehdys.", kind="experience", language="fi")
    thread, opening = rows(Thread)[-1], rows(Post)[-1]
    browser("medlem").post(f"/moderation/report/{opening.id}", why="off_topic")
    case = rows(Case)[-1]
    member.post(f"{thread.path}posts/{opening.id}/delete")

    assert not moderator.get(thread.path).has("form[action$='/restore']")
    assert moderator.post(thread.path + "restore").status == 422
    moderator.post(f"/moderation/{case.id}/decide", outcome="hide", reason="Ei kuulu tänne.")
    assert member.post(f"{thread.path}posts/{opening.id}/undelete").status == 303
    assert browser("medlem").get(thread.path).status == 404, "removing it first does not undo the decision"
    assert moderator.post(thread.path + "restore").status == 303
    assert browser("medlem").get(thread.path).status == 200


def test_what_was_entered_as_an_administrator_ends_with_the_role(app, browser, cast, rows):
    other = cast["network:work-and-life"]
    with app.app_context():
        until = clock.now() + timedelta(minutes=30)
        db.session.add(DiscussionEntry(user_id=cast["moderator"], network_id=other, until=until))
        db.session.commit()
    moderator, url = browser("moderator"), f"/discussions/{cast['hr_thread']}/"
    assert str(other) not in [option["value"] for option in moderator.get(url + "move").soup.select("option")]
    assert moderator.post(url + "move", network_id=other, reason="Sinne.").status == 422
    assert moderator.get("/networks/work-and-life/discussions/").status == 403
    assert rows(Thread, Thread.id == cast["hr_thread"])[0].network_id == cast["network:hr"]


def test_a_draft_is_no_larger_than_a_message(browser, cast, rows):
    member, url = browser("member"), f"/discussions/{cast['hr_thread']}/"
    for place in (url, "/networks/hr/discussions/"):
        assert member.post(place + "draft", body="Hei", title="x" * 200_000).status == 422
        assert member.post(place + "draft", body="Hei", kind="x" * 200_000).status == 422
    member.post("/discussions/99999999/reply", body="Hei", title="x" * 200_000)
    assert not rows(Draft)
    assert member.post(url + "draft", body="x" * 99_000, title="Otsikko").status == 303


def test_an_answer_of_a_hidden_discussion_is_not_saved_for_the_library(browser, cast, rows):
    moderator = browser("moderator")
    assert moderator.get(f"/answers/new/{cast['answered_post']}").status == 200
    moderator.post(f"/discussions/{cast['answered_thread']}/hide", reason="Luottamuksellista.")
    card = {"title": "T", "question": "K", "answer": "V", "language": "fi", "review_due": (clock.today() + timedelta(days=30)).isoformat()}
    assert moderator.post(f"/answers/new/{cast['answered_post']}", **card).status == 403
    assert not rows(Material, Material.kind == "answer")


@pytest.mark.parametrize("verb", ["split", "merge"])
def test_nothing_comes_back_out_of_another_network_by_undoing_an_older_change(app, browser, cast, rows, verb):
    """A moderator of one network took messages of another one, which she may not even read, by undoing what came before the move."""
    hr, other, url = cast["network:hr"], cast["network:work-and-life"], f"/discussions/{cast['hr_thread']}/"
    with app.app_context():
        mine = db.session.query(Membership).filter_by(user_id=cast["member"], network_id=hr).one()
        mine.role = MembershipRole.MODERATOR
        place = {"user_id": cast["member"], "network_id": other, "role": MembershipRole.MODERATOR, "rules_version_accepted": 99}
        db.session.add(Membership(**place, state=MembershipState.ACTIVE, joined_at=clock.now()))
        db.session.commit()
    both = browser("member")
    if verb == "split":
        both.post(url + "split", title="Uusi", which="chosen", posts=[cast["hr_post"]], reason="Oma aiheensa.")
    else:
        both.post(url + "merge", into=cast["closed_thread"], reason="Sama aihe.")
    change = rows(ThreadChange)[-1]
    gone = change.other_id if verb == "split" else change.thread_id
    both.post(f"/discussions/{gone}/move", network_id=other, reason="Kuuluu tuonne.")
    both.post(f"/discussions/{gone}/reply", body="Vain meille.")

    who = browser("moderator") if verb == "split" else both
    assert who.post(f"/discussions/changes/{change.id}/undo").status == 422
    assert browser("moderator").get(f"/discussions/{gone}/").status == 404
    assert rows(Post, Post.body == "Vain meille.")[0].thread_id == gone

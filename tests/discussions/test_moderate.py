"""Close, hide, pin, move: by the moderator, with a reason that the author sees (I-26 to I-28)."""

import pytest

from extranet.audit.models import AuditEvent
from extranet.core.db import db
from extranet.discussions.models import Thread
from extranet.networks.models import Membership, MembershipRole, MembershipState
from extranet.notifications.models import Notification

REASON = "Sisältää henkilötietoja."


def join(app, user_id, network_id, role="member"):
    with app.app_context():
        db.session.add(Membership(user_id=user_id, network_id=network_id, role=MembershipRole(role), state=MembershipState.ACTIVE))
        db.session.commit()


@pytest.mark.parametrize("verb", ["close", "hide", "pin"])
def test_the_author_is_told_why(browser, cast, rows, verb):
    url = f"/discussions/{cast['hr_thread']}/"
    before = len(rows(Notification))
    form = browser("moderator").get(f"{url}{verb}")
    done = browser("moderator").submit(form, "main form", reason=REASON)

    assert done.status == 200
    told = rows(Notification)[before:]
    assert [n.user_id for n in told] == [cast["medlem"]]
    author = browser("medlem").get(url)
    assert REASON in author.text()
    event = rows(AuditEvent)[-1]
    assert (event.name, event.reason, event.network_id) == (f"discussions.{verb}", REASON, cast["network:hr"])


@pytest.mark.parametrize("verb", ["close", "hide", "pin"])
def test_an_act_without_a_reason_is_refused_at_the_field(browser, cast, rows, verb):
    page = browser("moderator").post(f"/discussions/{cast['hr_thread']}/{verb}", reason=" ")

    assert page.status == 422
    assert page.has("[aria-invalid=true]")
    thread = rows(Thread, Thread.id == cast["hr_thread"])[0]
    assert not thread.is_closed
    assert not thread.is_hidden


def test_a_hidden_thread_is_there_for_its_author_and_the_moderators_only(browser, cast):
    url = f"/discussions/{cast['hr_thread']}/"
    browser("moderator").post(f"{url}hide", reason=REASON)

    assert browser("medlem").get(url).status == 200
    assert browser("moderator").get(url).status == 200
    assert browser("member").get(url).status == 404
    for listing in ("/discussions/", "/networks/hr/discussions/"):
        assert "arbetsintyg" not in browser("member").get(listing).text()
        assert "arbetsintyg" in browser("moderator").get(listing).text()

    browser("moderator").post(f"{url}restore")
    assert browser("member").get(url).status == 200


def test_a_hidden_post_shows_its_text_to_its_author_and_the_moderators_only(browser, cast, rows):
    url = f"/discussions/{cast['hr_thread']}/"
    browser("moderator").post(f"{url}posts/{cast['hr_post']}/hide", reason=REASON)

    assert "pohja" in browser("member").get(url).text()
    assert REASON in browser("member").get(url).text()
    assert "pohja" in browser("moderator").get(url).text()
    for target in (None, "replies"):
        other = browser("medlem").get(url, target=target)
        assert "pohja" not in other.html
        assert REASON not in other.html
        assert "Lahdenpohja" not in other.html.partition('id="replies"')[2].partition("<h2")[0] or target
    assert rows(Thread, Thread.id == cast["hr_thread"])[0].reply_count == 0
    assert browser("medlem").get(f"{url}posts/{cast['hr_post']}/hide").status == 404

    browser("moderator").post(f"{url}posts/{cast['hr_post']}/restore")
    assert "pohja" in browser("medlem").get(url).text()


def test_the_first_message_is_not_hidden_alone(browser, cast, rows):
    from extranet.discussions.models import Post

    opening = rows(Post, Post.thread_id == cast["hr_thread"], Post.is_opening)[0]
    page = browser("moderator").post(f"/discussions/{cast['hr_thread']}/posts/{opening.id}/hide", reason=REASON)
    assert page.status == 422


def test_a_pinned_thread_comes_first(browser, cast):
    moderator = browser("moderator")
    moderator.post(f"/discussions/{cast['closed_thread']}/pin", reason="Tärkeä kaikille.")
    titles = [a.get_text() for a in moderator.get("/networks/hr/discussions/").soup.select(".list__title a")]
    assert titles[0] == "Kokemuksia lähtöhaastatteluista"
    moderator.post(f"/discussions/{cast['closed_thread']}/unpin")
    titles = [a.get_text() for a in moderator.get("/networks/hr/discussions/").soup.select(".list__title a")]
    assert titles[0] != "Kokemuksia lähtöhaastatteluista"


def test_a_thread_moves_with_its_rights_and_keeps_its_address(browser, app, cast):
    url = f"/discussions/{cast['hr_thread']}/"
    join(app, cast["moderator"], cast["network:work-and-life"], "moderator")
    page = browser("moderator").post(f"{url}move", network_id=cast["network:work-and-life"], reason="Kuuluu tänne.", follow=True)

    assert page.status == 200
    assert "Työ ja muu elämä" in page.text(".net-head")
    assert browser("staff").get(url).status == 200
    assert browser("member").get(url).status == 404
    assert "arbetsintyg" not in browser("member").get("/networks/hr/discussions/").text()


def test_nobody_moves_a_thread_to_a_network_that_they_do_not_run(browser, cast, rows):
    page = browser("moderator").post(f"/discussions/{cast['hr_thread']}/move", network_id=cast["network:work-and-life"], reason="x")
    assert page.status == 422
    assert rows(Thread, Thread.id == cast["hr_thread"])[0].network_id == cast["network:hr"]


def test_an_administrator_enters_by_a_logged_act_and_may_then_moderate(browser, app, cast, rows):
    url = f"/discussions/{cast['hr_thread']}/"
    admin = browser("admin")
    assert admin.get(url).status == 404
    assert "arbetsintyg" not in admin.get("/networks/hr/discussions/").text()

    page = admin.submit(admin.get("/networks/hr/discussions/"), "main form[action$='enter-discussions']", reason="Käyttäjän pyyntö")
    assert page.status == 200
    assert [e.reason for e in rows(AuditEvent) if e.name == "networks.enter_discussions"] == ["Käyttäjän pyyntö"]
    assert admin.get(url).status == 200
    assert admin.post(f"{url}close", reason=REASON).status == 303
    assert admin.post(f"{url}reply", body="Hei").status == 403

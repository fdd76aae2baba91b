from extranet.audit.models import AuditEvent
from extranet.core.db import db
from extranet.discussions.models import Post, Thread
from extranet.notifications.models import Notification
from tests.jobs.work import work_off


def test_a_member_replies_and_those_who_wrote_hear_of_it(app, browser, cast, rows):
    before = len(rows(Notification))
    page = browser("moderator").post(f"/discussions/{cast['hr_thread']}/reply", body="Kiitos!", follow=True)

    assert "Kiitos!" in page.text("#replies")
    events = [e.name for e in rows(AuditEvent)]
    work_off(app)
    heard = rows(Notification)[before:]
    assert {n.user_id for n in heard} == {cast["medlem"], cast["member"]}
    assert events[-1] == "discussions.reply"


def test_htmx_gets_only_the_replies_through_the_redirect(browser, cast):
    page = browser("member").post(f"/discussions/{cast['hr_thread']}/reply", target="replies", body="Kiitos!", follow=True)

    assert "Kiitos!" in page.soup.get_text()
    assert page.soup.select_one("html") is None
    assert "Vastaus lisättiin" in page.text("#flash")


def test_an_empty_reply_is_explained_and_nothing_is_kept(browser, cast, rows):
    before = len(rows(Post))
    page = browser("member").post(f"/discussions/{cast['hr_thread']}/reply", body="  ")

    assert page.status == 422
    assert page.soup.select_one("textarea[aria-invalid=true]") is not None
    assert len(rows(Post)) == before


def test_a_closed_thread_takes_no_replies_but_a_moderators(browser, cast, rows):
    url = f"/discussions/{cast['closed_thread']}/reply"
    before = len(rows(Post))

    assert browser("medlem").post(url, body="Myöhässä").status == 422
    assert len(rows(Post)) == before
    assert browser("moderator").post(url, body="Lisäys").status == 303


def test_a_refusal_leaves_the_htmx_screen_alone(browser, cast):
    page = browser("medlem").post(f"/discussions/{cast['closed_thread']}/reply", target="replies", body="Myöhässä")

    assert page.status == 422
    assert page.headers["HX-Reswap"] == "none"
    assert [tag["id"] for tag in page.soup.select("[id]")] == ["flash"]


def test_a_removed_member_meets_a_closed_door_at_the_next_request(browser, app, cast):
    from extranet.networks.models import Membership

    member, url = browser("member"), f"/discussions/{cast['hr_thread']}/"
    assert member.get(url).status == 200
    with app.app_context():
        db.session.query(Membership).filter_by(user_id=cast["member"], network_id=cast["network:hr"]).update(
            {"state": "removed", "role": "member"}
        )
        db.session.commit()
    assert member.get(url).status == 404
    assert member.get(url, target="replies").status == 404
    assert member.post(f"{url}reply", body="Vielä yksi").status == 404


def _lengthen(cast, replies):
    """So many replies more."""
    thread = db.session.get(Thread, cast["hr_thread"])
    for n in range(replies):
        thread.last_number += 1
        db.session.add(
            Post(thread_id=thread.id, number=thread.last_number, author_id=cast["member"], body="x", body_html=f"<p>viesti {n}</p>")
        )


def test_the_pages_do_not_ask_more_as_posts_and_threads_grow(browser, app, cast, count_queries):
    member, thread, listing = browser("member"), f"/discussions/{cast['hr_thread']}/", "/networks/hr/discussions/"
    member.get(thread)
    few = (count_queries(lambda: member.get(thread)), count_queries(lambda: member.get(listing)))
    with app.app_context():
        _lengthen(cast, 15)
        for n in range(15):
            db.session.add(Thread(network_id=cast["network:hr"], title=f"T{n}", author_id=cast["member"], last_post_by_id=cast["member"]))
        db.session.commit()
    assert (count_queries(lambda: member.get(thread)), count_queries(lambda: member.get(listing))) == few
    assert max(few) <= 8


def test_a_long_thread_is_paged_and_a_reply_lands_on_the_last_page(browser, app, cast):
    with app.app_context():
        _lengthen(cast, 60)
        db.session.commit()
    page = browser("member").post(f"/discussions/{cast['hr_thread']}/reply", body="Uusin", follow=True)
    assert "Uusin" in page.text("#replies")
    assert "viesti 0" not in page.text("#replies")

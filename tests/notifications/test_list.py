"""The list and the count in the header: one's own, newest first, and nothing that one may not open (I-29)."""

import pytest

from extranet.core.db import db
from extranet.networks.models import Membership, MembershipState, Network, Visibility
from extranet.notifications.models import Notification


def count(page):
    found = page.soup.select_one("#notification-count .icon-link__count")
    return int(found.get_text()) if found else 0


@pytest.fixture
def leave(app, cast):
    def do(name="member"):
        with app.app_context():
            row = db.session.scalars(
                db.select(Membership).where(Membership.user_id == cast[name], Membership.network_id == cast["network:hr"])
            ).one()
            row.state = MembershipState.LEFT
            db.session.commit()

    return do


def test_the_list_is_ones_own_newest_first(tell, browser):
    tell("member", "medlem", key="a", title="Ensimmäinen")
    tell("member", key="b", title="Toinen")
    page = browser("member").get("/notifications/")
    titles = [button.get_text() for button in page.soup.select(".list__title button")]
    assert titles == ["Maija Kallioniemi vastasi: Toinen", "Maija Kallioniemi vastasi: Ensimmäinen"]
    assert len(page.soup.select(".is-new")) == 2
    assert count(page) == 2
    assert count(browser("medlem").get("/notifications/")) == 1


def test_looking_changes_nothing(tell, browser, rows):
    tell("member")
    browser("member").get("/notifications/")
    assert rows(Notification)[0].read_at is None


def test_opening_marks_it_and_goes_there(tell, browser, rows, cast):
    tell("member", key="a")
    tell("member", key="b")
    member = browser("member")
    answer = member.submit(member.get("/notifications/"), "main .list form", follow=False)
    assert (answer.status, answer.location) == (303, f"/discussions/{cast['hr_thread']}/")
    assert [notification.read_at is None for notification in rows(Notification)] == [True, False]
    page = member.get("/notifications/")
    assert count(page) == 1 and len(page.soup.select(".is-new")) == 1


def test_marking_all(tell, browser, rows):
    tell("member", "medlem", key="a")
    member = browser("member")
    page = member.submit(member.get("/notifications/"), "main .page-head form")
    assert "Kaikki ilmoitukset on merkitty luetuiksi." in page.text("#flash")
    assert count(page) == 0
    assert sorted(notification.read_at is None for notification in rows(Notification)) == [False, True]


def test_anothers_notification_does_not_exist(tell, browser, rows):
    tell("medlem")
    assert browser("member").post(f"/notifications/{rows(Notification)[0].id}/read").status == 404
    assert rows(Notification)[0].read_at is None


def test_after_leaving_the_list_and_the_count_forget_it(tell, browser, leave, rows):
    tell("member", title="Salaisuus")
    leave()
    page = browser("member").get("/notifications/")
    assert "Salaisuus" not in page.html and count(page) == 0
    assert browser("member").post(f"/notifications/{rows(Notification)[0].id}/read").status == 404


def test_a_network_that_becomes_secret_is_gone_for_outsiders(app, tell, browser, cast):
    tell("newcomer", of_network=True, title="Salaisuus")
    assert count(browser("newcomer").get("/notifications/")) == 1
    with app.app_context():
        db.session.get_one(Network, cast["network:hr"]).visibility = Visibility.SECRET
        db.session.commit()
    page = browser("newcomer").get("/notifications/")
    assert "Salaisuus" not in page.html and count(page) == 0


def test_a_page_is_full_although_much_may_not_be_seen(app, tell, browser, leave, cast):
    with app.app_context():
        shared = {"user_id": cast["member"], "kind": "x.y", "path": "/", "params": {}}
        for n in range(40):
            db.session.add(Notification(text=f"Oma {n:02}", key=f"own:{n}", **shared))
            for m in range(4):
                db.session.add(
                    Notification(
                        text="Salaisuus",
                        key=f"hr:{n}:{m}",
                        about="thread",
                        about_id=cast["hr_thread"],
                        network_id=cast["network:hr"],
                        **shared,
                    )
                )
        db.session.commit()
    leave()
    member = browser("member")
    first = member.get("/notifications/")
    assert [b.get_text() for b in first.soup.select(".list__title button")] == [f"Oma {n:02}" for n in range(39, 9, -1)]
    assert count(first) == 40
    second = member.get(first.soup.select_one("main a.more")["href"])
    assert [b.get_text() for b in second.soup.select(".list__title button")] == [f"Oma {n:02}" for n in range(9, -1, -1)]
    assert not second.has("main a.more")


def test_an_empty_list_says_what_comes_here(browser):
    assert "Ei uutta kerrottavaa" in browser("newcomer").get("/notifications/").text()


def test_the_number_of_queries_stays_the_same(tell, browser, count_queries):
    member = browser("member")
    member.get("/notifications/")
    tell("member", key="a")
    few = count_queries(lambda: member.get("/notifications/"))
    for key in "bcdefgh":
        tell("member", key=key)
    assert count_queries(lambda: member.get("/notifications/")) == few <= 8


def test_the_header_costs_one_query_where_nothing_is_unread(browser, count_queries):
    member = browser("member")
    member.get("/notifications/settings")
    assert count_queries(lambda: member.get("/notifications/settings")) <= 4

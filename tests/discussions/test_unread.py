"""How many discussions have something new: the tab, the list of networks and the front page count by the rule of the lists."""

from datetime import timedelta

import pytest

from extranet.core import clock
from extranet.core.db import db
from extranet.discussions.following_models import Level, NetworkFollow, ThreadFollow
from extranet.discussions.models import Post, Thread
from extranet.discussions.reading_models import ReadMark
from extranet.networks.models import Membership

HR = "/networks/hr/"
LISTING = HR + "discussions/"


@pytest.fixture
def since(app):
    """All joined two months ago, so that what the cast wrote is new to those who have not read it."""
    with app.app_context():
        db.session.query(Membership).update({"joined_at": clock.now() - timedelta(days=61)})
        db.session.commit()


@pytest.fixture
def put(app):
    """Keep rows, made with the database at hand."""

    def do(*rows):
        with app.app_context():
            db.session.add_all(rows)
            db.session.commit()

    return do


def tab(page):
    """What the tab of the discussions counts, as one hears it."""
    found = page.soup.select_one('.tabs a[href$="/discussions/"] .vh')
    return found.get_text().strip(", \n") if found else ""


def unread(reader, slug="hr"):
    """The titles that a network's list shows as unread, and the same of its filter."""
    base = f"/networks/{slug}/discussions/"
    marked = [li.select_one("h3").get_text() for li in reader.get(base).soup.select("#threads li.is-unread")]
    assert [h3.get_text() for h3 in reader.get(base + "?only=unread").soup.select("#threads h3")] == marked
    return marked


def places(reader):
    """The count wherever it stands: tab, chip, list of networks, front page."""
    row = reader.get("/networks/").soup.find("a", href=HR).find_parent("article").get_text(" ")
    front = reader.get("/").soup.select_one("[aria-labelledby=networks-title]").get_text(" ")
    chip = reader.get(LISTING).soup.select_one('.chip[href$="only=unread"]').get_text(" ")
    return tab(reader.get(LISTING)), tab(reader.get(HR + "members")), chip.split()[-1], "uutta" in row, "uutta" in front


def test_one_number_in_all_places_until_all_is_read(browser, cast, since):
    reader = browser("moderator")
    new = unread(reader)
    assert len(new) > 1
    words = f"uutta {len(new)} keskustelussa"
    assert places(reader) == (words, words, str(len(new)), True, True)
    assert words in reader.get("/networks/").text() and words in reader.get("/").text()

    reader.post("/discussions/read", mark=f"{cast['hr_thread']}:2")
    assert tab(reader.get(HR + "about")) == f"uutta {len(new) - 1} keskustelussa"
    reader.post(LISTING + "read")
    assert places(reader) == ("", "", "Lukemattomat", False, False)
    assert not unread(reader)


def test_what_one_has_muted_is_not_new_but_what_one_follows_there_is(browser, cast, since, put):
    reader, before = browser("moderator"), unread(browser("moderator"))
    put(ThreadFollow(user_id=cast["moderator"], thread_id=cast["hr_thread"], level=Level.MUTE))
    assert tab(reader.get(LISTING)) == f"uutta {len(before) - 1} keskustelussa" and len(unread(reader)) == len(before) - 1
    put(NetworkFollow(user_id=cast["moderator"], network_id=cast["network:hr"], level=Level.MUTE))
    assert not unread(reader) and not tab(reader.get(LISTING))
    put(ThreadFollow(user_id=cast["moderator"], thread_id=cast["closed_thread"], level=Level.FOLLOW))
    assert unread(reader) == ["Kokemuksia lähtöhaastatteluista"] and tab(reader.get(LISTING)) == "uutta 1 keskustelussa"


def test_what_is_hidden_or_removed_and_what_one_wrote_oneself_counts_for_nobody(browser, app, cast, since):
    moderator, member, medlem = browser("moderator"), browser("member"), browser("medlem")
    for reader in (moderator, medlem, member):
        reader.post(LISTING + "read")
    posts = [member.post(f"/discussions/{cast['hr_thread']}/reply", body=text).location.split("post-")[1] for text in "ab"]
    assert not unread(member) and len(unread(medlem)) == 1
    assert "2 nya" in medlem.get(LISTING).text("#threads .is-unread")
    member.post(f"/discussions/{cast['hr_thread']}/posts/{posts[1]}/delete")
    assert "1 ny" in medlem.get(LISTING).text("#threads .is-unread")
    moderator.post(f"/discussions/{cast['hr_thread']}/posts/{posts[0]}/hide", reason="Väärä paikka.")
    assert not unread(medlem) and not tab(medlem.get(LISTING)) and not unread(moderator)


def test_whoever_belongs_by_office_alone_finds_a_month_of_new_things(browser, app, cast, rows):
    with app.app_context():
        db.session.query(Membership).filter_by(user_id=cast["deputy"]).delete()
        db.session.commit()
    deputy = browser("deputy")
    assert "Kuukausikahvien aiheet" in unread(deputy, "contact-persons")
    assert tab(deputy.get("/networks/contact-persons/discussions/"))
    with app.app_context():
        for model, column in ((Thread, "last_post_at"), (Post, "created_at")):
            db.session.query(model).update({column: clock.now() - timedelta(days=31)})
        db.session.commit()
    assert not unread(deputy, "contact-persons")


def test_an_administrator_who_has_entered_has_nothing_to_read(browser, cast, since):
    admin = browser("admin")
    admin.submit(admin.get(LISTING), "main form[action*=enter]", reason="Selvitän ilmoitusta.")
    page = admin.get(LISTING)
    assert page.status == 200 and page.soup.select("#threads h3")
    assert not unread(admin) and not tab(page)


def test_above_twenty_it_says_so(browser, cast, since, put):
    me = {"author_id": cast["medlem"], "last_post_by_id": cast["medlem"], "network_id": cast["network:hr"]}
    put(*(Thread(id=900 + n, title=f"T{n}", **me) for n in range(25)))
    put(*(Post(thread_id=900 + n, number=1, author_id=cast["medlem"], is_opening=True, body="x", body_html="x") for n in range(25)))
    reader = browser("moderator")
    assert tab(reader.get(HR)) == "uutta yli 20 keskustelussa"
    assert reader.get("/discussions/").soup.select_one('.chip[href$="only=unread"] .count').get_text() == "20+"
    assert "uutta yli 20 keskustelussa" in reader.get("/").text() and "uutta yli 20" in reader.get("/networks/").text()
    put(*(Post(thread_id=cast["hr_thread"], number=n, author_id=cast["medlem"], body="x", body_html="x") for n in range(3, 110)))
    reader.post("/discussions/read", mark=f"{cast['hr_thread']}:1")
    with_many = {"last_number": 109, "last_post_by_id": cast["medlem"]}
    with reader.app.app_context():
        db.session.query(Thread).filter_by(id=cast["hr_thread"]).update(with_many)
        db.session.commit()
    assert "yli 99 uutta" in reader.get(LISTING + "?page=2").text("#threads") + reader.get(LISTING).text("#threads")


def test_the_counts_cost_no_query_and_a_page_writes_nothing(browser, cast, since, count_queries, rows):
    for name in ("member", "medlem"):
        reader = browser(name)
        for url in ("/", "/networks/", HR, LISTING, "/discussions/", HR + "members", f"/discussions/{cast['hr_thread']}/"):
            reader.get(url)
            assert count_queries(lambda reader=reader, url=url: reader.get(url)) <= 8, url
    assert not rows(ReadMark)


def test_lists_and_front_page_lead_to_the_first_new_message(browser, cast, since):
    reader, thread = browser("moderator"), cast["hr_thread"]
    assert f"/discussions/{thread}/" in reader.get(LISTING).links(), "a discussion that is new itself is read from its beginning"
    reader.post(LISTING + "read")
    browser("medlem").post(f"/discussions/{thread}/reply", body="Tack!")
    for page in (LISTING, HR, "/", "/discussions/", "/discussions/?only=unread"):
        assert f"/discussions/{thread}/first-new" in reader.get(page).links(), page
    found = reader.get(reader.get(f"/discussions/{thread}/first-new").location)
    assert found.soup.select_one("article[data-focus]")["data-number"] == "3", "all before it was marked as read at once"

    reader.post("/discussions/read", mark=f"{thread}:3")
    for page in (LISTING, "/"):
        assert f"/discussions/{thread}/first-new" not in reader.get(page).links(), page
    assert reader.get(f"/discussions/{thread}/first-new").location.endswith("?page=0")


def test_leaders_see_how_many_have_read_and_nobody_sees_who(browser, app, cast, since):
    thread, leader = f"/discussions/{cast['hr_thread']}/", browser("moderator")
    assert "0 jäsentä on avannut, 0 on lukenut loppuun" in leader.get(thread).text()
    browser("member").post("/discussions/read", mark=f"{cast['hr_thread']}:1")
    browser("medlem").post("/discussions/read", mark=f"{cast['hr_thread']}:2")
    page = leader.get(thread)
    assert "2 jäsentä on avannut, 1 on lukenut loppuun" in page.text("[aria-labelledby=seen-title]")
    assert not page.soup.select("[aria-labelledby=seen-title] :is(a, .avatar)")
    for name in ("member", "medlem"):
        assert "on avannut" not in browser(name).get(thread).text() and not browser(name).get(thread).has("[aria-labelledby=seen-title]")

    with app.app_context():
        db.session.query(Membership).filter_by(user_id=cast["medlem"]).update({"state": "left", "role": "member"})
        db.session.commit()
    assert "1 jäsen on avannut, 0 on lukenut loppuun" in leader.get(thread).text()


def test_a_leader_elsewhere_sees_no_counts(browser, app, cast, since):
    """One network's leader is a member of another (I-28)."""
    with app.app_context():
        db.session.add(Membership(user_id=cast["moderator"], network_id=cast["network:hr-advisory-board"], state="active", role="member"))
        db.session.commit()
    page = browser("moderator").get(f"/discussions/{cast['advisory_thread']}/")
    assert page.status == 200 and not page.has("[aria-labelledby=seen-title]")

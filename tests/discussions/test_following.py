"""How much one hears, and why: watch, follow, normal, mute, for a thread and for a network."""

import pytest

from extranet.core.db import db
from extranet.discussions.following_models import Level, NetworkFollow, ThreadFollow
from extranet.discussions.models import Post
from extranet.mail.models import Letter
from extranet.networks.models import Membership, MembershipState
from extranet.notifications.models import Letters, Notification, NotificationChoice
from tests.jobs.work import work_off


@pytest.fixture
def said(app, browser, cast, rows):
    """The moderator writes into the HR thread: who hears of it, and who by letter."""

    def do(by="moderator"):
        known = {n.id for n in rows(Notification)}
        letters = {letter.id for letter in rows(Letter)}
        assert browser(by).post(f"/discussions/{cast['hr_thread']}/reply", body="Kiitos kysymästä!").status == 303
        work_off(app)
        names = {i: name for name, i in cast.items() if name in ("member", "medlem", "expert", "moderator", "pori")}
        return (
            {names.get(n.user_id, n.user_id) for n in rows(Notification) if n.id not in known},
            {names.get(letter.user_id, letter.user_id) for letter in rows(Letter) if letter.id not in letters},
        )

    return do


def test_who_started_or_wrote_watches_by_itself(said):
    assert said() == ({"member", "medlem"}, {"member", "medlem"})


@pytest.mark.parametrize(
    ("level", "hears", "letter"), [("watch", True, True), ("follow", True, False), ("normal", False, False), ("mute", False, False)]
)
def test_what_one_chooses_for_a_thread_goes_before_all_else(browser, cast, said, rows, level, hears, letter):
    member, url = browser("member"), f"/discussions/{cast['hr_thread']}/follow"
    page = member.get(url)
    assert "Seuraat" in page.text("#following") or "kirjoittanut" in page.text("#following")
    page = member.submit(page, "#following form", level=level)
    assert page.soup.select_one("input[checked]")["value"] == level
    assert "Valitsit tämän keskustelulle." in page.text("#following")
    assert [(f.user_id, f.level) for f in rows(ThreadFollow)] == [(cast["member"], level)]
    heard, lettered = said()
    assert ("member" in heard, "member" in lettered) == (hears, letter)
    assert "medlem" in heard and "medlem" in lettered


def test_the_whole_network_can_be_watched_or_followed_and_each_hears_once(app, browser, cast, said, rows):
    """T25: member, author, and watcher of both the thread and the network: one notification."""
    url = "/networks/hr/discussions/follow"
    other = cast["newcomer"]
    with app.app_context():
        db.session.add(Membership(network_id=cast["network:hr"], user_id=other, state=MembershipState.ACTIVE))
        db.session.add(NetworkFollow(user_id=other, network_id=cast["network:hr"], level=Level.FOLLOW))
        db.session.commit()
    medlem = browser("medlem")
    page = medlem.submit(medlem.get(url), "main form", level="watch")
    assert page.soup.select_one("input[checked]")["value"] == "watch"
    medlem.post(f"/discussions/{cast['hr_thread']}/follow", level="watch")
    before = len(rows(Notification, Notification.user_id == cast["medlem"]))
    said()
    assert len(rows(Notification, Notification.user_id == cast["medlem"])) == before + 1
    assert rows(Notification, Notification.user_id == other) and not rows(Letter, Letter.user_id == other)


def test_who_started_is_mentioned_and_watches_hears_once(app, browser, cast, rows):
    """T25, with a letter that says why, and of a mention even where she follows nothing."""
    browser("medlem").post(f"/discussions/{cast['hr_thread']}/follow", level="watch")
    for level in ("watch", "normal"):
        browser("medlem").post("/networks/hr/discussions/follow", level=level)
        before = (len(rows(Notification, Notification.user_id == cast["medlem"])), len(rows(Letter, Letter.user_id == cast["medlem"])))
        browser("moderator").post(f"/discussions/{cast['hr_thread']}/reply", body=f"@Linda Blomstrand, miten teillä? {level}")
        work_off(app)
        assert len(rows(Notification, Notification.user_id == cast["medlem"])) == before[0] + 1
        letters = rows(Letter, Letter.user_id == cast["medlem"])
        assert len(letters) == before[1] + 1 and "eftersom någon nämnde dig" in letters[-1].text


def test_a_muted_network_is_silent_but_for_a_discussion_that_one_watches(app, browser, cast, said, rows):
    browser("member").post("/networks/hr/discussions/follow", level="mute")
    browser("moderator").post("/networks/hr/discussions/", kind="question", title="Uusi kysymys", body="Miten te teette?")
    work_off(app)
    assert not rows(Notification, Notification.user_id == cast["member"], Notification.kind == "discussions.start")
    assert rows(Notification, Notification.user_id == cast["medlem"], Notification.kind == "discussions.start")
    assert "member" not in said()[0]
    page = browser("member").get(f"/discussions/{cast['hr_thread']}/follow")
    assert "Olet vaimentanut verkoston keskustelut." in page.text("#following")
    browser("member").post(f"/discussions/{cast['hr_thread']}/follow", level="watch")
    assert "member" in said()[0]


def test_whoever_wants_direct_letters_only_gets_what_she_chose(app, cast, said):
    with app.app_context():
        for name in ("member", "medlem"):
            db.session.add(NotificationChoice(user_id=cast[name], letters=Letters.DIRECT))
        db.session.commit()
    assert said() == ({"member", "medlem"}, {"medlem"})  # she asked the question


def test_a_follower_who_has_left_hears_nothing(app, browser, cast, said):
    browser("member").post(f"/discussions/{cast['hr_thread']}/follow", level="watch")
    browser("member").post("/networks/hr/discussions/follow", level="watch")
    with app.app_context():
        mine = db.update(Membership).where(Membership.user_id == cast["member"], Membership.network_id == cast["network:hr"])
        db.session.execute(mine.values(state=MembershipState.LEFT))
        db.session.commit()
    assert said() == ({"medlem"}, {"medlem"})
    assert browser("member").get("/discussions/following").status == 200
    assert "arbetsintyg" not in browser("member").get("/discussions/following").html


def test_what_was_hidden_before_it_was_told_is_not_told(app, browser, cast, rows):
    browser("moderator").post(f"/discussions/{cast['hr_thread']}/reply", body="Lipsahdus")
    before = len(rows(Notification))
    with app.app_context():
        post = db.session.scalars(db.select(Post).order_by(Post.id.desc()).limit(1)).one()
        post.hidden_at = post.created_at
        db.session.commit()
    work_off(app)
    assert len(rows(Notification)) == before


def test_the_overview_shows_what_one_chose(browser, cast):
    member = browser("member")
    member.post(f"/discussions/{cast['hr_thread']}/follow", level="mute")
    page = member.get("/discussions/following")
    assert "Hur gör ni med tvåspråkiga arbetsintyg?" in page.text("main") and "/networks/hr/discussions/follow" in page.links()


def test_a_wrong_level_is_explained(browser, cast, rows):
    assert browser("member").post(f"/discussions/{cast['hr_thread']}/follow", level="loud").status == 422
    assert browser("member").post("/networks/hr/discussions/follow").status == 422
    assert rows(ThreadFollow) == [] and rows(NetworkFollow) == []


def test_the_thread_says_at_its_top_how_much_one_hears_and_one_press_changes_it(app, browser, cast, rows, count_queries):
    """Also where the network decides; it comes with the thread's own query."""
    url, pori = f"/discussions/{cast['hr_thread']}/", browser("pori")
    with app.app_context():
        hers = db.update(Membership).where(Membership.user_id == cast["pori"], Membership.network_id == cast["network:hr"])
        db.session.execute(hers.values(state=MembershipState.ACTIVE))
        db.session.commit()
    page = pori.get(url)
    assert page.text("#hears summary") == "Seuraa ketjua" and not page.has("#following")
    before = count_queries(lambda: pori.get(url))
    pori.post("/networks/hr/discussions/follow", level="mute")
    assert pori.get(url).text("#hears summary") == "Vaimennettu" and "verkoston" in pori.get(url).text("#hears .menu__who")
    done = pori.submit(page, "#hears form:has([value=follow])")
    assert done.text("#hears summary") == "Seuraat ketjua" and done.text("#hears button[aria-pressed=true]").startswith("Seuranta")
    assert [(f.user_id, f.level) for f in rows(ThreadFollow)] == [(cast["pori"], "follow")]
    assert count_queries(lambda: pori.get(url)) == before <= 8
    part = pori.get(url, target="hears")
    assert part.has("summary") and not part.has("h1")
    for name in ("member", "medlem"):
        assert browser(name).get(url).text("#hears summary") in ("Seuraat tarkasti", "Du bevakar tråden")


def test_who_has_entered_but_is_no_member_has_nothing_to_follow(browser, cast):
    admin = browser("admin")
    admin.post("/networks/hr/enter-discussions", reason="Ilmoitus henkilötiedoista")
    page = admin.get(f"/discussions/{cast['hr_thread']}/")
    assert page.status == 200 and not page.has("#hears summary")

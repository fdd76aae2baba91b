"""A secret network stands nowhere in the discussions of whoever is not in it: no name, no address, no title (T20)."""

import pytest

from extranet.discussions.models import Post

SECRET = ("asiantuntijaraati", "sakkunnigpanel", "hr-advisory-board", "Ensi kauden teemat", "etäjohtamista")
OUTSIDE = ("visitor", "newcomer", "member", "contact", "deputy", "moderator")
MINE = ("/discussions/", "/discussions/following", "/discussions/drafts", "/notifications/", "/notifications/settings")
OF_HR = (
    "",
    "discussions/",
    "discussions/new",
    "discussions/people?q=pori",
    "discussions/similar?title=Ensi+kauden+teemat",
    "discussions/follow",
)
OF_THREAD = ("", "related", "log", "move", "merge", "hand", "print", "follow")
HIDDEN = (
    "/discussions/{advisory_thread}/", "/discussions/{advisory_thread}/print", "/discussions/{advisory_thread}/related",
    "/discussions/{advisory_thread}/follow", "/discussions/posts/{advisory_post}", "/polls/of/{advisory_thread}",
    "/networks/hr-advisory-board/", "/networks/hr-advisory-board/discussions/", "/moderation/report/{advisory_post}",
)  # fmt: skip


@pytest.fixture
def advisory(stage, rows):
    thread = stage.things["advisory_thread"]
    return {"advisory_thread": thread, "advisory_post": next(post.id for post in rows(Post) if post.thread_id == thread)}


@pytest.mark.parametrize("who", OUTSIDE)
def test_no_page_names_it(browser, cast, advisory, who):
    reader = browser(who)
    thread = f"/discussions/{cast['hr_thread']}/"
    for url in (*MINE, "/moderation/", *(f"/networks/hr/{end}" for end in OF_HR), *(thread + end for end in OF_THREAD)):
        html = reader.get(url).html
        found = [word for word in SECRET if word in html.replace("title=Ensi+kauden+teemat", "")]
        assert not found, f"{url} for {who} says {found}"


@pytest.mark.parametrize("who", [who for who in OUTSIDE if who != "visitor"])
def test_what_is_in_it_is_nowhere(browser, advisory, who):
    reader = browser(who)
    nowhere = reader.get("/discussions/999999/")
    for address in HIDDEN:
        page = reader.get(address.format(**advisory))
        assert page.status == nowhere.status == 404
        assert page.text("main") == nowhere.text("main") and page.soup.title.text == nowhere.soup.title.text
        assert not any(word in page.html for word in SECRET[:2] + SECRET[3:])


def test_who_is_in_it_reads_it(browser, advisory):
    page = browser("expert").get(f"/discussions/{advisory['advisory_thread']}/")
    assert page.status == 200 and "Ensi kauden teemat" in page.text("h1")

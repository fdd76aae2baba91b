"""The front page: what waits for the reader herself comes first."""


def test_a_reviewer_finds_what_she_was_asked_to_review(browser, cast):
    page = browser("medlem").get("/")
    assert f"/pilots/{cast['hr_pilot']}/review" in page.links()
    assert "/pilots/" not in " ".join(browser("newcomer").get("/").links())


def test_a_place_that_is_offered_for_a_while_comes_before_earlier_events(browser, cast):
    def first():
        return browser("expert").get("/").soup.select_one("[aria-labelledby=events-title] li a")["href"]

    assert first() != f"/events/{cast['crowded_event']}/"
    browser("medlem").post(f"/events/{cast['crowded_event']}/cancel")
    assert first() == f"/events/{cast['crowded_event']}/"
    promote = browser("moderator").get(f"/events/{cast['crowded_event']}/desk?state=waiting")
    page = browser("moderator").get(promote.soup.select_one("tbody a")["href"] + "/promote")
    assert "tarjottu" in page.text("main") and "varattu" not in page.text("main")


def test_the_front_page_needs_few_queries(browser, count_queries):
    for name in ("member", "medlem", "contact", "moderator"):
        someone = browser(name)
        someone.get("/")
        assert count_queries(lambda reader=someone: reader.get("/")) <= 8

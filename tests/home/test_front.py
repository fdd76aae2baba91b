"""The front page: what waits for the reader herself comes first."""


def test_a_reviewer_finds_what_she_was_asked_to_review(browser, cast):
    page = browser("medlem").get("/")
    assert f"/pilots/{cast['hr_pilot']}/review" in page.links()
    assert "/pilots/" not in " ".join(browser("newcomer").get("/").links())


def test_the_front_page_needs_few_queries(browser, count_queries):
    for name in ("member", "medlem", "contact", "moderator"):
        someone = browser(name)
        someone.get("/")
        assert count_queries(lambda reader=someone: reader.get("/")) <= 8

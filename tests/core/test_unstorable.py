"""What no database takes is refused politely, on both."""

import pytest


@pytest.mark.parametrize(
    "url", ["/networks/a%00b/", "/networks/hr/members?q=%00", "/networks/hr/pages/%00", f"/discussions/{10**30}/", f"/materials/{10**12}/"]
)
def test_an_odd_address_is_no_crash(browser, url):
    assert browser("moderator").get(url).status in (200, 400, 404)


def test_an_odd_text_is_no_crash(browser):
    maija = browser("moderator")
    assert maija.post("/networks/hr/pages/new", title_fi="a\0b", body_fi="x\0y").status in (303, 400)
    assert maija.post("/networks/hr/members/invite", email="a\0b@extranet.example").status in (400, 422)

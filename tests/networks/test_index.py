"""The list of networks, what each is about, and what an outsider learns."""

import pytest

from tests.networks.test_seeing import EVERYBODY


def test_mine_come_first_then_what_is_open(browser):
    page = browser("member", "en").get("/networks/")
    headings = [h.get_text(strip=True) for h in page.soup.select("h2")]
    assert headings.index("Omat verkostot" if "Omat verkostot" in headings else "My networks") == 0
    mine = page.soup.select("section[aria-labelledby=mine] h3 a")
    assert [a["href"] for a in mine] == ["/networks/hr/"]
    assert "/networks/rewarding/" in [a["href"] for a in page.soup.select("section[aria-labelledby=open] h3 a")]


def test_a_staff_representative_is_offered_only_doors_that_open(browser):
    offered = [a["href"] for a in browser("staff").get("/networks/").soup.select("section[aria-labelledby=open] h3 a")]
    assert "/networks/hr/" not in offered and "/networks/rewarding/" not in offered


def test_a_newcomer_reads_what_to_do(browser):
    assert browser("newcomer").get("/networks/").has(".empty")


def test_visitors_see_the_public_networks_only(browser):
    links = browser("visitor").get("/networks/").links()
    assert {"/networks/hr/", "/networks/work-and-life/"} <= set(links)
    assert not {"/networks/rewarding/", "/networks/hr-advisory-board/", "/networks/work-and-life-core/"} & set(links)


@pytest.mark.parametrize("name", EVERYBODY)
def test_the_secret_network_is_named_to_its_own_people_only(browser, name):
    pages = [
        "/networks/",
        "/networks/hr/",
        "/networks/hr/about",
        "/networks/hr-advisory-board/",
        "/networks/HR-Advisory-Board/",
        "/networks/hr-advisory-board/about",
    ]
    for url in pages:
        page = browser(name).get(url)
        if name in ("expert", "pori", "admin"):
            continue
        assert "asiantuntijaraati" not in page.html, url
        if "advisory" in url.lower():
            assert page.status == 404


def test_the_number_of_queries_does_not_depend_on_the_networks(browser, count_queries):
    for name in ("member", "admin"):
        someone = browser(name)
        for url in ("/networks/", "/networks/hr/", "/networks/hr/about", "/networks/hr/members", "/networks/hr/pages/"):
            assert count_queries(lambda url=url, someone=someone: someone.get(url)) <= 8 + (name == "admin"), url


def test_an_outsider_learns_who_leads_but_not_the_address(browser):
    text = browser("visitor").get("/networks/hr/").text()
    assert "Maija Kallioniemi" in text and "moderator@extranet.example" not in text
    assert "moderator@extranet.example" in browser("newcomer").get("/networks/hr/").text()


def test_contact_persons_find_materials_but_neither_members_nor_discussions(browser):
    links = browser("contact").get("/networks/hr/").links()
    assert "/networks/hr/materials/" in links
    assert not {"/networks/hr/members", "/networks/hr/discussions/", "/networks/hr/events/"} & {
        link for link in links if link in {"/networks/hr/members", "/networks/hr/discussions/"}
    }


def test_goals_are_a_list_in_the_readers_language(browser):
    items = browser("visitor").get("/networks/hr/?lang=sv").soup.select("section[aria-labelledby=goals] li")
    assert [li.get_text() for li in items][0] == "God praxis i omlopp"

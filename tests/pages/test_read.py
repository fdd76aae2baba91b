"""Reading: languages, who sees what, the way between pages."""

import pytest

from extranet.pages.models import NetworkPage


def test_swedish_readers_get_swedish(browser):
    page = browser("medlem").get("/networks/hr/pages/aloita-tasta")
    assert page.text("h1") == "Börja här" and not page.has("main .callout")


def test_a_missing_translation_shows_the_other_language_and_says_so(browser, rows, cast):
    maija = browser("moderator")
    maija.submit(maija.get("/networks/hr/pages/aloita-tasta/edit"), "main form", title_sv="", body_sv="")
    linda = browser("medlem")
    page = linda.get("/networks/hr/pages/aloita-tasta")
    assert page.soup.select_one(".prose")["lang"] == "fi" and page.has("h1 [lang=fi]") and page.has("main .callout")
    assert not page.has(".badge--warn")
    assert maija.get("/networks/hr/pages/aloita-tasta").has(".badge--warn")
    assert maija.get("/networks/hr/pages/").has(".badge--warn")


def test_members_find_the_pages_in_their_order_and_editors_change_it(browser, rows):
    maija, milla = browser("moderator"), browser("member")

    def titles(page):
        return [a.get_text(strip=True) for a in page.soup.select(".list__title a")]

    assert titles(milla.get("/networks/hr/pages/")) == ["Aloita tästä", "Kuka voi liittyä"]
    fragment = maija.post("/networks/hr/pages/aloita-tasta/move", direction="down")
    assert fragment.status == 303
    assert titles(milla.get("/networks/hr/pages/")) == ["Kuka voi liittyä", "Aloita tästä"]
    maija.post("/networks/hr/pages/kuka-voi-liittya/move", direction="up")
    maija.post("/networks/hr/pages/aloita-tasta/move", direction="up")
    assert titles(milla.get("/networks/hr/pages/")) == ["Aloita tästä", "Kuka voi liittyä"]
    assert titles(maija.get("/networks/hr/pages/", target="list")) == ["Aloita tästä", "Kuka voi liittyä", "Ensi vuoden teemat"]


def test_a_page_cannot_be_public_where_the_network_is_not(browser, rows, cast):
    eero = browser("expert")
    url = "/networks/hr-advisory-board/pages/raadin-tyotapa"
    assert not eero.get(url).has("input[value=everybody]")
    assert eero.post(f"{url}/publish", **{"for": "everybody"}).status == 422
    assert not rows(NetworkPage, NetworkPage.id == cast["advisory_page"])[0].is_public


def test_a_page_goes_public_and_back(browser):
    maija, visitor = browser("moderator"), browser("visitor")
    url = "/networks/hr/pages/aloita-tasta"
    maija.submit(maija.get(url), "form:has(input[value=everybody])")
    assert visitor.get(url).status == 200 and url in visitor.get("/networks/hr/").links()
    maija.submit(maija.get(url), "form[action$='/unpublish']")
    assert visitor.get(url).status == 404 and browser("member").get(url).status == 404


def test_a_deleted_page_is_gone_but_kept(browser, rows, cast):
    maija = browser("moderator")
    maija.submit(maija.get("/networks/hr/pages/aloita-tasta/delete"), "main form")
    assert maija.get("/networks/hr/pages/aloita-tasta").status == 404
    assert "Aloita tästä" not in maija.get("/networks/hr/").text()
    assert rows(NetworkPage, NetworkPage.id == cast["hr_page"])[0].deleted_at is not None
    assert maija.post("/networks/hr/pages/new", title_fi="Aloita tästä").location.endswith("/aloita-tasta")


def test_nothing_is_written_in_an_archived_network(browser, rows):
    browser("admin").post("/networks/hr/state", state="archived")
    maija = browser("moderator")
    assert maija.get("/networks/hr/pages/ensi-vuoden-teemat").status == 200
    assert not maija.get("/networks/hr/pages/").has("a[href$='/new']")
    assert maija.post("/networks/hr/pages/aloita-tasta/edit", title_fi="X", seen="1").status == 403


@pytest.mark.parametrize(
    "data", [{"text": "**Hei** <img src=x onerror=y>"}, {"preview": "body_fi", "body_fi": "**Hei** <img src=x onerror=y>"}]
)
def test_the_preview_shows_safe_html_with_and_without_htmx(browser, data):
    milla = browser("member")
    whole = milla.post("/preview", **data)
    assert whole.text("#preview strong") == "Hei" and "<img" not in whole.html.split('id="preview"')[1].split("</section>")[0]
    block = milla.post("/preview", target="preview", **data)
    assert "<html" not in block.html and "<strong>Hei</strong>" in block.html


def test_the_number_of_queries_does_not_grow_with_the_pages(browser, count_queries):
    maija, milla = browser("moderator"), browser("member")
    milla.get("/networks/hr/pages/")
    few = count_queries(lambda: milla.get("/networks/hr/pages/"))
    for number in range(30):
        maija.post("/networks/hr/pages/new", title_fi=f"Sivu {number}")
        maija.post(f"/networks/hr/pages/sivu-{number}/publish")
    assert count_queries(lambda: milla.get("/networks/hr/pages/")) == few <= 8
    assert count_queries(lambda: milla.get("/networks/hr/pages/sivu-7")) <= 8

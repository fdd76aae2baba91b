"""A material that is a page elsewhere: added, found, opened, edited; no file, no versions."""

import pytest

from extranet.audit.models import AuditEvent
from extranet.jobs.models import Job
from extranet.materials.models import Download, Material, MaterialKind, MaterialState, MaterialVersion
from extranet.notifications.models import Notification

NEW = "/networks/hr/materials/link"
ADDRESS = "https://www.tyoturva.example/opas?sivu=2#alku"
DESCRIBED = {"title_fi": "Työturvan opas", "language": "fi", "audience": "all", "sharing": "own_use"}


@pytest.fixture
def link(browser, rows):
    moderator = browser("moderator")
    page = moderator.post(NEW, follow=True, **DESCRIBED, link_url=ADDRESS)
    link = rows(Material)[-1]
    assert (link.state, page.response.request.path) == (MaterialState.DRAFT, f"{link.path}publish")
    moderator.submit(page, f"form[action='{link.path}publish']")
    return rows(Material)[-1]


def test_an_editor_adds_a_link_and_members_find_it(browser, rows, link, cast):
    assert (link.kind, link.link_url, link.state) == (MaterialKind.LINK, ADDRESS, MaterialState.PUBLISHED)
    assert rows(MaterialVersion, MaterialVersion.material_id == link.id) == []
    assert [job.name for job in rows(Job)] == ["materials.tell_members"]
    member = browser("member")
    for place in ("/networks/hr/materials/?q=tyoturva.example", "/materials/?kind=link"):
        found = member.get(place)
        assert "Työturvan opas" in found.text("#results")
        assert "tyoturva.example" in found.text("#results .meta")
        assert found.has(f"a[href='{link.path}file']:not([download])")
    page = member.get(link.path)
    assert "tyoturva.example" in page.text()
    assert not page.has("#versions") and not page.has(f"main a[href='{link.path}file'][download]")
    assert "Työturvan opas" in member.get("/networks/hr/").text()


def test_opening_leads_there_and_counts(browser, rows, link, cast):
    got = browser("member").get(f"{link.path}file")
    assert (got.status, got.location) == (303, ADDRESS)
    browser("member").client.head(f"{link.path}file")
    assert rows(Material, Material.id == link.id)[0].download_count == 1
    assert rows(Download) == []
    event = rows(AuditEvent, AuditEvent.name == "materials.open")[0]
    assert (event.user_id, event.thing_id) == (cast["member"], str(link.id))


def test_who_may_not_see_it_does_not_learn_where_it_leads(browser, link):
    for name, status in (("visitor", 302), ("staff", 404), ("newcomer", 404)):
        got = browser(name).get(f"{link.path}file")
        assert got.status == status
        assert "tyoturva" not in (got.location or "") + got.html


def test_a_member_suggests_a_link(browser, rows, cast):
    assert browser("member").post(NEW, **DESCRIBED, link_url="tyoturva.example/opas").status == 303
    link = rows(Material)[-1]
    assert (link.state, link.link_url) == (MaterialState.DRAFT, "https://tyoturva.example/opas")
    assert [n.user_id for n in rows(Notification)] == [cast["moderator"]]


@pytest.mark.parametrize(
    "address",
    ["", "opas", "javascript:alert(1)", "ftp://tyoturva.example/", "https://", "https://anna:salasana@tyoturva.example/", "//tyoturva.example",
     "https://tyoturva.example/a b", "https://tyoturva.example\\@muu.example/", "https://tyoturva.example:x/", "https://" + "x" * 1000 + ".example"],
)  # fmt: skip
def test_a_bad_address_gets_a_sentence_and_the_words_stay(browser, rows, address):
    before = len(rows(Material))
    page = browser("moderator").post(NEW, **DESCRIBED, link_url=address)
    assert page.status == 422
    assert page.text("#link_url-error")
    assert page.soup.select_one("[name=link_url]")["value"] == address
    assert page.soup.select_one("[name=title_fi]")["value"] == "Työturvan opas"
    assert len(rows(Material)) == before


def test_the_address_is_edited_and_there_is_no_file_to_replace(browser, rows, link):
    moderator = browser("moderator")
    form = moderator.get(f"{link.path}edit")
    assert not form.has("[name=kind]")
    page = moderator.submit(form, "main form", link_url="https://uusi.example/")
    assert page.status == 200
    after = rows(Material, Material.id == link.id)[0]
    assert (after.kind, after.link_url) == (MaterialKind.LINK, "https://uusi.example/")
    assert "uusi.example" in after.search_text
    assert f"{link.path}replace" not in moderator.get(link.path).links()
    assert moderator.get(f"{link.path}replace").status == 403
    assert moderator.get(f"{link.path}versions/1/file").status == 404

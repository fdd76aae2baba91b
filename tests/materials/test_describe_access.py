"""How accessible a material is: what its owner says, what the check advises, what a network lacks (D18)."""

import pytest
from sqlalchemy import update

from extranet.audit.models import AuditEvent
from extranet.core.db import db
from extranet.materials.models import Material, MaterialVersion
from extranet.previews.models import Preview, PreviewState


@pytest.fixture
def address(cast):
    return f"/materials/{cast['hr_material']}/"


@pytest.fixture
def preview(app, cast, rows):
    """What the check of the current file has found, or that it goes on."""

    def put(state=PreviewState.READY, **facts):
        current = rows(MaterialVersion, MaterialVersion.material_id == cast["hr_material"])[-1]
        with app.app_context():
            db.session.merge(Preview(sha256=current.sha256, mime=current.mime, state=state, facts=facts))
            db.session.commit()

    return put


@pytest.fixture
def image(app, cast):
    with app.app_context():
        db.session.execute(update(MaterialVersion).where(MaterialVersion.material_id == cast["hr_material"]).values(mime="image/png"))
        db.session.commit()


def test_what_the_owner_says_is_read_by_all(browser, address, rows):
    moderator = browser("moderator")
    form = moderator.get(f"{address}accessibility")
    moderator.submit(form, accessible="partly", note_fi="Taulukot puuttuvat tekstinä.", note_sv="Tabellerna saknas som text.")
    assert "Taulukot puuttuvat tekstinä." in browser("contact").get(address).text()
    assert "Tabellerna saknas som text." in browser("medlem").get(address).text()
    assert rows(AuditEvent, AuditEvent.name == "materials.describe_access")[0].detail == {"accessible": "partly"}


@pytest.mark.parametrize(
    ("fields", "selector"),
    [
        ({"accessible": "perhaps"}, "#accessible-error"),
        ({"accessible": "no"}, "#note_fi-error"),
        ({"accessible": "yes", "note_sv": "a" * 1001}, "#note_sv-error"),
    ],
)
def test_bad_input_is_said_at_its_field(browser, address, fields, selector):
    page = browser("moderator").post(f"{address}accessibility", **fields)
    assert page.status == 422 and page.has(selector)


def test_an_image_is_described_in_both_languages(browser, address, image, cast, rows):
    moderator = browser("moderator")
    form = moderator.get(f"{address}accessibility")
    page = moderator.submit(form, accessible="yes", alt_fi="Kaavio perehdytyksen viidestä vaiheesta")
    assert page.status == 422 and page.has("#alt_fi-error")
    moderator.submit(page, alt_sv="Diagram över fem steg i introduktionen")
    material = rows(Material, Material.id == cast["hr_material"])[0]
    assert (material.accessible, material.alt_text["sv"]) == ("yes", "Diagram över fem steg i introduktionen")


def test_friendly_advice_for_the_keepers_alone(browser, address, preview):
    preview(PreviewState.PENDING)
    assert browser("moderator").get(address).has("#access")
    preview(tagged=False, title="", language="fi", pages=2)
    page = browser("moderator").get(address)
    assert len(page.soup.select("[aria-labelledby=access] details")) == 2
    assert "Word" in page.text("[aria-labelledby=access]"), "each with a how-to"
    assert not browser("contact").get(address).has("#access")
    preview(tagged=True, title="Muistilista", language="fi", pages=2)
    assert not browser("moderator").get(address).has("[aria-labelledby=access] details")


def test_what_a_network_lacks(browser, address, preview, image, app, cast, count_queries):
    preview(tagged=False, title="", language="")
    moderator = browser("moderator")
    page = moderator.get("/networks/hr/materials/accessibility")
    shown = {row.select_one("a")["href"] for row in page.soup.select("tbody tr")}
    assert address in shown and f"/materials/{cast['hr_draft_material']}/" not in shown, "only what is in force"
    only = moderator.get("/networks/hr/materials/accessibility?lack=alt")
    assert [row.select_one("a")["href"] for row in only.soup.select("tbody tr")] == [address]
    moderator.post(f"{address}accessibility", accessible="yes", alt_fi="Kaavio", alt_sv="Diagram")
    assert address not in {
        row.select_one("a")["href"] for row in moderator.get("/networks/hr/materials/accessibility").soup.select("tbody tr")
    }
    assert count_queries(lambda: moderator.get("/networks/hr/materials/accessibility")) <= 6

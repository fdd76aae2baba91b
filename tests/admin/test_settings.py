"""What the service is called."""

import pytest

from extranet.audit.models import AuditEvent
from extranet.core.settings import Setting


def test_a_new_name_shows_on_every_page(browser, rows):
    admin = browser("admin")
    page = admin.submit(
        admin.get("/admin/settings/"), "main form", service_name_fi="Työnantajien portaali", service_email="apu@portaali.example"
    )
    assert page.text(".brand") == "Työnantajien portaali"
    assert "apu@portaali.example" in browser("member").get("/organisations/").text("footer")
    changed = [e.detail["setting"] for e in rows(AuditEvent, AuditEvent.name == "admin.change_setting")]
    assert sorted(changed) == ["service_email", "service_name"]


def test_saving_the_form_as_it_is_changes_nothing(browser, rows):
    admin = browser("admin")
    before = len(rows(Setting))
    assert admin.submit(admin.get("/admin/settings/"), "main form").status == 200
    assert len(rows(Setting)) == before


def test_the_switch_offers_the_languages_that_were_chosen(browser):
    admin = browser("admin")
    page = admin.submit(admin.get("/admin/settings/"), "main form", languages=["fi", "sv"])
    assert not page.has("[lang=en][name=lang]") and page.has("[lang=sv][name=lang]")


@pytest.mark.parametrize(
    "wrong",
    [
        {"service_email": "apu"},
        {"service_email": ""},
        {"languages": []},
        {"languages": ["et"]},
        {"service_name_fi": "", "service_name_sv": "", "service_name_en": ""},
    ],
)
def test_an_impossible_setting_is_refused(browser, rows, wrong):
    admin = browser("admin")
    before = len(rows(Setting))
    page = admin.submit(admin.get("/admin/settings/"), "main form", **wrong)
    assert page.status == 422 and page.has("[data-errors]")
    assert len(rows(Setting)) == before

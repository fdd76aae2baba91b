"""Saying something else about a material; two people at once lose nothing."""

import pytest

from extranet.materials.models import Material, Sharing


@pytest.fixture
def address(cast):
    return f"/materials/{cast['hr_material']}/"


def material(rows, cast):
    return rows(Material, Material.id == cast["hr_material"])[0]


def test_an_editor_changes_the_details(browser, address, rows, cast):
    moderator = browser("moderator")
    before = material(rows, cast)
    form = moderator.get(f"{address}edit")
    assert len(form.soup.select("[name=topics][checked]")) == 2
    page = moderator.submit(form, "main form", title_fi="Uusi nimi", title_sv="Nytt namn", topics=[], series="Sarja", review_due="")
    assert page.text("h1") == "Uusi nimi"
    after = material(rows, cast)
    assert (after.title, after.series, after.review_due) == ({"fi": "Uusi nimi", "sv": "Nytt namn"}, "Sarja", None)
    assert (after.sharing, after.kind) == (Sharing.MAY_FORWARD, before.kind)
    assert after.updated_at == before.updated_at, "readers got nothing new"
    assert "uusi nimi" in after.search_text and "muistilista kesätyöntekijälle 2.pdf" in after.search_text
    assert not moderator.get(f"{address}edit").has("[name=topics][checked]")


def test_the_second_of_two_sees_both_and_decides(browser, address, rows, cast):
    moderator, admin = browser("moderator"), browser("admin")
    first, second = moderator.get(f"{address}edit"), admin.get(f"{address}edit")
    assert moderator.submit(first, "main form", title_fi="Ensimmäisen nimi").status == 200
    page = admin.submit(second, "main form", title_fi="Toisen nimi")
    assert page.status == 422
    assert page.soup.select_one("[name=title_fi]")["value"] == "Toisen nimi"
    assert material(rows, cast).title["fi"] == "Ensimmäisen nimi"
    assert admin.submit(page, "main form").status == 200
    assert material(rows, cast).title["fi"] == "Toisen nimi"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title_fi", "x" * 201),
        ("kind", "link"),
        ("sharing", "everyone"),
        ("topics", "999999"),
        ("valid_from", "31.2.2026"),
        ("audience", ""),
    ],
)
def test_bad_values_get_a_sentence(browser, address, field, value):
    moderator = browser("moderator")
    page = moderator.submit(moderator.get(f"{address}edit"), "main form", **{field: value})
    assert page.status == 422
    assert page.has(f"#{field}-error")


def test_a_review_before_it_is_in_force(browser, address):
    moderator = browser("moderator")
    page = moderator.submit(moderator.get(f"{address}edit"), "main form", valid_from="2030-01-02", review_due="2030-01-01")
    assert page.has("#review_due-error")

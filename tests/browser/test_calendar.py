"""The month in a browser: by links with and without JavaScript; a table where there is room, a list on a phone."""

import pytest


@pytest.mark.parametrize("javascript", [True, False])
def test_from_month_to_month(open_as, javascript):
    page = open_as("member", "/calendars/month?month=2027-01", javascript=javascript)
    page.get_by_role("link", name="Seuraava kuukausi").click()
    page.get_by_role("heading", name="Helmikuu 2027").wait_for()
    assert "month=2027-02" in page.url
    page.get_by_role("link", name="Tämä kuukausi").click()
    page.locator('td[aria-current="date"]').wait_for()


@pytest.mark.parametrize(("width", "days"), [(1280, True), (320, False)])
def test_empty_days_are_left_out_on_a_phone(open_as, width, days):
    page = open_as("member", "/calendars/month?month=2031-01", width=width)
    assert page.get_by_role("columnheader").first.is_visible() is days
    assert page.locator("td.is-empty").first.is_visible() is days


@pytest.mark.parametrize("javascript", [True, False])
def test_the_secret_address(open_as, javascript):
    page = open_as("newcomer", "/calendars/", javascript=javascript)
    page.get_by_role("button", name="Luo salainen osoite").click()
    first = page.get_by_label("Kalenterin osoite").input_value()
    page.get_by_role("button", name="Luo uusi salainen osoite").click()
    page.get_by_text("Vanha ei enää toimi").wait_for()
    assert page.get_by_label("Kalenterin osoite").input_value() != first

"""Dates, times, numbers, money and sizes as Finns, Finland's Swedes and English readers write them."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from extranet.core import i18n
from extranet.core.text import LocalText

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)  # a Monday, ten o'clock in Helsinki
NB = "\u00a0"


@pytest.fixture(params=["fi", "sv", "en"])
def language(request, app):
    with time_machine.travel(NOW, tick=False), app.test_request_context(f"/?lang={request.param}"):
        yield request.param


def at(day: int, month: int, hour: int = 5, minute: int = 52, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def test_days(language):
    assert i18n.format_day(date(2017, 3, 21)) == "21.3.2017"
    assert (
        i18n.format_day(date(2017, 3, 21), weekday=True) == {"fi": "ti 21.3.2017", "sv": "tis 21.3.2017", "en": "Tue 21.3.2017"}[language]
    )
    assert i18n.format_day(None) == ""


def test_a_day_is_the_day_in_helsinki(language):
    assert i18n.format_day(at(20, 11, hour=23)) == "21.11.2026"


def test_how_long_ago(language):
    words = {
        "fi": ("tänään", "eilen", "pe 20.11.", "12.3.2026"),
        "sv": ("i dag", "i går", "fre 20.11.", "12.3.2026"),
        "en": ("today", "yesterday", "Fri 20.11.", "12.3.2026"),
    }[language]
    assert tuple(i18n.format_ago(day) for day in (at(23, 11), at(22, 11), at(20, 11), at(12, 3))) == words


def test_last_year_always_has_its_year(language):
    with time_machine.travel(datetime(2027, 1, 5, 10, tzinfo=UTC), tick=False):
        assert i18n.format_ago(at(20, 12)) == "20.12.2026"


def test_moments(language):
    told = {"fi": f"tänään klo{NB}7.52", "sv": f"i dag kl.{NB}7.52", "en": f"today at{NB}7:52"}[language]
    assert i18n.format_moment(at(23, 11)) == told


def test_spans_in_one_day_and_over_several(language):
    one = {
        "fi": f"to 26.11.2026 klo{NB}9.00–15.30",
        "sv": f"tors 26.11.2026 kl.{NB}9.00–15.30",
        "en": f"Thu 26.11.2026 at{NB}9:00–15:30",
    }[language]
    assert i18n.format_span(at(26, 11, 7, 0), at(26, 11, 13, 30)) == one
    two = {
        "fi": f"to 26.11.2026 klo{NB}9.00 – pe 27.11.2026 klo{NB}15.30",
        "sv": f"tors 26.11.2026 kl.{NB}9.00 – fre 27.11.2026 kl.{NB}15.30",
        "en": f"Thu 26.11.2026 at{NB}9:00 – Fri 27.11.2026 at{NB}15:30",
    }[language]
    assert i18n.format_span(at(26, 11, 7, 0), at(27, 11, 13, 30)) == two


def test_numbers_money_and_sizes(language):
    assert i18n.format_number(1055) == {"fi": f"1{NB}055", "sv": f"1{NB}055", "en": "1,055"}[language]
    assert i18n.format_number(0.5) == {"fi": "0,5", "sv": "0,5", "en": "0.5"}[language]
    assert i18n.format_money(1250) == {"fi": f"12,50{NB}€", "sv": f"12,50{NB}euro", "en": "€12.50"}[language]
    assert i18n.format_money(123456) == {"fi": f"1{NB}234,56{NB}€", "sv": f"1{NB}234,56{NB}euro", "en": "€1,234.56"}[language]
    assert i18n.format_size(1_400_000) == {"fi": f"1,4{NB}Mt", "sv": f"1,4{NB}MB", "en": f"1.4{NB}MB"}[language]
    assert i18n.format_size(900) == {"fi": f"900{NB}t", "sv": f"900{NB}B", "en": f"900{NB}B"}[language]


def test_the_month_of_the_date_block(language):
    assert i18n.month_name(date(2026, 11, 26)) == {"fi": "marras", "sv": "nov", "en": "Nov"}[language]


def test_a_text_that_exists_in_another_language_only_says_so(language):
    text = LocalText({"fi": "Palkat & palkkiot"})
    marked = '<span lang="fi">Palkat &amp; palkkiot</span>'
    assert i18n.local_markup(text) == (text["fi"] if language == "fi" else marked)
    assert i18n.local_plain(text) == "Palkat & palkkiot"

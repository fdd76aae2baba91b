"""Three languages from .po files read at start, the reader's language, and dates and numbers as Finns write them."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from babel import Locale
from babel.dates import format_date as babel_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import NullTranslations, Translations
from flask import Flask, g, has_request_context, request
from flask_babel import Babel, Domain, force_locale
from flask_babel import gettext as _gettext
from flask_babel import lazy_gettext as _lazy_gettext
from flask_babel import ngettext as _ngettext
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup
from wtforms.i18n import messages_path

from extranet.core import clock
from extranet.core.paths import TRANSLATIONS
from extranet.core.text import LocalText

LANGUAGES = {"fi": "Suomi", "sv": "Svenska", "en": "English"}
DEFAULT_LANGUAGE = "fi"
COOKIE = "language"
NBSP = "\u00a0"

gettext: Callable[..., str] = _gettext
ngettext: Callable[..., str] = _ngettext
lazy_gettext = _lazy_gettext

_forced: ContextVar[str | None] = ContextVar("language", default=None)


@contextmanager
def in_language(language: str) -> Iterator[None]:
    """Everything inside speaks that language: a letter to somebody who reads another one than this page."""
    token = _forced.set(language)
    try:
        with force_locale(language):
            yield
    finally:
        _forced.reset(token)


@lru_cache
def catalogue(language: str) -> NullTranslations:
    """The translations of one language; English is what the source itself says."""
    path = TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"
    if language == "en" or not path.exists():
        return NullTranslations()
    buffer = io.BytesIO()
    with path.open("rb") as source:
        write_mo(buffer, read_po(source, locale=language, abort_invalid=True))
    buffer.seek(0)
    return Translations(buffer)


@lru_cache
def form_catalogue(language: str) -> NullTranslations:
    """The few sentences that WTForms itself says."""
    return Translations.load(messages_path(), [language], domain="wtforms")


class FormWords:
    """What Flask-WTF looks for at the request; otherwise it reads a file anew for every page with a form."""

    def ugettext(self, text: str) -> str:
        return str(form_catalogue(current_language()).ugettext(text))

    def ungettext(self, one: str, many: str, number: int) -> str:
        return str(form_catalogue(current_language()).ungettext(one, many, number))


class PoDomain(Domain):  # type: ignore[misc]
    """Gettext without .mo files: no build step in a checkout, a wheel or a test."""

    def get_translations(self) -> Any:
        return catalogue(current_language())


_domain = PoDomain()


class PoBabel(Babel):  # type: ignore[misc]
    domain_instance = property(lambda self: _domain)


def current_language() -> str:
    """The language of this page or letter: "fi", "sv" or "en". Asked for every string, so a request remembers the answer."""
    if forced := _forced.get():
        return forced
    try:
        known: str = g.language
    except (AttributeError, RuntimeError):  # not remembered yet, or no page is being made
        return _find_language()
    return known


def _find_language() -> str:
    if not has_request_context():
        return DEFAULT_LANGUAGE
    language = pick_language()
    if "viewer" in g:
        g.language = language
    return language


def pick_language() -> str:
    """`?lang=`, else the profile's, else the cookie's, else the browser's, else Finnish (domain.md §7.9)."""
    viewer = g.get("viewer")
    for wish in (request.args.get("lang"), viewer.language if viewer else None, request.cookies.get(COOKIE)):
        if wish in LANGUAGES:
            return str(wish)
    return request.accept_languages.best_match(list(LANGUAGES), DEFAULT_LANGUAGE) or DEFAULT_LANGUAGE


def init_app(app: Flask) -> None:
    app.extensions_babel = PoBabel(  # type: ignore[attr-defined]
        app,
        default_locale=DEFAULT_LANGUAGE,
        default_domain=_domain,
        locale_selector=lambda: pick_language() if has_request_context() else DEFAULT_LANGUAGE,
    )
    words = FormWords()

    @app.before_request
    def _bring_words() -> None:
        request.wtforms_translations = words  # type: ignore[attr-defined]

    # Bound to the catalogue once per call instead of looking the locale up for every string.
    # `say` in place of Jinja's own `_`, which goes through the context three times for each string.
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda s: catalogue(current_language()).ugettext(s),
        lambda s, p, n: catalogue(current_language()).ungettext(s, p, n),
        newstyle=True,
    )
    app.jinja_env.globals.update(_=say, gettext=say)
    app.jinja_env.filters.update(
        local=local_markup,
        local_plain=local_plain,
        local_html=local_html,
        stored_html=stored_html,
        day=format_day,
        long_day=format_long_day,
        month=format_month,
        moment=format_moment,
        clock=format_clock,
        ago=format_ago,
        span=format_span,
        number=format_number,
        money=format_money,
        size=format_size,
    )


@pass_eval_context
def say(context: EvalContext, message: str, **variables: Any) -> str:
    """`_("…")` in a template. A sentence is a format string also where it has no variables, as Jinja has it."""
    language = current_language()
    if not variables:
        return _plain(language, message, context.autoescape)
    return _sentence(language, message, context.autoescape) % variables


@lru_cache(maxsize=8192)
def _sentence(language: str, message: str, is_html: bool) -> str:
    text = str(catalogue(language).ugettext(message))
    return Markup(text) if is_html else text  # noqa: S704  sentences of ours; what is put into them is escaped


@lru_cache(maxsize=8192)
def _plain(language: str, message: str, is_html: bool) -> str:
    nothing: dict[str, Any] = {}
    return _sentence(language, message, is_html) % nothing


def local_plain(text: LocalText) -> str:
    """A text in the reader's language, for titles and attributes."""
    return _local(text).choose(current_language())[0]


def local_markup(text: LocalText) -> str | Markup:
    """A text in the reader's language; one that exists only in another is marked with `lang` (I-31)."""
    wanted = current_language()
    chosen, language = _local(text).choose(wanted)
    if language == wanted or not chosen:
        return chosen
    return Markup('<span lang="{}">{}</span>').format(language, chosen)


def local_html(html: LocalText) -> Markup:
    """Stored, already safe HTML in the reader's language, in a block that htmx leaves alone."""
    chosen, language = LocalText(html or {}).choose(current_language())
    return Markup('<div class="prose" lang="{}" hx-ignore>{}</div>').format(language, stored_html(chosen))


def _local(text: LocalText | None) -> LocalText:
    """Rows have a LocalText; a parameter of a notification is a plain mapping, and an outer join may bring nothing."""
    return text if isinstance(text, LocalText) else LocalText(text or {})


def stored_html(html: str) -> Markup:
    """HTML that `core.text.render_markdown` made and cleaned when the text was written. What is wide scrolls, by keyboard too."""
    if "<table>" in html:
        scrolls = Markup('<div class="table-wrap" role="group" tabindex="0" aria-label="{}"><table>').format(gettext("Table"))
        html = html.replace("<table>", scrolls).replace("</table>", "</table></div>")
    return Markup(html.replace("<pre>", '<pre tabindex="0">'))  # noqa: S704


def _day_only(value: date | datetime) -> date:
    return clock.local(value).date() if isinstance(value, datetime) else value


def format_clock(moment: datetime) -> str:
    """ "9.00" in Finnish and Swedish, "9:00" in English."""
    at = clock.local(moment)
    return f"{at.hour}:{at.minute:02}" if current_language() == "en" else f"{at.hour}.{at.minute:02}"


def _at(time: str) -> str:
    return {"fi": f"klo{NBSP}{time}", "sv": f"kl.{NBSP}{time}", "en": f"at{NBSP}{time}"}[current_language()]


def format_day(value: date | datetime | None, weekday: bool = False) -> str:
    """ "21.3.2017"; with its weekday "ti 21.3.2017"."""
    if value is None:
        return ""
    day = _day_only(value)
    text = f"{day.day}.{day.month}.{day.year}"
    return f"{weekday_name(day)} {text}" if weekday else text


def format_long_day(value: date | datetime) -> str:
    """ "Maanantai 23.11.2026", as a sentence begins."""
    day = _day_only(value)
    name = str(babel_date(day, "cccc", locale=Locale(current_language())))
    return f"{name[:1].upper()}{name[1:]} {format_day(day)}"


def weekday_name(value: date | datetime) -> str:
    """ "ti", "tis" or "Tue"."""
    return _weekday(current_language(), _day_only(value))


@lru_cache(maxsize=4096)
def _weekday(language: str, day: date) -> str:
    return str(babel_date(day, "ccc", locale=Locale(language))).rstrip(".")


def month_name(value: date | datetime) -> str:
    """The short name for the date block: "marras", "nov"."""
    return _month(current_language(), _day_only(value).replace(day=1))


@lru_cache(maxsize=1024)
def _month(language: str, day: date) -> str:
    if language == "fi":
        return str(babel_date(day, "LLLL", locale="fi")).removesuffix("kuu")
    return str(babel_date(day, "LLL", locale=Locale(language))).rstrip(".")


def format_month(value: date | datetime) -> str:
    """ "marraskuu 2026", for headings of lists."""
    return str(babel_date(_day_only(value), "LLLL yyyy", locale=Locale(current_language())))


def format_moment(value: datetime | None) -> str:
    """ "tänään klo 7.52", "eilen klo 7.52", "pe 20.11. klo 7.52" within this year's half, then "12.3.2026 klo 7.52"."""
    if value is None:
        return ""
    return f"{format_ago(value)} {_at(format_clock(value))}"


def format_ago(value: datetime | date | None) -> str:
    """The day only: "tänään", "eilen", "pe 20.11.", then "12.3.2026"."""
    if value is None:
        return ""
    day, today = _day_only(value), clock.today()
    if day == today:
        return gettext("today")
    if day == today - timedelta(days=1):
        return gettext("yesterday")
    if abs((today - day).days) < 120 and day.year == today.year:
        return f"{weekday_name(day)} {day.day}.{day.month}."
    return format_day(day)


def format_span(start: datetime, end: datetime | None = None) -> str:
    """ "to 26.11.2026 klo 9.00–15.30"; over several days both ends have their day."""
    begin = f"{format_day(start, weekday=True)} {_at(format_clock(start))}"
    if end is None:
        return begin
    if _day_only(start) == _day_only(end):
        return f"{begin}–{format_clock(end)}"
    return f"{begin} – {format_day(end, weekday=True)} {_at(format_clock(end))}"


def format_number(value: float) -> str:
    """ "1 055" with a no-break space, "0,5" with a comma; "1,055" in English."""
    return _number(current_language(), value)


@lru_cache(maxsize=4096)
def _number(language: str, value: float) -> str:
    return str(format_decimal(value, locale=Locale(language)))


def format_money(cents: int) -> str:
    """ "12,50 €"; in Swedish "12,50 euro"; in English "€12.50"."""
    language = current_language()
    amount = str(format_decimal(cents / 100, format="#,##0.00", locale=Locale(language)))
    return {"fi": f"{amount}{NBSP}€", "sv": f"{amount}{NBSP}euro", "en": f"€{amount}"}[language]


def format_size(count: int) -> str:
    """ "1,4 Mt" in Finnish, "1,4 MB" otherwise; small files in kilobytes."""
    units = ("t", "kt", "Mt", "Gt") if current_language() == "fi" else ("B", "kB", "MB", "GB")
    value, unit = float(count), 0
    while value >= 1000 and unit < 3:
        value, unit = value / 1000, unit + 1
    digits = 0 if unit == 0 or value >= 100 else 1
    return f"{format_number(round(value, digits) if digits else round(value))}{NBSP}{units[unit]}"


def N_(message: str) -> str:  # noqa: N802
    """Mark a sentence for translation that is stored in English and translated when somebody reads it."""
    return message

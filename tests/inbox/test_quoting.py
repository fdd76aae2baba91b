"""What is left of a reply: its writer's own words. The corpus is our own letter, as programs quote it in three languages."""

import pytest

from extranet.accounts.models import User
from extranet.core.db import db
from extranet.inbox.message import read
from extranet.inbox.quoting import own_words
from extranet.mail.models import Letter
from tests.inbox.programs import CASES, PROGRAMS, arrows
from tests.jobs.work import work_off

WORDS = "Hei ja kiitos!\n\nMeillä on kaksi tapaa:\n\n- kysely (vko 40)\n- haastattelu\n\nMaija kirjoitti 3.11. hyvin, että aika riittää."


@pytest.fixture
def texts(app, browser, cast, rows):
    """The letter of one reply in each language."""
    found = {}
    for language in ("fi", "sv", "en"):
        with app.app_context():
            db.session.get_one(User, cast["member"]).language = language
            db.session.commit()
        browser("moderator").post(f"/discussions/{cast['hr_thread']}/reply", body=f"Kysely *joka* syksy.\n\n> lainaus\n\n- a {language}")
        work_off(app)
        found[language] = [letter for letter in rows(Letter) if letter.user_id == cast["member"]][-1].text
    return found


def test_every_program_and_language(app, texts):
    with app.app_context():
        for language, name in CASES:
            intro, quote = PROGRAMS[language][name]
            for way, text in {
                "whole": texts[language],
                "without our mark": "\n".join(texts[language].split("\n")[2:]),
                "the beginning alone": "\n".join(texts[language].split("\n")[:4]),
            }.items():
                assert own_words(f"{WORDS}\n\n{intro}{quote(text)}\n") == WORDS, (language, name, way)


@pytest.mark.parametrize(
    "signature",
    [
        "-- \nMaija Mäki\nhenkilöstöpäällikkö",
        "Terveisin\nMaija Mäki\nHenkilöstöpäällikkö\npuh. 040 000 0001\nwww.town.example",
        "Terv. Maija",
        "T. Maija",
        "Ystävällisin terveisin,\n\nMaija Mäki\n\nKaupunki\nKatu 1, 00100",
        "Yst. terv. Maija Mäki",
        "Kiittäen\nMaija",
        "Med vänlig hälsning\nAnna Ek\nPersonalchef",
        "Mvh Anna",
        "Hälsningar\nAnna",
        "Best regards,\nAnn",
        "Lähetetty iPhonesta",
        "Lähetetty Outlook for iOS:stä <https://aka.ms/o0ukef>",
        "Skickat från Outlook för Android",
        "Sent from my Galaxy",
        "Get Outlook for iOS<https://aka.ms/o0ukef>",
        "Terveisin\nMaija\n\nLähetetty iPhonesta",
    ],
    ids=lambda s: s.split("\n")[0],
)
def test_signatures_go(app, signature):
    with app.app_context():
        assert own_words(f"{WORDS}\n\n{signature}\n") == WORDS


@pytest.mark.parametrize(
    "text",
    [
        "Terveisin saatu palaute on ollut hyvää.",
        "Kirjoitti hän mitä tahansa: näin se on.",
        "Olen samaa mieltä.\n\nTerveisin\nMaija\n\nPS. Lomake on liitteenä.",
        "Tässä:\n\n> lainaan ohjetta\n\nja vastaan siihen.",
        "Aihe: palkka\nToinen rivi",
        "1 > 0",
        "Mvh",
    ],
)
def test_what_only_looks_like_it_stays(app, text):
    with app.app_context():
        assert own_words(text) == text


def test_answers_below_and_between_the_quote_are_kept(app, texts):
    intro = "Verkostoportaali kirjoitti 3.11.2026 klo 9.12:\n"
    with app.app_context():
        assert own_words(f"{intro}{arrows(texts['fi'])}\n\nVastaan tähän alle.\n") == "Vastaan tähän alle."
        between = f"{intro}> Kysely joka syksy.\n\nMeillä keväällä.\n\n> - a\n\nSama meillä.\n"
        assert own_words(between) == "> Kysely joka syksy.\n\nMeillä keväällä.\n\n> - a\n\nSama meillä."
        assert own_words(f"{intro}{arrows(texts['fi'])}\n") == ""


def test_a_letter_in_html_alone(app, answer, texts):
    quoted = texts["fi"].replace("\n", "<br>")
    outlook = (
        "<html><head><style>p {color: red}</style></head><body><div><p>Kiitos!</p><p>T&auml;m&auml; <b>auttoi</b>.<br>Toinen rivi.</p>"
        '<div id="divRplyFwdMsg"><b>Lähettäjä:</b> Verkostoportaali &lt;a@extranet.example&gt;<br><b>Lähetetty:</b> tiistai 3. marraskuuta 2026'
        f"<br><b>Vastaanottaja:</b> Maija<br><b>Aihe:</b> Re: x</div><div>{quoted}</div></div></body></html>"
    )
    gmail = (
        '<div dir="ltr">Kiitos!<div><br></div><div>Tämä auttoi.</div><div>Toinen rivi.</div></div><br><div class="gmail_quote">'
        f"<div>ti 3. marrask. 2026 klo 9.12 Portaali &lt;a@b.example&gt; kirjoitti:<br></div><blockquote>{quoted}</blockquote></div>"
    )
    for source in (outlook, gmail):
        message = answer()
        message.set_content(source, subtype="html")
        with app.app_context():
            assert own_words(read(message.as_bytes()).text) == "Kiitos!\n\nTämä auttoi.\nToinen rivi."


def test_hostile_text_takes_no_time(app):
    with app.app_context():
        for text in (
            "> " * 100_000,
            "on " * 60_000,
            "den skrev " * 20_000,
            "a\n" * 100_000,
            ("kirjoitti 1 " * 30 + "\n") * 500,
            "terv " * 40_000,
        ):
            own_words(text)

"""The programme of the demo's autumn day: talks, parallel workshops, a breakout of a theme network, breaks."""

from datetime import time
from typing import Any

from extranet.core import clock
from extranet.core.db import db
from extranet.core.text import LocalText
from extranet.demo.cast import Cast
from extranet.events.models import Event
from extranet.events.programme_models import Session, SessionType, Speaker

LECTURE, WORKSHOP, PANEL, BREAK, BREAKOUT = SessionType
VUORIO, NIEMELA = (
    ("Oskari Vuorio", "ennakointijohtaja", "Pohjanrannan hyvinvointialue"),
    ("Sari Niemelä", "HR-asiantuntija", "Kosken kunta"),
)
HARJU, BLOMBERG = (
    ("Tuomas Harju", "kehittämispäällikkö", "Lehtovaaran kaupunki"),
    ("Linda Blomberg", "chef för kompetensutveckling", "Sibbo kommun"),
)
# Type, begins, ends, title, room, what happens, slot, places, speakers.
AUTUMN_DAY: tuple[tuple[Any, ...], ...] = (
    (BREAK, "8.30", "9.00", ("Aamukahvi ja ilmoittautuminen", "Morgonkaffe och anmälan"), ("Aula", "Aulan"), None, "", None, ()),
    (LECTURE, "9.00", "10.30", ("Mistä tekijät tulevat vuonna 2030?", "Varifrån kommer arbetskraften år 2030?"), ("Valtuustosali", "Fullmäktigesalen"),
     ("Kolme lukua, joiden pitäisi näkyä jokaisessa henkilöstösuunnitelmassa.", "Tre siffror som borde synas i varje personalplan."), "", None, (VUORIO,)),
    (WORKSHOP, "10.45", "12.00", ("Ennakoiva henkilöstösuunnittelu", "Förutseende personalplanering"), ("Sali 2", "Sal 2"), None, "1", 14, (NIEMELA,)),
    (WORKSHOP, "10.45", "12.00", ("Osaamisen varmistaminen", "Att säkra kompetensen"), ("Kirjasto", "Biblioteket"), None, "1", 10, (HARJU,)),
    (BREAKOUT, "10.45", "12.00", ("Eri-ikäisten johtaminen", "Att leda olika åldrar"), ("Sali 3", "Sal 3"), None, "1", 12, (BLOMBERG,)),
    (BREAK, "12.00", "13.00", ("Lounas", "Lunch"), ("Ravintola", "Restaurangen"), None, "", None, ()),
    (PANEL, "13.00", "15.30", ("Henkilöstö, talous ja toiminta saman pöydän ääressä", "Personal, ekonomi och verksamhet vid samma bord"),
     ("Valtuustosali", "Fullmäktigesalen"), ("Päätteeksi työpajojen tulokset ja yhteiset seuraavat askeleet.", "Till sist workshoparnas resultat och gemensamma följande steg."),
     "", None, ()),
)  # fmt: skip


def add_autumn_day(cast: Cast, event: Event) -> None:
    """Give the event its sessions and their times; the breakout belongs to the theme network for wellbeing at work."""
    assert event.starts_at is not None  # noqa: S101  the cast's own
    day = clock.local(event.starts_at).date()
    event.starts_at, event.ends_at = clock.from_local(day, _time("8.30")), clock.from_local(day, _time("15.30"))
    for kind, begins, ends, title, room, text, slot, places, speakers in AUTUMN_DAY:
        session = Session(
            event_id=event.id, type=kind, starts_at=clock.from_local(day, _time(begins)), ends_at=clock.from_local(day, _time(ends)),
            title=_both(title), room=_both(room), description=_both(text), slot=slot, capacity=places,
            network_id=cast.networks["wellbeing"].id if kind == BREAKOUT else None,
            speakers=[Speaker(name=name, title=role, organisation=employer) for name, role, employer in speakers],
        )  # fmt: skip
        db.session.add(session)
        db.session.flush()
        if slot:
            cast.things.setdefault("workshop", session.id)
            cast.things["last_workshop"] = session.id


def _time(text: str) -> time:
    hours, minutes = text.split(".")
    return time(int(hours), int(minutes))


def _both(texts: tuple[str, str] | None) -> LocalText:
    return LocalText(fi=texts[0], sv=texts[1]) if texts else LocalText()

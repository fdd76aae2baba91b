"""Fills the networks with pages: what the network is for, how it works, and what has been collected."""

import random

from sqlalchemy import select

from extranet.core import clock
from extranet.core.db import db
from extranet.core.text import LocalText, render_local_markdown, slugify
from extranet.demo.cast import Cast
from extranet.demo.profiles import Profile
from extranet.pages.models import NetworkPage, NetworkPageVersion, PageState, missing_in

# Finnish title and text, Swedish title and text.
COMMON = (
    (
        "Näin verkosto toimii", "Verkosto tapaa muutaman kerran vuodessa ja keskustelee niiden välillä täällä.\n\n## Mistä sovitaan yhdessä\n\n- Teemat valitaan vuodeksi kerrallaan.\n- Jokainen tapaaminen tuottaa jotain, minkä voi ottaa käyttöön.\n- Keskeneräisestä saa kertoa.\n\n## Kuka auttaa\n\nVerkoston vetäjä vastaa tapaamisista ja sivuista.",
        "Så fungerar nätverket", "Nätverket träffas några gånger om året och diskuterar här däremellan.\n\n## Vad vi kommer överens om\n\n- Temana väljs för ett år i taget.\n- Varje träff ger något som kan tas i bruk.\n- Det är tillåtet att berätta om halvfärdiga saker.\n\n## Vem hjälper\n\nNätverksledaren ansvarar för träffarna och sidorna.",
    ),
    (
        "Vuosikello", "| Kuukausi | Mitä tehdään |\n|---|---|\n| Tammikuu | Teemat valitaan |\n| Huhtikuu | Kevään tapaaminen |\n| Syyskuu | Kokeilut alkavat |\n| Marraskuu | Syystapaaminen ja arviointi |",
        "Årsklocka", "| Månad | Vad som görs |\n|---|---|\n| Januari | Temana väljs |\n| April | Vårträff |\n| September | Försöken inleds |\n| November | Höstträff och utvärdering |",
    ),
    (
        "Usein kysyttyä", "## Kuka voi liittyä?\n\nVerkoston kohderyhmä on kerrottu etusivulla. Epäselvissä tapauksissa vetäjä auttaa.\n\n## Saako materiaalia jakaa?\n\nJokaisen materiaalin kohdalla lukee, saako sen jakaa oman organisaation esihenkilöille.",
        "Vanliga frågor", "## Vem kan gå med?\n\nNätverkets målgrupp framgår av startsidan. I oklara fall hjälper nätverksledaren.\n\n## Får materialet delas?\n\nFör varje material framgår om det får delas med cheferna i den egna organisationen.",
    ),
)  # fmt: skip
MISSING_SWEDISH = 9


def fill(cast: Cast, rng: random.Random, size: Profile) -> None:
    """Three pages for each network, nine of them without Swedish and the last of some still a draft (domain.md §5.2)."""
    missing = MISSING_SWEDISH - len([page for page in db.session.scalars(select(NetworkPage)) if "sv" in page.missing])
    for network in cast.networks.values():
        for position, (fi_title, fi, sv_title, sv) in enumerate(COMMON, 1):
            bilingual = position == 1 or missing <= 0
            missing -= not bilingual
            title = LocalText(fi=fi_title) | ({"sv": sv_title} if bilingual else {})
            body = LocalText(fi=fi) | ({"sv": sv} if bilingual else {})
            _add(network.id, LocalText(title), LocalText(body), position + 10, rng)


def _add(network_id: int, title: LocalText, body: LocalText, position: int, rng: random.Random) -> None:
    page = NetworkPage(
        network_id=network_id, slug=slugify(title["fi"]), title=title, body=body, body_html=render_local_markdown(body),
        missing=missing_in(title, body), position=position, state=PageState.DRAFT if rng.random() < 0.1 else PageState.PUBLISHED,
        created_at=clock.days_ago(300), updated_at=clock.days_ago(rng.randint(3, 200)),
    )  # fmt: skip
    db.session.add(page)
    db.session.flush()
    db.session.add(NetworkPageVersion(page_id=page.id, number=1, title=title, body=body, at=page.updated_at))

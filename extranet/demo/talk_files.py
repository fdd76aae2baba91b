"""The files of the demo's posts: small, real, and made here."""

import io

from extranet.demo.files.docx import make_docx
from extranet.demo.files.paper import Figures, Paper, Part
from extranet.demo.files.picture import draw_figures, draw_part
from extranet.demo.files.xlsx import make_xlsx
from extranet.storage import store
from extranet.storage.sniff import sniff

PATH = (
    Part("Ensimmäinen päivä", "", ("Avaimet, tunnukset ja työpari", "Kierros talossa, turvallisuus samalla", "Lounas yhdessä")),
    Part("Ensimmäinen viikko", "", ("Keneltä kysytään mitäkin", "Tietoturva ja salassapito", "Yksi oma tehtävä valmiiksi")),
    Part("Ensimmäinen kuukausi", "", ("Keskustelu: mikä yllätti", "Palkka, lomat ja poissaolot kerrattu", "Tavoitteet koeajalle")),
)
STEPS = Part("Perehdytyksen polku", "", tuple(f"{part.heading}: {part.points[0].lower()}" for part in PATH))
FIVE = Figures(
    "Henkilöstö yhdellä sivulla, prosenttia viime vuodesta", ("Luku", "%"),
    (("Poissaolot", 94), ("Lähtövaihtuvuus", 102), ("Avoimet tehtävät", 81), ("Kehityskeskustelut", 117), ("Työtapaturmat", 76)),
)  # fmt: skip
ANSWERED = Figures(
    "Kuusi kysymystä kuukaudessa, vastausprosentti", ("Kuukausi", "%"),
    tuple((f"{month}. kuukausi", percent) for month, percent in ((1, 74), (3, 79), (5, 72), (7, 68), (9, 77), (11, 75))),
)  # fmt: skip
MONTHS = (
    Part("Januari–mars", "Högst fyra saker per månad.", ("Semesterönskemål samlas in", "Personalrapporten skrivs", "Utvecklingssamtalen börjar")),
    Part("April–juni", "Sommaren förbereds.", ("Semestrarna fastställs", "Sommararbetarna introduceras", "Personalrapporten till fullmäktige")),
    Part("Juli–september", "Budgeten tar form.", ("Personalplanen ses över", "Utbildningsplanen utvärderas", "Löneförhandlingar förbereds")),
    Part("Oktober–december", "Året stängs.", ("Personalplanen behandlas", "Arbetarskyddets verksamhetsplan", "Sparade semesterdagar gås igenom")),
)  # fmt: skip
LIST = """Muistilista varahenkilölle

Ennen lomaa
- Tunnukset kokeillaan yhdessä, myös kaksivaiheinen tunnistus.
- Kesken olevat kyselyt käydään läpi: kuka odottaa vastausta ja mihin päivään asti.
- Sovitaan, mitkä asiat saavat odottaa.

Loman aikana
- Tiedotteet luetaan päivittäin ja välitetään johdolle samana päivänä.
- Tulkintakysymyksestä kirjataan kysymys, vastaus ja lähde.

Loman jälkeen
- Puolen tunnin palaveri ensimmäisenä aamuna.
"""


def _paper(title: str, lead: str, language: str, parts: tuple[Part, ...], figures: Figures) -> Paper:
    return Paper(title, lead, language, parts, figures)


def _path() -> bytes:
    figures = Figures("Perehdytykseen varattu aika tunteina", ("Vaihe", "tuntia"), (("Päivä", 6), ("Viikko", 8), ("Kuukausi", 5)))
    return make_docx(_paper("Perehdytyksen polku", "Kolme vaihetta, kussakin kolme asiaa. Muokkaa vapaasti.", "fi", PATH, figures))


def _wheel() -> bytes:
    figures = Figures("Antal saker per kvartal", ("Kvartal", "saker"), (("I", 3), ("II", 3), ("III", 3), ("IV", 3)))
    return make_xlsx(_paper("Årsklocka för HR", "Fyll i vem som ansvarar i kolumnen till höger.", "sv", MONTHS, figures))


MAKERS = {
    "runko.docx": ("Perehdytyksen polku.docx", _path),
    "arsklocka.xlsx": ("Årsklocka för HR.xlsx", _wheel),
    "muistilista.txt": ("Muistilista varahenkilölle.txt", LIST.encode),
    "sivu.png": ("Yhden sivun katsaus.png", lambda: draw_figures(FIVE, "fi", 110)),
    "kysely.png": ("Vastausprosentti.png", lambda: draw_figures(ANSWERED, "fi", 110)),
    "polku.png": ("Polku seinällä.png", lambda: draw_part(STEPS, "fi", 110)),
}


def make(name: str) -> dict[str, str | int]:
    """Write the file of that name into the store; what its row says of it."""
    title, maker = MAKERS[name]
    content = io.BytesIO(maker())
    mime = sniff(content) or "application/octet-stream"
    stored = store.put(content)
    return {"name": title, "mime": mime, "sha256": stored.sha256, "size": stored.size}

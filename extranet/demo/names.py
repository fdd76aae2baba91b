"""Invented people: common first names with surnames, titles from the employers' world."""

import random
from collections.abc import Iterator

from extranet.core.text import slugify

FIRST = [
    "Aino",
    "Eeva",
    "Helena",
    "Johanna",
    "Kaisa",
    "Katri",
    "Kirsi",
    "Laura",
    "Leena",
    "Liisa",
    "Maarit",
    "Marja",
    "Minna",
    "Mirja",
    "Niina",
    "Outi",
    "Paula",
    "Päivi",
    "Raija",
    "Riikka",
    "Ritva",
    "Saara",
    "Sanna",
    "Sari",
    "Satu",
    "Sirpa",
    "Suvi",
    "Tarja",
    "Tiina",
    "Tuula",
    "Ulla",
    "Venla",
    "Virpi",
    "Antti",
    "Ari",
    "Eero",
    "Esa",
    "Hannu",
    "Heikki",
    "Ilkka",
    "Jari",
    "Jukka",
    "Juha",
    "Kalle",
    "Kari",
    "Lauri",
    "Markku",
    "Matti",
    "Mika",
    "Mikko",
    "Olli",
    "Pekka",
    "Petri",
    "Risto",
    "Sami",
    "Seppo",
    "Tapio",
    "Timo",
    "Tuomas",
    "Ville",
]
LAST = [
    "Ahonen",
    "Alatalo",
    "Harjula",
    "Heikkinen",
    "Hiltunen",
    "Huttunen",
    "Hämäläinen",
    "Ikonen",
    "Jokinen",
    "Järvelä",
    "Kallio",
    "Karjalainen",
    "Kauppila",
    "Kettunen",
    "Kinnunen",
    "Koivisto",
    "Korhonen",
    "Koskela",
    "Kujala",
    "Laakso",
    "Lahtela",
    "Laine",
    "Lampinen",
    "Lehtola",
    "Leppänen",
    "Louhela",
    "Manninen",
    "Miettinen",
    "Mustonen",
    "Mäkelä",
    "Niemi",
    "Nieminen",
    "Nurmela",
    "Ojala",
    "Oksanen",
    "Paavola",
    "Pakarinen",
    "Peltola",
    "Pitkänen",
    "Pulkkinen",
    "Rantala",
    "Rautio",
    "Rissanen",
    "Saarinen",
    "Salmela",
    "Savolainen",
    "Siltala",
    "Suomela",
    "Takala",
    "Tuominen",
    "Turunen",
    "Uusitalo",
    "Vainio",
    "Vartiainen",
    "Väisänen",
    "Ylitalo",
]
FIRST_SV = [
    "Anna",
    "Camilla",
    "Christina",
    "Eva",
    "Gun",
    "Heidi",
    "Johanna",
    "Linda",
    "Maria",
    "Monica",
    "Pia",
    "Susanne",
    "Ulrika",
    "Anders",
    "Christian",
    "Fredrik",
    "Henrik",
    "Johan",
    "Kaj",
    "Kenneth",
    "Lars",
    "Magnus",
    "Mats",
    "Mikael",
    "Peter",
    "Robert",
    "Stefan",
    "Tom",
]
LAST_SV = [
    "Andersson",
    "Backman",
    "Bergström",
    "Björklund",
    "Blomqvist",
    "Ekholm",
    "Engström",
    "Forsman",
    "Granlund",
    "Gustafsson",
    "Hagman",
    "Holmberg",
    "Häggblom",
    "Jansson",
    "Karlsson",
    "Lindberg",
    "Lindroos",
    "Lundström",
    "Mattsson",
    "Nordström",
    "Nylund",
    "Rosenlund",
    "Sandström",
    "Sjöberg",
    "Söderholm",
    "Sundqvist",
    "Westerlund",
    "Wikström",
    "Åberg",
    "Öhman",
]
TITLES = (
    "henkilöstöjohtaja", "henkilöstöpäällikkö", "HR-asiantuntija", "hallintojohtaja", "palvelussuhdepäällikkö", "rekrytointiasiantuntija",
    "HR-suunnittelija", "kehitysjohtaja", "kunnansihteeri", "henkilöstöasiantuntija",
)  # fmt: skip
TITLES_SV = (
    "personaldirektör",
    "personalchef",
    "HR-sakkunnig",
    "förvaltningsdirektör",
    "rekryteringssakkunnig",
    "HR-planerare",
    "kommunsekreterare",
)


def make_names(rng: random.Random, swedish: bool) -> tuple[str, str, str]:
    """First name, last name and job title of somebody who does not exist."""
    first, last, titles = (FIRST_SV, LAST_SV, TITLES_SV) if swedish else (FIRST, LAST, TITLES)
    return rng.choice(first), rng.choice(last), rng.choice(titles)


class Addresses:
    """E-mail addresses that nobody has: first.last@organisation.example, numbered where two would be the same."""

    def __init__(self) -> None:
        self._taken: dict[str, int] = {}

    def next(self, first: str, last: str, organisation: str) -> str:
        base = f"{slugify(first)}.{slugify(last)}"
        domain = slugify(organisation)[:40] or "organisaatio"
        key = f"{base}@{domain}"
        self._taken[key] = count = self._taken.get(key, 0) + 1
        return f"{base}{count if count > 1 else ''}@{domain}.example"


def phones() -> Iterator[str]:
    """Numbers of a series that is given to nobody."""
    n = 0
    while True:
        n += 1
        yield f"+358 40 000 {n % 10000:04}"

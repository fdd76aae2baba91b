"""Fills the material library: guides, slides, forms and minutes with their versions, some past their review date."""

import io
import random
from datetime import timedelta
from typing import Any

from sqlalchemy import insert, select

from extranet.core import clock
from extranet.core.db import db
from extranet.core.text import LocalText, plain_excerpt, render_local_markdown
from extranet.demo.cast import Cast
from extranet.demo.files import make_pdf
from extranet.demo.profiles import Profile
from extranet.materials.models import (
    Audience,
    Material,
    MaterialKind,
    MaterialLanguage,
    MaterialState,
    MaterialVersion,
    Sharing,
    material_topic,
)
from extranet.materials.text import fold, sort_key
from extranet.networks.models import Membership, MembershipRole, MembershipState
from extranet.storage import store

G, S, F, R, P, M = (
    MaterialKind.GUIDE,
    MaterialKind.SLIDES,
    MaterialKind.FORM,
    MaterialKind.RECOMMENDATION,
    MaterialKind.PUBLICATION,
    MaterialKind.MINUTES,
)
# network, kind, Finnish title, Swedish title, Finnish abstract, topic
TITLES: tuple[tuple[str, MaterialKind, str, str, str, str], ...] = (
    ("hr", G, "Kesätyöntekijän perehdyttäjän tarkistuslista", "Checklista för introduktion", "Yksi sivu esihenkilölle: ensimmäinen aamu, ensimmäinen viikko ja loppukeskustelu.", "induction"),
    ("hr", F, "Henkilöstösuunnitelman pohja", "Mall för personalplan", "Valmis runko, johon täytetään oman organisaation luvut ja tavoitteet.", "staff-planning"),
    ("hr", G, "Lyhyt opas monipaikkaisen työn sopimiseen", "Kort guide om hybridarbete", "Mistä sovitaan yhdessä, mistä päättää työnantaja ja mitä kirjataan.", "remote-work"),
    ("hr", S, "Sairauspoissaolojen seuranta: esitys johtoryhmälle", "Uppföljning av sjukfrånvaro", "Kaksitoista diaa, joihin vaihdetaan omat luvut.", "hr-data"),
    ("hr", R, "Suositus henkilöstökertomuksen laadintaan", "Rekommendation om personalrapporten", "Tunnusluvut, rakenne ja esimerkit.", "hr-data"),
    ("hr", S, "Syystapaamisen esitykset", "Presentationer från höstträffen", "Kolmen puheenvuoron diat samassa tiedostossa.", "leadership"),
    ("hr", M, "Syystapaamisen muistio", "Promemoria från höstträffen", "Työpajojen tulokset ja yhteiset seuraavat askeleet.", "leadership"),
    ("hr", P, "Hyvät käytännöt 3: pienet teot työyhteisössä", "God praxis 3: små gärningar i arbetsgemenskapen", "Kahdeksan kuntaa kertoo, mitä kokeiltiin ja mitä jäi käyttöön.", "change"),
    ("hr", G, "Lähtöhaastattelun kysymykset", "Frågor för avgångsintervjun", "Kymmenen kysymystä ja ohje vastausten käsittelyyn.", "employer-image"),
    ("contact-persons", G, "Vuosilomien siirto vuodenvaihteessa", "Överföring av semester vid årsskiftet", "Esimerkit, päätösmalli ja määräajat.", "employment"),
    ("contact-persons", F, "Ilmoitus uudesta varahenkilöstä", "Anmälan om ny ersättare", "Lomake, jolla organisaatio ilmoittaa varahenkilön vaihtumisesta.", "employment"),
    ("contact-persons", G, "Palkantarkistusten valmistelu vaihe vaiheelta", "Så bereds lönejusteringarna", "Laskentaesimerkit ja päätösmalli esihenkilöille.", "rewarding"),
    ("contact-persons", S, "Kuukausikahvien diat", "Månadskaffets presentation", "Kuukauden aiheet ja vastaukset ennakkokysymyksiin.", "employment"),
    ("contact-persons", G, "Esihenkilön ohje: osa-aikaisuus ja hoitovapaa", "Chefens guide: deltid och vårdledighet", "Kuka päättää, missä ajassa ja mitä kirjataan.", "work-and-life"),
    ("contact-persons", R, "Paikallisen sopimisen muistilista", "Minneslista för lokala avtal", "Neuvottelun vaiheet ja sopimuksen vähimmäissisältö.", "cooperation"),
    ("wellbeing", G, "Varhaisen tuen keskustelun runko", "Samtalsstöd för tidigt stöd", "Puheeksi ottaminen, sopiminen ja seuranta kolmella sivulla.", "work-ability"),
    ("wellbeing", S, "Työkykyjohtamisen vuosi", "Arbetsförmågeledningens år", "Vuosikello ja vastuut yhdellä kuvalla.", "wellbeing-at-work"),
    ("wellbeing", P, "15 minuuttia palautumisesta", "15 minuter om återhämtning", "Puhekirjoitus taukojen merkityksestä.", "wellbeing-at-work"),
    ("competence", F, "Osaamiskartan pohja", "Mall för kompetenskarta", "Taulukko pienelle yksikölle ja täyttöohje.", "competence"),
    ("competence", G, "Kehityskeskustelun kysymyskortit", "Frågekort för utvecklingssamtal", "Tulosta, leikkaa ja valitse neljä.", "leadership"),
    ("rewarding", G, "Kertapalkkion periaatteet yhdellä sivulla", "Principer för engångspremier", "Perusteet, päätöspohja ja ohje esihenkilölle.", "rewarding"),
    ("rewarding", S, "Palkitsemisen malli pienessä kunnassa", "En modell för belöning i en liten kommun", "Vuoden kokemukset ja luvut.", "rewarding"),
    ("hr-data", F, "Johtoryhmän viisi lukua", "Ledningsgruppens fem tal", "Yhden sivun pohja, joka päivitetään neljännesvuosittain.", "hr-data"),
    ("hr-data", G, "Vaihtuvuuden laskeminen", "Att räkna omsättning", "Kolme tapaa ja milloin mitäkin käytetään.", "hr-data"),
    ("recruitment", F, "Työpaikkailmoituksen malli", "Modell för jobbannons", "Lyhyt ja selkeä ilmoitus, jossa palkka näkyy.", "recruitment"),
    ("recruitment", G, "Anonyymin rekrytoinnin vaiheet", "Anonym rekrytering steg för steg", "Mitä tietoja peitetään, kuka ne näkee ja milloin.", "diversity"),
    ("work-and-life", G, "Joustavan työajan kokeilu: ohje yksikölle", "Försök med flexibel arbetstid", "Miten kokeilu sovitaan, aloitetaan ja arvioidaan yhdessä.", "work-and-life"),
    ("work-and-life", S, "Verkostopäivän esitykset", "Presentationer från nätverksdagen", "Neljän kaupungin kokemukset.", "work-and-life"),
    ("work-and-life-core", M, "Toisen verkostopäivän muistio", "Promemoria från andra nätverksdagen", "Mallin luonnos ja kokeilujen aikataulu.", "work-and-life"),
    ("wellbeing-counties", S, "Rekrytoinnin yhteiset tunnusluvut", "Gemensamma nyckeltal för rekrytering", "Luvut ja niiden määritelmät.", "recruitment"),
    ("hr-advisory-board", M, "Raadin joulukuun muistio", "Panelens promemoria i december", "Ehdotukset seuraavan kauden teemoiksi.", "leadership"),
    ("inventive-solutions", P, "Kekseliäät ratkaisut: loppuraportti", "Finurliga lösningar: slutrapport", "Hankkeen tulokset ja kahdeksankymmentä ratkaisua.", "change"),
)  # fmt: skip
TEXT = [
    "Sovitaan ensin, mitä halutaan saada aikaan ja kuka siitä vastaa.",
    "Kirjataan lyhyesti, mitä tehdään, mihin mennessä ja miten tulosta seurataan.",
    "Kokeillaan yhdessä yksikössä ja kysytään palaute kahden viikon kuluttua.",
    "Otetaan käyttöön se, mikä toimi, ja luovutaan muusta.",
    "",
]
NOTES = ("Luvut päivitetty.", "Ruotsinkielinen osa lisätty.", "Esihenkilöiden palaute otettu huomioon.", "Kirjoitusvirheitä korjattu.")
YEARS = 4
BATCH = 500


def fill(cast: Cast, rng: random.Random, size: Profile) -> None:
    """Materials until there are as many as the profile says, with its number of versions in all."""
    have = len([key for key in cast.things if key.endswith("_material")])
    count, versions = size.materials - have, size.versions - have - 1
    files = _put_files()
    editors = _editors(cast)
    rows, topics = [], []
    for n in range(count):
        row, topic = _material(cast, rng, n, editors)
        row["version"] = 1 + (1 if n < versions - count else 0)
        rows.append(row)
        topics.append(cast.topics[topic].id)
    for start in range(0, count, BATCH):
        some = rows[start : start + BATCH]
        ids = list(db.session.scalars(insert(Material).returning(Material.id, sort_by_parameter_order=True), some))
        db.session.execute(insert(material_topic), [{"material_id": i, "topic_id": t} for i, t in zip(ids, topics[start:], strict=False)])
        db.session.execute(insert(MaterialVersion), [v for i, row in zip(ids, some, strict=True) for v in _versions(i, row, files, rng)])


def _put_files() -> dict[tuple[str, int], store.Stored]:
    """One PDF for each title and version: rows share them, as equal files are kept once."""
    files = {}
    for _network, _kind, fi, sv, abstract, _topic in TITLES:
        for number in (1, 2):
            lines = [abstract, "", "Esimerkkiaineistoa: kirjoitettu esittelyä varten.", f"Versio {number}", "", sv, ""]
            lines += TEXT * (5 + len(fi) % 23 + number)
            files[fi, number] = store.put(io.BytesIO(make_pdf(fi, lines)))
    return files


def _editors(cast: Cast) -> dict[int, int]:
    rows = db.session.execute(
        select(Membership.network_id, Membership.user_id).where(
            Membership.role == MembershipRole.LEAD, Membership.state == MembershipState.ACTIVE
        )
    )
    return {network_id: user_id for network_id, user_id in rows}


def _material(cast: Cast, rng: random.Random, n: int, editors: dict[int, int]) -> tuple[dict[str, Any], str]:
    slug, kind, fi, sv, abstract_fi, topic = TITLES[n % len(TITLES)]
    again = n // len(TITLES)
    days = rng.randint(2, 60) + again * rng.randint(20, 90) if again < YEARS * 4 else rng.randint(2, YEARS * 365)
    at = clock.days_ago(days)
    year = clock.local(at).year
    both = n % 4 != 3  # a quarter waits for its Swedish words
    title = LocalText(fi=f"{fi} {year}" if again else fi) | ({"sv": f"{sv} {year}" if again else sv} if both else {})
    if again > YEARS:
        title = {language: f"{text} ({again})" for language, text in title.items()}
    abstract = LocalText(fi=abstract_fi)
    network = cast.networks[slug]
    return {
        "network_id": network.id, "kind": kind, "title": title, "abstract": abstract, "abstract_html": render_local_markdown(abstract),
        "excerpt": LocalText(fi=plain_excerpt(abstract_fi)),
        "language": MaterialLanguage.BOTH if n % 3 == 0 else MaterialLanguage.SV if n % 7 == 5 else MaterialLanguage.FI,
        "audience": (Audience.ALL, Audience.HR, Audience.SUPERVISORS, Audience.MANAGEMENT)[n % 4],
        "sharing": Sharing.MAY_FORWARD if n % 2 else Sharing.OWN_USE,
        "owner_id": editors[network.id], "state": MaterialState.DRAFT if n % 29 == 28 else MaterialState.PUBLISHED,
        "created_at": at - timedelta(days=200), "published_at": None if n % 29 == 28 else at - timedelta(days=200), "updated_at": at,
        "year": year, "valid_from": clock.local(at).date(),
        # Five are past their review date (domain.md §5.2).
        "review_due": clock.today() - timedelta(days=3 + n) if n < 5 else clock.today() + timedelta(days=rng.randint(30, 700)),
        "series": "Hyvät käytännöt" if kind == P else "", "download_count": rng.randint(0, 180),
        "search_text": fold(" ".join([*title.values(), abstract_fi])),
        "title_key_fi": sort_key(title["fi"]), "title_key_sv": sort_key(title.get("sv", title["fi"])),
    }, topic  # fmt: skip


def _versions(
    material_id: int, row: dict[str, Any], files: dict[tuple[str, int], store.Stored], rng: random.Random
) -> list[dict[str, Any]]:
    name = next(fi for _network, _kind, fi, _sv, _abstract, _topic in TITLES if row["title"]["fi"].startswith(fi))
    made = []
    for number in range(1, row["version"] + 1):
        stored = files[name, number]
        made.append(
            {
                "material_id": material_id, "number": number, "file_name": f"{name}.pdf", "size": stored.size, "mime": "application/pdf",
                "sha256": stored.sha256, "note": "" if number == 1 else rng.choice(NOTES), "uploaded_by_id": row["owner_id"],
                "at": row["updated_at"] if number == row["version"] else row["created_at"],
            }
        )  # fmt: skip
    return made

"""The words of the demo's events, in Finnish and Swedish."""

from typing import NamedTuple

from extranet.events.kinds import Audience, EventType, Mode


class Meeting(NamedTuple):
    network: str
    type: EventType
    mode: Mode
    fi: str
    sv: str
    summary_fi: str
    summary_sv: str
    hour: int = 9
    hours: int = 3
    audience: Audience = Audience.NETWORK


MEETINGS = (
    Meeting("contact-persons", EventType.INFO_STREAM, Mode.REMOTE, "Sopimuskierroksen tilannekatsaus", "Lägesöversikt över avtalsrundan",
            "Missä mennään ja mitä työnantajan pitää tehdä seuraavaksi.", "Var vi står och vad arbetsgivaren ska göra härnäst.", 13, 1),
    Meeting("hr", EventType.MEETING, Mode.REMOTE, "Rekrytointikäytännöt, jotka toimivat", "Rekryteringspraxis som fungerar",
            "Kolme kuntaa kertoo, mitä ne lopettivat ja mitä jäi.", "Tre kommuner berättar vad de slutade med och vad som blev kvar.", 12, 3),
    Meeting("contact-persons", EventType.MEETING, Mode.REMOTE, "Yhteyshenkilöiden kuukausikahvit", "Kontaktpersonernas månadskaffe",
            "Ajankohtaiset tulkinnat ja vapaata keskustelua.", "Aktuella tolkningar och fri diskussion.", 14, 1),
    Meeting("hr", EventType.IDEA_WORKSHOP, Mode.ONSITE, "Henkilöstön saatavuus ja ennakointi", "Tillgången på personal: att ligga steget före",
            "Syystapaaminen: luento, työpajoja ja hyvää kahvia.", "Höstträffen: föreläsning, workshoppar och gott kaffe.", 9, 6),
    Meeting("hr", EventType.MEETING, Mode.HYBRID, "Itseohjautuvat ja hyvinvoivat työyhteisöt", "Självstyrande och välmående arbetsgemenskaper",
            "Esimerkki pienestä kunnasta ja katsaus kyselyn tuloksiin.", "Ett exempel från en liten kommun och en blick på enkätens resultat.", 9, 6),
    Meeting("rewarding", EventType.MEETING, Mode.REMOTE, "Palkitsemisen iltapäivä", "En eftermiddag om belöning",
            "Kertapalkkio, aika vai kiitos? Mitä pienellä rahalla voi tehdä.", "Engångspremie, tid eller ett tack? Vad man kan göra med små medel.", 12, 3),
    Meeting("wellbeing", EventType.INFO_BURST, Mode.REMOTE, "Tietotärsky: varhainen puheeksi ottaminen", "Informationsinslag: att ta upp saken i tid",
            "Kolme esimerkkiä ja yksi kortti, jota esihenkilöt käyttävät.", "Tre exempel och ett kort som cheferna använder.", 9, 2),
    Meeting("work-and-life", EventType.NETWORK_DAY, Mode.ONSITE, "Kolmas verkostopäivä Porissa", "Tredje nätverksdagen i Björneborg",
            "Kokeilujen tulokset pöydälle ja seuraavat askeleet yhdessä.", "Försökens resultat på bordet och nästa steg tillsammans.", 10, 5),
    Meeting("competence", EventType.TRAINING, Mode.ONSITE, "Perehdytyksen polku", "Introduktionens stig",
            "Rakennetaan yhdessä runko, jonka voi ottaa heti käyttöön.", "Vi bygger en stomme som kan tas i bruk genast.", 9, 6),
    Meeting("hr-data", EventType.MEETING, Mode.REMOTE, "Viisi lukua johtoryhmälle", "Fem siffror för ledningsgruppen",
            "Mitkä luvut auttavat päättämään, ja miten ne kerrotaan.", "Vilka siffror hjälper i besluten, och hur de berättas.", 9, 2),
    Meeting("recruitment", EventType.WEBINAR, Mode.REMOTE, "Anonyymi rekrytointi: vuoden kokemukset", "Anonym rekrytering: ett års erfarenheter",
            "Mitä muuttui hakijoissa, haastatteluissa ja valinnoissa.", "Vad som förändrades i ansökningar, intervjuer och val.", 13, 2, Audience.SIGNED_IN),
    Meeting("wellbeing-counties", EventType.MEETING, Mode.REMOTE, "HR-johdon kuukausitapaaminen", "HR-ledningens månadsträff",
            "Ajankohtaiset asiat ja yksi teema.", "Aktuella ärenden och ett tema.", 8, 1),
    Meeting("hr", EventType.MEETING, Mode.REMOTE, "Kevään katsaus: mitä verkostossa tapahtuu", "Vårens översikt: vad händer i nätverket",
            "Vuoden teemat ja tapaamiset yhdessä tunnissa.", "Årets teman och träffar på en timme.", 9, 1, Audience.CONTACT_PERSONS),
)  # fmt: skip

PROGRAMMES = (
    (
        "- **9.00** Tervetuloa ja päivän kulku\n- **9.15** Kolme kokemusta, kysymyksiä ja keskustelua\n- **10.45** Tauko\n- **11.00** Ryhmissä: mitä tästä voisi kokeilla meillä?\n- **11.45** Yhteiset johtopäätökset\n\nOta mukaan yksi esimerkki omasta organisaatiosta.",
        "- **9.00** Välkomna och dagens förlopp\n- **9.15** Tre erfarenheter, frågor och diskussion\n- **10.45** Paus\n- **11.00** I grupper: vad kunde vi pröva hos oss?\n- **11.45** Gemensamma slutsatser\n\nTa med ett exempel från din egen organisation.",
    ),
    (
        "Alustus, kaksi esimerkkiä ja aikaa kysymyksille. Esitykset tulevat verkoston materiaaleihin tapahtuman jälkeen.",
        "En inledning, två exempel och tid för frågor. Presentationerna läggs bland nätverkets material efter evenemanget.",
    ),
)
VENUES = (
    ("Porvoon taidetehdas", "Konstfabriken i Borgå", "Läntinen Aleksanterinkatu 1, Porvoo"),
    ("Hämeenlinnan raatihuone", "Rådhuset i Tavastehus", "Raatihuoneenkatu 9, Hämeenlinna"),
    ("Porin kaupungintalo, valtuustosali", "Björneborgs stadshus, fullmäktigesalen", "Hallituskatu 12, Pori"),
    ("Karkkilan kirjasto", "Högfors bibliotek", "Huhdintie 10, Karkkila"),
)

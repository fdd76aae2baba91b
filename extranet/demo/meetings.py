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
    Meeting("hr", EventType.IDEA_WORKSHOP, Mode.ONSITE, "Ideatyöpaja: työkykyjohtaminen arjessa", "Idéworkshop: arbetsförmågeledning i vardagen",
            "Alustus, kolme rinnakkaista työpajaa ja yhteinen lounas.", "En inledning, tre parallella workshoppar och gemensam lunch.", 9, 6),
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


class Group(NamedTuple):
    """One of the sessions that run side by side."""

    fi: str
    sv: str
    about_fi: str
    about_sv: str


GROUPS = (
    (
        Group("Varhainen tuki ilman lomakkeita", "Tidigt stöd utan blanketter", "Miten otan huolen puheeksi niin, että keskustelu jatkuu.", "Hur jag tar upp min oro så att samtalet fortsätter."),
        Group("Työn muokkaaminen", "Att anpassa arbetet", "Kolme tapausta, joissa työtä muutettiin eikä ihmistä.", "Tre fall där arbetet ändrades, inte människan."),
        Group("Paluu pitkän poissaolon jälkeen", "Tillbaka efter lång frånvaro", "Ensimmäisen viikon suunnitelma yhdelle sivulle.", "En plan för första veckan på en sida."),
    ),
    (
        Group("Lähtövaihtuvuus", "Avgångsomsättning", "Mitä luku kertoo ja mitä se kätkee.", "Vad talet berättar och vad det döljer."),
        Group("Sairauspoissaolot", "Sjukfrånvaro", "Vertailu naapuriin: milloin siitä on hyötyä.", "Att jämföra med grannen: när det är till nytta."),
        Group("Osaaminen ja eläköityminen", "Kompetens och pensionsavgångar", "Viiden vuoden ennuste, joka mahtuu yhteen kuvaan.", "En femårsprognos som ryms i en bild."),
    ),
)  # fmt: skip
# The first is to be chosen from a list, the second is answered by yes or no, the third in one's own words.
QUESTIONS = (
    ("Kuinka suuressa organisaatiossa työskentelet?", "Hur stor är din organisation?", ("alle 500 työntekijää | under 500 anställda", "500–2 000 | 500–2 000", "yli 2 000 | över 2 000")),
    ("Tarvitsetko pysäköintipaikan?", "Behöver du en parkeringsplats?", ()),
    ("Mistä toivot puhuttavan?", "Vad vill du att vi talar om?", ()),
)  # fmt: skip
ANSWERS = (
    "Pienten kuntien keinoista",
    "Om hur man kommer i gång",
    "Esihenkilöiden ajankäytöstä",
    "Mittareista",
    "Om samarbete över kommungränserna",
)
DIETS = (
    "kasvisruoka",
    "gluteeniton",
    "vegaaninen",
    "laktoositon",
    "vegetarisk kost",
    "maidoton, pähkinäallergia",
    "glutenfri",
    "kalaa, ei lihaa",
)
NEEDS = ("Induktiosilmukka, kiitos.", "Käytän pyörätuolia.", "Jag behöver materialet i förväg som text.")
MESSAGES = (
    "Ehdittekö käydä läpi myös sijaisten tilanteen?", "Hur har ni gjort i tvåspråkiga enheter?", "Kiitos, että otatte tämän aiheen.",
    "Voisiko esityksen saada etukäteen?",
)  # fmt: skip
TERMS = {
    "fi": "Peruminen on maksutonta 14 päivää ennen tilaisuutta. Sen jälkeen veloitetaan puolet hinnasta ja kahden viimeisen päivän aikana koko hinta. Paikan voi aina antaa työtoverille.",
    "sv": "Avbokning är avgiftsfri till 14 dagar före evenemanget. Därefter debiteras halva priset och under de två sista dagarna hela priset. Platsen kan alltid ges till en kollega.",
}
OPINIONS = {
    5: ("Juuri oikea määrä asiaa ja aikaa keskustella.", "Konkreta exempel som jag kan använda genast.", "Paras tapaaminen pitkään aikaan."),
    4: ("Hyvä sisältö, tauko olisi saanut olla pidempi.", "Bra upplägg, gärna mer tid för frågor.", "Ryhmätyö toimi yllättävän hyvin etänäkin."),
    3: ("Aihe oli tärkeä, mutta esimerkit koskivat suuria kaupunkeja.", "Ljudet hördes dåligt på distans."),
    2: ("Aikataulu petti heti alussa.", "För mycket läsande från diorna."),
    1: ("En saanut linkkiä ajoissa.",),
}  # fmt: skip
VENUES = (
    ("Porvoon taidetehdas", "Konstfabriken i Borgå", "Läntinen Aleksanterinkatu 1, Porvoo"),
    ("Hämeenlinnan raatihuone", "Rådhuset i Tavastehus", "Raatihuoneenkatu 9, Hämeenlinna"),
    ("Porin kaupungintalo, valtuustosali", "Björneborgs stadshus, fullmäktigesalen", "Hallituskatu 12, Pori"),
    ("Karkkilan kirjasto", "Högfors bibliotek", "Huhdintie 10, Karkkila"),
)

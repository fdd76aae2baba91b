"""The twelve networks of the demo, in Finnish and Swedish."""

from datetime import date, timedelta
from typing import Any

from extranet.accounts.models import User
from extranet.core import clock
from extranet.core.db import db
from extranet.core.text import LocalText, render_local_markdown
from extranet.networks.models import JoinPolicy, Membership, MembershipRole, MembershipState, Network, NetworkKind, NetworkState, Visibility

RULES = LocalText(
    fi="Kirjoita omalla nimellä ja arvosta muita.\n\n"
    "- Älä kirjoita kenenkään henkilötietoja.\n- Keskeneräisetkin ajatukset ovat tervetulleita.\n"
    "- Se, mitä verkostossa kerrotaan, käytetään kehittämiseen, ei neuvotteluihin.",
    sv="Skriv i eget namn och visa respekt för andra.\n\n"
    "- Skriv inte personuppgifter om någon.\n- Också halvfärdiga tankar är välkomna.\n"
    "- Det som berättas i nätverket används för utveckling, inte för förhandlingar.",
)
PUBLIC, LISTED, SECRET = Visibility.PUBLIC, Visibility.LISTED, Visibility.SECRET
THEMES = (
    ("wellbeing", "Työhyvinvoinnin johtaminen", "Ledning av arbetshälsa", "Työkykyä ja työhyvinvointia johdetaan tiedolla ja arjen teoilla.", "Arbetsförmåga och arbetshälsa leds med kunskap och med handlingar i vardagen."),
    ("competence", "Osaamisen johtaminen", "Kompetensledning", "Osaamisen ennakointi, perehdytys ja oppiminen työssä.", "Att förutse kompetensbehov, introducera nya och lära i arbetet."),
    ("rewarding", "Palkitseminen", "Belöning", "Palkitsemisen keinot, joilla on vaikutusta myös pienellä rahalla.", "Sätt att belöna som har effekt också med små medel."),
    ("hr-data", "Henkilöstötiedolla johtaminen", "Ledning med personaldata", "Luvuista päätöksiksi: henkilöstötieto johtoryhmän pöydällä.", "Från siffror till beslut: personaldata på ledningsgruppens bord."),
    ("recruitment", "Rekrytointi ja monimuotoisuus", "Rekrytering och mångfald", "Reilu rekrytointi ja monimuotoinen työyhteisö.", "Rättvis rekrytering och en mångfaldig arbetsgemenskap."),
)  # fmt: skip


MORE = (
    ("safety", "Työsuojelupäälliköt", "Arbetarskyddschefer"),
    ("swedish", "Ruotsinkielinen HR-verkosto", "Svenskspråkiga HR-nätverket"),
    ("small-employers", "Pienten kuntien henkilöstötyö", "Personalarbete i små kommuner"),
    ("change", "Muutosjohtaminen", "Förändringsledning"),
    ("remote-work", "Etätyö ja etäjohtaminen", "Distansarbete och distansledning"),
    ("induction", "Perehdytys", "Introduktion"),
    ("employer-image", "Työnantajakuva", "Arbetsgivarbild"),
    ("staff-planning", "Henkilöstösuunnittelu", "Personalplanering"),
)


def add_more_networks(lead: User, parent: Network, count: int) -> dict[str, Network]:
    """Up to eight further theme networks, for the full profile."""
    found = {}
    for slug, fi, sv in MORE[: max(count, 0)]:
        found[slug] = Network(
            slug=slug, name=LocalText(fi=fi, sv=sv), kind=NetworkKind.THEME, visibility=LISTED, join_policy=JoinPolicy.OPEN, employer_only=True,
            parent_id=parent.id, ground_rules=RULES, ground_rules_html=render_local_markdown(RULES), state=NetworkState.ACTIVE,
        )  # fmt: skip
        db.session.add(found[slug])
        db.session.flush()
        db.session.add(
            Membership(
                network_id=found[slug].id, user_id=lead.id, role=MembershipRole.LEAD, state=MembershipState.ACTIVE, joined_at=clock.days_ago(200)
            )
        )  # fmt: skip
    return found


def add_networks() -> dict[str, Network]:
    """Add the networks; returns them by slug."""
    found: dict[str, Network] = {}

    def add(
        slug: str,
        fi: str,
        sv: str,
        kind: NetworkKind,
        visibility: Visibility,
        policy: JoinPolicy,
        employer_only: bool,
        parent: str | None = None,
        **more: Any,
    ) -> None:
        network = Network(
            slug=slug,
            name=LocalText(fi=fi, sv=sv),
            kind=kind,
            visibility=visibility,
            join_policy=policy,
            employer_only=employer_only,
            parent_id=found[parent].id if parent else None,
            ground_rules=RULES,
            ground_rules_html=render_local_markdown(RULES),
            **{"state": NetworkState.ACTIVE, "starts_on": date(clock.today().year - 4, 1, 1)} | more,
        )
        db.session.add(network)
        db.session.flush()
        found[slug] = network

    add(
        "contact-persons", "Yhteyshenkilöverkosto", "Kontaktpersonsnätverket", NetworkKind.CONTACT_PERSONS, PUBLIC, JoinPolicy.NOMINATION, True,
        purpose=LocalText(fi="Työnantajan nimeämät yhteyshenkilöt ja varahenkilöt: tiedotteet, ohjeet ja asiantuntijat samassa paikassa.", sv="De kontaktpersoner och ersättare som arbetsgivaren har utsett: meddelanden, anvisningar och sakkunniga på samma ställe."),
        target_group=LocalText(fi="Organisaation nimeämät varsinaiset yhteyshenkilöt ja heidän varahenkilönsä.", sv="Ordinarie kontaktpersoner och deras ersättare som organisationen har utsett."),
        goals=LocalText(fi="Työnantajatieto kulkee johdolle asti\nSopimuksia tulkitaan yhdenmukaisesti\nPaikalliset kysymykset ratkaistaan lähellä", sv="Arbetsgivarinformationen når ledningen\nAvtalen tolkas enhetligt\nLokala frågor löses nära"),
        meeting_frequency=LocalText(fi="Kuukausikahvit joka kuun ensimmäisenä tiistaina.", sv="Månadskaffe första tisdagen i månaden."),
    )  # fmt: skip
    add(
        "hr", "HR-verkosto", "HR-nätverket", NetworkKind.HR, PUBLIC, JoinPolicy.REQUEST, True,
        purpose=LocalText(fi="Henkilöstöjohtamisen tekijät kehittävät työtä yhdessä ja tukevat toisiaan muutoksissa.", sv="De som arbetar med personalledning utvecklar arbetet tillsammans och stöder varandra i förändringar."),
        target_group=LocalText(fi="Henkilöstöjohto, kehittämispäälliköt ja asiantuntijat, jotka edustavat työnantajaa.", sv="Personalledning, utvecklingschefer och sakkunniga som företräder arbetsgivaren."),
        goals=LocalText(fi="Hyvät käytännöt kiertoon\nVertaistuki arjen kysymyksiin\nEnnakoiva ja strateginen ote", sv="God praxis i omlopp\nKollegialt stöd i vardagens frågor\nEtt förutseende och strategiskt grepp"),
        how_we_work=LocalText(fi="Tapaamme noin kuusi kertaa vuodessa ja keskustelemme niiden välillä täällä.", sv="Vi träffas ungefär sex gånger om året och diskuterar här däremellan."),
        meeting_frequency=LocalText(fi="Noin kuusi tapaamista vuodessa.", sv="Ungefär sex träffar om året."),
    )  # fmt: skip
    for slug, fi, sv, purpose_fi, purpose_sv in THEMES:
        add(slug, fi, sv, NetworkKind.THEME, LISTED, JoinPolicy.OPEN, True, "hr", purpose=LocalText(fi=purpose_fi, sv=purpose_sv))
    add(
        "hr-advisory-board", "HR-verkoston asiantuntijaraati", "HR-nätverkets sakkunnigpanel", NetworkKind.ADVISORY, SECRET, JoinPolicy.INVITATION, True, "hr",
        purpose=LocalText(fi="Raati valmistelee seuraavan kauden teemat.", sv="Panelen bereder temana för nästa period."),
    )  # fmt: skip
    add(
        "work-and-life", "Työ ja muu elämä", "Arbete och övrigt liv", NetworkKind.LEARNING, PUBLIC, JoinPolicy.OPEN, False,
        purpose=LocalText(fi="Työn ja muun elämän yhteensovittamista kokeillaan ja kehitetään yhdessä henkilöstön kanssa.", sv="Vi prövar och utvecklar sätt att förena arbete och övrigt liv, tillsammans med personalen."),
        target_group=LocalText(fi="Johto, kehittäjät ja henkilöstön edustajat.", sv="Ledning, utvecklare och företrädare för personalen."),
        goals=LocalText(fi="Opitaan toisten kokemuksista\nKokeillaan pienesti ja arvioidaan yhdessä", sv="Vi lär av varandras erfarenheter\nVi prövar i liten skala och utvärderar tillsammans"),
    )  # fmt: skip
    add(
        "work-and-life-core", "Työ ja muu elämä: ydintiimi", "Arbete och övrigt liv: kärnteamet", NetworkKind.DEVELOPMENT, LISTED, JoinPolicy.INVITATION, False, "work-and-life",
        purpose=LocalText(fi="Neljä kaupunkia kehittää mallia, jota oppimisverkosto kokeilee.", sv="Fyra städer utvecklar en modell som det lärande nätverket prövar."),
    )  # fmt: skip
    add(
        "wellbeing-counties", "Hyvinvointialueiden HR-johto", "Välfärdsområdenas HR-ledning", NetworkKind.EMPLOYER, LISTED, JoinPolicy.NOMINATION, True,
        purpose=LocalText(fi="Hyvinvointialueiden henkilöstöjohto kokoontuu kuukausittain.", sv="Personalledningen på välfärdsområdena träffas varje månad."),
    )  # fmt: skip
    add(
        "inventive-solutions", "Kekseliäät ratkaisut", "Finurliga lösningar", NetworkKind.PROJECT, PUBLIC, JoinPolicy.OPEN, False,
        purpose=LocalText(fi="Hanke keräsi kuntatyöpaikkojen ratkaisuja arjen pulmiin.", sv="Projektet samlade lösningar på vardagens problem från kommunala arbetsplatser."),
        state=NetworkState.ARCHIVED,
        ends_on=clock.today() - timedelta(days=200),
    )  # fmt: skip
    return found

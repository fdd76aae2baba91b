"""What the demo has of networks and their pages beyond who belongs where."""

import random
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from extranet.core import clock
from extranet.core.db import db
from extranet.core.text import LocalText, render_local_markdown, slugify
from extranet.demo.cast import Cast
from extranet.networks.models import Membership, MembershipState, OrganisationParticipation
from extranet.pages.models import NetworkPage, NetworkPageVersion, PageState, missing_in

HR_START = (
    LocalText(fi="Aloita tästä", sv="Börja här"),
    LocalText(
        fi="Tervetuloa HR-verkostoon. Tällä sivulla on se, mitä uusi jäsen tarvitsee ensimmäisellä viikolla.\n\n"
        "## Näin pääset alkuun\n\n1. Tarkista omat tietosi ja kieli.\n2. Kerro itsestäsi keskustelussa.\n3. Katso seuraava tapaaminen ja ilmoittaudu.\n\n"
        "## Keneltä kysyä\n\nVerkoston vetäjän yhteystiedot ovat etusivulla. Kysymys, joka kiinnostaa muitakin, kannattaa kirjoittaa keskusteluun.",
        sv="Välkommen till HR-nätverket. Här finns det som en ny medlem behöver den första veckan.\n\n"
        "## Så kommer du i gång\n\n1. Kontrollera dina uppgifter och språket.\n2. Berätta om dig själv i diskussionen.\n3. Se när nästa träff är och anmäl dig.\n\n"
        "## Vem kan man fråga\n\nNätverksledarens kontaktuppgifter finns på startsidan. En fråga som intresserar också andra skriver du helst i diskussionen.",
    ),
)
HR_PUBLIC = (
    LocalText(fi="Kuka voi liittyä", sv="Vem kan gå med"),
    LocalText(
        fi="Verkosto on tarkoitettu henkilöstötyön tekijöille, jotka edustavat työnantajaa kunnassa, kuntayhtymässä, hyvinvointialueella tai kuntakonsernissa. Nimikkeellä ei ole väliä.\n\nJäsenyyttä pyydetään verkoston etusivulta. Vastaus tulee yleensä kahdessa työpäivässä.",
        sv="Nätverket är avsett för dem som arbetar med personalfrågor och företräder arbetsgivaren i en kommun, en samkommun, ett välfärdsområde eller en kommunkoncern. Titeln spelar ingen roll.\n\nMedlemskap begärs på nätverkets startsida. Svaret kommer vanligen inom två arbetsdagar.",
    ),
)
HR_DRAFT = (LocalText(fi="Ensi vuoden teemat"), LocalText(fi="- palkitseminen\n- henkilöstötieto\n- eri-ikäisten johtaminen"))

# network, title fi, title sv, body fi, body sv: what fills the demo. An empty Swedish text is a gap for the editors' list.
MORE: tuple[tuple[str, str, str, str, str], ...] = (
    ("contact-persons", "Yhteyshenkilön tehtävä", "Kontaktpersonens uppgift", "Yhteyshenkilö koordinoi palvelussuhdeasioita ja välittää työnantajatiedon johdolle.\n\n- Selvitä paikallinen kysymys ensin omassa organisaatiossa.\n- Kysy sitten palvelun omistajan asiantuntijalta.\n- Kerro vastaus myös varahenkilölle.", "Kontaktpersonen samordnar anställningsfrågor och förmedlar arbetsgivarinformationen till ledningen.\n\n- Utred först den lokala frågan i den egna organisationen.\n- Fråga sedan tjänstens sakkunniga.\n- Berätta svaret också för ersättaren."),
    ("contact-persons", "Kun yhteyshenkilö vaihtuu", "", "Ilmoita uusi yhteyshenkilö organisaation sivulla. Edellisen pääsy päättyy samana päivänä.", ""),
    ("hr", "Vuosikello", "Årsklocka", "| Kuukausi | Mitä |\n| --- | --- |\n| tammikuu | teemat julki |\n| maaliskuu | ideatyöpaja |\n| toukokuu | henkilöstötieto |\n| lokakuu | teemapäivä |\n| marraskuu | syystapaaminen |", "| Månad | Vad |\n| --- | --- |\n| januari | temana publiceras |\n| mars | idéworkshop |\n| maj | personaldata |\n| oktober | temadag |\n| november | höstträff |"),
    ("hr", "Mentorointi verkostossa", "", "Kokeneempi jäsen tukee uutta. Parit kootaan kahdesti vuodessa; ilmoittaudu vetäjälle.", ""),
    ("wellbeing", "Varhaisen tuen malli", "Modell för tidigt stöd", "Puheeksi ottaminen, sovitut toimet, seuranta. Kirjaa vähän, tapaa usein.", "Ta upp saken, kom överens om åtgärder, följ upp. Anteckna lite, träffas ofta."),
    ("wellbeing", "Työkyvyn seurannan tunnusluvut", "", "Viisi lukua riittää: poissaolot, niiden kesto, varhaiseläkkeet, korvaava työ ja kyselyn tulos.", ""),
    ("competence", "Osaamiskartan runko", "", "Tehtävä, osaaminen nyt, osaaminen kahden vuoden päästä, miten kuilu kurotaan.", ""),
    ("rewarding", "Pienet palkkiot, iso vaikutus", "", "Kokoamme tähän keinot, joita jäsenet ovat kokeilleet.", ""),
    ("hr-data", "Tunnuslukujen sanasto", "Ordlista för nyckeltal", "**Henkilötyövuosi**: yhden kokoaikaisen vuoden työpanos.\n\n**Lähtövaihtuvuus**: päättyneet palvelussuhteet suhteessa henkilöstöön.", "**Årsverke**: arbetsinsatsen av en heltidsanställd under ett år.\n\n**Avgångsomsättning**: avslutade anställningar i förhållande till personalen."),
    ("recruitment", "Anonyymi haku askel askeleelta", "", "1. Rajaa tehtävä.\n2. Poista nimi, ikä ja osoite ennen ensimmäistä lukua.\n3. Pisteytä yhdessä.", ""),
    ("work-and-life", "Miten kokeilu tehdään", "Så gör man ett försök", "Valitse yksi arjen pulma, kokeilkaa kuusi viikkoa, arvioikaa yhdessä henkilöstön kanssa.", "Välj ett problem i vardagen, pröva i sex veckor, utvärdera tillsammans med personalen."),
    ("work-and-life", "Kokeilupäiväkirja", "", "Mitä kokeiltiin, kuka oli mukana, mitä opittiin. Yksi sivu riittää.", ""),
    ("wellbeing-counties", "Kokousten muistiot", "", "Muistiot ovat materiaaleissa. Tällä sivulla on päätösten lista.", ""),
    ("inventive-solutions", "Mitä hanke jätti jälkeensä", "Vad projektet lämnade efter sig", "Ratkaisut on koottu materiaaleihin. Hanke on päättynyt, mutta kaikki on luettavissa.", "Lösningarna finns bland materialen. Projektet har avslutats, men allt kan läsas."),
)  # fmt: skip


def add_to_cast(cast: Cast) -> None:
    """The few that the tests know by name."""
    _add_request(cast)
    _add_organisations(cast)
    membership = select(Membership.id).where(
        Membership.network_id == cast.networks["hr"].id, Membership.user_id == cast.people["member"].id
    )
    cast.things["hr_membership"] = db.session.scalars(membership).one()
    cast.things["hr_page"] = _add(cast, "hr", *HR_START).id
    cast.things["hr_public_page"] = _add(cast, "hr", *HR_PUBLIC, is_public=True).id
    cast.things["hr_draft_page"] = _add(cast, "hr", *HR_DRAFT, state=PageState.DRAFT).id
    cast.things["advisory_page"] = _add(
        cast,
        "hr-advisory-board",
        LocalText(fi="Raadin työtapa", sv="Panelens arbetssätt"),
        LocalText(fi="Kokoonnumme etänä.", sv="Vi träffas på distans."),
    ).id


def fill(cast: Cast, rng: random.Random, _size: Any) -> None:
    """Pages for most networks; some wait for their Swedish."""
    for slug, title_fi, title_sv, body_fi, body_sv in MORE:
        _add(cast, slug, LocalText(fi=title_fi, sv=title_sv), LocalText(fi=body_fi, sv=body_sv), days=rng.randint(5, 300))


def _add(cast: Cast, slug: str, title: LocalText, body: LocalText, days: int = 30, **more: Any) -> NetworkPage:
    network, author = cast.networks[slug], cast.people["moderator" if slug == "hr" else "expert"]
    title, body = (LocalText({code: text for code, text in texts.items() if text}) for texts in (title, body))
    before = select(func.count()).select_from(NetworkPage).where(NetworkPage.network_id == network.id)
    page = NetworkPage(
        network_id=network.id,
        slug=slugify(next(iter(title.values()))),
        title=title,
        body=body,
        body_html=render_local_markdown(body),
        missing=missing_in(title, body),
        position=(db.session.scalar(before) or 0) + 1,
        created_at=clock.days_ago(days),
        updated_at=clock.days_ago(days),
        updated_by_id=author.id,
        **{"state": PageState.PUBLISHED} | more,
    )
    db.session.add(page)
    db.session.flush()
    db.session.add(NetworkPageVersion(page_id=page.id, number=1, title=title, body=body, at=page.created_at, by_id=author.id))
    return page


def _add_request(cast: Cast) -> None:
    request = Membership(
        network_id=cast.networks["hr"].id,
        user_id=cast.people["pori"].id,
        state=MembershipState.REQUESTED,
        requested_at=clock.days_ago(2),
        declares_employer_side=True,
        message="Vastaan kaupungin henkilöstösuunnittelusta ja etsin vertaistukea.",
    )
    db.session.add(request)
    db.session.flush()
    cast.things["hr_request"] = request.id


def _add_organisations(cast: Cast) -> None:
    for code, name in (("091", "helsinki"), ("109", "hameenlinna"), ("224", "karkkila"), ("609", "pori")):
        for slug in ("work-and-life", "work-and-life-core"):
            part = OrganisationParticipation(
                network_id=cast.networks[slug].id,
                organisation_id=cast.organisations[code].id,
                since=clock.today() - timedelta(days=700),
            )
            db.session.add(part)
            db.session.flush()
            cast.things[f"{name}_in_{slug.replace('-', '_')}"] = part.id

"""What the demo has of networks and their pages beyond who belongs where."""

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

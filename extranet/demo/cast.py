"""The people that everybody knows by name: one account per role, their organisations and their networks.

The same cast plays in the demo data and in the tests.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from extranet.accounts.models import Grant, RoleGrant, Side, User, UserState
from extranet.accounts.passwords import DEMO_PASSWORD, hash_password
from extranet.core import clock
from extranet.core.db import db
from extranet.core.settings import put_setting
from extranet.demo import networks as demo_networks
from extranet.demo.organisations import OWNER_CODE, PARTNER_CODE
from extranet.demo.topics import add_topics
from extranet.networks.models import Membership, MembershipRole, MembershipState, Network
from extranet.networks.topics import Topic
from extranet.organisations.models import Appointment, AppointmentKind, AppointmentState, Organisation

if TYPE_CHECKING:
    from extranet.demo.issues import Issue

PASSWORD = DEMO_PASSWORD
PORVOO, KOSKI, HELSINKI, HAMEENLINNA, KARKKILA, PORI, RAASEPORI = "638", "284", "091", "109", "224", "609", "710"
CODES = (PORVOO, KOSKI, HELSINKI, HAMEENLINNA, KARKKILA, PORI, RAASEPORI)

# key: first name, last name, organisation, side, language, job title
PEOPLE: dict[str, tuple[str, str, str, Side, str, str]] = {
    "admin": ("Auli", "Rantakangas", OWNER_CODE, Side.EMPLOYER, "fi", "järjestelmäasiantuntija"),
    "expert": ("Eero", "Koskivuori", OWNER_CODE, Side.EMPLOYER, "fi", "neuvottelupäällikkö"),
    "moderator": ("Maija", "Kallioniemi", OWNER_CODE, Side.EMPLOYER, "fi", "kehittämispäällikkö"),
    "member": ("Milla", "Lahdenpohja", KOSKI, Side.EMPLOYER, "fi", "henkilöstöpäällikkö"),
    "contact": ("Kaisa", "Virtasalo", PORVOO, Side.EMPLOYER, "fi", "henkilöstöjohtaja"),
    "deputy": ("Daniel", "Lindqvist", PORVOO, Side.EMPLOYER, "fi", "palvelussuhdepäällikkö"),
    "orgadmin": ("Outi", "Heinonsalo", PORVOO, Side.EMPLOYER, "fi", "hallintojohtaja"),
    "staff": ("Sanna", "Mäkiranta", HAMEENLINNA, Side.STAFF, "fi", "pääluottamusmies"),
    "newcomer": ("Niko", "Saloranta", KARKKILA, Side.EMPLOYER, "fi", "HR-suunnittelija"),
    "dpo": ("Tiina", "Suojanen", OWNER_CODE, Side.NONE, "fi", "tietosuojavastaava"),
    "medlem": ("Linda", "Blomstrand", RAASEPORI, Side.EMPLOYER, "sv", "HR-expert"),
}
# key: what the sign-in page calls the person, in Finnish, Swedish and English
ROLES: dict[str, tuple[str, str, str]] = {
    "admin": ("Palvelun pääkäyttäjä", "Tjänstens administratör", "Administrator of the service"),
    "expert": ("Asiantuntija, vahvistaa nimeämiset", "Sakkunnig, bekräftar utnämningar", "Expert, confirms appointments"),
    "moderator": ("HR-verkoston vetäjä ja moderaattori", "Leder och modererar HR-nätverket", "Leads and moderates the HR network"),
    "member": ("HR-verkoston jäsen", "Medlem i HR-nätverket", "Member of the HR network"),
    "contact": ("Yhteyshenkilö", "Kontaktperson", "Contact person"),
    "deputy": ("Varayhteyshenkilö", "Kontaktpersonens ersättare", "Deputy contact person"),
    "orgadmin": ("Organisaation pääkäyttäjä", "Organisationens huvudanvändare", "Main user of the organisation"),
    "staff": (
        "Henkilöstön edustaja, oppimisverkostossa",
        "Personalens företrädare, i det lärande nätverket",
        "Staff representative, in the learning network",
    ),
    "newcomer": ("Uusi käyttäjä, ei vielä verkostoja", "Ny användare, inga nätverk än", "New user, no networks yet"),
    "dpo": ("Tietosuojavastaava", "Dataskyddsombud", "Data-protection officer"),
    "medlem": (
        "HR-verkoston jäsen, lukee ruotsiksi",
        "Medlem i HR-nätverket, läser på svenska",
        "Member of the HR network, reads in Swedish",
    ),
}
# Without an account of their own on the sign-in page.
EXTRAS: dict[str, tuple[str, str, str, Side, str, str]] = {
    "external": ("Ulla", "Siltavuori", PARTNER_CODE, Side.NONE, "fi", "organisaatiokehittäjä"),
    "helsinki": ("Oskari", "Vuorenmaa", HELSINKI, Side.EMPLOYER, "fi", "kehittämispäällikkö"),
    "pori": ("Sari", "Niemelänkangas", PORI, Side.EMPLOYER, "fi", "henkilöstöpäällikkö"),
}


@dataclass
class Cast:
    """Rows by the names they have in the demo and the tests; `things` collects what the content packages add.

    `library`: what the materials that fill the shelves are made of, by their id.
    """

    organisations: dict[str, Organisation]
    people: dict[str, User] = field(default_factory=dict)
    networks: dict[str, Network] = field(default_factory=dict)
    topics: dict[str, Topic] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)
    hr_members: list[int] = field(default_factory=list)
    library: "dict[int, Issue]" = field(default_factory=dict)


def make_cast(organisations: dict[str, Organisation]) -> Cast:
    """Add the named people, the twelve networks and who belongs where."""
    cast = Cast(organisations)
    password_hash = hash_password(PASSWORD)
    for key, (first, last, code, side, language, title) in (PEOPLE | EXTRAS).items():
        cast.people[key] = User(
            email=f"{key}@extranet.example",
            first_name=first,
            last_name=last,
            organisation_id=organisations[code].id,
            job_title=title,
            language=language,
            side=side,
            state=UserState.ACTIVE,
            password_hash=password_hash if key in PEOPLE else None,
            email_verified_at=clock.days_ago(400),
            details_confirmed_at=clock.days_ago(60),
            created_at=clock.days_ago(400),
            phone=f"+358 40 000 0{100 + len(cast.people)}",
        )
    db.session.add_all(cast.people.values())
    for code in (PORVOO, KOSKI, HELSINKI, HAMEENLINNA, KARKKILA, PORI, RAASEPORI):
        organisations[code].onboarded_at = clock.days_ago(400)
    cast.networks = demo_networks.add_networks()
    cast.topics = add_topics()
    db.session.flush()
    _grant(cast)
    _appoint(cast)
    _join(cast)
    put_setting("is_demo", True)
    put_setting("demo_accounts", [_sign_in_line(key, cast) for key in PEOPLE])
    db.session.flush()
    return cast


def _sign_in_line(key: str, cast: Cast) -> dict[str, Any]:
    """What the sign-in page says about a demo account."""
    fi, sv, en = ROLES[key]
    organisation = cast.organisations[PEOPLE[key][2]]
    return {"email": f"{key}@extranet.example", "role": {"fi": fi, "sv": sv, "en": en}, "organisation": dict(organisation.name)}


def _grant(cast: Cast) -> None:
    for key, role in (("admin", Grant.ADMIN), ("expert", Grant.EXPERT), ("dpo", Grant.DPO)):
        db.session.add(RoleGrant(user_id=cast.people[key].id, role=role))
    porvoo = cast.organisations[PORVOO].id
    db.session.add(RoleGrant(user_id=cast.people["orgadmin"].id, role=Grant.ORG_ADMIN, organisation_id=porvoo))


def _appoint(cast: Cast) -> None:
    for key, kind in (("contact", AppointmentKind.PRIMARY), ("deputy", AppointmentKind.DEPUTY)):
        db.session.add(
            Appointment(
                organisation_id=cast.organisations[PORVOO].id,
                user_id=cast.people[key].id,
                kind=kind,
                is_lead=kind == AppointmentKind.PRIMARY,
                starts_on=clock.today() - timedelta(days=300),
                declares_not_shop_steward=True,
                declares_independent=True,
                decision_ref="hallintojohtajan päätös 14 §",
                state=AppointmentState.CONFIRMED,
                decided_at=clock.days_ago(299),
                begun_at=clock.days_ago(299),
                decided_by_id=cast.people["expert"].id,
            )
        )


def _join(cast: Cast) -> None:
    lead, core, member = MembershipRole.LEAD, MembershipRole.CORE, MembershipRole.MEMBER
    places = {
        "hr": {"moderator": lead, "member": member, "medlem": member},
        "contact-persons": {"expert": lead, "contact": member, "deputy": member},
        "work-and-life": {"external": lead, "staff": member, "helsinki": member, "pori": member},
        "work-and-life-core": {"external": lead, "helsinki": core, "pori": core},
        "hr-advisory-board": {"expert": lead, "pori": MembershipRole.ADVISORY},
    }
    for slug in cast.networks.keys() - places.keys():
        places[slug] = {"expert": lead}
    for slug, people in places.items():
        for key, role in people.items():
            join(cast.networks[slug], cast.people[key], role)


def join(network: Network, user: User, role: MembershipRole = MembershipRole.MEMBER, days: int = 300) -> Membership:
    """Make a person an active member since `days` days ago."""
    membership = Membership(
        network_id=network.id,
        user_id=user.id,
        role=role,
        state=MembershipState.ACTIVE,
        requested_at=clock.days_ago(days + 2),
        joined_at=clock.days_ago(days),
        rules_version_accepted=network.ground_rules_version,
        declares_employer_side=network.employer_only,
    )
    db.session.add(membership)
    return membership

"""Fills organisations with people, appointments and memberships, with the gaps that dashboards need (domain.md §5.2)."""

import random
from dataclasses import dataclass
from datetime import timedelta

from extranet.accounts.models import Side, User, UserState
from extranet.core import clock
from extranet.core.db import db
from extranet.core.text import LocalText
from extranet.demo.cast import KOSKI, Cast, join
from extranet.demo.names import Addresses, make_names, phones
from extranet.networks.models import Membership, MembershipRole, MembershipState
from extranet.organisations.models import Appointment, AppointmentKind, AppointmentState, Organisation, OrganisationKind

LARGE = ("091", "049", "837", "092", "564", "853", "297", "398")  # several contact persons


@dataclass(frozen=True)
class Numbers:
    """How many of each; the default profile's come from the annual report (domain.md §5.2)."""

    organisations: int = 173
    hr_members: int = 408
    hr_organisations: int = 173
    contacts_in_hr: int = 180
    without_deputy: int = 8
    with_nobody: int = 3
    extra_contacts: int = 0  # further primaries in organisations that have one
    crowd: int = 0  # further people, members of the learning network


class Crowd:
    """Makes people, the same ones every time."""

    def __init__(self, cast: Cast, rng: random.Random) -> None:
        self.cast, self.rng = cast, rng
        self.addresses, self.phones = Addresses(), phones()
        self.by_organisation: dict[int, list[User]] = {}
        self.hr_members: list[User] = []
        for user in cast.people.values():
            self.by_organisation.setdefault(user.organisation_id or 0, []).append(user)

    def add(self, organisation: Organisation, side: Side = Side.EMPLOYER, state: UserState = UserState.ACTIVE, title: str = "") -> User:
        swedish = organisation.languages in ("sv", "sv+fi") or (organisation.languages == "fi+sv" and self.rng.random() < 0.4)
        first, last, some_title = make_names(self.rng, swedish)
        user = User(
            email=self.addresses.next(first, last, organisation.name["fi"]),
            first_name=first,
            last_name=last,
            organisation_id=organisation.id,
            job_title=title or some_title,
            phone=next(self.phones),
            language="sv" if swedish else "fi",
            side=side,
            state=state,
            email_verified_at=clock.days_ago(380) if state == UserState.ACTIVE else None,
            last_login_at=clock.days_ago(self.rng.choice((1, 2, 3, 5, 8, 13, 30, 70, 140, 210))) if state == UserState.ACTIVE else None,
            details_confirmed_at=clock.days_ago(self.rng.randint(20, 500)),
            created_at=clock.days_ago(self.rng.randint(200, 900)),
        )
        db.session.add(user)
        self.by_organisation.setdefault(organisation.id, []).append(user)
        return user


def fill_people(cast: Cast, rng: random.Random, numbers: Numbers) -> Crowd:
    """People for the onboarded organisations, their appointments, and who belongs to which network."""
    crowd = Crowd(cast, rng)
    chosen = _choose(cast, rng, numbers.organisations)
    for organisation in chosen:
        organisation.onboarded_at = organisation.onboarded_at or clock.days_ago(rng.randint(150, 900))
        organisation.details_confirmed_at = clock.days_ago(rng.randint(20, 400))
    contacts = _appoint(crowd, chosen, rng, numbers)
    _fill_hr(crowd, chosen, contacts, rng, numbers)
    _fill_others(crowd, chosen, rng, numbers.crowd)
    _leave_work(crowd, chosen, rng)
    db.session.flush()
    return crowd


def _choose(cast: Cast, rng: random.Random, count: int) -> list[Organisation]:
    """The onboarded employers: the cast's, the large cities, every wellbeing services county, and others by lot."""
    employers = [o for o in cast.organisations.values() if o.member_employer]
    first = [o for o in employers if o.onboarded_at or o.code in LARGE or o.kind == OrganisationKind.WELLBEING_COUNTY]
    rest = [o for o in employers if o not in first]
    rng.shuffle(rest)
    return (first + rest)[:count]


def _appoint(crowd: Crowd, chosen: list[Organisation], rng: random.Random, numbers: Numbers) -> list[User]:
    """A primary and a deputy each, but for the gaps; large cities get one more."""
    named = {o.id for o in chosen if o.code in LARGE or any(u in crowd.cast.people.values() for u in crowd.by_organisation.get(o.id, []))}
    free = [o for o in chosen if o.id not in named]
    nobody = {o.id for o in free[: numbers.with_nobody]}
    no_deputy = {o.id for o in free[numbers.with_nobody : numbers.with_nobody + numbers.without_deputy]}
    taken = {crowd.cast.people["contact"].organisation_id}
    pairs: list[tuple[Organisation, AppointmentKind, bool]] = []
    for organisation in chosen:
        if organisation.id in nobody or organisation.id in taken:
            continue
        pairs.append((organisation, AppointmentKind.PRIMARY, True))
        if organisation.id not in no_deputy:
            pairs.append((organisation, AppointmentKind.DEPUTY, False))
        if organisation.code in LARGE:
            pairs.append((organisation, AppointmentKind.PRIMARY, False))
    with_primary = [organisation for organisation, kind, _lead in pairs if kind == AppointmentKind.PRIMARY]
    pairs += [(rng.choice(with_primary), AppointmentKind.PRIMARY, False) for _ in range(numbers.extra_contacts)]
    people = [crowd.add(organisation) for organisation, _kind, _lead in pairs]
    db.session.flush()
    network = crowd.cast.networks["contact-persons"]
    for (organisation, kind, lead), user in zip(pairs, people, strict=True):
        db.session.add(_appointment(organisation, user, kind, lead, rng.randint(40, 900)))
        join(network, user, days=rng.randint(30, 800))
    return people


def _appointment(
    organisation: Organisation,
    user: User,
    kind: AppointmentKind,
    lead: bool,
    days: int,
    state: AppointmentState = AppointmentState.CONFIRMED,
) -> Appointment:
    return Appointment(
        organisation_id=organisation.id,
        user_id=user.id,
        kind=kind,
        is_lead=lead,
        starts_on=clock.today() - timedelta(days=days),
        declares_not_shop_steward=True,
        declares_independent=True,
        decision_ref=f"hallintojohtajan päätös {days % 60 + 1} §",
        state=state,
        decided_at=clock.days_ago(days) if state == AppointmentState.CONFIRMED else None,
        begun_at=clock.days_ago(days) if state == AppointmentState.CONFIRMED else None,
    )


def _fill_hr(crowd: Crowd, chosen: list[Organisation], contacts: list[User], rng: random.Random, numbers: Numbers) -> None:
    """The HR network: its members come from exactly `hr_organisations` organisations, the leader's own included."""
    network = crowd.cast.networks["hr"]
    already = [crowd.cast.people[key] for key in ("moderator", "member", "medlem")]
    have = {u.organisation_id for u in already}
    places = {o.id for o in chosen[: numbers.hr_organisations - 1]} | {crowd.cast.organisations[KOSKI].id}
    eligible = [u for u in contacts if u.organisation_id in places]
    rng.shuffle(eligible)
    members = eligible[: numbers.contacts_in_hr]
    have |= {u.organisation_id for u in members}
    by_id = {o.id: o for o in chosen}
    members += [crowd.add(by_id[i]) for i in sorted(places - have)]
    pool = [by_id[i] for i in sorted(places)]
    while len(members) + len(already) < numbers.hr_members:
        members.append(crowd.add(rng.choice(pool)))
    db.session.flush()
    for user in members:
        join(network, user, days=rng.randint(5, 1000))
    for slug in ("wellbeing", "competence", "rewarding", "hr-data", "recruitment"):
        for user in rng.sample(members, min(len(members), rng.randint(28, 64))):
            join(crowd.cast.networks[slug], user, days=rng.randint(5, 400))
    crowd.hr_members = members + already
    crowd.cast.hr_members = [user.id for user in crowd.hr_members]


def _fill_others(crowd: Crowd, chosen: list[Organisation], rng: random.Random, more: int) -> None:
    networks, codes = crowd.cast.networks, crowd.cast.organisations
    regions: dict[str, User] = {}
    for user in crowd.hr_members:
        region = next((o.region.get("fi", "") for o in chosen if o.id == user.organisation_id), "")
        if region and user.id not in (crowd.cast.people["member"].id, crowd.cast.people["medlem"].id):
            regions.setdefault(region, user)
    for user in list(regions.values())[:13]:
        join(networks["hr-advisory-board"], user, MembershipRole.ADVISORY, rng.randint(30, 300))
    core = [
        crowd.add(codes[code], side, title=title)
        for code in ("091", "109", "224", "609")
        for side, title in ((Side.EMPLOYER, ""), (Side.STAFF, "luottamusmies"))
    ]
    learners = [
        crowd.add(rng.choice(chosen), Side.STAFF if n % 3 == 0 else Side.EMPLOYER, title="pääluottamusmies" if n % 3 == 0 else "")
        for n in range(36)
    ]
    counties = [o for o in chosen if o.kind == OrganisationKind.WELLBEING_COUNTY]
    leaders = [crowd.add(o, title=title) for o in counties for title in ("henkilöstöjohtaja", "henkilöstöpäällikkö")]
    db.session.flush()
    for user in core:
        join(networks["work-and-life-core"], user, MembershipRole.CORE, rng.randint(60, 500))
    for user in core + learners:
        join(networks["work-and-life"], user, days=rng.randint(30, 600))
    for user in leaders:
        join(networks["wellbeing-counties"], user, days=rng.randint(30, 600))
    for user in learners[:24]:
        join(networks["inventive-solutions"], user, days=rng.randint(400, 800))


def _leave_work(crowd: Crowd, chosen: list[Organisation], rng: random.Random) -> None:
    """What somebody has to decide: requests, proposals, a merged municipality, a person who moved."""
    organisations = crowd.cast.organisations
    hr = crowd.cast.networks["hr"]
    others = [o for o in chosen if o.code not in LARGE][20:30]
    askers = [crowd.add(o) for o in others[:4]]
    double = crowd.add(organisations[KOSKI])
    double.first_name, double.last_name = "Milla", "Lahdenpohja"
    steward = crowd.add(others[5], Side.STAFF, title="pääluottamusmies")
    proposed = [crowd.add(o) for o in others[6:8]]
    moved = crowd.add(others[8])
    old = Organisation(
        code="X01", name=LocalText(fi="Vanhala (esimerkki)", sv="Gammelby (exempel)"), kind=OrganisationKind.MUNICIPALITY,
        region=LocalText(fi="Varsinais-Suomi", sv="Egentliga Finland"), member_employer=False, email_domains=[],
        active_until=clock.today() - timedelta(days=330), successor_id=organisations[KOSKI].id,
    )  # fmt: skip
    db.session.add(old)
    db.session.flush()
    for user in [*askers, double, steward]:
        db.session.add(
            Membership(
                network_id=hr.id, user_id=user.id, state=MembershipState.REQUESTED, requested_at=clock.days_ago(rng.randint(1, 9)),
                declares_employer_side=user.side == Side.EMPLOYER, message="Vastaan organisaatiossamme henkilöstöasioista.",
            )
        )  # fmt: skip
    for user, organisation in zip(proposed, others[6:8], strict=True):
        db.session.add(_appointment(organisation, user, AppointmentKind.DEPUTY, False, 2, AppointmentState.PROPOSED))
    ended = _appointment(others[9], moved, AppointmentKind.DEPUTY, False, 500)
    ended.state, ended.ends_on, ended.ended_reason = (
        AppointmentState.ENDED,
        clock.today() - timedelta(days=52),
        "Siirtyi toiseen organisaatioon",
    )
    db.session.add(ended)

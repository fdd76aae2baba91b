"""People from a table: what each row would change, and the change (domain.md §7.9.12)."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from extranet.accounts.models import Side, User, UserState
from extranet.admin.import_report import Finding, Reason, Verdict
from extranet.admin.import_tables import Line, Table, restore_code
from extranet.core.db import db
from extranet.core.i18n import LANGUAGES, N_
from extranet.networks.models import Membership, MembershipState, Network, NetworkKind
from extranet.organisations.models import Appointment, AppointmentState, Organisation, OrganisationLanguages

NEEDED = frozenset({"email", "id"})
COLUMNS = NEEDED | {"first_name", "last_name", "organisation_code", "job_title", "language", "side", "phone", "networks"}
TEXTS = {"first_name": 80, "last_name": 80, "job_title": 160, "phone": 40}
ADDRESS = re.compile(r"[^@\s<>\",;]+@[^@\s<>\",;]+\.[^@\s<>\",;.]+")
CHUNK = 500


@dataclass(frozen=True)
class Planned:
    """A row, what was found about it, and what writing it means."""

    finding: Finding
    facts: Mapping[str, Any] = field(default_factory=dict)
    known: User | None = None
    organisation: Organisation | None = None
    networks: Sequence[Network] = ()


@dataclass
class Register:
    """What there is already of the things that the table speaks of."""

    by_id: dict[int, User]
    by_email: dict[str, User]
    organisations: dict[str, Organisation]
    networks: dict[str, Network]
    memberships: dict[tuple[int, int], Membership]
    appointed: set[int]

    def joined(self, user_id: int) -> list[Network]:
        """The networks that the person is in, or is invited to."""
        living = (MembershipState.ACTIVE, MembershipState.INVITED)
        networks = {network.id: network for network in self.networks.values()}
        return [networks[m.network_id] for (person, _n), m in self.memberships.items() if person == user_id and m.state in living]


@dataclass
class _Row:
    """A row while it is looked at."""

    line: Line
    known: User | None
    reasons: list[Reason] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    networks: list[Network] = field(default_factory=list)
    organisation: Organisation | None = None

    @property
    def moves(self) -> bool:
        """Whether the person is to change organisation (I-07)."""
        return self.known is not None and self.organisation is not None and self.organisation.id != self.known.organisation_id

    def refuse(self, text: str, /, **params: Any) -> None:
        self.reasons.append(Reason(text, **params))


def plan(table: Table) -> list[Planned]:
    """Look at every row. Reads only, and as often for a thousand rows as for one."""
    register = _read_register(table)
    seen: dict[str, int] = {}
    return [_plan_row(line, register, seen) for line in table.lines]


def _email(line: Line) -> str:
    return line.get("email").replace(" ", "").lower()


def _id(line: Line) -> int | None:
    text = line.get("id")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _read_register(table: Table) -> Register:
    emails = sorted({email for line in table.lines if (email := _email(line))})
    ids = sorted({number for line in table.lines if (number := _id(line)) is not None})
    found = [*_in_chunks(User.email, emails), *_in_chunks(User.id, ids)]
    people = {user.id: user for user in found}
    memberships = [
        membership
        for some in _chunks(sorted(people))
        for membership in db.session.scalars(select(Membership).where(Membership.user_id.in_(some)))
    ]
    appointed = {
        user_id
        for some in _chunks(sorted(people))
        for user_id in db.session.scalars(
            select(Appointment.user_id).where(
                Appointment.user_id.in_(some), Appointment.state.in_([AppointmentState.PROPOSED, AppointmentState.CONFIRMED])
            )
        )
    }
    return Register(
        by_id=people,
        by_email={user.email: user for user in people.values()},
        organisations={o.code: o for o in db.session.scalars(select(Organisation))},
        networks={n.slug: n for n in db.session.scalars(select(Network).options(joinedload(Network.parent)))},
        memberships={(m.user_id, m.network_id): m for m in memberships},
        appointed=appointed,
    )


def _in_chunks(column: Any, values: Sequence[Any]) -> list[User]:
    return [user for some in _chunks(values) for user in db.session.scalars(select(User).where(or_(column.in_(some))))]


def _chunks(values: Sequence[Any]) -> list[Sequence[Any]]:
    return [values[start : start + CHUNK] for start in range(0, len(values), CHUNK)]


def _plan_row(line: Line, register: Register, seen: dict[str, int]) -> Planned:
    number, email = _id(line), _email(line)
    known = register.by_id.get(number) if number is not None else register.by_email.get(email)
    row = _Row(line, known)
    _identify(row, number, email, register, seen)
    _read_cells(row, register)
    _read_networks(row, register)
    _check_side(row, register)
    key = email or line.get("id")
    if row.reasons:
        return Planned(Finding(line.number, Verdict.REFUSED, key, row.reasons))
    if known is None:
        return Planned(Finding(line.number, Verdict.NEW, key), row.facts, None, row.organisation, row.networks)
    changes = sorted(name for name, value in row.facts.items() if getattr(known, name) != value)
    named = [*changes, *(["organisation_code"] if row.moves else []), *(["networks"] if row.networks else [])]
    notes = [Reason(N_("The person changes organisation: appointments end, memberships are confirmed anew."))] if row.moves else []
    finding = Finding(line.number, Verdict.CHANGED if named else Verdict.UNCHANGED, key, changes=named, notes=notes)
    return Planned(finding, {n: row.facts[n] for n in changes}, known, row.organisation if row.moves else None, row.networks)


def _identify(row: _Row, number: int | None, email: str, register: Register, seen: dict[str, int]) -> None:
    """Whose row it is: by the number if there is one, else by the address; each person once in a file."""
    if row.line.is_too_long:
        row.refuse(N_("The row has more cells than the header."))
    if row.line.get("id") and row.known is None:
        row.refuse(N_("There is no person with the number %(id)s."), id=row.line.get("id"))
    if email and not (ADDRESS.fullmatch(email) and len(email) <= 254):
        row.refuse(N_("The e-mail address is not in the form name@organisation.example."))
    elif not email and row.known is None:
        row.refuse(N_("The e-mail address is missing."))
    owner = register.by_email.get(email)
    if row.known is not None and owner is not None and owner.id != row.known.id:
        row.refuse(N_("The e-mail address belongs to somebody else already."))
    if row.known is not None and row.known.state in (UserState.CLOSED, UserState.DECLINED):
        row.refuse(N_("The account has been closed."))
    keys = [*([f"@{email}"] if email else []), *([f"#{row.known.id}"] if row.known is not None else [])]
    earlier = next((seen[key] for key in keys if key in seen), None)
    if earlier is not None:
        row.refuse(N_("The same person is on line %(number)s already."), number=earlier)
    for key in keys:
        seen.setdefault(key, row.line.number)
    if email:
        row.facts["email"] = email


def _read_cells(row: _Row, register: Register) -> None:
    for column, longest in TEXTS.items():
        if text := row.line.get(column):
            row.facts[column] = text
            if len(text) > longest:
                row.refuse(N_("%(column)s is too long."), column=column)
    if code := restore_code(row.line.get("organisation_code")):
        row.organisation = register.organisations.get(code)
        if row.organisation is None:
            row.refuse(N_("There is no organisation with the code %(code)s."), code=code)
        elif row.organisation.is_closed and (row.known is None or row.known.organisation_id != row.organisation.id):
            row.refuse(N_("The organisation %(code)s has ended. Use the one that continues it."), code=code)
    _read_choice(row, "language", LANGUAGES, str)
    _read_choice(row, "side", [side.value for side in Side], Side)
    if row.known is None:
        missing = [c for c in ("first_name", "last_name", "organisation_code") if not row.line.get(c)]
        if missing:
            row.refuse(N_("A new person needs %(columns)s."), columns=", ".join(missing))
        speaks_swedish = row.organisation is not None and row.organisation.languages in (
            OrganisationLanguages.SV,
            OrganisationLanguages.SV_FI,
        )
        row.facts.setdefault("language", "sv" if speaks_swedish else "fi")


def _read_choice(row: _Row, column: str, allowed: Collection[str], make: type[Any]) -> None:
    text = row.line.get(column).lower()
    if text in allowed:
        row.facts[column] = make(text)
    elif text:
        row.refuse(N_("%(column)s cannot be %(text)s."), column=column, text=text)


def _read_networks(row: _Row, register: Register) -> None:
    """The networks that the row adds. A membership that there is already is none; nobody is taken out of a network."""
    for slug in dict.fromkeys(part.strip().lower() for part in row.line.get("networks").split(";") if part.strip()):
        network = register.networks.get(slug)
        if network is None:
            row.refuse(N_("There is no network with the address %(slug)s."), slug=slug)
        elif network.is_archived:
            row.refuse(N_("The network %(slug)s is archived."), slug=slug)
        elif network.kind == NetworkKind.CONTACT_PERSONS:
            row.refuse(N_("Contact persons come into %(slug)s by an appointment, not by an import."), slug=slug)
        else:
            _add_network(row, network, register)


def _add_network(row: _Row, network: Network, register: Register) -> None:
    membership = register.memberships.get((row.known.id, network.id)) if row.known is not None else None
    waits = membership is None or membership.state in (MembershipState.REQUESTED, MembershipState.INVITED)
    if waits or row.moves:  # whoever moves has her memberships confirmed anew, here by the file
        row.networks.append(network)
    if membership is not None and membership.state not in (MembershipState.ACTIVE, MembershipState.REQUESTED, MembershipState.INVITED):
        row.refuse(N_("The person has left %(slug)s or was not let in. Invite the person there instead."), slug=network.slug)


def _check_side(row: _Row, register: Register) -> None:
    """I-04 and I-05: who represents the staff holds no appointment and enters no employer-only network."""
    side = row.facts.get("side", row.known.side if row.known is not None else Side.NONE)
    if side != Side.STAFF:
        return
    for network in row.networks:
        if network.employer_only or (
            network.kind == NetworkKind.DEVELOPMENT and network.parent is not None and network.parent.employer_only
        ):
            row.refuse(N_("The network %(slug)s is for employer representatives only."), slug=network.slug)
    if row.known is None or row.known.side == Side.STAFF:
        return
    if row.known.id in register.appointed:
        row.refuse(N_("The person is a contact person, who represents the employer. End the appointment first."))
    for network in register.joined(row.known.id):
        if network.employer_only:
            row.refuse(N_("The person is in %(slug)s, which is for employer representatives only."), slug=network.slug)

"""Cuts the keys: who is looking, and what they may open. Two queries per request; policy then needs none."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Date, Integer, String, bindparam, literal, or_, select, union_all
from sqlalchemy import cast as sa_cast

from extranet.accounts.models import AuthSession, RoleGrant, Side, User, UserState
from extranet.accounts.tokens import IDLE
from extranet.core import clock
from extranet.core.db import UTCDateTime, db
from extranet.core.viewer import NOBODY, Role, Viewer
from extranet.networks.models import DiscussionEntry, Membership, MembershipRole, MembershipState, Network, NetworkKind
from extranet.organisations.models import Appointment, AppointmentState, Organisation


def viewer_for_session(token_hash: str, ip: str = "") -> Viewer:
    """The person of a session that is in force, else NOBODY. An ended session, a suspended person: nobody, at once."""
    now = clock.now()
    row = db.session.execute(_SESSION, {"token_hash": token_hash, "now": now, "idle": now - IDLE}).one_or_none()
    return NOBODY if row is None else _viewer(row, _keys([row.id]), row.session_id, ip)


def viewer_for(user_id: int) -> Viewer:
    """The same person without a session: for letters, notifications and tests. NOBODY for one who is not active."""
    return next(iter(viewers_for([user_id])), NOBODY)


def viewers_for(user_ids: Collection[int]) -> list[Viewer]:
    """The active ones of these people, by id, in two queries for every five hundred."""
    found: list[Viewer] = []
    ordered = sorted(user_ids)
    for start in range(0, len(ordered), 500):
        some = ordered[start : start + 500]
        people = db.session.execute(_person().where(User.id.in_(some), User.state == UserState.ACTIVE).order_by(User.id)).all()
        keys: dict[int, list[Any]] = {row.id: [] for row in people}
        for key in _keys(list(keys)) if keys else ():
            keys[key.person].append(key)
        found += [_viewer(row, keys[row.id]) for row in people]
    return found


def _person(*more: Any) -> Any:
    return select(
        User.id, User.first_name, User.last_name, User.email, User.organisation_id, User.language, User.side,
        Organisation.name.label("organisation_name"), *more,
    ).outerjoin(Organisation, Organisation.id == User.organisation_id)  # fmt: skip


def _keys(people: list[int]) -> Sequence[Any]:
    """Everything that opens doors to these people, in one query."""
    return db.session.execute(_KEYS, {"people": people, "now": clock.now(), "today": clock.today()}).all()


def _key(name: str, person: Any, of: Any, role: Any = None, parent: Any = None, kind: Any = None) -> Any:
    """One arm of the union: plain text and numbers, because the arms' own types differ."""
    return select(
        literal(name).label("key"),
        person.label("person"),
        of.label("of"),
        sa_cast(role, String).label("role"),
        sa_cast(parent, Integer).label("parent"),
        sa_cast(kind, String).label("kind"),
    )


def _viewer(row: Any, keys: Sequence[Any], session_id: int | None = None, ip: str = "") -> Viewer:
    return Viewer(
        user_id=row.id,
        name=f"{row.first_name} {row.last_name}",
        email=row.email,
        organisation_id=row.organisation_id,
        organisation_name=row.organisation_name or {},
        language=row.language,
        side=row.side,
        grants=frozenset(k.role for k in keys if k.key == "grant" and k.of is None),
        org_admin_of=frozenset(k.of for k in keys if k.key == "grant" and k.of is not None),
        contact_for=frozenset(k.of for k in keys if k.key == "contact"),
        roles=_roles(keys),
        entered=frozenset(k.of for k in keys if k.key == "entry"),
        session_id=session_id,
        ip=ip,
    )


def _roles(keys: Sequence[Any]) -> dict[int, Role]:
    """The role in each network: core teams belong to their learning network (I-12), contact persons to theirs while in office (I-08)."""
    roles: dict[int, Role] = {}

    def give(network_id: int, role: Role) -> None:
        roles[network_id] = max(roles.get(network_id, Role.NONE), role)

    for key in keys:
        if key.key == "contact_network":
            give(key.of, Role.MEMBER)
        if key.key != "member":
            continue
        role = MembershipRole(key.role).role
        if key.kind == NetworkKind.CONTACT_PERSONS and role < Role.MODERATOR:
            continue  # that place is the appointment's
        give(key.of, role)
        if key.kind == NetworkKind.DEVELOPMENT and key.parent:
            give(key.parent, Role.MEMBER)
    return roles


def _session_statement() -> Any:
    return (
        _person(AuthSession.id.label("session_id"))
        .join(AuthSession, AuthSession.user_id == User.id)
        .where(
            AuthSession.token_hash == bindparam("token_hash"),
            AuthSession.ended_at.is_(None),
            AuthSession.expires_at > bindparam("now", type_=UTCDateTime()),
            AuthSession.last_seen_at > bindparam("idle", type_=UTCDateTime()),
            User.state == UserState.ACTIVE,
        )
    )


def _keys_statement() -> Any:
    people: Any = bindparam("people", expanding=True)
    now, today = bindparam("now", type_=UTCDateTime()), bindparam("today", type_=Date())
    in_force = (
        Appointment.user_id.in_(people),
        Appointment.state == AppointmentState.CONFIRMED,
        Appointment.starts_on <= today,
        or_(Appointment.ends_on.is_(None), Appointment.ends_on >= today),
    )
    return union_all(
        _key("member", Membership.user_id, Membership.network_id, Membership.role, Network.parent_id, Network.kind)
        .join(Network, Network.id == Membership.network_id)
        .join(User, User.id == Membership.user_id)
        .where(
            Membership.user_id.in_(people),
            Membership.state == MembershipState.ACTIVE,
            or_(Network.employer_only.is_(False), User.side != Side.STAFF),  # I-05, whatever the rows say
        ),
        _key("grant", RoleGrant.user_id, RoleGrant.organisation_id, RoleGrant.role).where(
            RoleGrant.user_id.in_(people), or_(RoleGrant.valid_until.is_(None), RoleGrant.valid_until > now)
        ),
        _key("contact", Appointment.user_id, Appointment.organisation_id).where(*in_force),
        _key("contact_network", Appointment.user_id, Network.id)
        .join(Network, Network.kind == NetworkKind.CONTACT_PERSONS)
        .where(*in_force),
        _key("entry", DiscussionEntry.user_id, DiscussionEntry.network_id).where(
            DiscussionEntry.user_id.in_(people), DiscussionEntry.until > now
        ),
    )


# Every request asks these two: built once, because building such a statement costs more than running it.
_SESSION = _session_statement()
_KEYS = _keys_statement()

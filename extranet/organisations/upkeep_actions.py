"""What can you do with an organisation and its people: add, change, confirm its details, move a person."""

from typing import Any

from sqlalchemy import delete, select

from extranet.accounts.models import Grant, RoleGrant, User
from extranet.audit.log import action, record
from extranet.core import clock
from extranet.core.db import db
from extranet.core.errors import Refused
from extranet.core.i18n import gettext as _
from extranet.core.i18n import local_plain
from extranet.core.signals import person_moved
from extranet.core.viewer import Viewer
from extranet.organisations import policy
from extranet.organisations.course import onboard, stop_all
from extranet.organisations.models import Organisation

FIELDS = frozenset(
    {
        "name", "kind", "region", "languages", "business_id", "parent_id", "successor_id", "member_employer",
        "active_from", "active_until", "email_domains", "municipality_type", "wellbeing_county_code",
    }
)  # fmt: skip


@action(policy.can_change)
def add(viewer: Viewer, _register: None, /, *, code: str, **facts: Any) -> Organisation:
    """Add an organisation to the register. Its code is its address and stays."""
    if db.session.scalar(select(Organisation.id).where(Organisation.code == code)) is not None:
        raise Refused(_("The code %(code)s belongs to another organisation already. Choose another code.", code=code))
    organisation = Organisation(code=code, email_domains=[])
    _write(organisation, facts)
    db.session.add(organisation)
    return organisation


@action(policy.can_change)
def change(viewer: Viewer, organisation: Organisation, /, **facts: Any) -> Organisation:
    """Change what the register says of an organisation; what is not named stays."""
    changed = _write(organisation, facts)
    if changed:
        record(viewer, "organisations.changed", organisation, fields=", ".join(sorted(changed)))
    return organisation


@action(policy.can_confirm_details)
def confirm_details(viewer: Viewer, organisation: Organisation) -> Organisation:
    """The organisation's own people say that its contact persons are right as they are."""
    organisation.details_confirmed_at = clock.now()
    return organisation


@action(policy.can_move_person)
def move_person(viewer: Viewer, person: User, *, to: Organisation) -> User:
    """Another employer (I-07): appointments end today, org_admin rights are taken back, the leads of the networks are asked to check."""
    db.session.execute(select(User.id).where(User.id == person.id).with_for_update())
    if to.id == person.organisation_id:
        raise Refused(_("%(name)s belongs to this organisation already.", name=person.name))
    if to.is_closed:
        raise Refused(_("This organisation has ended. Choose the one that continues it."))
    left = db.session.get(Organisation, person.organisation_id) if person.organisation_id else None
    stop_all(viewer, person)
    gone = db.session.scalars(
        delete(RoleGrant).where(RoleGrant.user_id == person.id, RoleGrant.role == Grant.ORG_ADMIN).returning(RoleGrant.organisation_id)
    ).all()
    for organisation_id in gone:
        record(viewer, "organisations.revoke_org_admin", person, of_organisation=organisation_id)
    person.organisation_id = to.id
    onboard(to)
    db.session.flush()
    person_moved.send(viewer, person=person, left=left, entered=to)
    return person


def _write(organisation: Organisation, facts: dict[str, Any]) -> set[str]:
    """Set the facts that differ; returns their names."""
    unknown = facts.keys() - FIELDS
    if unknown:
        raise TypeError(f"no such facts: {unknown}")
    _check(organisation, facts)
    changed = {name for name, value in facts.items() if getattr(organisation, name) != value}
    for name in changed:
        setattr(organisation, name, facts[name])
    return changed


def _check(organisation: Organisation, facts: dict[str, Any]) -> None:
    starts, ends = (facts.get(name, getattr(organisation, name)) for name in ("active_from", "active_until"))
    if starts and ends and ends < starts:
        raise Refused(_("The last day is before the first one."))
    if organisation.id is None:
        return
    for name in ("parent_id", "successor_id"):
        other_id = facts.get(name)
        if other_id is None:
            continue
        other = db.session.get(Organisation, other_id)
        if other is None or other.id == organisation.id or getattr(other, name) == organisation.id:
            raise Refused(_("An organisation cannot be above or after itself. Choose another one."))
        if name == "successor_id" and other.is_closed:
            raise Refused(_("%(name)s has ended itself. Choose the organisation that continues today.", name=local_plain(other.name)))

"""Who is looking. Built once per request; it carries its keys, so policy needs no database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum


class Role(IntEnum):
    """A person's place in one network; a higher one includes the lower ones."""

    NONE = 0
    MEMBER = 1
    CORE = 2
    MODERATOR = 3
    LEAD = 4


@dataclass(frozen=True)
class Viewer:
    """A person (or nobody, or the system) with everything that policy may ask about them.

    user_id: None for a visitor who has not signed in, and for the system.
    grants: global roles in force: "admin", "expert", "editor", "dpo".
    org_admin_of: organisations whose people and appointments this person looks after.
    contact_for: organisations whose confirmed contact person (primary or deputy) this person is today (I-08).
    roles: network id to role, sub-networks resolved (I-12).
    entered: networks whose closed discussions an administrator has entered by a logged act.
    """

    user_id: int | None = None
    name: str = ""
    email: str = ""
    organisation_id: int | None = None
    organisation_name: Mapping[str, str] = field(default_factory=dict)
    language: str | None = None
    side: str = "none"
    grants: frozenset[str] = frozenset()
    org_admin_of: frozenset[int] = frozenset()
    contact_for: frozenset[int] = frozenset()
    roles: Mapping[int, Role] = field(default_factory=dict)
    entered: frozenset[int] = frozenset()
    session_id: int | None = None
    ip: str = ""
    is_system: bool = False

    @property
    def is_signed_in(self) -> bool:
        return self.user_id is not None

    @property
    def is_admin(self) -> bool:
        return self.is_system or "admin" in self.grants

    @property
    def is_expert(self) -> bool:
        """Experts and editors have the same rights (domain.md §7.9)."""
        return not self.grants.isdisjoint({"expert", "editor"})

    @property
    def is_dpo(self) -> bool:
        return "dpo" in self.grants

    @property
    def is_contact_person(self) -> bool:
        return bool(self.contact_for)

    @property
    def network_ids(self) -> frozenset[int]:
        return frozenset(self.roles)

    @property
    def moderated_ids(self) -> frozenset[int]:
        """The networks that this person moderates or leads (I-28)."""
        return frozenset(n for n, role in self.roles.items() if role >= Role.MODERATOR)

    def role_in(self, network_id: int | None) -> Role:
        """The role in that network; NONE where the person is not a member."""
        return self.roles.get(network_id, Role.NONE) if network_id is not None else Role.NONE


NOBODY = Viewer()
SYSTEM = Viewer(name="system", is_system=True)

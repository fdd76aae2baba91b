"""What exists: networks, memberships, participating organisations, administrators' entries."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from extranet.accounts.models import User
from extranet.core import clock
from extranet.core.db import Model, choice, link
from extranet.core.text import LocalText
from extranet.core.viewer import Role
from extranet.organisations.models import Organisation


class NetworkKind(StrEnum):
    CONTACT_PERSONS = "contact_persons"
    HR = "hr"
    THEME = "theme"
    LEARNING = "learning"
    DEVELOPMENT = "development"
    ADVISORY = "advisory"
    PROJECT = "project"
    EMPLOYER = "employer"


class Visibility(StrEnum):
    """public: a page for everybody; listed: signed-in people see name and purpose; secret: members and administrators."""

    PUBLIC = "public"
    LISTED = "listed"
    SECRET = "secret"  # noqa: S105


class JoinPolicy(StrEnum):
    OPEN = "open"
    REQUEST = "request"
    INVITATION = "invitation"
    NOMINATION = "nomination"


class NetworkState(StrEnum):
    DRAFT = "draft"
    ACTIVE = "active"
    DORMANT = "dormant"
    ARCHIVED = "archived"


class MembershipRole(StrEnum):
    MEMBER = "member"
    CORE = "core"
    ADVISORY = "advisory"
    MODERATOR = "moderator"
    LEAD = "lead"

    @property
    def role(self) -> Role:
        """The rights that come with it."""
        return {
            MembershipRole.MEMBER: Role.MEMBER,
            MembershipRole.ADVISORY: Role.MEMBER,
            MembershipRole.CORE: Role.CORE,
            MembershipRole.MODERATOR: Role.MODERATOR,
            MembershipRole.LEAD: Role.LEAD,
        }[self]


class MembershipState(StrEnum):
    INVITED = "invited"
    REQUESTED = "requested"
    ACTIVE = "active"
    DECLINED = "declined"
    LEFT = "left"
    REMOVED = "removed"


class Network(Model):
    __tablename__ = "network"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[LocalText]
    kind: Mapped[NetworkKind] = mapped_column(choice(NetworkKind, "kind"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("network.id"), index=True)
    purpose: Mapped[LocalText] = mapped_column(default=LocalText)
    target_group: Mapped[LocalText] = mapped_column(default=LocalText)
    goals: Mapped[LocalText] = mapped_column(default=LocalText)  # one goal a line, in order
    how_we_work: Mapped[LocalText] = mapped_column(default=LocalText)
    ground_rules: Mapped[LocalText] = mapped_column(default=LocalText)
    ground_rules_html: Mapped[LocalText] = mapped_column(default=LocalText)
    ground_rules_version: Mapped[int] = mapped_column(default=1)
    holds_first_posts: Mapped[bool] = mapped_column(default=False)  # a new member's first post waits for a moderator
    meeting_frequency: Mapped[LocalText] = mapped_column(default=LocalText)
    owner_unit: Mapped[LocalText] = mapped_column(default=LocalText)
    funded_first_n_days: Mapped[int] = mapped_column(default=0)  # how many of the first held network days the funder pays (I-20)
    funder: Mapped[LocalText] = mapped_column(default=LocalText)
    employer_only: Mapped[bool] = mapped_column(default=True)
    visibility: Mapped[Visibility] = mapped_column(choice(Visibility, "visibility"), default=Visibility.LISTED)
    join_policy: Mapped[JoinPolicy] = mapped_column(choice(JoinPolicy, "join_policy"), default=JoinPolicy.REQUEST)
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    state: Mapped[NetworkState] = mapped_column(choice(NetworkState, "state"), default=NetworkState.DRAFT)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    parent: Mapped["Network | None"] = link(remote_side=[id])

    @property
    def path(self) -> str:
        return f"/networks/{self.slug}/"

    @property
    def is_archived(self) -> bool:
        """Archived networks are read-only."""
        return self.state == NetworkState.ARCHIVED

    @property
    def ordinary_role(self) -> "MembershipRole":
        """What a person becomes who joins."""
        return {NetworkKind.DEVELOPMENT: MembershipRole.CORE, NetworkKind.ADVISORY: MembershipRole.ADVISORY}.get(
            self.kind, MembershipRole.MEMBER
        )

    @property
    def takes_people(self) -> bool:
        """Whether anybody can knock at its door by herself."""
        return self.state == NetworkState.ACTIVE and self.join_policy in (JoinPolicy.OPEN, JoinPolicy.REQUEST)


class Membership(Model):
    """One person's place in one network; kept when she leaves, so that history stays true."""

    __tablename__ = "membership"
    __table_args__ = (
        UniqueConstraint("network_id", "user_id"),
        CheckConstraint("role NOT IN ('lead', 'moderator', 'core') OR state = 'active'", name="role_is_active"),
        Index(None, "user_id", "state"),
        Index(None, "network_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    role: Mapped[MembershipRole] = mapped_column(choice(MembershipRole, "role"), default=MembershipRole.MEMBER)
    state: Mapped[MembershipState] = mapped_column(choice(MembershipState, "state"), default=MembershipState.REQUESTED)
    requested_at: Mapped[datetime] = mapped_column(default=clock.now)
    joined_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]
    rules_version_accepted: Mapped[int | None]
    declares_employer_side: Mapped[bool] = mapped_column(default=False)
    message: Mapped[str] = mapped_column(String(1000), default="")
    decision_reason: Mapped[str] = mapped_column(String(1000), default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    network: Mapped[Network] = link()
    user: Mapped[User] = link(foreign_keys=[user_id])

    @property
    def was_turned_away(self) -> bool:
        """Whether the last that others decided was to remove or decline the person; being let in again wipes it out."""
        return bool(self.decision_reason) and self.decided_by_id not in (None, self.user_id)


class OrganisationParticipation(Model):
    """An organisation that takes part in a network as such (S2-06)."""

    __tablename__ = "organisation_participation"
    __table_args__ = (UniqueConstraint("network_id", "organisation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    since: Mapped[date]
    until: Mapped[date | None]
    is_public: Mapped[bool] = mapped_column(default=True)

    network: Mapped[Network] = link()
    organisation: Mapped[Organisation] = link()


class DiscussionEntry(Model):
    """An administrator's deliberate, logged and short-lived entry into a network's closed discussions (domain.md §4.7)."""

    __tablename__ = "discussion_entry"
    __table_args__ = (Index(None, "user_id", "until"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    until: Mapped[datetime]


class InNetwork:
    """For anything that lives in a network. Load `network` with it: policy asks it for kind, visibility and state."""

    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"), index=True)

    @declared_attr
    def network(cls) -> Mapped[Network]:  # noqa: N805
        return link(Network)


def network_of(thing: Any) -> Network:
    """The network of a thing, or the network itself."""
    return thing if isinstance(thing, Network) else thing.network

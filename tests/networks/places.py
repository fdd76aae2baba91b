"""Short ways to a person's place in a network, seen from outside."""

from typing import Any

from extranet.networks.models import Membership

TICKS = {"declares_employer_side": "y", "accepts_rules": "y"}


def place(rows: Any, cast: dict[str, Any], who: str, slug: str) -> tuple[str, str] | None:
    """State and role of the person there, or None."""
    found = rows(Membership, Membership.user_id == cast[who], Membership.network_id == cast[f"network:{slug}"])
    return (found[0].state.value, found[0].role.value) if found else None


def id_of(rows: Any, cast: dict[str, Any], who: str, slug: str) -> int:
    return int(rows(Membership, Membership.user_id == cast[who], Membership.network_id == cast[f"network:{slug}"])[0].id)

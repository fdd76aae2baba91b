"""Statements that are built once although rights differ: a pattern is a viewer whose ids are parameters.

Policy says in SQL what a viewer may see, and building that costs more than running it. People of one kind (a member, a moderator, an
expert …) get the same SQL with other ids. So a query is built for `pattern_of(viewer)`, kept, and run with `keys_of(viewer)`:

    db.session.execute(_statement(pattern_of(viewer)), keys_of(viewer))
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NoReturn

from sqlalchemy import BindParameter

from extranet.core.viewer import Role, Viewer

MOST = 256  # kinds of viewers that are remembered; a dozen or two are in use


class _Key(BindParameter[Any]):
    """A parameter that policy may ask whether it is there: what is empty is part of the pattern, and so no parameter."""

    inherit_cache = True

    def __bool__(self) -> bool:
        return True

    def __or__(self, _other: Any) -> NoReturn:
        raise TypeError("the ids of a pattern are not known: join conditions, not sets")

    __ror__ = __and__ = __rand__ = __sub__ = __iter__ = __or__


class _Roles(dict[int, Role]):
    """Of a pattern nobody knows the role in one network: only SQL is made from it."""

    def get(self, *_asked: Any) -> NoReturn:
        raise TypeError("a pattern has no roles")


@dataclass(frozen=True, eq=False)
class Pattern(Viewer):
    """What is the same for all viewers of one kind; `ids` are parameters, or nothing where these viewers have none."""

    roles: Mapping[int, Role] = field(default_factory=_Roles)
    ids: Mapping[str, frozenset[int]] = field(default_factory=dict)

    __hash__ = object.__hash__  # there is one object of each

    @property
    def network_ids(self) -> frozenset[int]:
        return self.ids.get("mine", frozenset())

    @property
    def moderated_ids(self) -> frozenset[int]:
        return self.ids.get("moderated", frozenset())


def keys_of(viewer: Viewer) -> dict[str, Any]:
    """The parameters with which statements for the viewer's pattern are run; beside others, those that it does not use do no harm."""
    return {
        "viewer_id": viewer.user_id or 0,
        "organisation_id": viewer.organisation_id,
        "mine": sorted(viewer.network_ids),
        "moderated": sorted(viewer.moderated_ids),
        "contact_for": sorted(viewer.contact_for),
        "org_admin_of": sorted(viewer.org_admin_of),
        "entered": sorted(viewer.entered),
    }


def pattern_of(viewer: Viewer) -> Pattern:
    """The one pattern of all viewers like this one."""
    keys = keys_of(viewer)
    there = frozenset(name for name, ids in keys.items() if ids not in (0, None, []))
    return _pattern(there, viewer.side, viewer.grants, viewer.is_system)


@lru_cache(maxsize=MOST)
def _pattern(there: frozenset[str], side: str, grants: frozenset[str], is_system: bool) -> Pattern:
    lists = ("mine", "moderated", "contact_for", "org_admin_of", "entered")
    ids: dict[str, Any] = {name: _Key(name, expanding=True, required=True) for name in lists if name in there}
    none: frozenset[int] = frozenset()
    return Pattern(
        user_id=_Key("viewer_id", required=True) if "viewer_id" in there else None,  # type: ignore[arg-type]
        organisation_id=_Key("organisation_id", required=True) if "organisation_id" in there else None,  # type: ignore[arg-type]
        side=side,
        grants=grants,
        contact_for=ids.get("contact_for", none),
        org_admin_of=ids.get("org_admin_of", none),
        entered=ids.get("entered", none),
        is_system=is_system,
        ids=ids,
    )

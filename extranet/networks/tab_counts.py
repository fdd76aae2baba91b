"""What packages above count for the viewer in each network: it comes along with the network, without a query of its own.

A count is a number in SQL, correlated to `Network`, which may use the parameter `viewer_id`. It is taken in the viewer's own networks alone.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, bindparam, case

from extranet.core.viewer import Viewer
from extranet.networks.models import Network

COUNT_TO = 20  # and then "over 20"
_counts: dict[str, ColumnElement[int]] = {}
_PREFIX = "count_in_"


def count_in_tab(tab: str, number: ColumnElement[int]) -> None:
    """Let that tab show how many things wait in it; the number need not go further than one beyond COUNT_TO."""
    _counts[tab] = number


def columns() -> list[ColumnElement[int]]:
    """All counts as columns of a query on Network; it is run with `params`."""
    mine: Any = bindparam("mine", expanding=True)
    return [case((Network.id.in_(mine), number), else_=0).label(_PREFIX + tab) for tab, number in _counts.items()]


def params(viewer: Viewer) -> dict[str, Any]:
    """What the statements with those columns are run with."""
    return {"viewer_id": viewer.user_id or 0, "mine": sorted(viewer.network_ids)}


def read(row: Any) -> Mapping[str, int]:
    """The counts of such a query's row by tab, those where there is something."""
    return {tab: number for tab in _counts if (number := getattr(row, _PREFIX + tab))}

"""At which address: the audit log, and the same as a table to take away."""

import csv
import io
import json
from datetime import date
from typing import Any
from urllib.parse import urlencode

from flask import Response, g, request
from flask.typing import ResponseReturnValue

from extranet.admin.audit_queries import Line, Wanted, each_event, list_events, list_networks
from extranet.admin.views import bp
from extranet.audit.log import record_apart
from extranet.core import clock
from extranet.core.i18n import local_plain
from extranet.core.text import LocalText
from extranet.core.web import page

COLUMNS = ("id", "at", "user_id", "who", "event", "thing", "thing_id", "subject", "network", "organisation", "reason", "ip", "detail")


@bp.get("/audit/")
def audit() -> ResponseReturnValue:
    wanted = _wanted()
    return page(
        "admin/audit.html",
        log=list_events(g.viewer, wanted, request.args.get("before", type=int)),
        wanted=wanted,
        networks=list_networks(g.viewer),
        address=lambda path, **more: _address(wanted, path, **more),
        before=request.args.get("before", type=int),
    )


@bp.get("/audit/export")
def audit_export() -> ResponseReturnValue:
    wanted = _wanted()
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(COLUMNS)
    count = 0
    for count, line in enumerate(each_event(g.viewer, wanted), 1):  # noqa: B007  the last one is the sum
        writer.writerow([_harmless(cell) for cell in _cells(line)])
    record_apart(g.viewer, "admin.export_audit", events=count, filters=", ".join(_asked(wanted)) or "none")
    name = f"audit-{clock.today().isoformat()}.csv"
    return Response("\ufeff" + table.getvalue(), mimetype="text/csv", headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _wanted() -> Wanted:
    asked = request.args
    return Wanted(
        who=asked.get("who", "").strip()[:100],
        event=asked.get("event", "").strip()[:80],
        thing=asked.get("thing", "").strip()[:40],
        thing_id=asked.get("thing_id", "").strip()[:64],
        network_id=asked.get("network", type=int),
        organisation=asked.get("organisation", "").strip()[:16],
        since=asked.get("since", type=date.fromisoformat),
        until=asked.get("until", type=date.fromisoformat),
        reason=asked.get("reason", "").strip()[:100],
    )


def _asked(wanted: Wanted) -> dict[str, str]:
    """The filters as they stand in the address."""
    fields = {name: getattr(wanted, name) for name in ("who", "event", "thing", "thing_id", "organisation", "since", "until", "reason")}
    return {name: str(value) for name, value in (fields | {"network": wanted.network_id}).items() if value}


def _address(wanted: Wanted, path: str, **more: Any) -> str:
    asked = _asked(wanted) | {name: str(value) for name, value in more.items() if value}
    return f"{path}?{urlencode(asked)}" if asked else path


def _cells(line: Line) -> list[str]:
    return [
        str(line.id),
        clock.local(line.at).isoformat(timespec="seconds"),
        str(line.user_id or ""),
        line.who or ("system" if line.is_system else ""),
        line.name,
        line.thing,
        line.thing_id,
        line.subject,
        local_plain(line.network or LocalText()),
        local_plain(line.organisation or LocalText()),
        line.reason,
        line.ip,
        json.dumps(line.detail, ensure_ascii=False) if line.detail else "",
    ]


def _harmless(cell: str) -> str:
    """A spreadsheet takes such a cell for a formula; the apostrophe makes it text."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell

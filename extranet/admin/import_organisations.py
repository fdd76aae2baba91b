"""Organisations from a table: what each row would change, and the change. Columns as in the employers' list (domain.md §5.1)."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from extranet.admin.import_report import Finding, Reason, Verdict
from extranet.admin.import_tables import Line, Table, restore_code
from extranet.core.db import db
from extranet.core.i18n import N_
from extranet.core.text import LocalText
from extranet.organisations.business_id import is_valid_business_id
from extranet.organisations.models import Organisation, OrganisationKind, OrganisationLanguages

NEEDED = frozenset({"code"})
COLUMNS = NEEDED | {
    "name_fi", "name_sv", "kind", "region", "region_sv", "languages", "municipality_type", "wellbeing_county_code",
    "business_id", "member_employer", "active_from", "active_until", "email_domains",
}  # fmt: skip
EMPLOYERS = frozenset(
    {
        OrganisationKind.MUNICIPALITY,
        OrganisationKind.JOINT_AUTHORITY,
        OrganisationKind.WELLBEING_COUNTY,
        OrganisationKind.WELLBEING_CONSORTIUM,
    }
)
OBSERVERS = "Ahvenanmaa"  # has a bargaining body of its own (domain.md §7.9)
YES, NO = frozenset({"yes", "true", "1", "kyllä", "ja"}), frozenset({"no", "false", "0", "ei", "nej"})
TEXTS = {"name_fi": ("name", "fi"), "name_sv": ("name", "sv"), "region": ("region", "fi"), "region_sv": ("region", "sv")}
LONGEST = {"name_fi": 160, "name_sv": 160, "region": 80, "region_sv": 80, "municipality_type": 32, "wellbeing_county_code": 16}


@dataclass(frozen=True)
class Planned:
    """A row, what was found about it, and what writing it means."""

    finding: Finding
    code: str
    known: Organisation | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


def plan(table: Table) -> list[Planned]:
    """Look at every row. Reads only."""
    known = {organisation.code: organisation for organisation in db.session.scalars(select(Organisation))}
    seen: dict[str, int] = {}
    planned = []
    for line in table.lines:
        code = restore_code(line.get("code"))
        planned.append(_plan_row(line, code, known.get(code), seen.get(code)))
        seen.setdefault(code, line.number)
    return planned


def _plan_row(line: Line, code: str, known: Organisation | None, twin: int | None) -> Planned:
    facts: dict[str, Any] = {}
    reasons = _doubts(line, code, twin)
    for column, text in line.cells.items():
        if text and column != "code" and (reason := _read(column, text, facts, known)):
            reasons.append(reason)
    if known is None:
        reasons += _complete(line, facts)
    starts, ends = (facts.get(name, getattr(known, name, None)) for name in ("active_from", "active_until"))
    if starts and ends and ends < starts:
        reasons.append(Reason(N_("The last day is before the first one.")))
    if reasons:
        return Planned(Finding(line.number, Verdict.REFUSED, code, reasons), code)
    notes = [
        Reason(N_("The business ID %(number)s does not look right."), number=number)
        for number in [facts.get("business_id")]
        if number and not is_valid_business_id(number)
    ]
    if known is None:
        return Planned(Finding(line.number, Verdict.NEW, code, notes=notes), code, None, facts)
    changes = sorted(name for name, value in facts.items() if getattr(known, name) != value)
    verdict = Verdict.CHANGED if changes else Verdict.UNCHANGED
    return Planned(Finding(line.number, verdict, code, changes=changes, notes=notes), code, known, {n: facts[n] for n in changes})


def _doubts(line: Line, code: str, twin: int | None) -> list[Reason]:
    reasons = []
    if not re.fullmatch(r"[A-Za-z0-9-]{1,16}", code):
        reasons.append(Reason(N_("The code is missing or is not of letters, numbers and hyphens.")))
    elif twin is not None:
        reasons.append(Reason(N_("The same code is on line %(number)s already."), number=twin))
    if line.is_too_long:
        reasons.append(Reason(N_("The row has more cells than the header.")))
    return reasons


def _read(column: str, text: str, facts: dict[str, Any], known: Organisation | None) -> Reason | None:
    """Put one cell among the facts, or say what is wrong with it."""
    if len(text) > LONGEST.get(column, 400):
        return Reason(N_("%(column)s is too long."), column=column)
    if column in TEXTS:
        name, language = TEXTS[column]
        before = facts.get(name) or (getattr(known, name) if known is not None else {})
        facts[name] = LocalText(before | {language: text})
        return None
    try:
        facts[column] = READERS.get(column, str)(text)
    except ValueError:
        return Reason(N_("%(column)s cannot be %(text)s."), column=column, text=text)
    return None


def _complete(line: Line, facts: dict[str, Any]) -> list[Reason]:
    """A new organisation needs a name and a kind; the rest follows from them."""
    missing = [column for column, name in (("name_fi", "name"), ("kind", "kind")) if name not in facts and not line.get(column)]
    if missing:
        return [Reason(N_("A new organisation needs %(columns)s."), columns=", ".join(missing))]
    if "kind" not in facts:
        return []
    facts.setdefault("region", LocalText())
    facts.setdefault("languages", OrganisationLanguages.FI)
    facts.setdefault("member_employer", facts["kind"] in EMPLOYERS and facts["region"].get("fi") != OBSERVERS)
    return []


def _yes_or_no(text: str) -> bool:
    if text.casefold() not in YES | NO:
        raise ValueError
    return text.casefold() in YES


def _day(text: str) -> date:
    return datetime.strptime(text, "%d.%m.%Y").date() if "." in text else date.fromisoformat(text)


def _business_id(text: str) -> str:
    digits = text.replace("-", "").zfill(8)
    if not digits.isdigit() or len(digits) != 8:
        raise ValueError
    return f"{digits[:7]}-{digits[7]}"


READERS: dict[str, Callable[[str], Any]] = {
    "kind": OrganisationKind,
    "languages": OrganisationLanguages,
    "business_id": _business_id,
    "member_employer": _yes_or_no,
    "active_from": _day,
    "active_until": _day,
    "email_domains": lambda text: [domain.strip().lower() for domain in text.split(";") if domain.strip()],
}

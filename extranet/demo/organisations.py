"""The 350 employers of the list, as rows."""

import csv
from collections.abc import Collection
from datetime import date
from pathlib import Path

from extranet.core.db import db
from extranet.core.text import LocalText
from extranet.organisations.models import Organisation, OrganisationKind, OrganisationLanguages

LIST = Path(__file__).parent / "data" / "organisations.csv"
ALAND = "Ahvenanmaa"
OWNER_CODE = "OWNER"
PARTNER_CODE = "PARTNER"


def add_organisations(only: Collection[str] | None = None) -> dict[str, Organisation]:
    """Add the employers of the list (all, or those with the codes in `only`), the service owner and an invented partner."""
    found: dict[str, Organisation] = {}
    with LIST.open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            if only is None or line["code"] in only:
                found[line["code"]] = Organisation(
                    code=line["code"],
                    name=LocalText(fi=line["name_fi"], sv=line["name_sv"]),
                    kind=OrganisationKind(line["kind"]),
                    region=LocalText(fi=line["region"], sv=line["region_sv"]),
                    languages=OrganisationLanguages(line["languages"]),
                    municipality_type=line["municipality_type"] or None,
                    wellbeing_county_code=line["wellbeing_county_code"] or None,
                    member_employer=line["region"] != ALAND,
                    active_from=date(2023, 1, 1) if line["kind"] == "wellbeing_county" else None,
                    email_domains=[],
                )
    found[OWNER_CODE] = Organisation(
        code=OWNER_CODE,
        name=LocalText(fi="Palvelun omistaja", sv="Tjänstens ägare"),
        kind=OrganisationKind.SERVICE_OWNER,
        region=LocalText(),
        member_employer=False,
        email_domains=["extranet.example"],
    )
    found[PARTNER_CODE] = Organisation(
        code=PARTNER_CODE,
        name=LocalText(fi="Kehittämistoimisto Silta Oy (esimerkki)", sv="Utvecklingsbyrån Silta Ab (exempel)"),
        kind=OrganisationKind.PARTNER,
        region=LocalText(fi="Uusimaa", sv="Nyland"),
        member_employer=False,
        email_domains=["silta.example"],
    )
    db.session.add_all(found.values())
    db.session.flush()
    return found

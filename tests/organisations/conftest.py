"""What the tests of contact persons need: rows added from outside, and the forms' fields."""

from collections.abc import Callable
from typing import Any

import pytest

from extranet.core import clock
from extranet.core.db import db
from extranet.core.text import LocalText
from extranet.organisations.models import Appointment, AppointmentKind, AppointmentState, Organisation, OrganisationKind

PROPOSAL = 901


@pytest.fixture
def put(app) -> Callable[..., int]:
    """Add a row from outside; answers its id."""

    def add(row: Any) -> int:
        with app.app_context():
            db.session.add(row)
            db.session.commit()
            return row.id

    return add


@pytest.fixture
def porvoo(rows) -> int:
    return rows(Organisation, Organisation.code == "638")[0].id


@pytest.fixture
def proposal(put, cast, porvoo) -> int:
    """Outi is proposed as a deputy of Porvoo; she has a job title and represents the employer."""
    return put(appointment(porvoo, cast["orgadmin"], id=PROPOSAL, appointed_by_id=cast["contact"]))


def appointment(organisation_id: int, user_id: int, **more: Any) -> Appointment:
    facts: dict[str, Any] = {
        "organisation_id": organisation_id,
        "user_id": user_id,
        "kind": AppointmentKind.DEPUTY,
        "starts_on": clock.today(),
        "declares_not_shop_steward": True,
        "declares_independent": True,
        "state": AppointmentState.PROPOSED,
    }
    return Appointment(**facts | more)


def organisation(code: str, **more: Any) -> Organisation:
    facts: dict[str, Any] = {
        "code": code,
        "name": LocalText(fi=f"Kunta {code}", sv=f"Kommun {code}"),
        "kind": OrganisationKind.MUNICIPALITY,
        "region": LocalText(fi="Uusimaa", sv="Nyland"),
        "email_domains": [],
    }
    return Organisation(**facts | more)


def wish(**more: Any) -> dict[str, Any]:
    """The fields of the proposal form, filled in as for a deputy who is new to the service."""
    fields = {
        "kind": "deputy",
        "person_id": "",
        "first_name": "Veera",
        "last_name": "Uusitalo",
        "email": "Veera.Uusitalo@porvoo.example",
        "job_title": "henkilöstöpäällikkö",
        "starts_on": clock.today().isoformat(),
        "decision_ref": "12 §",
        "declares_independent": "y",
        "declares_not_shop_steward": "y",
    }
    return {name: value for name, value in (fields | more).items() if value is not None}

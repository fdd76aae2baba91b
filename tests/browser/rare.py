"""What some pages need and the cast lacks: a proposal, an invited person, a letter, a table to import, one-time links."""

import io
from typing import Any

from sqlalchemy import select

from extranet.accounts import tokens
from extranet.accounts.models import TokenPurpose, User, UserState
from extranet.admin.models import ImportFile
from extranet.core.db import db
from extranet.mail.models import Letter
from extranet.organisations.models import Appointment, AppointmentState, Organisation
from tests.conftest import Stage
from tests.organisations.conftest import wish
from tests.page import Browser

TABLE = b"code;name_fi;kind\n049;Espoo;municipality\n050;Eura;circus\n"


def add_rare(stage: Stage) -> dict[str, Any]:
    """Have the cast do the rare things; the ids and tokens that came of it."""
    proposed = Browser(stage.app, stage.ids["contact"]).post("/organisations/638/appointments/propose", **wish())
    uploaded = Browser(stage.app, stage.ids["admin"]).post("/admin/imports/", kind="organisations", file=(io.BytesIO(TABLE), "kunnat.csv"))
    assert (proposed.status, uploaded.status) == (303, 303)
    with stage.app.app_context():
        of_porvoo = (
            select(Appointment.id).join(Organisation, Organisation.id == Appointment.organisation_id).where(Organisation.code == "638")
        )
        invited = select(User.id).where(User.state == UserState.INVITED)
        rare = {
            "proposal": _first(of_porvoo.where(Appointment.state == AppointmentState.PROPOSED)),
            "appointment": _first(of_porvoo.where(Appointment.state == AppointmentState.CONFIRMED)),
            "invited": _first(invited),
            "letter": _first(select(Letter.id)),
            "import_file": _first(select(ImportFile.id)),
            "invitation": tokens.issue(_first(invited), TokenPurpose.INVITATION),
            "reset": tokens.issue(stage.ids["member"], TokenPurpose.RESET),
            "sign_in": tokens.issue(stage.ids["member"], TokenPurpose.SIGN_IN),
        }
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    return rare


def _first(statement: Any) -> Any:
    found = db.session.scalars(statement).first()
    assert found is not None
    return found

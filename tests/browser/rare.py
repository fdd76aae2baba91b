"""What some pages need and the cast lacks: a proposal, an invited person, a letter, a table to import, one-time links."""

import io
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from extranet.accounts import tokens
from extranet.accounts.models import TokenPurpose, User, UserState
from extranet.admin.models import ImportFile
from extranet.core import clock
from extranet.core.db import db
from extranet.demo.files.plain_pdf import make_pdf
from extranet.discussions.following_links import letter_path
from extranet.discussions.models import Post
from extranet.mail.models import Letter
from extranet.materials.models import Material, MaterialVersion
from extranet.moderation.models import Case, CaseState, Outcome, Reason, Report
from extranet.organisations.models import Appointment, AppointmentState, Organisation
from extranet.pilots.models import PilotLink
from extranet.previews.making import make
from extranet.previews.queries import request
from tests.attendance.made import add_attended
from tests.conftest import Stage
from tests.materials.recordings import add_captions, add_material, add_recording
from tests.organisations.conftest import wish
from tests.page import Browser
from tests.sharing.made import pass_on

TABLE = b"code;name_fi;kind\n049;Espoo;municipality\n050;Eura;circus\n"


def add_rare(stage: Stage) -> dict[str, Any]:
    """Have the cast do the rare things; the ids and tokens that came of it."""
    proposed = Browser(stage.app, stage.ids["contact"]).post("/organisations/638/appointments/propose", **wish())
    uploaded = Browser(stage.app, stage.ids["admin"]).post("/admin/imports/", kind="organisations", file=(io.BytesIO(TABLE), "kunnat.csv"))
    assert (proposed.status, uploaded.status) == (303, 303)
    editor = Browser(stage.app, stage.ids["moderator"])
    recording = add_recording(editor)
    assert add_captions(editor, recording).status == 303
    paged = add_material(editor, make_pdf("Ohje", [f"Rivi {n}" for n in range(100)]), "ohje.pdf")
    _make_preview(stage, paged)
    _make_preview(stage, stage.things["pilot_material"])
    passed_on, attended = pass_on(stage), add_attended(stage)
    with stage.app.app_context():
        of_porvoo = (
            select(Appointment.id).join(Organisation, Organisation.id == Appointment.organisation_id).where(Organisation.code == "638")
        )
        invited = select(User.id).where(User.state == UserState.INVITED)
        rare = (
            {
                "proposal": _first(of_porvoo.where(Appointment.state == AppointmentState.PROPOSED)),
                "appointment": _first(of_porvoo.where(Appointment.state == AppointmentState.CONFIRMED)),
                "invited": _first(invited),
                "letter": _first(select(Letter.id)),
                "import_file": _first(select(ImportFile.id)),
                "invitation": tokens.issue(_first(invited), TokenPurpose.INVITATION),
                "reset": tokens.issue(stage.ids["member"], TokenPurpose.RESET),
                "pilot_link": "pilot-link",
                "recording": recording,
                "paged": paged,
                "decided_case": _add_decided(stage).id,
                "letter_word": letter_path(stage.ids["member"], stage.things["hr_thread"]).rpartition("/")[2],
                "sign_in": tokens.issue(stage.ids["member"], TokenPurpose.SIGN_IN),
            }
            | passed_on
            | attended
        )
        db.session.add(PilotLink(review_id=stage.things["hr_pilot_guest"], token_hash=tokens.hash_token("pilot-link")))
        _let_be_due(stage)
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    return rare


def _add_decided(stage: Stage) -> Case:
    """A report about a reply of medlem's; she can ask for a second look."""
    post = db.session.get_one(Post, stage.things["answered_post"])
    case = Case(
        post=post, body_html=post.body_html, state=CaseState.UPHELD, outcome=Outcome.REMIND, statement="Muistattehan pelisäännöt.",
        decided_by_id=stage.ids["moderator"], decided_at=clock.days_ago(1),
    )  # fmt: skip
    db.session.add(case)
    db.session.flush()
    db.session.add(Report(case_id=case.id, reporter_id=stage.ids["member"], reason=Reason.OFF_TOPIC, words=""))
    return case


def _let_be_due(stage: Stage) -> None:
    """One material waits for its review."""
    due = db.session.get_one(Material, stage.things["public_material"])
    due.review_due = clock.today() - timedelta(days=3)


def _make_preview(stage: Stage, material_id: int) -> None:
    """As a worker would."""
    with stage.app.app_context():
        sha256, mime = db.session.execute(
            select(MaterialVersion.sha256, MaterialVersion.mime).where(MaterialVersion.material_id == material_id)
        ).one()
        request(sha256, mime)
        db.session.commit()
        make(sha256)


def _first(statement: Any) -> Any:
    found = db.session.scalars(statement).first()
    assert found is not None
    return found

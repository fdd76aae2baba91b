"""What membership follows from: appointments, and a change of organisation."""

import pytest

from extranet.accounts.models import User
from extranet.core import clock
from extranet.core.db import db
from extranet.core.signals import appointment_confirmed, appointment_ended, person_moved
from extranet.core.viewer import SYSTEM, Role
from extranet.networks.access import viewer_for
from extranet.networks.models import Membership, MembershipState
from extranet.organisations.models import Appointment, AppointmentState, Organisation
from tests.networks.places import place


@pytest.fixture
def in_office(app, cast):
    """End or begin an appointment from outside, then tell."""

    def act(key, signal, **values):
        with app.app_context():
            appointment = db.session.query(Appointment).filter_by(user_id=cast[key]).one()
            for name, value in values.items():
                setattr(appointment, name, value)
            db.session.flush()
            signal.send(SYSTEM, appointment=appointment)
            db.session.commit()

    return act


def test_a_contact_person_belongs_to_the_network_while_in_office(app, in_office, rows, cast, viewer):
    assert viewer("contact").role_in(cast["network:contact-persons"]) == Role.MEMBER
    in_office("contact", appointment_ended, state=AppointmentState.ENDED, ends_on=clock.today())
    assert place(rows, cast, "contact", "contact-persons") == ("left", "member")
    assert viewer("contact").role_in(cast["network:contact-persons"]) == Role.NONE
    in_office("contact", appointment_confirmed, state=AppointmentState.CONFIRMED, ends_on=None)
    assert place(rows, cast, "contact", "contact-persons") == ("active", "member")


def test_without_an_appointment_in_force_the_row_alone_opens_nothing(app, cast):
    with app.app_context():
        db.session.query(Appointment).filter_by(user_id=cast["contact"]).update({"state": AppointmentState.ENDED})
        assert viewer_for(cast["contact"]).role_in(cast["network:contact-persons"]) == Role.NONE
        assert viewer_for(cast["expert"]).role_in(cast["network:contact-persons"]) == Role.LEAD
        db.session.rollback()


def test_a_staff_representatives_row_opens_no_employer_only_network(app, cast):
    with app.app_context():
        db.session.get(User, cast["member"]).side = "staff"
        db.session.flush()
        assert viewer_for(cast["member"]).role_in(cast["network:hr"]) == Role.NONE
        db.session.rollback()


def test_whoever_changes_organisation_waits_for_the_moderators_again(app, rows, cast):
    with app.app_context():
        for key in ("member", "moderator", "pori"):
            person = db.session.get(User, cast[key])
            entered = db.session.query(Organisation).filter_by(code="091").one()
            person_moved.send(SYSTEM, person=person, left=None, entered=entered)
        db.session.commit()
    assert place(rows, cast, "member", "hr") == ("requested", "member")
    assert place(rows, cast, "moderator", "hr") == ("active", "lead")
    assert place(rows, cast, "pori", "work-and-life-core") == ("requested", "member")
    waiting = rows(Membership, Membership.user_id == cast["member"], Membership.state == MembershipState.REQUESTED)[0]
    assert waiting.joined_at is not None and waiting.left_at is None

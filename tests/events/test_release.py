"""Whoever may no longer take part gives up the place, and hears nothing more of it (T17, T23, T37)."""

from sqlalchemy import select, update

from extranet.accounts.models import User, UserState
from extranet.audit.models import AuditEvent
from extranet.core.db import db
from extranet.core.signals import appointment_ended, member_left, network_closed
from extranet.core.viewer import SYSTEM
from extranet.events import letter_tasks, tasks
from extranet.events.kinds import Audience, Mode, SignupState
from extranet.events.models import Signup
from extranet.mail.models import Letter
from extranet.networks.models import Membership, MembershipState, Network, Visibility
from extranet.notifications.models import Notification
from extranet.organisations.models import Appointment, AppointmentState


def leave(app, cast, name, network="hr"):
    with app.app_context():
        db.session.execute(
            update(Membership)
            .where(Membership.user_id == cast[name], Membership.network_id == cast[f"network:{network}"])
            .values(state=MembershipState.REMOVED)
        )
        member_left.send(None, network_id=cast[f"network:{network}"], user_id=cast[name])
        db.session.commit()


def test_whoever_left_during_the_event_reads_neither_its_link_nor_its_names(app, browser, cast, plan):
    event, member = plan(mode=Mode.REMOTE, in_hours=-1, stream_url="https://video.example/secret"), browser("member")
    with app.app_context():
        for name in ("member", "medlem"):
            db.session.add(Signup(event_id=event, user_id=cast[name], mode=Mode.REMOTE, state=SignupState.CONFIRMED, shows_name=True))
        db.session.commit()
    assert "video.example" in member.get(f"/events/{event}/").html
    assert member.get(f"/events/{event}/participants?names=1").status == 200

    leave(app, cast, "member")

    assert "video.example" not in member.get(f"/events/{event}/").html
    assert member.get(f"/events/{event}/participants?names=1").status == 403


def test_the_place_of_a_person_who_left_goes_to_the_next(app, browser, cast, plan, states, letters, rows):
    event, other = plan(capacity_onsite=1), plan("work-and-life", audience=Audience.SIGNED_IN)
    for name in ("member", "medlem"):
        browser(name).post(f"/events/{event}/sign-up")
    browser("member").post(f"/events/{other}/sign-up")
    letters()

    leave(app, cast, "member")

    assert states(event) == {cast["member"]: "cancelled", cast["medlem"]: "offered"}
    assert states(other) == {cast["member"]: "confirmed"}, "open to everyone who has signed in"
    assert [n.user_id for n in rows(Notification)] == [cast["medlem"]]
    assert letters()[3:] == [("medlem", "offered")]
    signups = [str(s.id) for s in rows(Signup, Signup.event_id == event)]
    released = rows(AuditEvent, AuditEvent.name == "events.release", AuditEvent.thing_id.in_(signups))
    assert [(e.is_system, e.user_id) for e in released] == [(True, None)]


def test_places_in_events_that_have_begun_stay_as_they_were(app, browser, cast, plan, states):
    event = plan(in_hours=-1)
    with app.app_context():
        db.session.add(Signup(event_id=event, user_id=cast["member"], mode=Mode.ONSITE, state="confirmed"))
        db.session.commit()
    leave(app, cast, "member")
    assert states(event) == {cast["member"]: "confirmed"}


def test_a_letter_that_waits_is_not_sent_to_a_person_who_left(app, browser, cast, plan, rows):
    event = plan("hr-advisory-board")
    browser("pori").post(f"/events/{event}/sign-up")
    with app.app_context():
        letter_tasks.write("confirmed", [1000], 0)
        signup = db.session.scalar(select(Signup.id).where(Signup.event_id == event))
        assert letter_tasks.may_go(signup) and not letter_tasks.may_go(10_000)
        board = (Membership.user_id == cast["pori"], Membership.network_id == cast["network:hr-advisory-board"])
        db.session.execute(update(Membership).where(*board).values(state=MembershipState.LEFT))
        db.session.flush()
        assert not letter_tasks.may_go(signup)
    assert rows(Letter) == []


def test_a_contact_person_whose_appointment_ended_gives_up_the_place(app, browser, cast, plan, states):
    event = plan(audience=Audience.CONTACT_PERSONS)
    browser("contact").post(f"/events/{event}/sign-up")
    with app.app_context():
        appointment = db.session.scalar(select(Appointment).where(Appointment.user_id == cast["contact"]))
        appointment.state = AppointmentState.ENDED
        appointment_ended.send(SYSTEM, appointment=appointment)
        db.session.commit()
    assert states(event) == {cast["contact"]: "cancelled"}


def test_a_network_that_becomes_secret_keeps_only_its_own(app, browser, cast, plan, states):
    event = plan("work-and-life", audience=Audience.SIGNED_IN)
    for name in ("newcomer", "staff"):
        browser(name).post(f"/events/{event}/sign-up")
    with app.app_context():
        db.session.get(Network, cast["network:work-and-life"]).visibility = Visibility.SECRET
        network_closed.send(None, network_id=cast["network:work-and-life"])
        db.session.commit()
    assert states(event) == {cast["newcomer"]: "cancelled", cast["staff"]: "confirmed"}
    assert browser("newcomer").get(f"/events/{event}/").status == 404


def test_every_night_closed_accounts_give_up_their_places(app, browser, cast, plan, states):
    event = plan(capacity_onsite=1)
    for name in ("member", "medlem"):
        browser(name).post(f"/events/{event}/sign-up")
    with app.app_context():
        db.session.execute(update(User).where(User.id == cast["member"]).values(state=UserState.CLOSED))
        tasks.release()
        db.session.commit()
    assert states(event) == {cast["member"]: "cancelled", cast["medlem"]: "offered"}

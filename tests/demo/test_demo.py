"""The demo has the numbers of domain.md §5.2, gaps included, and nobody in it exists."""

import re

from sqlalchemy import func, select

from extranet.accounts.models import User
from extranet.discussions.models import Post, Thread
from extranet.events.models import Event, Signup
from extranet.networks.models import Membership, Network
from extranet.organisations.models import Appointment, Organisation
from extranet.pages.models import NetworkPage


def count(session, model, *where):
    return session.scalar(select(func.count()).select_from(model).where(*where))


def members(session, slug):
    return session.execute(
        select(func.count(), func.count(User.organisation_id.distinct()))
        .select_from(Membership)
        .join(User, User.id == Membership.user_id)
        .join(Network, Network.id == Membership.network_id)
        .where(Network.slug == slug, Membership.state == "active")
    ).one()


def test_the_numbers_are_those_of_the_annual_report(demo):
    assert tuple(members(demo, "hr")) == (408, 173)
    assert members(demo, "hr-advisory-board")[0] == 15
    assert count(demo, Network) == 12
    assert count(demo, Organisation, Organisation.onboarded_at.is_not(None)) == 173
    in_force = Appointment.state == "confirmed"
    assert count(demo, Appointment, in_force, Appointment.kind == "primary") == 178
    assert count(demo, Appointment, in_force, Appointment.kind == "deputy") == 162
    assert (count(demo, Thread), count(demo, Post)) == (60, 320)
    assert count(demo, Event) == 26  # with the two days before the one whose costs are split


def test_there_is_work_to_do(demo):
    """The gaps that dashboards show."""
    has = {
        kind: set(demo.scalars(select(Appointment.organisation_id).where(Appointment.state == "confirmed", Appointment.kind == kind)))
        for kind in ("primary", "deputy")
    }
    onboarded = set(demo.scalars(select(Organisation.id).where(Organisation.onboarded_at.is_not(None))))
    assert len(onboarded - has["primary"] - has["deputy"]) == 3
    assert len((onboarded & has["primary"]) - has["deputy"]) == 8
    assert count(demo, Appointment, Appointment.state == "proposed") == 2
    requests = select(Membership.id).join(Network, Network.id == Membership.network_id)
    assert len(demo.scalars(requests.where(Network.slug == "hr", Membership.state == "requested")).all()) >= 6
    assert count(demo, Organisation, Organisation.successor_id.is_not(None)) == 1
    assert len([p for p in demo.scalars(select(NetworkPage)) if "sv" in p.missing]) == 9
    assert count(demo, Post, Post.hidden_at.is_not(None), Post.held_at.is_(None)) == 3
    assert count(demo, Event, Event.state == "cancelled") >= 1
    assert count(demo, Event, Event.starts_at.is_(None), Event.state == "announced") == 1
    waiting = demo.execute(select(Signup.event_id, func.count()).where(Signup.state == "waiting").group_by(Signup.event_id)).all()
    assert 7 in [number for _event, number in waiting]


def test_nobody_exists(demo):
    addresses = list(demo.scalars(select(User.email)))
    assert len(addresses) == len(set(addresses))
    assert [a for a in addresses if not a.endswith(".example")] == []
    assert [p for p in demo.scalars(select(User.phone)) if p and not re.fullmatch(r"\+358 40 000 \d{4}", p)] == []


def test_every_active_network_has_a_lead(demo):
    led = select(Membership.network_id).where(Membership.role == "lead", Membership.state == "active")
    assert count(demo, Network, Network.state == "active", Network.id.not_in(led)) == 0


def test_a_staff_representative_is_in_no_employer_only_network(demo):
    wrong = (
        select(func.count())
        .select_from(Membership)
        .join(User, User.id == Membership.user_id)
        .join(Network, Network.id == Membership.network_id)
        .where(Network.employer_only, User.side == "staff", Membership.state == "active")
    )
    assert demo.scalar(wrong) == 0

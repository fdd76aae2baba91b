"""What the demo has of networks and their pages beyond who belongs where."""

from datetime import timedelta

from extranet.core import clock
from extranet.core.db import db
from extranet.demo.cast import Cast
from extranet.networks.models import Membership, MembershipState, OrganisationParticipation


def add_to_cast(cast: Cast) -> None:
    """The few that the tests know by name."""
    _add_request(cast)
    _add_organisations(cast)
    member = db.session.query(Membership).filter_by(network_id=cast.networks["hr"].id, user_id=cast.people["member"].id).one()
    cast.things["hr_membership"] = member.id


def _add_request(cast: Cast) -> None:
    request = Membership(
        network_id=cast.networks["hr"].id,
        user_id=cast.people["pori"].id,
        state=MembershipState.REQUESTED,
        requested_at=clock.days_ago(2),
        declares_employer_side=True,
        message="Vastaan kaupungin henkilöstösuunnittelusta ja etsin vertaistukea.",
    )
    db.session.add(request)
    db.session.flush()
    cast.things["hr_request"] = request.id


def _add_organisations(cast: Cast) -> None:
    for code, name in (("091", "helsinki"), ("109", "hameenlinna"), ("224", "karkkila"), ("609", "pori")):
        for slug in ("work-and-life", "work-and-life-core"):
            part = OrganisationParticipation(
                network_id=cast.networks[slug].id,
                organisation_id=cast.organisations[code].id,
                since=clock.today() - timedelta(days=700),
                is_public=True,
            )
            db.session.add(part)
            db.session.flush()
            cast.things[f"{name}_in_{slug.replace('-', '_')}"] = part.id

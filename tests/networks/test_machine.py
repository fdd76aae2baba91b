"""The rules of membership interlock; whatever people do, in whatever order, the invariants hold."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from extranet.accounts.models import Side, User
from extranet.core.db import db
from extranet.core.errors import NotAllowed, NotFound, Refused
from extranet.networks import actions, governance
from extranet.networks.access import viewer_for
from extranet.networks.member_queries import get_membership, get_own
from extranet.networks.models import JoinPolicy, Membership, MembershipRole, MembershipState, Network, NetworkKind, NetworkState, Visibility
from extranet.networks.queries import get_network_at_door

SLUGS = ("hr", "work-and-life", "work-and-life-core")
PEOPLE = ("member", "staff", "newcomer", "moderator", "external", "pori", "admin")
people, slugs = st.sampled_from(PEOPLE), st.sampled_from(SLUGS)


class Life(RuleBasedStateMachine):
    """People of the cast come, go and decide in three networks. Each act is all or nothing, as a request is."""

    app = None
    ids: dict[str, int] = {}

    def __init__(self) -> None:
        super().__init__()
        self.context = self.app.app_context()
        self.context.push()

    def teardown(self) -> None:
        db.session.rollback()
        self.context.pop()

    @initialize()
    def begin(self) -> None:
        db.session.rollback()

    def _try(self, do) -> None:
        point = db.session.begin_nested()
        try:
            do()
            db.session.flush()
            point.commit()
        except (Refused, NotAllowed, NotFound):
            point.rollback()
            db.session.expire_all()

    def _row(self, viewer, slug, who) -> Membership:
        found = db.session.scalar(
            select(Membership.id).join(Network).where(Network.slug == slug, Membership.user_id == self.ids[who]).limit(1)
        )
        return get_membership(viewer, slug, found or 0)

    @rule(who=people, slug=slugs, declares=st.booleans())
    def join(self, who, slug, declares) -> None:
        viewer = viewer_for(self.ids[who])
        self._try(lambda: actions.join(viewer, get_network_at_door(viewer, slug), declares_employer_side=declares))

    @rule(who=people, slug=slugs)
    def leave(self, who, slug) -> None:
        viewer = viewer_for(self.ids[who])
        self._try(lambda: actions.leave(viewer, get_own(viewer, get_network_at_door(viewer, slug))))

    @rule(who=people, slug=slugs)
    def accept(self, who, slug) -> None:
        viewer = viewer_for(self.ids[who])
        self._try(lambda: actions.accept(viewer, get_own(viewer, get_network_at_door(viewer, slug)), declares_employer_side=True))

    @rule(who=people, whom=people, slug=slugs)
    def invite(self, who, whom, slug) -> None:
        viewer = viewer_for(self.ids[who])
        self._try(lambda: actions.invite(viewer, get_network_at_door(viewer, slug), user=db.session.get_one(User, self.ids[whom])))

    @rule(who=people, whom=people, slug=slugs, yes=st.booleans())
    def decide(self, who, whom, slug, yes) -> None:
        viewer = viewer_for(self.ids[who])
        if yes:
            self._try(lambda: actions.approve(viewer, self._row(viewer, slug, whom)))
        else:
            self._try(lambda: actions.decline(viewer, self._row(viewer, slug, whom), reason="No."))

    @rule(who=people, whom=people, slug=slugs)
    def remove(self, who, whom, slug) -> None:
        viewer = viewer_for(self.ids[who])
        self._try(lambda: actions.remove(viewer, self._row(viewer, slug, whom), reason="Out."))

    @rule(who=people, whom=people, slug=slugs, role=st.sampled_from(MembershipRole))
    def set_role(self, who, whom, slug, role) -> None:
        viewer = viewer_for(self.ids[who])
        network_id = db.session.scalar(select(Network.id).where(Network.slug == slug))
        before, was = viewer.role_in(network_id), viewer_for(self.ids[whom]).role_in(network_id)
        self._try(lambda: actions.set_role(viewer, self._row(viewer, slug, whom), role=role))
        if not viewer.is_admin:
            assert viewer_for(self.ids[who]).role_in(network_id) <= before, "nobody lifts herself (T18)"
            assert viewer_for(self.ids[whom]).role_in(network_id) <= max(before, was), "nor anybody above herself"

    @rule(slug=slugs, employer_only=st.booleans(), exclude=st.booleans(), policy=st.sampled_from(JoinPolicy))
    def govern(self, slug, employer_only, exclude, policy) -> None:
        viewer = viewer_for(self.ids["admin"])
        network = get_network_at_door(viewer, slug)
        parent = db.session.get(Network, network.parent_id) if network.parent_id else None
        self._try(
            lambda: governance.govern(
                viewer, network, kind=network.kind, parent=parent, visibility=Visibility.PUBLIC,
                join_policy=policy, employer_only=employer_only, exclude_staff=exclude,
            )
        )  # fmt: skip

    @rule(slug=slugs, state=st.sampled_from([NetworkState.ACTIVE, NetworkState.DORMANT, NetworkState.ARCHIVED]))
    def rest(self, slug, state) -> None:
        viewer = viewer_for(self.ids["admin"])
        self._try(lambda: governance.set_state(viewer, get_network_at_door(viewer, slug), state=state))

    @invariant()
    def the_invariants_hold(self) -> None:
        rows = db.session.execute(select(Membership, Network, User.side).join(Network).join(User, User.id == Membership.user_id)).all()
        active = {(network.id, m.user_id) for m, network, _side in rows if m.state == MembershipState.ACTIVE}
        for membership, network, side in rows:
            if membership.role in (MembershipRole.LEAD, MembershipRole.MODERATOR, MembershipRole.CORE):
                assert membership.state == MembershipState.ACTIVE, "I-06"
            if network.employer_only and side == Side.STAFF:
                assert membership.state not in (MembershipState.ACTIVE, MembershipState.INVITED), "I-05"
            if network.kind == NetworkKind.DEVELOPMENT and membership.state == MembershipState.ACTIVE:
                assert (network.parent_id, membership.user_id) in active, "I-12"
        for network in {network for _m, network, _side in rows}:
            if network.state in (NetworkState.ACTIVE, NetworkState.DORMANT):
                leads = [m for m, n, _s in rows if n is network and m.role == MembershipRole.LEAD and m.state == MembershipState.ACTIVE]
                assert leads, f"I-06: {network.slug} has no leader"


@pytest.mark.slow
def test_whatever_people_do_the_invariants_hold(stage):
    machine = type("Here", (Life,), {"app": stage.app, "ids": stage.ids})
    run_state_machine_as_test(
        machine,
        settings=settings(max_examples=8, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True),
    )

"""Letters about membership, each in its reader's language. They follow from the reader's own acts or duties, so nobody turns them off."""

from typing import Any

from sqlalchemy import select

from extranet.accounts.models import User, UserState
from extranet.core.db import db
from extranet.mail.outbox import guard, put_letter
from extranet.networks.models import Membership, MembershipRole, MembershipState, Network


@guard("networks.waiting")
def is_waiting(membership_id: int) -> bool:
    """Whether the request or invitation that a letter is about still waits when the letter is to go (T23)."""
    state = db.session.scalar(select(Membership.state).where(Membership.id == membership_id))
    return state in (MembershipState.REQUESTED, MembershipState.INVITED)


def write_to(user: User, letter: str, network: Network, *, waiting: Membership | None = None, **context: Any) -> None:
    """Put one letter into the outbox: templates/networks/mail/<letter>. One about `waiting` goes only as long as that waits."""
    db.session.flush()
    put_letter(
        to=user.email,
        user_id=user.id,
        language=user.language,
        template=f"networks/mail/{letter}",
        network=network.name,
        path=network.path,
        name=user.first_name,
        guarded=("networks.waiting", waiting.id) if waiting is not None else None,
        **context,
    )


def write_to_moderators(network: Network, letter: str, *, leads_only: bool = False, but: int | None = None, **context: Any) -> None:
    """The same for those who look after the network, except the person `but`."""
    roles = [MembershipRole.LEAD] if leads_only else [MembershipRole.LEAD, MembershipRole.MODERATOR]
    for user in db.session.scalars(
        select(User)
        .join(Membership, Membership.user_id == User.id)
        .where(
            Membership.network_id == network.id,
            Membership.state == MembershipState.ACTIVE,
            Membership.role.in_(roles),
            User.state == UserState.ACTIVE,
            User.id != (but or 0),
        )
        .order_by(User.id)
    ):
        write_to(user, letter, network, **context)

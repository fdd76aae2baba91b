"""A card follows its answer: out of the library when the answer is hidden or removed, back with it, and along to another network.

It does so by the system's hand: the act that it follows is logged with whoever did it, and with the reason.
"""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from extranet.answers.models import AnswerCard
from extranet.audit.log import action
from extranet.core import clock
from extranet.core.db import db
from extranet.core.i18n import N_
from extranet.core.viewer import SYSTEM, Viewer
from extranet.discussions.companions import follower
from extranet.discussions.models import Thread
from extranet.materials import actions as materials
from extranet.materials.models import Material, Sharing
from extranet.materials.policy import can_publish
from extranet.networks.access import viewer_for
from extranet.networks.models import Network, Visibility
from extranet.networks.policy import can_read_materials
from extranet.notifications.notify import notify


@follower
def follow(viewer: Viewer, thread: Thread) -> None:
    """Bring the cards made of a thread's answers into accord with it."""
    kin = (joinedload(AnswerCard.post), joinedload(AnswerCard.material).joinedload(Material.network))
    cards = select(AnswerCard).options(*kin).where(AnswerCard.post.has(thread_id=thread.id))
    for card in db.session.scalars(cards).all():
        if card.material.network_id != thread.network_id:
            move(SYSTEM, card.material, network=thread.network, mover=viewer)
        is_read = not (thread.is_hidden or card.post.is_hidden or card.post.is_deleted)
        if not is_read and card.withdrawn_at is None and not card.material.is_archived:
            card.withdrawn_at = clock.now()
            materials.archive(SYSTEM, card.material)
            _tell_owner(viewer, card, "withdraw", N_("Your card “%(title)s” went out of the library: its answer was hidden or removed."))
        elif is_read and card.withdrawn_at is not None:
            card.withdrawn_at = None
            materials.unarchive(SYSTEM, card.material)
            _tell_owner(
                viewer, card, "bring_back", N_("Your card “%(title)s” is in the library again, as its answer is in the discussion.")
            )
        elif is_read and not card.post.is_accepted:
            _tell_owner(
                viewer,
                card,
                "unaccept",
                N_("Your card “%(title)s” was made of a reply that is not the answer any more. See whether it still holds."),
            )


@action(can_publish)
def move(viewer: Viewer, material: Material, *, network: Network, mover: Viewer) -> None:
    """Put a card where its discussion stands (T06). An owner who would not reach it there gives it over to whoever moves it."""
    if not can_read_materials(viewer_for(material.owner_id), network) and mover.user_id is not None:
        words = N_("The discussion of your card “%(title)s” was moved to another network, and the card with it. It has another owner now.")
        place = material.network
        notify(
            mover, {material.owner_id}, "answers.move", about=place, text=words, path=f"{place.path}materials/",
            key=f"card:{material.id}:move:{int(clock.now().timestamp())}", direct={material.owner_id}, title=material.title,
        )  # fmt: skip
        material.owner_id = mover.user_id
    if material.sharing == Sharing.PUBLIC and network.visibility != Visibility.PUBLIC:
        material.sharing = Sharing.OWN_USE
    material.network, material.network_id = network, network.id


def _tell_owner(viewer: Viewer, card: AnswerCard, verb: str, text: str) -> None:
    material = card.material
    # Of an answer that is not accepted any more she hears once, of the others each time.
    key = f"card:{material.id}:{verb}" if verb == "unaccept" else f"card:{material.id}:{verb}:{int(clock.now().timestamp())}"
    notify(
        viewer, {material.owner_id}, f"answers.{verb}", about=material, text=text, path=material.path, key=key,
        direct={material.owner_id}, title=material.title,
    )  # fmt: skip

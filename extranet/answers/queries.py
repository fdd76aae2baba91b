"""What you can see: the answer to be saved, the card of an answer, the discussion of a card."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from extranet.answers import policy
from extranet.answers.models import AnswerCard
from extranet.core.db import db
from extranet.core.errors import NotFound, demand
from extranet.core.viewer import Viewer
from extranet.discussions.models import Post, Thread
from extranet.discussions.queries import find_post
from extranet.materials.models import Material
from extranet.materials.queries import get_material


def get_answer(viewer: Viewer, post_id: int) -> Post:
    """The accepted answer, to be saved. Raises NotFound, NotAllowed."""
    post = find_post(viewer, post_id)
    demand(policy.can_save(viewer, post), "answers.save")
    return post


def get_question(post: Post) -> Post:
    """The opening of the answer's thread, with the thread's topics."""
    wanted = select(Post).options(joinedload(Post.thread).selectinload(Thread.topics))
    return db.session.scalars(wanted.where(Post.thread_id == post.thread_id, Post.is_opening)).one()


def find_card(post: Post) -> AnswerCard | None:
    """The card that was made of the post."""
    return db.session.scalar(select(AnswerCard).options(joinedload(AnswerCard.material)).where(AnswerCard.post_id == post.id))


def get_card_of(viewer: Viewer, post_id: int) -> Material:
    """The card of a post, as far as the viewer may see both. Raises NotFound."""
    card = find_card(find_post(viewer, post_id))
    if card is None:
        raise NotFound
    return get_material(viewer, card.material_id)


def get_source(viewer: Viewer, material_id: int) -> Post:
    """The answer of which the material was made, for those who may read both. Raises NotFound."""
    post_id = db.session.scalar(select(AnswerCard.post_id).where(AnswerCard.material_id == get_material(viewer, material_id).id))
    if post_id is None:
        raise NotFound
    return find_post(viewer, post_id)

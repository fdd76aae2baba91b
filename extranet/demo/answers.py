"""What the demo has of answers: one for the tests, and a few that are saved for the library."""

import random
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from extranet.answers.models import AnswerCard
from extranet.core import clock
from extranet.core.db import db
from extranet.core.text import LocalText
from extranet.demo.cast import Cast
from extranet.demo.discussions import add_post, add_thread
from extranet.demo.profiles import Profile
from extranet.discussions.models import Post, Thread
from extranet.materials.actions import Description, describe
from extranet.materials.models import Material, MaterialKind, MaterialLanguage, MaterialState
from extranet.networks.models import Membership, MembershipRole

CARDS = 4


def add_to_cast(cast: Cast) -> None:
    """The one that the tests know by name: accepted, and not saved for the library yet."""
    people = {key: user.id for key, user in cast.people.items()}
    thread = add_thread(
        cast.networks["hr"].id, people["member"], "Kauanko työhakemukset säilytetään?", ["Mitä teillä on päätetty?"], days=40
    )
    answer = add_post(thread, people["medlem"], "Kaksi vuotta valinnasta, **tasa-arvolain** kanneajan vuoksi.", clock.days_ago(39))
    answer.is_accepted, thread.resolved_at = True, clock.days_ago(38)
    cast.things |= {"answered_thread": thread.id, "answered_post": answer.id}


def fill(_cast: Cast, _rng: random.Random, _size: Profile) -> None:
    """The newest answers, one a network at most, on cards that the network's lead owns."""
    db.session.expire_all()
    found = db.session.scalars(
        select(Post)
        .options(joinedload(Post.thread).joinedload(Thread.network), joinedload(Post.thread).selectinload(Thread.topics))
        .join(Thread, Thread.id == Post.thread_id)
        .where(Post.is_accepted, Post.is_unnamed.is_(False), Thread.resolved_at > clock.days_ago(300), Thread.hidden_at.is_(None))
        .order_by(Thread.resolved_at.desc())
    ).all()
    for post in list({post.thread.network_id: post for post in reversed(found)}.values())[:CARDS]:
        _save(post)


def _save(post: Post) -> None:
    thread = post.thread
    lead = db.session.scalar(
        select(Membership.user_id).where(Membership.network_id == thread.network_id, Membership.role == MembershipRole.LEAD).limit(1)
    )
    opening = db.session.scalars(select(Post.body).where(Post.thread_id == thread.id, Post.is_opening)).one()
    at = thread.resolved_at or clock.now()
    language = thread.language or "fi"
    asked, answered = ("Fråga", "Svar") if language == "sv" else ("Kysymys", "Vastaus")
    material = Material(
        network=thread.network, owner_id=lead or post.author_id, state=MaterialState.PUBLISHED,
        created_at=at, published_at=at, updated_at=at, year=at.year,
    )  # fmt: skip
    words = Description(
        title=LocalText({language: thread.title}),
        kind=MaterialKind.ANSWER,
        language=MaterialLanguage(language),
        abstract=LocalText({language: f"## {asked}\n\n{opening}\n\n## {answered}\n\n{post.body}"}),
        topic_ids=tuple(topic.id for topic in thread.topics),
        valid_from=clock.local(at).date(),
        review_due=clock.local(at).date() + timedelta(days=365),
    )
    describe(material, words, "")
    db.session.add(material)
    db.session.flush()
    material.link_url = material.path
    db.session.add(AnswerCard(material_id=material.id, post_id=post.id, saved_by_id=material.owner_id, saved_at=at))
    post.has_card = True
    db.session.flush()

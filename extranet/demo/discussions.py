"""What the demo has of discussions."""

from datetime import datetime, timedelta

from extranet.core import clock
from extranet.core.db import db
from extranet.core.text import render_markdown
from extranet.demo.cast import Cast
from extranet.discussions.models import Post, Thread, ThreadKind


def add_to_cast(cast: Cast) -> None:
    """The few that the tests know by name."""
    hr, contacts = cast.networks["hr"].id, cast.networks["contact-persons"].id
    people = {key: user.id for key, user in cast.people.items()}
    thread = add_thread(hr, people["medlem"], "Hur gör ni med tvåspråkiga arbetsintyg?", ["Vi skriver dem på begäran. Hur gör ni?"], days=4)
    cast.things["hr_thread"] = thread.id
    cast.things["hr_post"] = add_post(thread, people["member"], "Meillä on **pohja** molemmilla kielillä.", clock.days_ago(3)).id
    closed = add_thread(hr, people["member"], "Kokemuksia lähtöhaastatteluista", ["Kertokaa, mitä kysytte."], days=30)
    closed.closed_at, closed.closed_reason = clock.days_ago(2), "Aihe on käsitelty."
    cast.things["closed_thread"] = closed.id
    cast.things["contact_thread"] = add_thread(contacts, people["contact"], "Kuukausikahvien aiheet", ["Mitä käsitellään?"], days=6).id
    board = cast.networks["hr-advisory-board"].id
    cast.things["advisory_thread"] = add_thread(board, people["pori"], "Ensi kauden teemat", ["Ehdotan etäjohtamista."], days=5).id
    db.session.flush()


def add_thread(
    network_id: int, author_id: int, title: str, bodies: list[str], days: float, kind: ThreadKind = ThreadKind.QUESTION
) -> Thread:
    """A thread that began `days` days ago, with its opening; `bodies` has the opening's text first."""
    at = clock.now() - timedelta(days=days)
    thread = Thread(
        network_id=network_id, author_id=author_id, title=title, kind=kind, created_at=at, last_post_at=at, last_post_by_id=author_id
    )
    db.session.add(thread)
    db.session.flush()
    db.session.add(
        Post(
            thread_id=thread.id,
            number=1,
            author_id=author_id,
            is_opening=True,
            body=bodies[0],
            body_html=render_markdown(bodies[0]),
            created_at=at,
        )
    )
    return thread


def add_post(thread: Thread, author_id: int, body: str, at: datetime) -> Post:
    """A reply written at that moment."""
    thread.last_number += 1
    thread.reply_count += 1
    text = {"body": body, "body_html": render_markdown(body)}
    post = Post(thread_id=thread.id, number=thread.last_number, author_id=author_id, created_at=at, **text)
    db.session.add(post)
    thread.last_post_at, thread.last_post_by_id = at, author_id
    db.session.flush()
    return post

"""How posts go from one thread to another in a body, with what hangs on them by number: marks, levels of following, drafts."""

from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, literal, select, update
from sqlalchemy.orm import aliased

from extranet.core.db import db
from extranet.discussions.draft_models import Draft
from extranet.discussions.following_models import ThreadFollow
from extranet.discussions.holding import waiting_number
from extranet.discussions.models import Post, Thread
from extranet.discussions.reading_models import ReadMark
from extranet.jobs.queue import insert


def carry_posts(source: Thread, target: Thread, shift: int, *only: ColumnElement[bool]) -> None:
    """Put the posts of `source` into `target`, each number changed by `shift`. One statement, however many there are."""
    db.session.flush()
    db.session.execute(
        update(Post).where(Post.thread_id == source.id, Post.number > 0, *only).values(thread_id=target.id, number=Post.number + shift)
    )


def carry_waiting(source: Thread, target: Thread) -> None:
    """What waits for a moderator, and has no place in the thread yet, goes along."""
    below = waiting_number(target) + 1
    waits = (Post.thread_id == source.id, Post.number < 0)
    db.session.execute(update(Post).where(*waits).values(thread_id=target.id, number=Post.number + below))


def carry_marks(source: Thread, target: Thread, offset: int) -> None:
    """Whoever had read all of `target` before the posts of `source` came after its last one has read as far as she had read there."""
    there, here = aliased(ReadMark), ReadMark
    read = select(there.number).where(there.thread_id == source.id, there.user_id == here.user_id).scalar_subquery()
    db.session.execute(
        update(here)
        .where(here.thread_id == target.id, here.number >= target.last_number, offset + read > here.number)
        .values(number=offset + read)
        .execution_options(synchronize_session=False)
    )


def copy_marks(source: Thread, target: Thread, shift: int) -> None:
    """Whoever had read posts that now stand in the new `target` has read them."""
    number = ReadMark.number - shift
    seen: Any = select(
        ReadMark.user_id, literal(target.id), case((number > target.last_number, target.last_number), else_=number), ReadMark.at
    ).where(ReadMark.thread_id == source.id, ReadMark.number > shift)
    names = ["user_id", "thread_id", "number", "at"]
    db.session.execute(insert(ReadMark).from_select(names, seen))


def close_gaps(thread: Thread) -> None:
    """Where posts went away, whoever has nothing left to read there has read it all."""
    left = exists().where(Post.thread_id == thread.id, Post.number > ReadMark.number)
    db.session.execute(
        update(ReadMark)
        .where(ReadMark.thread_id == thread.id, ReadMark.number < thread.last_number, ~left)
        .values(number=thread.last_number)
        .execution_options(synchronize_session=False)
    )


def copy_levels(source: Thread, target: Thread) -> None:
    """Whoever follows or mutes `source` does so with `target`, unless she has chosen there herself."""
    names = ["user_id", "thread_id", "level", "at"]
    chosen: Any = select(ThreadFollow.user_id, literal(target.id), ThreadFollow.level, ThreadFollow.at).where(
        ThreadFollow.thread_id == source.id
    )
    db.session.execute(insert(ThreadFollow).from_select(names, chosen).on_conflict_do_nothing())


def carry_drafts(source: Thread, target: Thread) -> None:
    """A reply that somebody is writing goes with the thread, unless she writes in both."""
    other = aliased(Draft)
    has_one = exists().where(other.user_id == Draft.user_id, other.thread_id == target.id)
    db.session.execute(
        update(Draft)
        .where(and_(Draft.thread_id == source.id, ~has_one))
        .values(thread_id=target.id)
        .execution_options(synchronize_session=False)
    )

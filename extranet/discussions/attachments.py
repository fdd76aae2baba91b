"""The files of a post: put there with it, and read by whoever may read it (T06, I-10)."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from extranet.core.db import db
from extranet.core.errors import NotFound
from extranet.core.viewer import Viewer
from extranet.discussions import policy
from extranet.discussions.attachment_models import Attachment
from extranet.discussions.models import Post, Thread
from extranet.previews.queries import request
from extranet.storage.uploads import take


@dataclass(frozen=True)
class NewFile:
    """An upload that was checked, and what a picture shows."""

    upload_id: str
    alt: str = ""


def attach(viewer: Viewer, post: Post, files: Sequence[NewFile]) -> None:
    """Make uploads of the viewer part of a post that she has just written. Raises Refused for one that is not here."""
    for file in files:
        taken = take(viewer.user_id, file.upload_id)
        new = Attachment(post_id=post.id, name=taken.name, mime=taken.mime, size=taken.size, sha256=taken.sha256, alt=file.alt)
        db.session.add(new)
        if new.is_picture:
            request(taken.sha256, taken.mime)
        post.has_files = True


def get_attachment(viewer: Viewer, attachment_id: int) -> Attachment:
    """The file, with its post and thread, if the viewer may read the post now. Raises NotFound."""
    kin = joinedload(Attachment.post).joinedload(Post.thread).joinedload(Thread.network)
    found = db.session.scalar(
        select(Attachment)
        .options(kin)
        .join(Post, Post.id == Attachment.post_id)
        .join(Thread, Thread.id == Post.thread_id)
        .where(Attachment.id == attachment_id, policy.visible_to(viewer))
    )
    if found is None or not policy.can_read_post(viewer, found.post):
        raise NotFound
    return found


def list_stored(among: Collection[str]) -> set[str]:
    """Those of the stored files that some post has, by their hash."""
    return set(db.session.scalars(select(Attachment.sha256).where(Attachment.sha256.in_(among))))


def list_all_stored() -> Iterator[str]:
    """Every stored file that some post has, by its hash."""
    yield from db.session.scalars(select(Attachment.sha256).distinct())

"""Makes the preview of one file: fetch, have the child read it, store the pictures, write the row. Each step has its own short transaction."""

import io
import logging
import tempfile
from pathlib import Path

from sqlalchemy import delete

from extranet.core.db import db
from extranet.previews import limits, sandbox
from extranet.previews.child import READERS
from extranet.previews.models import Preview, PreviewPage, PreviewState
from extranet.previews.queries import MAKER
from extranet.storage import store

log = logging.getLogger(__name__)

ATTEMPTS = 3


def make(sha256: str) -> None:
    """Make what is to be made of the file. Done again, it gives the same; a file that kills whoever opens it is given up.

    A store that is down or has lost the file raises StoreDown, so that the job comes back later.
    """
    with db.session.begin():
        preview = db.session.get(Preview, sha256)
        if preview is None or (preview.state != PreviewState.PENDING and preview.maker >= MAKER):
            return
        mime = preview.mime
        if mime not in READERS:
            preview.state, preview.maker = PreviewState.NONE, MAKER
            return
    with tempfile.TemporaryDirectory(prefix="extranet-preview-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if _fetch(sha256, mime, folder / "file"):
            if not _begin(sha256):
                return
            made = sandbox.run(folder, mime)
        else:
            made = sandbox.Made(facts={"fault": "large"})
        pages = [_keep(sha256, number, picture) for number, picture in enumerate(made.pictures, 1)]
    _write(sha256, made, pages)


def _begin(sha256: str) -> bool:
    """Count the attempt before it is made: who is killed with the child finds the count when it comes back."""
    with db.session.begin():
        preview = db.session.get_one(Preview, sha256)
        preview.attempts += 1
        if preview.attempts <= ATTEMPTS:
            return True
        preview.state, preview.maker, preview.facts = PreviewState.FAILED, MAKER, {"fault": "crash"}
    log.warning("the preview of %s is given up", sha256[:12])
    return False


def _fetch(sha256: str, mime: str, path: Path) -> bool:
    """Copy the file; of a recording only both ends, in a file of the same length. False where it is too large."""
    size = store.size_of(sha256)
    if mime.startswith(("audio/", "video/")):
        with path.open("wb") as file:
            file.truncate(size)
            for start, end in ((0, min(limits.HEAD, size)), (max(limits.HEAD, size - limits.TAIL), size)):
                file.seek(start)
                if start < end:
                    file.writelines(store.open_range(sha256, start, end))
        return True
    if size > limits.FILE:
        return False
    with path.open("wb") as file:
        file.writelines(store.open_range(sha256))
    return True


def _keep(sha256: str, number: int, picture: sandbox.Picture) -> PreviewPage:
    stored = store.put(io.BytesIO(picture.path.read_bytes()))
    return PreviewPage(
        preview_sha256=sha256, number=number, sha256=stored.sha256, size=stored.size, width=picture.width, height=picture.height
    )  # fmt: skip


def _write(sha256: str, made: sandbox.Made, pages: list[PreviewPage]) -> None:
    with db.session.begin():
        db.session.execute(delete(PreviewPage).where(PreviewPage.preview_sha256 == sha256))
        preview = db.session.get_one(Preview, sha256)
        preview.state = PreviewState.READY if made.is_something else PreviewState.FAILED
        preview.maker, preview.attempts = MAKER, 0
        preview.page_count, preview.text, preview.text_html, preview.facts = made.page_count, made.text, made.html, made.facts
        db.session.add_all(pages)
    if why := made.facts.get("fault") or made.facts.get("partial"):
        log.info("the preview of %s ended with: %s %s", sha256[:12], why, made.facts.get("error", ""))

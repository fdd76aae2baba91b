"""What stands beside the words of posts: their files, and the titles of the pages that they link to, as far as the viewer may open those."""

import re
from collections import defaultdict
from html import escape, unescape
from types import SimpleNamespace
from typing import Any

from sqlalchemy import BigInteger, Integer, Text, and_, cast, literal, null, select, union_all

from extranet.core.db import db
from extranet.core.i18n import local_plain
from extranet.core.text import LocalText
from extranet.core.viewer import Viewer
from extranet.discussions.attachment_models import Attachment
from extranet.networks import titles
from extranet.previews.models import Preview, PreviewPage

_OWN = re.compile(r'<a href="(/[^"]*)" data-own=""([^>]*)>[^<]*</a>')
_FILE = "file"
_NOTHING = (
    cast(null(), Integer), cast(null(), Text), cast(null(), Text), cast(null(), BigInteger), cast(null(), Text), cast(null(), Integer),
    cast(null(), Integer),
)  # fmt: skip


def add(viewer: Viewer, rows: list[Any]) -> list[Any]:
    """The posts with all that; one query, and none where there is nothing of the kind."""
    linking = [row for row in rows if row.body_html and "data-own" in row.body_html]
    holding = [row.id for row in rows if row.body_html is not None and row.has_files]
    if not linking and not holding:
        return rows
    things = titles.sort_out(sorted({_path(match) for row in linking for match in _OWN.finditer(row.body_html)}))
    arms = [select(arm.c.kind, arm.c.key, arm.c.title, *_NOTHING) for arm in (arm.subquery() for arm in titles.arms(viewer, things))]
    arms += [_files_of(holding)] if holding else []
    named: dict[str, str] = {}
    files: dict[int, list[Any]] = defaultdict(list)
    for row in db.session.execute(union_all(*arms)) if arms else ():
        if row[0] == _FILE:
            files[int(row[1])].append(_file(row))
        else:
            title = titles.read_title(row[2])
            named |= dict.fromkeys(things[row[0], row[1]], local_plain(title) if isinstance(title, LocalText) else title)
    return [_with(row, _named(row.body_html, named), sorted(files.get(row.id, ()), key=lambda file: file.file_id)) for row in rows]


def name_links(viewer: Viewer, html: str) -> str:
    """The HTML of a post that is not written yet, with the titles of the pages that it links to."""
    return str(add(viewer, [SimpleNamespace(id=0, body_html=html, has_files=False)])[0].body_html)


def list_files(post_id: int) -> list[Any]:
    """The files of one post."""
    return sorted(map(_file, db.session.execute(_files_of([post_id]))), key=lambda file: file.file_id)


def _files_of(posts: list[int]) -> Any:
    drawn = and_(PreviewPage.preview_sha256 == Attachment.sha256, PreviewPage.number == 1)
    return (
        select(
            literal(_FILE), cast(Attachment.post_id, Text), cast(Attachment.name, Text), Attachment.id, cast(Attachment.alt, Text),
            cast(Attachment.mime, Text), Attachment.size, cast(Preview.state, Text), PreviewPage.width, PreviewPage.height,
        )
        .outerjoin(Preview, and_(Preview.sha256 == Attachment.sha256, Attachment.mime.startswith("image/")))
        .outerjoin(PreviewPage, and_(drawn, Preview.sha256.is_not(None)))
        .where(Attachment.post_id.in_(posts))
    )  # fmt: skip


def _file(row: Any) -> Any:
    names = ("kind", "post_id", "name", "file_id", "alt", "mime", "size", "state", "width", "height")
    return SimpleNamespace(**dict(zip(names, row, strict=True)))


def _path(match: re.Match[str]) -> str:
    return unescape(match[1]).partition("#")[0]


def _named(html: str | None, named: dict[str, str]) -> str | None:
    def label(match: re.Match[str]) -> str:
        title = named.get(_path(match))
        return f'<a href="{match[1]}"{match[2]}>{escape(title)}</a>' if title else match[0]

    return _OWN.sub(label, html) if html and named else html


def _with(row: Any, html: str | None, files: list[Any]) -> Any:
    return SimpleNamespace(**(dict(getattr(row, "_mapping", None) or vars(row)) | {"body_html": html, "files": files}))

"""What stands beside the words of posts: the titles of the pages that they link to, as far as the viewer may open those."""

import re
from html import escape, unescape
from types import SimpleNamespace
from typing import Any

from sqlalchemy import union_all

from extranet.core.db import db
from extranet.core.i18n import local_plain
from extranet.core.text import LocalText
from extranet.core.viewer import Viewer
from extranet.networks import titles

_OWN = re.compile(r'<a href="(/[^"]*)" data-own=""([^>]*)>[^<]*</a>')


def add(viewer: Viewer, rows: list[Any]) -> list[Any]:
    """The posts with all that; one query, and none where there is nothing of the kind."""
    linking = [row for row in rows if row.body_html and "data-own" in row.body_html]
    if not linking:
        return rows
    named = _find_titles(viewer, {unescape(match[1]).partition("#")[0] for row in linking for match in _OWN.finditer(row.body_html)})

    def label(match: re.Match[str]) -> str:
        title = named.get(unescape(match[1]).partition("#")[0])
        return f'<a href="{match[1]}"{match[2]}>{escape(title)}</a>' if title else match[0]

    return [_with(row, body_html=_OWN.sub(label, row.body_html)) if row in linking else row for row in rows]


def _find_titles(viewer: Viewer, paths: set[str]) -> dict[str, str]:
    things = titles.sort_out(sorted(paths))
    arms = titles.arms(viewer, things)
    if not arms:
        return {}
    found: dict[str, str] = {}
    for row in db.session.execute(union_all(*arms)):
        title = titles.read_title(row.title)
        for path in things[row.kind, row.id]:
            found[path] = local_plain(title) if isinstance(title, LocalText) else title
    return found


def _with(row: Any, **more: Any) -> Any:
    return SimpleNamespace(**(dict(getattr(row, "_mapping", None) or vars(row)) | more))

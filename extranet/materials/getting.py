"""Several files as one archive, packed while it is sent: memory stays as it is, whatever the size."""

import re
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from stat import S_IFREG
from typing import Any, cast

import stream_zip as archive
from flask import Flask, Response, current_app, request

from extranet.core import clock
from extranet.core.errors import Refused
from extranet.core.i18n import format_day, format_size, local_plain, ngettext
from extranet.core.i18n import gettext as _
from extranet.core.viewer import Viewer
from extranet.materials.downloads import record_archive
from extranet.materials.pack_queries import Part, list_parts
from extranet.storage import store
from extranet.storage.send import disposition

MOST_FILES = 200
MOST_BYTES = 2_000_000_000
_MODE = S_IFREG | 0o644
_SPOILED = re.compile(r'[\x00-\x1f<>:"/\\|?*]')
_PACKED_WELL = ("text/",)


def stream_zip(viewer: Viewer, ids: Sequence[int], name: str) -> Response:
    """An archive called `name` of the current files of these materials, as far as the viewer may open them, and a list of contents.

    Raises Refused before anything is sent where there is nothing to pack, too much, or a file that cannot be read. What fails
    later breaks the connection: an archive is whole or it is visibly broken, it never lacks a file.
    """
    parts = list_parts(viewer, ids)
    files = [part for part in parts if part.version_id]
    _check_amount(parts, files)
    _check_readable(files)
    response = Response(mimetype="application/zip")
    response.headers.update(
        {"Content-Disposition": disposition(f"{clean_name(name)}.zip"), "Cache-Control": "private, no-store", "Accept-Ranges": "none"}
    )
    if request.method != "HEAD":
        record_archive(viewer, files)
        app = cast(Flask, current_app._get_current_object())  # type: ignore[attr-defined]
        contents_name = _("Contents") + ".txt"
        contents = _list_contents(parts, contents_name).encode()
        response.response = archive.stream_zip(_members(app, files, contents_name, contents))
    return response


def clean_name(name: str) -> str:
    """A name that every system takes for a file."""
    return _SPOILED.sub("_", name).strip(" .") or "_"


def name_apart(names: Iterable[str], taken: Iterable[str] = ()) -> Iterator[str]:
    """The names, made different where two are equal but for capitals: "Ohje.pdf", "ohje (2).pdf"."""
    known = {name.casefold() for name in taken}
    for name in names:
        stem, dot, ending = clean_name(name).rpartition(".")
        if not stem:
            stem, dot, ending = ending, "", ""
        apart, number = f"{stem}{dot}{ending}", 2
        while apart.casefold() in known:
            apart, number = f"{stem} ({number}){dot}{ending}", number + 1
        known.add(apart.casefold())
        yield apart


def _check_amount(parts: list[Part], files: list[Part]) -> None:
    if not files:
        raise Refused(
            _("These are links to other sites, so there is no file to download. Open them one by one.")
            if parts
            else _("Nothing was chosen that could be downloaded. Choose at least one material.")
        )
    if len(files) > MOST_FILES:
        raise Refused(
            _(
                "These are %(count)s files. One archive takes at most %(most)s: choose fewer, or narrow the list with filters.",
                count=len(files),
                most=MOST_FILES,
            )
        )
    size = sum(part.size for part in files)
    if size > MOST_BYTES:
        raise Refused(
            _(
                "Together the files are %(size)s. One archive takes at most %(most)s: choose fewer, or download the largest one by one.",
                size=format_size(size),
                most=format_size(MOST_BYTES),
            )
        )


def _check_readable(files: list[Part]) -> None:
    """Whether the store has every file whole, several asked for at a time: a bucket takes its time for each answer."""
    app = cast(Flask, current_app._get_current_object())  # type: ignore[attr-defined]

    def is_whole(part: Part) -> bool:
        with app.app_context():
            try:
                return store.size_of(part.sha256) == part.size
            except store.StoreDown:
                return False

    with ThreadPoolExecutor(max_workers=8) as pool:
        lost = [part for part, is_there in zip(files, pool.map(is_whole, files), strict=True) if not is_there]
    if len(lost) == len(files):
        raise store.StoreDown("none of the files can be read")
    if lost:
        names = ", ".join(local_plain(part.title) for part in lost[:5])
        raise Refused(
            ngettext(
                "This file cannot be read just now: %(names)s. Leave it out, or try again in a few minutes.",
                "These files cannot be read just now: %(names)s. Leave them out, or try again in a few minutes.",
                len(lost),
                names=names if len(lost) <= 5 else f"{names} …",
            )
        )


def _members(app: Flask, files: list[Part], contents_name: str, contents: bytes) -> Iterator[Any]:
    """What the archive is made of, each file opened when its turn comes. There is no request and no transaction any more."""
    yield contents_name, clock.local(clock.now()), _MODE, archive.ZIP_AUTO(len(contents)), (contents,)
    for part, name in zip(files, name_apart((part.file_name for part in files), [contents_name]), strict=True):
        assert part.at is not None  # noqa: S101  a file came at some time
        level = 6 if part.mime.startswith(_PACKED_WELL) else 0  # the others are packed already
        yield name, clock.local(part.at), _MODE, archive.ZIP_AUTO(part.size, level=level), _read(app, part)


def _read(app: Flask, part: Part) -> Iterator[bytes]:
    with app.app_context():
        chunks = store.open_range(part.sha256)
    size = 0
    for chunk in chunks:
        size += len(chunk)
        yield chunk
    if size != part.size:
        raise store.StoreDown(f"{part.sha256} ended after {size} of {part.size} bytes")


def _list_contents(parts: list[Part], own_name: str) -> str:
    """What is in the archive and where the newest versions are, in the reader's language; lines as on Windows."""
    site = current_app.config["BASE_URL"]
    names = name_apart((part.file_name for part in parts if part.version_id), [own_name])
    lines = [_("Downloaded %(day)s from %(site)s", day=format_day(clock.today()), site=site), ""]
    for part in parts:
        lines += [local_plain(part.title), f"  {local_plain(part.network)}"]
        if part.version_id:
            version = _("version %(number)s", number=part.number)
            updated = _("updated %(day)s", day=format_day(part.updated_at))
            lines.append(f"  {next(names)}, {version}, {updated}, {format_size(part.size)}")
        else:
            lines.append(f"  {part.link_url}")
        lines += [f"  {site}/materials/{part.material_id}/", ""]
    return "\r\n".join(lines)

"""Imports of organisations and people: a dry run, and the same written in one transaction (T44).

`run_import` is what the command `extranet import` calls; the pages keep the file in between and use the same parts.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import func, select

from extranet.admin import import_organisations, import_people, import_writing
from extranet.admin.import_report import Report, Verdict
from extranet.admin.import_tables import read_table
from extranet.admin.models import ImportFile
from extranet.admin.policy import can_administer
from extranet.audit.log import action, record
from extranet.core.db import db
from extranet.core.errors import NotFound, Refused
from extranet.core.i18n import gettext as _
from extranet.core.i18n import in_language
from extranet.core.text import one_line
from extranet.core.viewer import SYSTEM, Viewer

MODULES: dict[str, Any] = {"organisations": import_organisations, "people": import_people}
LOCK = 0x696D706F7274  # "import"


def run_import(kind: str, path: str | Path, apply: bool = False, skip_refused: bool = False, invite: bool = False) -> Report:
    """Import a file as the system, for the command line. The caller commits. Refusals speak English there."""
    with in_language("en"):
        content = Path(path).read_bytes()
        if not apply:
            return preview(kind, content)
        return import_table(SYSTEM, None, kind=kind, content=content, skip_refused=skip_refused, invite=invite)


def preview(kind: str, content: bytes) -> Report:
    """What the file would change. Reads only."""
    return _plan(kind, content)[1]


@action(can_administer, "kind")
def import_table(
    viewer: Viewer, _register: None, /, *, kind: str, content: bytes, skip_refused: bool = False, invite: bool = False
) -> Report:
    """Write a file: all of it or nothing, unless the refused rows are to be left out."""
    return _write(viewer, kind, content, skip_refused, invite)


@action(can_administer, "kind")
def upload_import(viewer: Viewer, _register: None, /, *, kind: str, name: str, content: bytes) -> ImportFile:
    """Keep a file until it has been looked at. What is no table is refused at once."""
    preview(kind, content)
    file = ImportFile(kind=kind, name=one_line(name)[:200], content=content, uploaded_by_id=viewer.user_id)
    db.session.add(file)
    return file


@action(can_administer)
def apply_import(viewer: Viewer, file: ImportFile, *, skip_refused: bool = False, invite: bool = False) -> Report:
    """Write a file that has been looked at, as the register is now."""
    report = _write(viewer, file.kind, file.content, skip_refused, invite)
    if not report.written:
        raise Refused(_("Nothing was written, because rows are refused. Correct the file, or choose to leave those rows out."))
    db.session.delete(file)
    return report


@action(can_administer)
def discard_import(viewer: Viewer, file: ImportFile) -> None:
    """Throw the file away."""
    db.session.delete(file)


def get_file(viewer: Viewer, file_id: int) -> ImportFile:
    """A file that waits."""
    file = db.session.get(ImportFile, file_id) if can_administer(viewer) else None
    if file is None:
        raise NotFound
    return file


def list_files(viewer: Viewer) -> list[tuple[int, str, str, datetime]]:
    """The files that wait: number, kind, name, moment; their content stays where it is."""
    if not can_administer(viewer):
        raise NotFound
    found = db.session.execute(select(ImportFile.id, ImportFile.kind, ImportFile.name, ImportFile.uploaded_at).order_by(ImportFile.id))
    return [(row.id, row.kind, row.name, row.uploaded_at) for row in found]


def _plan(kind: str, content: bytes) -> tuple[Any, Report]:
    module = MODULES[kind]
    table = read_table(content, module.COLUMNS, module.NEEDED)
    planned: Any = module.plan(table)
    return planned, Report([row.finding for row in planned], table.unknown)


def _write(viewer: Viewer, kind: str, content: bytes, skip_refused: bool, invite: bool) -> Report:
    with single_flight():
        planned, report = _plan(kind, content)
        report.asked_to_write = True
        report.written = report.is_clean or skip_refused
        if report.written and kind == "organisations":
            import_writing.write_organisations(viewer, planned)
        elif report.written:
            import_writing.write_people(viewer, planned, invite)
        counts: dict[str, Any] = {verdict.value: report.counts[verdict] for verdict in Verdict}
        record(viewer, "admin.import", kind=kind, written=report.written, **counts)
    return report


@contextmanager
def single_flight() -> Iterator[None]:
    """One import at a time: a lock of the database, or of the data folder where the database is a file in it."""
    busy = Refused(_("Another import is being written. Try again when it is done."))
    if db.engine.dialect.name == "postgresql":
        if not db.session.scalar(select(func.pg_try_advisory_xact_lock(LOCK))):
            raise busy
        yield
        return
    with (current_app.extensions["extranet"].data / "import.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise busy from None
        yield

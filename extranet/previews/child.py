"""The process that opens files of strangers: `python -m extranet.previews.child FOLDER TYPE`, alone with one file.

It confines itself before it looks at the file, and is killed if it takes long.
"""

import importlib
import sys
from pathlib import Path

from extranet.previews.confinement import confine
from extranet.previews.report import Fault, Report

OFFICE = "application/vnd.openxmlformats-officedocument"
OPEN = "application/vnd.oasis.opendocument"
READERS = {
    "application/pdf": "pdf",
    f"{OFFICE}.wordprocessingml.document": "word",
    f"{OFFICE}.presentationml.presentation": "slides",
    f"{OFFICE}.spreadsheetml.sheet": "sheets",
    f"{OPEN}.text": "opendocument",
    f"{OPEN}.presentation": "opendocument",
    f"{OPEN}.spreadsheet": "sheets",
    "image/png": "images",
    "image/jpeg": "images",
    "image/gif": "images",
    "image/webp": "images",
    "audio/mpeg": "media",
    "audio/mp4": "media",
    "video/mp4": "media",
    "video/webm": "media",
    "text/plain": "plain",
}


def main(folder: Path, mime: str) -> None:
    """Read `file` in the folder and leave a report beside it."""
    confine(folder)
    report = Report(folder)
    try:
        reader = importlib.import_module(f"extranet.previews.kinds.{READERS[mime]}")
        reader.read(folder / "file", report)
    except Fault as fault:
        report.facts["fault"] = str(fault)
    except MemoryError:
        report.facts["fault"] = "memory"
    except Exception as error:
        report.facts |= {"fault": "broken", "error": type(error).__name__}
    report.save()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])

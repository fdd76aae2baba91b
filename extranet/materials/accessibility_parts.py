"""What could make a material easier to read for everybody: what its file, its description and its captions lack."""

from collections.abc import Mapping
from typing import Any

from extranet.materials.feedback_queries import Care
from extranet.materials.models import Material, MaterialVersion
from extranet.previews.accessibility import PDF, SHOWS, TABLES, WRITER, advise


def is_image(mime: str) -> bool:
    return mime.startswith("image/")


def is_recording(mime: str) -> bool:
    """Whether it needs captions."""
    return mime.startswith(("audio/", "video/"))


def checks(mime: str) -> bool:
    """Whether the check looks into files of this type."""
    return mime == PDF or mime.endswith((*WRITER, *SHOWS, *TABLES))


def lacks_alt_text(mime: str, alt_text: Mapping[str, str]) -> list[str]:
    """The languages in which an image is not described."""
    return [code for code in ("fi", "sv") if not alt_text.get(code)] if is_image(mime) else []


def care_parts(material: Material, current: MaterialVersion | None, care: Care) -> dict[str, Any]:
    """The advice for its owner and editors."""
    mime = current.mime if current else ""
    return {
        "advice": advise(mime, care.preview_facts) if current else [],
        "is_checking": care.preview_state in ("", "pending") and checks(mime),
        "is_checked": care.preview_state == "ready" and checks(mime),
        "lacks_alt": lacks_alt_text(mime, material.alt_text),
        "is_recording": is_recording(mime),
    }

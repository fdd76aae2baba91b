"""What the page of a material shows of its file: a picture of a page, a player, or what became of the preview."""

from dataclasses import dataclass, field

from flask import request

from extranet.core.viewer import Viewer
from extranet.materials import caption_queries
from extranet.materials.caption_policy import can_caption
from extranet.materials.caption_queries import Track
from extranet.materials.models import Material, MaterialVersion, player_of
from extranet.previews.models import PreviewPage
from extranet.previews.queries import Look, look

SPOKEN = ("fi", "sv", "en")


@dataclass(frozen=True)
class Part:
    """One of: `player` ("audio" or "video") with its `tracks`; `picture`, number `at` of `shown`; neither, for `state`.

    unit: what a page of such a file is called: page, slide, sheet or picture.
    """

    state: str = "none"
    fault: str = ""
    unit: str = "page"
    player: str = ""
    tracks: list[Track] = field(default_factory=list)
    picture: PreviewPage | None = None
    at: int = 1
    shown: int = 0
    count: int = 0
    has_text: bool = False
    is_late: bool = False

    @property
    def is_loading(self) -> bool:
        return self.state == "pending" and not self.is_late


def preview_facts(viewer: Viewer, material: Material, current: MaterialVersion | None) -> dict[str, object]:
    """What _preview.html needs; one query, whatever the file is."""
    return {"preview": _part(material, current), "can_caption": can_caption(viewer, material)}


def _part(material: Material, current: MaterialVersion | None) -> Part:
    if current is None:
        return Part()
    if player := player_of(current.mime):
        return Part(state="ready", player=player, tracks=caption_queries.list_tracks(material))
    found = look(current.sha256)
    return _of_file(current.mime, found) if found else Part()


def _of_file(mime: str, found: Look) -> Part:
    asked = request.args.get("page", "")
    at = min(max(int(asked), 1), max(len(found.pages), 1)) if asked.isdecimal() and len(asked) < 6 else 1
    return Part(
        state=found.state.value,
        fault=str(found.facts.get("fault", "")),
        unit=unit_of(mime),
        picture=found.pages[at - 1] if found.pages else None,
        at=at,
        shown=len(found.pages),
        count=max(found.page_count, len(found.pages)),
        has_text=found.has_text,
        is_late=found.is_late,
    )


def unit_of(mime: str) -> str:
    """What one page of such a file is called."""
    if "presentation" in mime:
        return "slide"
    if "sheet" in mime:
        return "sheet"
    return "picture" if mime.startswith("image/") else "page"


def language_of(material: Material, said: object) -> str:
    """The language that the text is read aloud in: the file's own word, else the material's; nothing where it has two."""
    own = str(said or "")[:2].lower()
    if own in SPOKEN:
        return own
    return material.language.value if material.language.value in SPOKEN else ""

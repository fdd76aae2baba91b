"""What a slide inherits: how large and on which side the text of a placeholder stands."""

from contextlib import suppress
from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER

TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
SMALL = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
SIZES = {"title": 40.0, "body": 24.0, "other": 18.0}
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


class Styles:
    """The styles of the first master."""

    def __init__(self, deck: Any) -> None:
        self.master = deck.slide_masters[0]._element

    def of(self, shape: Any, kind: Any, level: int) -> tuple[str, float]:
        """The side and the size in points of a paragraph that says neither."""
        if kind in SMALL:
            return "", 12.0
        style = "title" if kind in TITLES else "body" if kind is not None else "other"
        side, size = "", 0.0
        for element in self._sources(shape, kind, style):
            found = element.find(f"{_A}lvl{min(level, 8) + 1}pPr") if element is not None else None
            if found is not None:
                side = side or found.get("algn", "")
                run = found.find(f"{_A}defRPr")
                size = size or _number(run.get("sz")) if run is not None else size
        return side, size or max(SIZES[style] - level * 2.5, 12.0)

    def _sources(self, shape: Any, kind: Any, style: str) -> list[Any]:
        """The shape's own list style, those of the placeholders that it stands for, then the master's."""
        found = [shape._element.find(f".//{_A}lstStyle")]
        with suppress(AttributeError, KeyError):
            base = shape._base_placeholder
            while kind is not None and base is not None and len(found) < 4:
                found.append(base._element.find(f".//{_A}lstStyle"))
                base = base._base_placeholder
        return [*found, self.master.find(f"{{*}}txStyles/{{*}}{style}Style")]


def _number(hundredths: str | None) -> float:
    return int(hundredths) / 100 if hundredths and hundredths.isdecimal() else 0.0

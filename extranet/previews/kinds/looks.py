"""How a slide looks, near enough: where its texts, pictures, tables and coloured areas stand."""

import re
from contextlib import suppress
from typing import Any
from xml.etree import ElementTree

from pptx.enum.dml import MSO_FILL
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER

from extranet.previews.kinds.gallery import Gallery
from extranet.previews.kinds.styles import SMALL, TITLES, Styles

SIDES = {"ctr": "center", "r": "right"}
POINT = 12700
CELLS = 10
ROWS = 20
WORDS = 4000  # letters in one shape
DEEP = 4
_SCHEME = {"tx1": "dk1", "bg1": "lt1", "tx2": "dk2", "bg2": "lt2"}
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
Place = tuple[float, float, float, float]


class Looks:
    """Turns shapes into what slides.typ draws; `scale` is points per unit of the file."""

    def __init__(self, deck: Any, scale: float, gallery: Gallery) -> None:
        self.scale = scale
        self.gallery = gallery
        self.theme = _theme(deck)
        self.styles = Styles(deck)

    def ground(self, slide: Any) -> str:
        """The colour behind everything; the layout's and the master's where the slide has none."""
        for owner in (slide, slide.slide_layout, slide.slide_layout.slide_master):
            if (found := owner._element.find(f".//{{*}}bg//{_A}solidFill")) is not None:
                return self._of_xml(found)
        return ""

    def items(self, slide: Any) -> list[dict[str, Any]]:
        """What stands on the slide, the hindmost first."""
        found: list[dict[str, Any]] = []
        for shape in list(slide.shapes)[:400]:
            self._add(shape, (0.0, 0.0, self.scale, self.scale), found, 0)
        return found

    def _add(self, shape: Any, frame: Place, found: list[dict[str, Any]], depth: int) -> None:
        """`frame` is where the coordinates of the shape begin and how they are scaled, which differs inside groups."""
        if shape.width is None or shape.left is None:
            return
        x, y = frame[0] + shape.left * frame[2], frame[1] + shape.top * frame[3]
        w, h = shape.width * frame[2], shape.height * frame[3]
        place = {"x": round(x, 1), "y": round(y, 1), "w": round(abs(w), 1), "h": round(abs(h), 1)}
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            inner = shape._element.find(f"{{*}}grpSpPr/{_A}xfrm")
            if depth < DEEP and inner is not None:
                for child in list(shape.shapes)[:200]:
                    self._add(child, _inside(inner, x, y, w, h), found, depth + 1)
        elif shape.has_table:
            found.append(place | self._table(shape))
        elif src := self._picture(shape):
            found.append(place | {"kind": "picture", "src": src})
        elif shape.has_text_frame:
            found.append(place | self._text(shape))

    def _picture(self, shape: Any) -> str:
        with suppress(AttributeError, ValueError, KeyError):
            return self.gallery.add(shape.image.blob)
        return ""

    def _table(self, shape: Any) -> dict[str, Any]:
        rows = [[" ".join(cell.text.split())[:300] for cell in list(row.cells)[:CELLS]] for row in list(shape.table.rows)[:ROWS]]
        return {"kind": "table", "columns": max((len(row) for row in rows), default=1) or 1, "rows": rows}

    def _text(self, shape: Any) -> dict[str, Any]:
        kind = shape.placeholder_format.type if shape.is_placeholder else None
        is_list = kind is not None and kind not in (*TITLES, *SMALL, PP_PLACEHOLDER.SUBTITLE)
        body = shape.text_frame._txBody
        anchor = body.find(f"{_A}bodyPr").get("anchor") or ("ctr" if kind in TITLES else "t")
        fill = self._fill(shape)
        paragraphs, room = [], WORDS
        for paragraph in shape.text_frame.paragraphs:
            runs = [self._run(run, room) for run in paragraph.runs]
            room -= sum(len(run["s"]) for run in runs)
            properties = paragraph._p.pPr
            side, size = self.styles.of(shape, kind, paragraph.level)
            has_mark = properties is not None and properties.find(f"{_A}buChar") is not None
            has_none = properties is not None and properties.find(f"{_A}buNone") is not None
            paragraphs.append(
                {
                    "runs": runs or [{"s": " ", "b": False, "i": False}],
                    "level": min(paragraph.level, 5),
                    "size": self._points(paragraph.font.size) or round(size * self.scale * POINT, 1),
                    "align": SIDES.get((properties.get("algn") if properties is not None else "") or side, "left"),
                    "bullet": bool(runs) and ((is_list and not has_none) or has_mark),
                }
            )
            if room <= 0:
                break
        is_empty = not any(run["s"].strip() for paragraph in paragraphs for run in paragraph["runs"])
        ink = "#ffffff" if fill and _is_dark(fill) else ""
        return {
            "kind": "text",
            "fill": fill,
            "ink": ink,
            "anchor": {"ctr": "middle", "b": "bottom"}.get(anchor, "top"),
            "paragraphs": [] if is_empty else paragraphs,
        }

    def _run(self, run: Any, room: int) -> dict[str, Any]:
        said = {"s": run.text.replace("\v", "\n")[: max(room, 0)], "b": bool(run.font.bold), "i": bool(run.font.italic)}
        if size := self._points(run.font.size):
            said["size"] = size
        properties = run._r.rPr
        filled = properties.find(f"{_A}solidFill") if properties is not None else None
        if filled is not None and (colour := self._of_xml(filled)):
            said["colour"] = colour
        return said

    def _points(self, size: Any) -> float:
        return round(max(6.0, min(size.pt * self.scale * POINT, 150.0)), 1) if size else 0.0

    def _fill(self, shape: Any) -> str:
        with suppress(AttributeError, TypeError, ValueError, NotImplementedError):
            if shape.fill.type == MSO_FILL.SOLID:
                filled = shape._element.find(f"{{*}}spPr/{_A}solidFill")
                return self._of_xml(filled) if filled is not None else ""
        return ""

    def _of_xml(self, filled: Any) -> str:
        """A colour of the file itself or of its theme; shades of it are left out."""
        if (direct := filled.find(f"{_A}srgbClr")) is not None:
            return _hex(direct.get("val"))
        if (named := filled.find(f"{_A}schemeClr")) is not None:
            name = named.get("val", "")
            return self.theme.get(_SCHEME.get(name, name), "")
        return ""


def _inside(inner: Any, x: float, y: float, w: float, h: float) -> Place:
    """Where the coordinates of a group's shapes begin on the slide, and their scale."""
    start, extent = inner.find(f"{_A}chOff"), inner.find(f"{_A}chExt")
    if start is None or extent is None:
        return (x, y, 0.0, 0.0)
    across, down = w / max(int(extent.get("cx")), 1), h / max(int(extent.get("cy")), 1)
    return (x - int(start.get("x")) * across, y - int(start.get("y")) * down, across, down)


def _theme(deck: Any) -> dict[str, str]:
    """The colours of the first master's theme."""
    for relation in deck.slide_masters[0].part.rels.values():
        if relation.reltype.endswith("/theme"):
            scheme = ElementTree.fromstring(relation.target_part.blob).find(f".//{_A}clrScheme")  # noqa: S314  open_archive has refused entities
            return {colour.tag.removeprefix(_A): _first(colour) for colour in (scheme if scheme is not None else [])}
    return {}


def _first(colour: Any) -> str:
    for value in colour:
        if code := _hex(value.get("lastClr")) or _hex(value.get("val")):
            return code
    return ""


def _hex(code: str | None) -> str:
    return f"#{code.lower()}" if code and re.fullmatch("[0-9a-fA-F]{6}", code) else ""


def _is_dark(colour: str) -> bool:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return red * 299 + green * 587 + blue * 114 < 128_000

"""What the child has found out, on its way to the parent: one JSON, written anew after each step, and pictures beside it.

Who is killed half-way has thus given what was done until then.
"""

import json
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from extranet.previews import limits

NAME = "report.json"
BETWEEN_PAGES = "\f"


class Fault(Exception):
    """Nothing can be made of the file. The word says why: broken, locked, large, memory, time."""


@dataclass
class Report:
    """Collects what is found. `texts` and `htmls` have one part per page, slide or sheet."""

    folder: Path
    page_count: int = 0
    texts: list[str] = field(default_factory=list)
    htmls: list[str] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    pictures: list[tuple[str, int, int]] = field(default_factory=list)
    _length: int = 0

    def add_part(self, text: str, html: str) -> bool:
        """One more page's text. Returns whether there is room for another."""
        room = limits.TEXT - self._length
        self.texts.append(text[:room])
        self.htmls.append(html)
        self._length += len(text)
        return len(text) < room

    def add_picture(self, image: Image.Image) -> bool:
        """One more picture, small enough for a page. Returns whether there may be another."""
        image.thumbnail((limits.WIDTH, limits.HEIGHT))
        plain = image.convert("RGBA" if image.has_transparency_data else "RGB")
        name = f"{len(self.pictures) + 1}.webp"
        plain.save(self.folder / name, "WEBP", quality=82, method=3)
        self.pictures.append((name, *plain.size))
        self.save()
        return len(self.pictures) < limits.PICTURES

    def add_png(self, png: bytes) -> bool:
        """The same, of a typeset page."""
        with Image.open(BytesIO(png), formats=("PNG",)) as image:
            return self.add_picture(image)

    def save(self) -> None:
        """Leave what is known until now for the parent."""
        content = {
            "page_count": self.page_count,
            "text": BETWEEN_PAGES.join(self.texts),
            "html": self._html(),
            "facts": self.facts,
            "pictures": self.pictures,
        }
        new = self.folder / f"{NAME}.new"
        new.write_text(json.dumps(content), encoding="utf-8")
        new.replace(self.folder / NAME)

    def _html(self) -> str:
        """The parts that fit, whole ones: half a table would be no HTML."""
        kept, length = [], 0
        for part in self.htmls:
            length += len(part) + 1
            if length > limits.HTML:
                self.facts["cut"] = True
                break
            kept.append(part)
        return BETWEEN_PAGES.join(kept)

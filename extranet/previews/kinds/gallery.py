"""Pictures inside a document, made small and plain before they are typeset."""

import re
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from extranet.previews import limits
from extranet.previews.kinds.images import FORMATS

_FILE_NAME = re.compile(r"\.(png|jpe?g|gif|webp|emf|wmf|tiff?|bmp|svg)$", re.I)
MOST = 24
SIZE = (900, 900)


def alternative(text: str | None) -> str:
    """The alternative text that somebody wrote; the name of the picture's file, which programs put there, is none."""
    text = " ".join((text or "").split())
    return "" if _FILE_NAME.search(text) else text


class Gallery:
    """Keeps the first pictures under names of our own; what is no picture, or too large, is left out."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names: list[str] = []

    def keep(self, found: Any) -> dict[str, str]:
        """For mammoth: an embedded picture becomes a name."""
        if len(self.names) >= MOST:
            return {"src": ""}
        with found.open() as stream:
            return {"src": self.add(stream.read(limits.UNPACKED))}

    def add(self, data: bytes) -> str:
        """The name that the picture has now, or nothing."""
        if len(self.names) >= MOST:
            return ""
        Image.MAX_IMAGE_PIXELS = None
        name = f"inside-{len(self.names) + 1}.png"
        # Pictures of unknown kinds are ordinary in office files: the page is set without them.
        with suppress(OSError, SyntaxError, ValueError), Image.open(BytesIO(data), formats=FORMATS) as image:
            if image.width * image.height <= limits.PIXELS:
                image.draft("RGB", SIZE)
                image.thumbnail(SIZE)
                image.convert("RGBA" if image.has_transparency_data else "RGB").save(self.folder / name, "PNG")
                self.names.append(name)
                return name
        return ""

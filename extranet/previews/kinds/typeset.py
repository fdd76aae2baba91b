"""Pages typeset by typst from our own templates. What the file says reaches them as data, never as code."""

import json
import re
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from extranet.previews import limits
from extranet.previews.kinds.blocks import Block

HERE = Path(__file__).parent
FONTS = HERE.parent / "fonts"
PER_PAGE = 2400  # letters; a little less than what fits, so that enough is set
CELLS = 8
ROWS = 60


def document(blocks: list[Block], folder: Path, pictures: list[str], language: str, fits: bool = False) -> tuple[list[bytes], bool]:
    """The first pages of a text document, and whether these are all. Where it `fits` there is one page, as long as it needs."""
    chosen, is_whole = _beginning(blocks)
    data = {
        "fits": fits,
        "blocks": [_plain(block, pictures) for block in chosen],
        "language": code[0].lower() if (code := re.match("[a-zA-Z]{2}", language)) else "",
    }
    return _compile("document.typ", data, folder), is_whole


def slides(deck: dict[str, Any], folder: Path) -> list[bytes]:
    """Slides: texts, pictures and areas at their places. `deck` has width, height and slides."""
    return _compile("slides.typ", deck, folder)


def _compile(template: str, data: dict[str, Any], folder: Path) -> list[bytes]:
    (folder / template).write_text((HERE / template).read_text(encoding="utf-8"), encoding="utf-8")
    made = typst.compile(
        str(folder / template),
        root=str(folder),
        font_paths=_fonts(),
        format="png",
        ppi=float(data.get("ppi", 121)),
        sys_inputs={"data": json.dumps(data)},
        package_path=str(folder / "no-packages"),
        package_cache_path=str(folder / "no-packages"),
    )
    return made if isinstance(made, list) else [made] if made else []


@lru_cache
def _fonts() -> Any:
    return typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])


def _beginning(blocks: list[Block]) -> tuple[list[Block], bool]:
    """As many blocks as fill the pages that are shown."""
    room = limits.PICTURES * PER_PAGE
    chosen = []
    for block in blocks:
        chosen.append(block)
        room -= 900 if block.kind == "picture" else len(block.text) * (2 if block.kind == "table" else 1) + 60
        if room < 0:
            return chosen, chosen[-1] is blocks[-1] and len(block.text) < PER_PAGE
    return chosen, True


def _plain(block: Block, pictures: list[str]) -> dict[str, Any]:
    data = asdict(block)
    data["src"] = block.src if block.src in pictures else ""
    if block.kind == "table":
        width = min(max((len(row) for row in block.rows), default=0), CELLS)
        data["columns"] = width
        data["rows"] = [[*row, *([[]] * width)][:width] for row in block.rows[:ROWS]]
    data["runs"] = _shorten(block.runs)
    return data


def _shorten(runs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A paragraph of a million letters is set as far as the pages go."""
    room, kept = limits.PICTURES * PER_PAGE, []
    for run in runs:
        kept.append(run | {"s": run["s"][:room]})
        room -= len(run["s"])
        if room <= 0:
            break
    return kept

"""HTML, taken apart into headings, paragraphs, list items, tables and pictures: for plain text and for typesetting."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

Run = dict[str, Any]
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_BREAKS = {"p", "div", "blockquote", "pre", "ul", "ol", "li", *HEADINGS}


@dataclass
class Block:
    """kind: heading, p, li, table or picture."""

    kind: str
    runs: list[Run] = field(default_factory=list)
    level: int = 0
    mark: str = ""
    rows: list[list[list[Run]]] = field(default_factory=list)
    head: bool = False
    src: str = ""

    @property
    def text(self) -> str:
        if self.kind == "table":
            return "\n".join("\t".join(_join(cell) for cell in row).rstrip() for row in self.rows)
        return f"{'  ' * (self.level - 1)}{self.mark} {_join(self.runs)}" if self.kind == "li" else _join(self.runs)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.lists: list[int | None] = []
        self.styles = {"strong": 0, "em": 0}
        self.table: Block | None = None
        self.depth = 0
        self._open: Block | None = None

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in ("b", "strong"):
            self.styles["strong"] += 1
        elif tag in ("i", "em"):
            self.styles["em"] += 1
        elif tag == "br":
            self.handle_data("\n")
        elif tag == "img":
            self.blocks.append(Block("picture", src=dict(attributes).get("src") or ""))
        elif tag in ("ul", "ol"):
            self._end()
            self.lists.append(0 if tag == "ol" else None)
        elif tag in ("table", "tr", "td", "th", "thead"):
            self._in_table(tag)
        elif tag in _BREAKS:
            self._begin(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("b", "strong"):
            self.styles["strong"] -= 1
        elif tag in ("i", "em"):
            self.styles["em"] -= 1
        elif tag in ("ul", "ol"):
            self._end()
            self.lists = self.lists[:-1]
        elif tag == "table":
            self.depth -= 1
            if self.depth <= 0 and self.table:
                self.table, self.depth = None, 0
        elif tag in _BREAKS:
            self._end()

    def handle_data(self, data: str) -> None:
        if self.table is not None:
            if self.table.rows and self.table.rows[-1]:
                self.table.rows[-1][-1].append(self._run(data))
            return
        if self._open is None:
            if not data.strip():
                return
            self._begin("p")
        assert self._open is not None  # noqa: S101
        self._open.runs.append(self._run(data))

    def _run(self, data: str) -> Run:
        return {"s": data, "b": self.styles["strong"] > 0, "i": self.styles["em"] > 0}

    def _begin(self, tag: str) -> None:
        if self.table is not None:
            if self.table.rows and self.table.rows[-1] and self.table.rows[-1][-1]:
                self.table.rows[-1][-1].append(self._run("\n"))
            return
        if tag in HEADINGS:
            self._open = Block("heading", level=HEADINGS[tag])
        elif tag == "li":
            self._open = Block("li", level=max(len(self.lists), 1), mark=self._mark())
        elif self._open is not None and self._open.kind == "li" and not _join(self._open.runs):
            return  # a paragraph inside its list item
        else:
            self._open = Block("p")
        self.blocks.append(self._open)

    def _mark(self) -> str:
        if not self.lists or self.lists[-1] is None:
            return "•"
        self.lists[-1] += 1
        return f"{self.lists[-1]}."

    def _end(self) -> None:
        if self.table is None:
            self._open = None

    def _in_table(self, tag: str) -> None:
        if tag == "table":
            self.depth += 1
            if self.table is None:
                self.table = Block("table")
                self.blocks.append(self.table)
                self._open = None
        elif self.table is not None and self.depth == 1:
            if tag == "thead":
                self.table.head = True
            elif tag == "tr":
                self.table.rows.append([])
            elif self.table.rows:
                self.table.rows[-1].append([])


def take_apart(html: str) -> list[Block]:
    """The blocks of well-formed HTML, in their order, empty ones left out."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return [block for block in reader.blocks if block.kind == "picture" or block.text.strip(" \n\t•")]


def as_text(blocks: list[Block]) -> str:
    """Their words, an empty line between paragraphs; items of one list and rows of one table stand together."""
    parts: list[str] = []
    for previous, block in zip([None, *blocks], blocks, strict=False):
        if text := block.text.strip("\n"):
            together = previous is not None and previous.kind == block.kind == "li"
            parts.append(("\n" if together else "\n\n") + text)
    return "".join(parts).strip()


def _join(runs: list[Run]) -> str:
    return "".join(str(run["s"]) for run in runs).strip()

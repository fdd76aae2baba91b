"""What a demo file says, before it becomes a PDF, a set of slides or a recording."""

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Part:
    """A heading, what stands under it, and a list."""

    heading: str
    text: str
    points: tuple[str, ...] = ()


@dataclass(frozen=True)
class Figures:
    """A small table, which is also drawn as bars."""

    caption: str
    names: tuple[str, str]
    rows: tuple[tuple[str, int], ...]

    def in_words(self) -> str:
        """The bars for those who do not see them."""
        return f"{self.caption}: {', '.join(f'{name} {value}' for name, value in self.rows)}."


@dataclass(frozen=True)
class Paper:
    """One document. Where it is not `careful`, its files lack what helps people who listen to them: alternative texts, a language."""

    title: str
    lead: str
    language: str
    parts: tuple[Part, ...]
    figures: Figures
    careful: bool = True

    def as_json(self) -> str:
        """For the typesetter."""
        return json.dumps(asdict(self) | {"words": self.figures.in_words()}, ensure_ascii=False)

    def lines(self, width: int = 88) -> list[str]:
        """Plain lines of at most `width` characters."""
        found = [*_wrap(self.lead, width), ""]
        for part in self.parts:
            found += [part.heading, *_wrap(part.text, width), *(line for point in part.points for line in _wrap(f"- {point}", width)), ""]
        return [*found, self.figures.caption, *(f"{name}: {value}" for name, value in self.figures.rows)]


def _wrap(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines

"""Text in several languages, and Markdown made into safe HTML once, when it is written."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

CONTENT_LANGUAGES = ("fi", "sv")
RENDERER_VERSION = 1


class LocalText(dict[str, str]):
    """One text in several languages: {"fi": …, "sv": …}. Do not change one in place: assign a new one."""

    def choose(self, language: str) -> tuple[str, str]:
        """The text for a reader and the language that it is in: hers, else Finnish, else any other (I-31)."""
        if found := self.get(language):
            return found, language
        for candidate in (*CONTENT_LANGUAGES, *self):
            if self.get(candidate):
                return self[candidate], candidate
        return "", language


MOST_CELLS = 5_000
_DELIMITERS = re.compile(r"[\s:>-]*\|[\s|:>-]*")


def build_markdown() -> tuple[MarkdownIt, MarkdownIt]:
    """Two renderers: with all that people may use, and without tables and named links, by which a short text makes a very long one."""
    full = MarkdownIt("commonmark", {"html": False, "linkify": False, "breaks": True}).enable(["table", "strikethrough"])
    bare = MarkdownIt("commonmark", {"html": False, "linkify": False, "breaks": True}).enable("strikethrough").disable("reference")
    return full, bare


_renderers = build_markdown()
_ALLOWED_TAGS = {
    "a", "blockquote", "br", "code", "del", "em", "h2", "h3", "h4", "hr", "li", "ol", "p", "pre", "s", "strong",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip


def render_markdown(source: str) -> str:
    """Turn Markdown into HTML that is safe to store and show. Headings begin at h2, below the page's h1."""
    return clean_html(to_html(_renderers, source))


def to_html(renderers: tuple[MarkdownIt, MarkdownIt], source: str, **given: Any) -> str:
    """The HTML of Markdown, not cleaned yet. A text that would grow beyond measure is shown more plainly. `given` is for rules of the caller."""
    full, bare = renderers
    html = full.render(source, dict(given)) if _has_room(source) else None
    if html is None or len(html) > 20 * len(source) + 20_000:
        html = bare.render(source, dict(given))
    return re.sub(r"<(/?)h([1-6])>", lambda m: f"<{m[1]}h{min(max(int(m[2]), 2), 4)}>", html)


def _has_room(source: str) -> bool:
    """Missing cells are filled in, so that a short text can make a very large table; such a one stays as it was typed."""
    lines = source.splitlines()
    widest = max((line.count("|") for line in lines if _DELIMITERS.fullmatch(line)), default=0)
    return widest * len(lines) <= MOST_CELLS


def clean_html(html: str, **more: set[str]) -> str:
    """What is left of somebody's HTML when only plain text structure may stay: safe to store and show.

    `more`: attributes of tags that stay too.
    """
    attributes = {"a": {"href"}, "ol": {"start"}, "th": {"scope"}}
    return nh3.clean(
        html,
        tags=_ALLOWED_TAGS | more.keys(),
        attributes=attributes | {tag: names | attributes.get(tag, set()) for tag, names in more.items()},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer nofollow",
    )


def render_local_markdown(source: Mapping[str, str]) -> LocalText:
    """`render_markdown` for each language of a text."""
    return LocalText({language: render_markdown(text) for language, text in source.items() if text})


def plain_excerpt(source: str, length: int = 160) -> str:
    """The first words of a Markdown text, without its marks, at most `length` characters."""
    text = Markup(render_markdown(source)).striptags()  # noqa: S704  its tags are taken off
    text = " ".join(str(text).split())
    return text if len(text) <= length else text[: length - 1].rsplit(" ", 1)[0] + "…"


def slugify(title: str) -> str:
    """A readable part of an address: "Työ ja muu elämä" becomes "tyo-ja-muu-elama"."""
    flat = unicodedata.normalize("NFKD", title.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", flat).strip("-")[:80]


def fold(text: str) -> str:
    """One spelling for capitals and small letters, and for letters put together in different ways: databases know only a to z."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


_LAST = str.maketrans({"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}"})


def alphabetical(text: str) -> str:
    """What names are sorted by: å, ä and ö stand behind z, in this order, in Finnish and Swedish."""
    return fold(text).translate(_LAST)


def one_line(text: str) -> str:
    """Without control characters and line breaks, runs of space made one."""
    visible = "".join(" " if unicodedata.category(c).startswith("C") else c for c in text)
    return " ".join(visible.split())

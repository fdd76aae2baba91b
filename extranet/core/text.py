"""Text in several languages, and Markdown made into safe HTML once, when it is written."""

import re
import unicodedata
from collections.abc import Mapping

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


_markdown = MarkdownIt("commonmark", {"html": False, "linkify": False, "breaks": True}).enable(["table", "strikethrough"])
_ALLOWED_TAGS = {
    "a", "blockquote", "br", "code", "del", "em", "h2", "h3", "h4", "hr", "li", "ol", "p", "pre", "s", "strong",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip


def render_markdown(source: str) -> str:
    """Turn Markdown into HTML that is safe to store and show. Headings begin at h2, below the page's h1."""
    html = _markdown.render(source)
    return clean_html(re.sub(r"<(/?)h([1-6])>", lambda m: f"<{m[1]}h{min(max(int(m[2]), 2), 4)}>", html))


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

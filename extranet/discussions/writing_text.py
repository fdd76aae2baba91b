"""What people write in discussions, made into safe HTML once: with mentions, bare addresses as links, and quotes."""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from flask import current_app
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markupsafe import escape

from extranet.core.text import build_markdown, clean_html, to_html

MOST_BODY = 20_000
MOST_MENTIONS = 20
MOST_QUOTED = 1_500

_WORD = r"[^\W\d_][\w'’.-]*"
_MENTION = re.compile(rf"(?<![\w@/])@({_WORD}(?: {_WORD}){{1,4}})(?:#(\d{{1,9}}))?")
_ADDRESS = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]'’]")


def list_mentioned(body: str) -> list[tuple[str, int | None]]:
    """What may be names of people: each with all that might belong to it, and the number behind it. Quotes mention nobody."""
    own = "\n".join(line for line in body.splitlines() if not line.lstrip().startswith(">"))
    return list(dict.fromkeys((match[1], int(match[2]) if match[2] else None) for match in _MENTION.finditer(own)))


def possible_names(words: str) -> list[str]:
    """ "Anna Maria Ek kiitos" may be Anna Maria, Anna Maria Ek or all four; the longest first."""
    parts = words.split(" ")
    return [" ".join(parts[:count]).rstrip(".'’-") for count in range(len(parts), 1, -1)]


def render_post(body: str, names: Mapping[str, int] | None = None) -> str:
    """HTML that is safe to store and show. `names`: of the people who are mentioned."""
    html = to_html(_renderers, body, names=names or {})
    return clean_html(html, span={"class"}, a={"data-own"})


def quote(name: str, path: str, body: str) -> str:
    """A message as somebody else quotes it, in Markdown. What it quoted itself is left out."""
    own = [line for line in body.splitlines() if not line.lstrip().startswith(">")]
    text = "\n".join(own).strip()
    if len(text) > MOST_QUOTED:
        text = text[:MOST_QUOTED].rsplit(" ", 1)[0] + "…"
    head = re.sub(r"([\[\]*_`\\])", r"\\\1", name)
    return "\n".join(f"> {line}".rstrip() for line in [f"[{head}]({path}):", *text.splitlines()]) + "\n\n"


def _enrich(state: StateCore) -> None:
    """Look through the plain words for names and addresses; code and what is a link already stay as they are."""
    names = state.env.get("names", {})
    for block in state.tokens:
        if block.type == "inline" and block.children:
            block.children = list(_look_through(block.children, names))


def _look_through(tokens: list[Token], names: Mapping[str, int]) -> Iterator[Token]:
    depth = 0
    for at, token in enumerate(tokens):
        if token.type == "link_open":
            depth += 1
            following = tokens[at + 1] if at + 1 < len(tokens) else None
            if following is not None and following.content == token.attrGet("href"):
                _own(token, following)
        depth -= token.type == "link_close"
        if token.type == "text" and not depth:
            yield from _split(token.content, names)
        else:
            yield token


def _split(text: str, names: Mapping[str, int]) -> Iterator[Token]:
    at = 0
    for start, end, made in sorted([*_addresses(text), *_mentions(text, names)], key=lambda found: found[0]):
        if start < at:
            continue
        yield _text(text[at:start])
        yield from made
        at = end
    yield _text(text[at:])


def _addresses(text: str) -> Iterator[tuple[int, int, list[Token]]]:
    for match in _ADDRESS.finditer(text):
        opening, label = Token("link_open", "a", 1), _text(match[0])
        opening.attrSet("href", match[0])
        _own(opening, label)
        yield match.start(), match.end(), [opening, label, Token("link_close", "a", -1)]


def _mentions(text: str, names: Mapping[str, int]) -> Iterator[tuple[int, int, list[Token]]]:
    for match in _MENTION.finditer(text):
        name = next((name for name in possible_names(match[1]) if name in names), None)
        if name is not None:
            shown = Token("html_inline", "", 0, content=f'<span class="mention">@{escape(name)}</span>')
            whole = match[2] and name == match[1]
            yield match.start(), match.end() if whole else match.start() + 1 + len(name), [shown]


def _own(opening: Token, label: Token) -> None:
    """An address of ours without words of its own: its title is put there for each reader, as far as she may open it."""
    try:
        address, site = urlsplit(str(opening.attrGet("href"))), urlsplit(current_app.config["BASE_URL"])
    except ValueError:  # "http://[x": no address of anybody's
        return
    if (address.scheme, address.netloc) != (site.scheme, site.netloc) or not re.match(r"/(?!/)", address.path):
        return
    path = address.path + (f"?{address.query}" if address.query else "") + (f"#{address.fragment}" if address.fragment else "")
    opening.attrs.update({"href": path, "data-own": ""})
    label.content = address.path


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


_renderers = build_markdown()
for _renderer in _renderers:
    _renderer.core.ruler.push("extranet", _enrich)

"""A post as its letter shows it: links with the whole address, since a letter has no page that they could be relative to."""

import re
from urllib.parse import urljoin, urlsplit

from flask import current_app

_HREF = re.compile(r'(<a\b[^>]*?\bhref=")([^"]*)(")([^>]*>)([^<]*)')
_OWN = ' data-own=""'
_PICTURE = re.compile(r'<img\b[^>]*?\balt="([^"]*)"[^>]*>')
_TARGET = re.compile(r"(\]\(<?|^ {0,3}\[[^\]]+\]:\s*<?)([^\s)>]+)", re.M)
_FENCE = re.compile(r"^ {0,3}(```|~~~).*?(?:^ {0,3}\1|\Z)", re.M | re.S)


def html_of(html: str, path: str) -> str:
    """The post's HTML; `path`: of the page that its links were relative to. Pictures need a sign-in: their description must do."""

    def whole(match: re.Match[str]) -> str:
        address = _whole(match[2], path)
        rest, is_bare = match[4].replace(_OWN, ""), _OWN in match[4] and match[5].startswith("/")
        return f"{match[1]}{address}{match[3]}{rest}{address if is_bare else match[5]}"

    return _HREF.sub(whole, _PICTURE.sub(r"[\1]", html))


def text_of(body: str, path: str) -> str:
    """The post as it was typed, but for the targets of its links; code stays as it is."""
    parts, at = [], 0
    for fence in _FENCE.finditer(body):
        parts += [_TARGET.sub(lambda m: m[1] + _whole(m[2], path), body[at : fence.start()]), fence[0]]
        at = fence.end()
    return "".join([*parts, _TARGET.sub(lambda m: m[1] + _whole(m[2], path), body[at:])])


def _whole(address: str, path: str) -> str:
    try:
        return address if urlsplit(address).scheme else urljoin(current_app.config["BASE_URL"] + path, address)
    except ValueError:  # "[" and "]" stand for addresses of a kind that this is not
        return address

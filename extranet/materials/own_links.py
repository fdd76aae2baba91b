"""Own-site addresses in a text, and where they lead."""

import re
from html import unescape
from typing import NamedTuple
from urllib.parse import urlsplit

from extranet.core.text import LocalText

MOST = 20
_HREF = re.compile(r'href="([^"]+)"')
_MATERIAL = re.compile(r"/materials/(\d{1,9})(?:/|$)")
_NETWORK = re.compile(r"/networks/([a-z0-9-]{1,80})(?:/([a-z]+))?(?:/|$)")


class Target(NamedTuple):
    """A page of this site that a text leads to: a material, or a network and the part of it."""

    path: str
    material_id: int | None = None
    slug: str = ""
    part: str = ""


def own_targets(html: LocalText, base_url: str) -> list[Target]:
    """The materials and networks of this site that stored HTML links to, in any of its languages; each once, at most twenty."""
    found: dict[str, Target] = {}
    for text in html.values():
        for address in _HREF.findall(text):
            target = _target(unescape(address), base_url)
            if target is not None:
                found.setdefault(target.path, target)
    return list(found.values())[:MOST]


def _target(address: str, base_url: str) -> Target | None:
    try:
        parts, here = urlsplit(address), urlsplit(base_url)
    except ValueError:
        return None
    if (parts.scheme or parts.netloc) and (parts.scheme, parts.netloc) != (here.scheme, here.netloc):
        return None
    if match := _MATERIAL.match(parts.path):
        return Target(parts.path, material_id=int(match[1]))
    if match := _NETWORK.match(parts.path):
        return Target(parts.path, slug=match[1], part=match[2] or "")
    return None

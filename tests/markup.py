"""The house rules for HTML, read from a whole page in one pass: every page that any test fetches goes through here."""

from collections import Counter
from typing import Any

from lxml import etree


def check(html: str) -> None:
    """Fail with the first rule that the page breaks."""
    root = etree.HTML(html)
    tags = [tag for tag in root.iter() if isinstance(tag.tag, str)]
    ids = Counter(tag.get("id") for tag in tags if tag.get("id") is not None)
    names = Counter(tag.tag for tag in tags)
    assert names["h1"] == 1, f"a page has exactly one h1, not {names['h1']}"
    assert not [i for i in ids if ids[i] > 1], f"duplicate ids: {[i for i in ids if ids[i] > 1]}"
    assert root.get("lang"), "a page says its language"
    assert "".join(root.findtext(".//title") or "").strip(), "a page has a title"
    for tag in tags:
        _check_links(tag, ids)
        _check_htmx(tag, ids)
        assert "style" not in tag.attrib and "onclick" not in tag.attrib, f"inline style or script: {_show(tag)}"
        assert tag.tag != "script" or tag.get("src"), "inline script"
        if tag.tag == "form" and tag.get("method", "").lower() == "post":
            assert tag.find(".//*[@name='csrf_token']") is not None, f"a form without its token: {_show(tag)}"


def _check_links(tag: Any, ids: Counter[str]) -> None:
    """What points at something by its id points at something that is there."""
    if tag.tag == "label" and "for" in tag.attrib:
        assert tag.get("for") in ids, f"a label for nothing: {_show(tag)}"
    for name in ("aria-describedby", "aria-labelledby"):
        for wanted in tag.get(name, "").split():
            assert wanted in ids, f"{name}={wanted} points nowhere"


def _check_htmx(tag: Any, ids: Counter[str]) -> None:
    """Whatever htmx does works without it, too."""
    if "hx-get" in tag.attrib:
        assert tag.get("href") or tag.tag == "form", f"no href beside hx-get: {_show(tag)}"
    if "hx-post" in tag.attrib:
        assert tag.get("action", tag.get("formaction")) == tag.get("hx-post"), f"works only with htmx: {_show(tag)}"
    target = tag.get("hx-target")
    assert target is None or (target.startswith("#") and target[1:] in ids), f"hx-target {target} is not on the page"


def _show(tag: Any) -> str:
    return str(etree.tostring(tag, encoding="unicode", method="html"))[:500]

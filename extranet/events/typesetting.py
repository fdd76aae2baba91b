"""Sets what is printed in type: PDF that screen readers can read (PDF/UA-1), whatever letters people wrote."""

import json
import re
import unicodedata
from typing import Any

import typst

from extranet.core import clock

MOST_TRIES = 20
_WITHOUT_SHAPE = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


def make_pdf(template: bytes, data: dict[str, Any], **fonts: Any) -> bytes:
    """Set `data` in type. The standard allows no letter that the fonts lack: signs such as emoji are left out, letters become "?"."""
    words = json.dumps(data, ensure_ascii=False)
    for _try in range(MOST_TRIES):
        try:
            return _set(template, words, fonts)
        except typst.TypstError as error:
            lacking = _WITHOUT_SHAPE.search(str(error))
            if lacking is None:
                raise
            words = _without(words, {sign for sign in _ESCAPED.sub(_sign, lacking[1]) if not sign.isascii()})
    return _set(template, _without(words, {sign for sign in words if ord(sign) > 0x17F}), fonts)


def _set(template: bytes, words: str, fonts: dict[str, Any]) -> bytes:
    made = typst.compile(
        template, format="pdf", sys_inputs={"data": words}, pdf_standards=["ua-1"], timestamp=clock.now().replace(microsecond=0), **fonts
    )
    assert isinstance(made, bytes)  # noqa: S101  one document, one file
    return made


def _without(words: str, signs: set[str]) -> str:
    return words.translate({ord(sign): "?" if unicodedata.category(sign).startswith("L") else "" for sign in signs})


def _sign(escaped: re.Match[str]) -> str:
    return chr(int(escaped[1], 16))

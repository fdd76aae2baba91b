"""What somebody has written herself: without the letter that she answers, and without her signature.

quotequail knows how programs introduce a quote in English, Swedish and more; it knows no Finnish, and neither our own letters nor
signatures. Where it is doubtful, words stay: a quote too many does less harm than an answer that is lost.
"""

import re
from functools import cache

import quotequail  # type: ignore[import-untyped]

from extranet.core.i18n import LANGUAGES, in_language
from extranet.core.i18n import gettext as _

LONGEST_LINE = 500
LONGEST_SIGNATURE = 12
MOST_LINES = 2_000

_QUOTE = re.compile(r"^\s*>")
_INTRO = re.compile(r"^(?=.*\d).*\b(?:kirjoitti|skrev|wrote)\b.*:\s*$", re.I)  # the day stands in it
_SEPARATOR = re.compile(
    r"^[\s>]*(?:_{10,}|-{2,} ?(?:original message|alkuperäinen viesti|ursprungligt meddelande|forwarded message|"
    r"välitetty viesti|vidarebefordrat meddelande) ?-{2,}|(?:alkuperäinen viesti|ursprungligt meddelande)\s*:?)\s*$",
    re.I,
)
_HEADER = re.compile(
    r"^[\s>*]*(?:from|sent|to|cc|subject|date|lähettäjä|lähetetty|päiväys|päivämäärä|vastaanottaja|kopio|aihe|"
    r"från|skickat|datum|till|kopia|ämne)\s*:\*?\s*\S",
    re.I,
)
_DEVICE = re.compile(
    r"^\s*(?:(?:lähetetty|skickat|skickades|sent|hämta|hanki|get)\b.{0,60}\b(?:iphone\w*|ipad\w*|samsung\w*|android\w*|outlook\b.{0,40}|galaxy\w*|"
    r"puhelimesta\w*|mobil\w*|yahoo\w*|gmail\w*|huawei\w*|nokia\w*)\b.{0,60}|.{0,40}<https://aka\.ms/\S+>)\s*$",
    re.I,
)
_CLOSING = re.compile(
    r"^\s*(?:(?:yst(?:äv(?:ällisin|ällisesti)?)?\.?|parhain|lämpimin|kunnioittavasti|aurinkoisin|hyvää \w+|kiitoksin)?[\s,.]*terv(?:\.|eisin|eisiä|eiset)?|"
    r"yst\. ?terv\.?|yt\.?|ystävällisesti|kiittäen|t\.|med (?:vänlig|vänliga|bästa|hjärtlig) hälsning(?:ar)?|vänlig(?:a)? hälsning(?:ar)?|hälsningar|hälsn\.?|mvh|"
    r"(?:with )?(?:kind|best|warm) regards|best wishes|regards|sincerely|yours sincerely|br|cheers)\s*[,.!]?(?:\s+\S{1,40}){0,3}\s*$",
    re.I,
)


def own_words(text: str) -> str:
    """The reply alone, as Markdown: lines without the indent that would make them code."""
    lines = [line.rstrip() for line in text.replace("\u200b", "").replace("\u00a0", " ").split("\n")[:MOST_LINES]]
    lines = _without_signature(_without_quote(lines))
    while lines and not lines[-1].strip():
        lines.pop()
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.lstrip() for line in lines)).strip()


def _without_quote(lines: list[str]) -> list[str]:
    mark = next((n for n, line in enumerate(lines) if any(sign in line for sign in _marks())), None)
    if mark is not None:
        return _above_and_below(lines, _start_of_quote(lines, mark))
    for n, line in enumerate(lines):
        if _is(_SEPARATOR, line) or _is_headers(lines, n) or (_is_intro(lines, n) and _is_quoted_below(lines, n)):
            return _above_and_below(lines, n)
    shown = quotequail.quote("\n".join(line[:LONGEST_LINE] for line in lines), limit=MOST_LINES, quote_intro_line=True)
    if len(shown) == 2:
        return _above_and_below(lines, shown[0][1].count("\n") + 1)
    end = len(lines)
    while end and (_QUOTE.match(lines[end - 1]) or not lines[end - 1].strip()):
        end -= 1
    return lines[:end]


@cache
def _marks() -> tuple[str, ...]:
    """The line in our letters above which the answer stands, in every language."""
    words = []
    for language in LANGUAGES:
        with in_language(language):
            words.append(str(_("--- Write your reply above this line ---")).strip("- "))
    return tuple(words)


def _start_of_quote(lines: list[str], mark: int) -> int:
    """Where what introduces our letter begins: "On … wrote:", a block of headers, a line of dashes."""
    start = mark
    for n in range(mark - 1, -1, -1):
        if _is(_SEPARATOR, lines[n]) or _is(_HEADER, lines[n]) or _is_intro(lines, n):
            start = n
        elif lines[n].strip("> ") and not (n and _is_intro(lines, n - 1)):
            break
    return start


def _is(pattern: re.Pattern[str], line: str) -> bool:
    """Whether the line matches; none of these lines is long, and a hostile one must not cost time."""
    return len(line) < LONGEST_LINE and pattern.match(line) is not None


def _is_intro(lines: list[str], n: int) -> bool:
    """Programs break the line in two where it is long."""
    if _is(_INTRO, lines[n]):
        return True
    is_begun = bool(lines[n].strip()) and not lines[n].endswith((".", "!", "?")) and n + 1 < len(lines)
    return is_begun and not _is(_INTRO, lines[n + 1]) and _is(_INTRO, f"{lines[n]} {lines[n + 1].lstrip('> ')}")


def _is_quoted_below(lines: list[str], n: int) -> bool:
    below = [line for line in lines[n + 1 : n + 5] if line.strip()]
    return any(_QUOTE.match(line) for line in below[:2])


def _is_headers(lines: list[str], n: int) -> bool:
    """Three lines like "Från: …", one after the other, as Outlook begins a quote."""
    some = [line for line in lines[n : n + 5] if line.strip()]
    return len(some) >= 3 and all(_is(_HEADER, line) for line in some[:3])


def _above_and_below(lines: list[str], start: int) -> list[str]:
    """What stands above the quote; where that is nothing, what was written below it, or between its lines."""
    above = lines[:start]
    if any(line.strip() for line in above):
        return above
    below = lines[start:]
    first = next((n for n, line in enumerate(below) if _QUOTE.match(line)), None)
    if first is None:
        return []
    rest = below[first:]
    answer = [n for n, line in enumerate(rest) if line.strip() and not _QUOTE.match(line)]
    if not answer:
        return []
    is_between = any(_QUOTE.match(line) for line in rest[answer[0] :])
    return rest if is_between else rest[answer[0] :]


def _without_signature(lines: list[str]) -> list[str]:
    written = next((n for n, line in enumerate(lines) if line.strip()), len(lines))
    for n in range(max(0, len(lines) - 3 * LONGEST_SIGNATURE), len(lines)):
        line = lines[n]
        rest = [other for other in lines[n + 1 :] if other.strip()]
        if re.fullmatch(r"--\s?|_{5,}", line) and n > written:
            return lines[:n]
        if _is(_DEVICE, line) and n > written and len(rest) <= 2:
            return lines[:n]
        if _is(_CLOSING, line) and n > written and len(rest) <= LONGEST_SIGNATURE and not any(_is_afterthought(other) for other in rest):
            return lines[:n]
    return lines


def _is_afterthought(line: str) -> bool:
    return bool(re.match(r"\s*p\.?\s?s\b", line, re.I)) or len(line) > 120

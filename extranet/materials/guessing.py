"""What the name of a file tells: a title to begin with, the kind, the language, and a picture. The person sees it and decides."""

import re

from extranet.core.text import fold
from extranet.materials.models import MaterialKind, MaterialLanguage

_BY_WORD = (
    (MaterialKind.MINUTES, ("poytakirja", "pöytäkirja", "muistio", "protokoll", "minnesanteckning", "minutes")),
    (MaterialKind.FORM, ("lomake", "pohja", "malli", "taulukko", "blankett", "template")),
    (MaterialKind.RECOMMENDATION, ("suositus", "rekommendation", "recommendation")),
    (MaterialKind.GUIDE, ("ohje", "opas", "handbok", "anvisning", "guide")),
    (MaterialKind.PUBLICATION, ("julkaisu", "raportti", "selvitys", "tutkimus", "publikation", "rapport", "utredning", "report")),
)
_BY_ENDING = {
    **dict.fromkeys(("pptx", "odp"), MaterialKind.SLIDES),
    **dict.fromkeys(("mp4", "m4v", "webm"), MaterialKind.RECORDING),
    **dict.fromkeys(("mp3", "m4a"), MaterialKind.PODCAST),
    **dict.fromkeys(("xlsx", "ods", "csv"), MaterialKind.FORM),
    **dict.fromkeys(("png", "jpg", "jpeg", "gif", "webp", "txt", "srt", "vtt", "ics", "json", "xml"), MaterialKind.OTHER),
}
_ICONS = {
    **dict.fromkeys(("pptx", "odp"), "presentation"),
    **dict.fromkeys(("xlsx", "ods", "csv"), "file-spreadsheet"),
    **dict.fromkeys(("mp4", "m4v", "webm"), "video"),
    **dict.fromkeys(("mp3", "m4a"), "megaphone"),
    **dict.fromkeys(("png", "jpg", "jpeg", "gif", "webp", "svg"), "image"),
}
_BY_MARK = {
    MaterialLanguage.SV: {"sv", "swe", "se", "svenska", "ruotsi", "ruotsiksi", "pa svenska"},
    MaterialLanguage.FI: {"fi", "fin", "suomi", "suomeksi", "finska"},
}


def title_of(name: str) -> str:
    """ "henkilostosuunnitelma_2026-v2.pdf" becomes "Henkilostosuunnitelma 2026 v2"; dates and decimals stay whole."""
    stem = name.rpartition(".")[0] or name
    words = re.sub(r"_+|(?<!\d)[.-]+|[.-]+(?!\d)", " ", stem)
    title = " ".join(words.split())[:200].strip()
    return title[:1].upper() + title[1:]


def kind_of(name: str) -> MaterialKind:
    """By a word in the name, else by what its type is mostly used for."""
    if _ending(name) in ("pptx", "odp", "mp4", "m4v", "webm", "mp3", "m4a"):
        return _BY_ENDING[_ending(name)]
    words = fold(name)
    for kind, marks in _BY_WORD:
        if any(mark in words for mark in marks):
            return kind
    return _BY_ENDING.get(_ending(name), MaterialKind.GUIDE)


def language_of(name: str, default: str) -> MaterialLanguage | None:
    """By a mark like "_sv" in the name, else the language that its uploader reads the pages in."""
    parts = set(re.split(r"[^a-zåäö]+", fold(name)))
    found = [language for language, marks in _BY_MARK.items() if parts & marks]
    if len(found) == 2:
        return MaterialLanguage.BOTH
    if found:
        return found[0]
    return MaterialLanguage(default) if default in ("fi", "sv") else None


def icon_of(name: str) -> str:
    """The picture for a file of that name."""
    return _ICONS.get(_ending(name), "file-text")


def _ending(name: str) -> str:
    return name.rpartition(".")[2].casefold()

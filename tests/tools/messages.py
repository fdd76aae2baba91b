"""Bring the catalogues up to date: `python -m tests.tools.messages [TRANSLATIONS.json …] [--missing]`.

Reads every string from code and templates, keeps the translations that there are, drops what nobody uses, and takes
further translations from JSON files: {"English text": {"fi": "…", "sv": "…"}}; a plural has a list of two forms.
"""

import fcntl
import json
import sys
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from extranet.core.paths import PACKAGE, TEMPLATES, TRANSLATIONS

LANGUAGES = ("fi", "sv")
KEYWORDS = {"_": None, "gettext": None, "N_": None, "_l": None, "lazy_gettext": None, "ngettext": (1, 2), "_n": (1, 2)}
OPTIONS = {"**.html": {"trimmed": "true", "silent": "false"}}


def extract() -> dict[str | tuple[str, str], set[str]]:
    """Every message of code and templates, with the files that use it."""
    found: dict[str | tuple[str, str], set[str]] = {}
    for folder, method in ((PACKAGE, [("**.py", "python")]), (TEMPLATES, [("**.html", "jinja2"), ("**.txt", "jinja2")])):
        for file, _line, message, _comments, _context in extract_from_dir(
            folder, method_map=method, options_map={"**.html": {"trimmed": "true"}, "**.txt": {"trimmed": "true"}}, keywords=KEYWORDS
        ):
            key = tuple(message[:2]) if isinstance(message, tuple | list) else message
            if key:
                found.setdefault(key, set()).add(f"{folder.name}/{file}")
    return found


def path_of(language: str) -> Path:
    return TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"


def read(language: str) -> Catalog:
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update(more: dict[str, dict[str, Any]]) -> dict[str, list[str]]:
    """Write both catalogues anew. Returns what is still untranslated, by language."""
    found = extract()
    missing: dict[str, list[str]] = {}
    for language in LANGUAGES:
        old = read(language)
        new = Catalog(locale=language, project="extranet", header_comment=f"# The interface in {language}.", fuzzy=False)
        for key in sorted(found, key=lambda k: k if isinstance(k, str) else k[0]):
            single = key if isinstance(key, str) else key[0]
            given = more.get(single, {}).get(language)
            before = old.get(single)
            string = given if given is not None else (before.string if before else "")
            if not isinstance(key, str):
                string = tuple(string) if isinstance(string, list | tuple) else (string, string)
            elif isinstance(string, list | tuple):
                string = string[0]
            flags = ["python-format"] if "%(" in single else []
            new.add(key, string, flags=flags)
            if not (string if isinstance(string, str) else all(string)):
                missing.setdefault(language, []).append(single)
        path = path_of(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_suffix(".tmp")
        with temporary.open("wb") as file:
            write_po(file, new, width=0, no_location=True, omit_header=False, ignore_obsolete=True)
        text = temporary.read_text(encoding="utf-8")
        temporary.write_text(
            "\n".join(line for line in text.splitlines() if not line.startswith(('"POT-Creation', '"PO-Revision'))) + "\n", encoding="utf-8"
        )
        temporary.replace(path)
    return missing


def main() -> None:
    TRANSLATIONS.mkdir(exist_ok=True)
    with (TRANSLATIONS / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        more: dict[str, dict[str, Any]] = {}
        for name in sys.argv[1:]:
            if not name.startswith("--"):
                more |= json.loads(Path(name).read_text(encoding="utf-8"))
        missing = update(more)
    found = extract()
    for message in more:
        if message not in found and not any(isinstance(k, tuple) and k[0] == message for k in found):
            sys.stdout.write(f"used nowhere: {message!r}\n")
    files = {k if isinstance(k, str) else k[0]: sorted(v) for k, v in found.items()}
    for language, messages in missing.items():
        sys.stdout.write(f"{language}: {len(messages)} untranslated\n")
        if "--missing" in sys.argv:
            for message in messages:
                sys.stdout.write(f"  {message!r}  {', '.join(files[message])}\n")


if __name__ == "__main__":
    main()

"""The interface is complete in Finnish and Swedish; English is what the source says."""

import re

import pytest
from babel.messages.pofile import read_po

from extranet.core.paths import TRANSLATIONS
from tests.tools.messages import extract

PLACE = re.compile(r"%\((\w+)\)[sd]")


def messages(language):
    with (TRANSLATIONS / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return {m.id if isinstance(m.id, str) else m.id[0]: m for m in read_po(file, locale=language, abort_invalid=True) if m.id}


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_every_string_is_translated(language):
    have = messages(language)
    wanted = {key if isinstance(key, str) else key[0] for key in extract()}
    assert wanted - have.keys() == set(), "run `make messages`"
    assert have.keys() - wanted == set(), "used nowhere"
    empty = [k for k, m in have.items() if not (m.string if isinstance(m.string, str) else all(m.string)) or m.fuzzy]
    assert empty == []


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_placeholders_agree(language):
    for key, message in messages(language).items():
        strings = [message.string] if isinstance(message.string, str) else list(message.string)
        wanted = set(PLACE.findall(key if isinstance(message.id, str) else message.id[1]))
        for string in strings:
            assert set(PLACE.findall(string)) <= wanted | {"num"}, key
            assert wanted - set(PLACE.findall(string)) <= {"num"}, key


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_the_tone_is_calm(language):
    """Design: no exclamation marks, nothing said twice, Finnish quotation marks."""
    loud = [k for k, m in messages(language).items() if "!" in str(m.string) and "!" not in k]
    assert loud == []
    english_quotes = [k for k, m in messages(language).items() if "“" in str(m.string)]
    assert english_quotes == []

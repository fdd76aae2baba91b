"""Advice from what a preview found, in the reader's language."""

import pytest

from extranet.core.i18n import in_language
from extranet.previews.accessibility import advise
from extranet.previews.child import OFFICE

DOCX, PPTX = f"{OFFICE}.wordprocessingml.document", f"{OFFICE}.presentationml.presentation"
GOOD = {"tagged": True, "title": "Ohje", "language": "fi-FI", "pictures_without_text": 0, "headings": 4, "pages": 9}


@pytest.mark.parametrize(
    ("mime", "facts", "codes"),
    [
        ("application/pdf", GOOD, []),
        ("application/pdf", {"tagged": False, "title": "", "language": ""}, ["tagged", "title", "language"]),
        ("application/pdf", {"tagged": False, "title": "x", "language": "sv", "scanned": True}, ["scanned"]),
        ("application/pdf", {"fault": "locked"}, ["locked"]),
        ("application/pdf", {"fault": "broken"}, []),
        ("application/pdf", {}, []),
        (DOCX, GOOD, []),
        (DOCX, GOOD | {"headings": 0, "pictures_without_text": 2}, ["pictures", "headings"]),
        (PPTX, GOOD | {"slides_without_title": 1, "title": ""}, ["slides", "title"]),
        ("image/png", {"width": 3}, []),
    ],
)
def test_advice(app, mime, facts, codes):
    with app.test_request_context():
        assert [advice.code for advice in advise(mime, facts)] == codes


def test_it_is_said_in_the_readers_language(app):
    with app.test_request_context():
        said = set()
        for language in ("fi", "sv", "en"):
            with in_language(language):
                (advice,) = advise(DOCX, GOOD | {"pictures_without_text": 3})
            assert "3" in advice.text and advice.how_to
            said.add(advice.text)
    assert len(said) == 3

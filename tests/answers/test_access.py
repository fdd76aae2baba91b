"""Who saves an answer for the library, and who finds the way between both: every address and every role."""

import pytest

from tests.access import Row, check

# visitor newcomer member staff contact deputy orgadmin moderator expert admin dpo
SAVERS = "302 404 403 404 404 404 404 200 404 404 404"
NOBODY = "302 404 404 404 404 404 404 404 404 404 404"
CARD = {"title": "Säilytys", "question": "Kauanko?", "answer": "Kaksi vuotta.", "language": "fi", "review_due": "1990-01-01"}

ACCESS = [
    Row("answers.save", "GET", "/answers/new/{answered_post}", SAVERS),
    Row("answers.save", "POST", "/answers/new/{answered_post}", SAVERS.replace("200", "422"), CARD),
    Row("answers.of_post", "GET", "/answers/of/{answered_post}", NOBODY),
    Row("answers.source", "GET", "/answers/{hr_material}/source", NOBODY),
]


@pytest.mark.parametrize("row", ACCESS, ids=lambda r: f"{r.method} {r.url}")
def test_access(stage, row, monkeypatch):
    check(stage, row, monkeypatch)

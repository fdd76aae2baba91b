"""Who reports, who handles, who reads a decision: every address and every role."""

import pytest

from tests.access import Row, check

# visitor newcomer member staff contact deputy orgadmin moderator expert admin dpo
REPORTERS = "302 404 404 404 404 404 404 200 404 404 404"  # the member wrote the message
HANDLERS = "302 404 404 404 404 404 404 200 404 404 404"
NOBODY = "302 404 404 404 404 404 404 404 404 404 404"
DECIDE = {"outcome": "leave", "reason": "Asiallinen viesti."}

ACCESS = [
    Row("moderation.index", "GET", "/moderation/", "302 403 403 403 403 403 403 200 200 200 403"),
    Row("moderation.report", "GET", "/moderation/report/{hr_post}", REPORTERS),
    Row("moderation.report", "POST", "/moderation/report/{hr_post}", REPORTERS.replace("200", "303"), {"why": "insult"}),
    Row("moderation.case", "GET", "/moderation/{hr_case}/", HANDLERS),
    Row("moderation.claim", "POST", "/moderation/{hr_case}/claim", HANDLERS.replace("200", "303")),
    Row("moderation.take_over", "POST", "/moderation/{hr_case}/take-over", HANDLERS.replace("200", "303"), {"reason": "Sovimme niin."}),
    Row("moderation.release", "POST", "/moderation/{hr_case}/release", HANDLERS.replace("200", "303")),
    Row("moderation.decide", "POST", "/moderation/{hr_case}/decide", HANDLERS.replace("200", "303"), DECIDE),
    Row("moderation.review", "POST", "/moderation/{hr_case}/review", HANDLERS.replace("200", "422"), DECIDE),
    Row("moderation.held", "GET", "/moderation/held/{hr_held}/", HANDLERS),
    Row("moderation.let_through", "POST", "/moderation/held/{hr_held}/let-through", HANDLERS.replace("200", "303")),
    Row("moderation.turn_down", "POST", "/moderation/held/{hr_held}/turn-down", HANDLERS.replace("200", "303"), {"reason": "Mainos."}),
    Row("moderation.decision", "GET", "/moderation/{hr_case}/decision", NOBODY),
    Row("moderation.ask_review", "POST", "/moderation/{hr_case}/ask-review", NOBODY, {"words": "Olen eri mieltä."}),
]


@pytest.mark.parametrize("row", ACCESS, ids=lambda r: f"{r.method} {r.endpoint}")
def test_access(stage, row, monkeypatch):
    check(stage, row, monkeypatch)

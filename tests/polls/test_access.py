"""Who makes a poll, who votes, who reads it: every address and every role."""

import pytest

from tests.access import Row, check

# visitor newcomer member staff contact deputy orgadmin moderator expert admin dpo
MEMBERS = "302 404 200 404 404 404 404 200 404 404 404"
MAKERS = "302 404 403 404 404 404 404 200 404 404 404"
POLL = {"question": "Milloin?", "options": "Tiistai\nTorstai", "kind": "single"}

ACCESS = [
    Row("polls.create", "GET", "/polls/new/{hr_thread}", MAKERS),
    Row("polls.create", "POST", "/polls/new/{hr_thread}", MAKERS.replace("200", "303"), POLL),
    Row("polls.poll", "GET", "/polls/{hr_poll}/", MEMBERS),
    Row("polls.of_thread", "GET", "/polls/of/{poll_thread}", MEMBERS),
    Row("polls.of_thread", "GET", "/polls/of/{hr_thread}", "302 404 404 404 404 404 404 404 404 404 404"),
    Row("polls.edit", "GET", "/polls/{hr_poll}/edit", MAKERS),
    Row("polls.edit", "POST", "/polls/{hr_poll}/edit", MAKERS.replace("200", "303"), POLL),
    Row("polls.vote", "POST", "/polls/{hr_poll}/vote", MEMBERS.replace("200", "422"), {"option": "999999"}),
    Row("polls.close", "POST", "/polls/{hr_poll}/close", MAKERS.replace("200", "303")),
    Row("polls.write_outcome", "POST", "/polls/{hr_poll}/outcome", MAKERS.replace("200", "422"), {"outcome": "Torstai."}),
]


@pytest.mark.parametrize("row", ACCESS, ids=lambda r: f"{r.method} {r.url}")
def test_access(stage, row, monkeypatch):
    check(stage, row, monkeypatch)

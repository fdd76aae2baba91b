"""Who may do what with pilots, at every address."""

from dataclasses import replace
from datetime import timedelta

import pytest

from extranet.accounts.tokens import hash_token
from extranet.core import clock
from extranet.core.db import db
from extranet.pilots.models import PilotLink
from tests.access import Row, check

TOKEN = "link-of-the-access-table"
RUN = "302 404 403 404 404 404 404 303 303 303 404"
FORM = "302 404 403 404 404 404 404 200 200 200 404"
REVIEWERS = "302 404 200 404 404 404 404 404 404 404 404"
MEMBER_LIST = "302 200 200 200 200 200 200 200 200 200 200"
PILOT = "/pilots/{hr_pilot}/"
DUE = {"due": lambda: str(clock.today() + timedelta(days=30))}
ANYBODY = "200 200 200 200 200 200 200 200 200 200 200"
NOBODY = "404 404 404 404 404 404 404 404 404 404 404"

ACCESS = [
    Row("pilots.index", "GET", "/pilots/", MEMBER_LIST),
    Row("pilots.new", "GET", "/pilots/new?material={hr_draft_material}", "302 404 200 404 404 404 404 200 200 200 404"),
    Row("pilots.pilot", "GET", PILOT, "302 404 302 404 404 404 404 200 200 200 404"),
    Row("pilots.changes", "GET", PILOT + "changes", FORM),
    Row("pilots.file", "GET", PILOT + "file", "302 404 200 404 404 404 404 200 200 200 404"),
    Row("pilots.picture", "GET", PILOT + "pages/1.webp", "302 404 404 404 404 404 404 404 404 404 404"),
    Row("pilots.text", "GET", PILOT + "text", "302 404 404 404 404 404 404 404 404 404 404"),
    Row("pilots.review", "GET", PILOT + "review", REVIEWERS),
    Row("pilots.review", "POST", PILOT + "review", "302 404 303 404 404 404 404 404 404 404 404", {"do": "send", "verdict": "ok"}),
    Row("pilots.answer", "POST", PILOT + "answers", RUN),
    Row("pilots.note_rest", "POST", PILOT + "note-rest", RUN),
    Row("pilots.remind", "POST", PILOT + "remind", RUN),
    Row("pilots.extend", "POST", PILOT + "extend", RUN, DUE),
    Row("pilots.withdraw", "POST", PILOT + "reviews/{hr_pilot_guest}/withdraw", RUN),
    Row("pilots.inviting", "GET", PILOT + "invite", FORM),
    Row("pilots.find_more", "POST", PILOT + "invite/find", FORM),
    Row("pilots.invite", "POST", PILOT + "invite", RUN, {"guests-0": "fi eka@lempo.example Eka"}),
    Row("pilots.close", "GET", PILOT + "close", FORM),
    Row("pilots.close", "POST", PILOT + "close", "302 404 403 404 404 404 404 422 422 422 404"),
    Row("pilots.review_by_link", "GET", "/pilots/review/{pilot_link}", ANYBODY),
    Row("pilots.review_by_link", "POST", "/pilots/review/{pilot_link}", ANYBODY.replace("200", "303"), {"do": "send", "verdict": "ok"}),
    Row("pilots.file_by_link", "GET", "/pilots/review/{pilot_link}/file", ANYBODY),
    Row("pilots.picture_by_link", "GET", "/pilots/review/{pilot_link}/pages/1.webp", NOBODY),
    Row("pilots.text_by_link", "GET", "/pilots/review/{pilot_link}/text", NOBODY),
]
STARTING = {"guests-0": "fi eka@lempo.example Eka", "guests-1": "fi toka@lempo.example Toka"} | DUE
STARTS = [
    Row("pilots.find", "POST", "/pilots/new/find", "302 404 200 404 404 404 404 200 200 200 404"),
    Row("pilots.start", "POST", "/pilots/new", "302 404 303 404 404 404 404 303 303 303 404", STARTING),
]
ACCESS += STARTS


@pytest.mark.parametrize("row", ACCESS, ids=lambda r: f"{r.method} {r.endpoint}")
def test_access(stage, row, monkeypatch):
    if "{pilot_link}" in row.url:
        with stage.app.app_context():
            db.session.add(PilotLink(review_id=stage.things["hr_pilot_guest"], token_hash=hash_token(TOKEN)))
            db.session.commit()
        monkeypatch.setitem(stage.things, "pilot_link", TOKEN)
    data = row.data | ({"material": stage.things["hr_draft_material"]} if row in STARTS else {})
    check(stage, replace(row, data=data), monkeypatch)

"""Who gets in. One row per route and method."""

import pytest

from tests.access import Row, check

#                                                          vis new mem stf con dep org mod exp adm dpo
MEMBERS = "302 404 200 404 404 404 404 200 404 404 404"
MODERATORS_GET = "302 404 403 404 404 404 404 200 404 404 404"
MODERATORS_POST = "302 404 403 404 404 404 404 303 404 404 404"
REASON = {"reason": "Aihe on käsitelty."}

ACCESS = [
    Row("discussions.index", "GET", "/discussions/", "302 200 200 200 200 200 200 200 200 200 200"),
    Row("discussions.network_index", "GET", "/networks/hr/discussions/", "302 403 200 403 403 403 403 200 403 200 403"),
    Row("discussions.network_index", "GET", "/networks/hr-advisory-board/discussions/", "302 404 404 404 404 404 404 404 200 200 404"),
    Row("discussions.network_index", "GET", "/networks/contact-persons/discussions/", "302 403 403 403 200 200 403 403 200 200 403"),
    Row("discussions.new", "GET", "/networks/hr/discussions/new", "302 403 200 403 403 403 403 200 403 403 403"),
    Row("discussions.start", "POST", "/networks/hr/discussions/", "302 403 303 403 403 403 403 303 403 403 403", {"title": "Otsikko", "body": "Teksti"}),
    Row("discussions.start", "POST", "/networks/hr-advisory-board/discussions/", "302 404 404 404 404 404 404 404 303 403 404", {"title": "Otsikko", "body": "Teksti"}),
    Row("discussions.thread", "GET", "/discussions/{hr_thread}/", MEMBERS),
    Row("discussions.thread", "GET", "/discussions/{advisory_thread}/", "302 404 404 404 404 404 404 404 200 404 404"),
    Row("discussions.thread", "GET", "/discussions/{contact_thread}/", "302 404 404 404 200 200 404 404 200 404 404"),
    Row("discussions.reply", "POST", "/discussions/{hr_thread}/reply", "302 404 303 404 404 404 404 303 404 404 404", {"body": "Kiitos"}),
    Row("discussions.draft_list", "GET", "/discussions/drafts", "302 200 200 200 200 200 200 200 200 200 200"),
    Row("discussions.discard", "POST", "/discussions/drafts/1/discard", "302 303 303 303 303 303 303 303 303 303 303"),
    Row("discussions.keep_reply", "POST", "/discussions/{hr_thread}/draft", "302 404 303 404 404 404 404 303 404 404 404", {"body": "Kiitos"}),
    Row(
        "discussions.keep_edit",
        "POST",
        "/discussions/{hr_thread}/posts/{hr_post}/draft",
        "302 404 303 404 404 404 404 403 404 404 404",
        {"body": "Kiitos"},
    ),
    Row("discussions.keep_start", "POST", "/networks/hr/discussions/draft", "302 403 303 403 403 403 403 303 403 403 403", {"body": "Teksti"}),
    Row("discussions.quote", "GET", "/discussions/{hr_thread}/posts/{hr_post}/quote", MEMBERS),
    Row("discussions.preview", "POST", "/networks/hr/discussions/preview", "302 403 200 403 403 403 403 200 403 403 403", {"body": "Teksti"}),
    Row("discussions.similar", "GET", "/networks/hr/discussions/similar?title=arbetsintyg", "302 403 200 403 403 403 403 200 403 403 403"),
    Row("discussions.people", "GET", "/networks/hr/discussions/people?begun=ma", "302 403 200 403 403 403 403 200 403 403 403"),
    Row("discussions.attachment", "GET", "/discussions/attachments/1", "302 404 404 404 404 404 404 404 404 404 404"),
    Row("discussions.picture", "GET", "/discussions/attachments/1/picture", "302 404 404 404 404 404 404 404 404 404 404"),
    Row("discussions.look", "GET", "/discussions/attachments/1/look", "302 404 404 404 404 404 404 404 404 404 404"),
    Row("discussions.attachment_fields", "GET", "/discussions/attachments/fields?key=f1&name=a.png", "302 200 200 200 200 200 200 200 200 200 200"),
    Row("discussions.permalink", "GET", "/discussions/posts/{hr_post}", "302 404 302 404 404 404 404 302 404 404 404"),
    Row("discussions.edit_post", "GET", "/discussions/{hr_thread}/posts/{hr_post}/edit", "302 404 200 404 404 404 404 403 404 404 404"),
    Row("discussions.edit_post", "POST", "/discussions/{hr_thread}/posts/{hr_post}/edit", "302 404 303 404 404 404 404 403 404 404 404", {"body": "Uusi"}),
    Row("discussions.delete_post", "POST", "/discussions/{hr_thread}/posts/{hr_post}/delete", "302 404 303 404 404 404 404 403 404 404 404"),
    Row("discussions.undelete_post", "POST", "/discussions/{hr_thread}/posts/{hr_post}/undelete", "302 404 403 404 404 404 404 403 404 404 404"),
    Row("discussions.edits", "GET", "/discussions/{hr_thread}/posts/{hr_post}/edits", MEMBERS),
    Row("discussions.mark_helpful", "POST", "/discussions/{hr_thread}/posts/{hr_post}/helpful", "302 404 403 404 404 404 404 303 404 404 404"),
    Row("discussions.unmark_helpful", "POST", "/discussions/{hr_thread}/posts/{hr_post}/unhelpful", "302 404 403 404 404 404 404 303 404 404 404"),
    Row("discussions.accept", "POST", "/discussions/{hr_thread}/posts/{hr_post}/accept", "302 404 403 404 404 404 404 303 404 404 404"),
    Row("discussions.unaccept", "POST", "/discussions/{hr_thread}/posts/{hr_post}/unaccept", "302 404 403 404 404 404 404 303 404 404 404"),
    Row("discussions.read", "POST", "/discussions/read", "302 204 204 204 204 204 204 204 204 204 204", {"mark": "{hr_thread}:2"}),
    Row("discussions.read_network", "POST", "/networks/hr/discussions/read", "302 403 303 403 403 403 403 303 403 403 403"),
    Row("discussions.first_new", "GET", "/discussions/{hr_thread}/first-new", "302 404 302 404 404 404 404 302 404 404 404"),
    Row("discussions.to_print", "GET", "/discussions/{hr_thread}/print", MEMBERS),
    Row("discussions.incoming", "GET", "/discussions/{hr_thread}/incoming?after=1", MEMBERS),
    Row("discussions.close", "GET", "/discussions/{hr_thread}/close", MODERATORS_GET),
    Row("discussions.close", "POST", "/discussions/{hr_thread}/close", MODERATORS_POST, REASON),
    Row("discussions.reopen", "POST", "/discussions/{closed_thread}/reopen", MODERATORS_POST),
    Row("discussions.hide", "GET", "/discussions/{hr_thread}/hide", MODERATORS_GET),
    Row("discussions.hide", "POST", "/discussions/{hr_thread}/hide", MODERATORS_POST, REASON),
    Row("discussions.restore", "POST", "/discussions/{hr_thread}/restore", MODERATORS_POST),
    Row("discussions.pin", "GET", "/discussions/{hr_thread}/pin", MODERATORS_GET),
    Row("discussions.pin", "POST", "/discussions/{hr_thread}/pin", MODERATORS_POST, REASON),
    Row("discussions.unpin", "POST", "/discussions/{hr_thread}/unpin", MODERATORS_POST),
    Row("discussions.move", "GET", "/discussions/{hr_thread}/move", MODERATORS_GET),
    Row("discussions.move", "POST", "/discussions/{hr_thread}/move", "302 404 403 404 404 404 404 422 404 404 404", REASON | {"network_id": "1"}),
    Row("discussions.hide_post", "GET", "/discussions/{hr_thread}/posts/{hr_post}/hide", MODERATORS_GET),
    Row("discussions.hide_post", "POST", "/discussions/{hr_thread}/posts/{hr_post}/hide", MODERATORS_POST, REASON),
    Row("discussions.restore_post", "POST", "/discussions/{hr_thread}/posts/{hr_post}/restore", MODERATORS_POST),
]  # fmt: skip


@pytest.mark.parametrize("row", ACCESS, ids=lambda row: f"{row.method} {row.url}")
def test_access(stage, row, monkeypatch):
    check(stage, row, monkeypatch)

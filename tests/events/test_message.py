"""Writing to a group: own words, looked at first, sent once to those who have a place; answers go to the organiser (T23, T27, T41)."""

from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

from extranet.audit.models import AuditEvent
from extranet.core.db import db
from extranet.events.kinds import Mode, SignupState
from extranet.events.message_models import Message
from extranet.events.models import Signup
from extranet.mail.models import Letter, LetterState
from extranet.networks.models import Membership
from extranet.notifications.models import Letters, Notification, NotificationChoice

WORDS = {
    "subject_fi": "Kahvit klo 8.30",
    "text_fi": "Ovi on **pihan** puolella. <b>",
    "subject_sv": "Kaffe kl. 8.30",
    "text_sv": "Dörren finns på gården.",
}


@pytest.fixture
def full(app, browser, cast, plan):
    """medlem (Swedish) and a guest take part on site, expert remotely; member waits."""
    event = plan(mode=Mode.HYBRID, capacity_onsite=2)
    with app.app_context():
        db.session.add_all(
            [
                Signup(event_id=event, user_id=cast["medlem"], mode=Mode.ONSITE, state=SignupState.CONFIRMED),
                Signup(
                    event_id=event,
                    guest_name="Ville Vieras",
                    guest_email="ville@muualla.example",
                    mode=Mode.ONSITE,
                    state=SignupState.CONFIRMED,
                ),
                Signup(event_id=event, user_id=cast["expert"], mode=Mode.REMOTE, state=SignupState.CONFIRMED),
                Signup(event_id=event, user_id=cast["member"], mode=Mode.ONSITE, state=SignupState.WAITING),
            ]
        )
        db.session.commit()
    return event


def letters(rows):
    return [letter for letter in rows(Letter) if letter.template == "events/mail/message"]


def test_a_message_is_looked_at_then_sent_once_to_those_who_have_a_place(browser, cast, full, rows, work):
    moderator = browser("moderator")
    form = moderator.get(f"/events/{full}/desk/message")
    assert "3 henkilölle" in form.text("main form")

    preview = moderator.submit(form, "main form", **WORDS)
    assert preview.status == 200 and not rows(Message, Message.event_id == full)
    assert preview.soup.select_one(".prose strong").get_text() == "pihan" and not preview.has(".prose b")
    assert moderator.submit(preview, "main form", step="write").soup.select_one("[name=subject_fi]")["value"] == "Kahvit klo 8.30"
    done = moderator.submit(preview, "main form", step="send")
    assert "3 henkilölle" in done.text("#flash") and "Kahvit klo 8.30" in done.text("h1")
    assert moderator.submit(preview, "main form", step="send").status == 422
    work()
    work()

    found = {letter.to: letter for letter in letters(rows)}
    assert set(found) == {"medlem@extranet.example", "expert@extranet.example", "ville@muualla.example"} and len(letters(rows)) == 3
    assert {letter.reply_to for letter in found.values()} == {"moderator@extranet.example"}
    swedish = found["medlem@extranet.example"]
    assert swedish.subject == "Kaffe kl. 8.30" and "Dörren finns på gården." in swedish.text
    finnish = found["ville@muualla.example"]
    assert "Ovi on **pihan** puolella." in finnish.text and "<strong>pihan</strong>" in finnish.html and "<b>" not in finnish.html
    told = rows(Notification, Notification.kind == "events.message")
    assert {n.user_id for n in told} == {cast["medlem"], cast["expert"]}
    [logged] = rows(AuditEvent, AuditEvent.name == "events.message")
    assert logged.thing == "event_message" and "Kahvit" not in str(logged.detail)


def test_a_letter_says_to_whom_the_answer_goes(app, browser, full, work):
    browser("moderator").post(f"/events/{full}/desk/message", **WORDS, key=uuid4().hex, step="send")
    work()
    folder = Path(urlsplit(app.extensions["extranet"].mail_url).path)
    sent = [message_from_bytes(file.read_bytes(), policy=SMTP) for file in folder.rglob("*.eml")]
    mine = [letter for letter in sent if letter["Subject"] in (WORDS["subject_fi"], WORDS["subject_sv"])]
    assert mine and {letter["Reply-To"] for letter in mine} == {"moderator@extranet.example"}


def test_the_choice_of_the_list_is_the_group(browser, full, rows, work):
    moderator = browser("moderator")
    for query, people in (
        ("mode=remote", {"expert"}),
        ("state=waiting", {"member"}),
        ("state=all&mode=onsite", {"medlem", "ville"}),
        ("state=cancelled", {"medlem", "ville", "expert"}),
    ):
        before = len(letters(rows))
        page = moderator.submit(moderator.get(f"/events/{full}/desk/message?{query}"), "main form", **WORDS)
        moderator.submit(page, "main form", step="send")
        work()
        assert {letter.to.partition("@")[0] for letter in letters(rows)[before:]} == people, query


def test_whoever_left_or_wants_no_letters_gets_none(app, browser, cast, full, rows, work):
    with app.app_context():
        db.session.merge(NotificationChoice(user_id=cast["expert"], letters=Letters.NONE))
        db.session.commit()
    browser("moderator").post(f"/events/{full}/desk/message", **WORDS, key=uuid4().hex, step="send")
    browser("medlem").post(f"/events/{full}/cancel")
    with app.app_context():
        db.session.query(Membership).filter_by(user_id=cast["member"]).delete()
        db.session.commit()
    work()
    assert [letter.to for letter in letters(rows) if letter.state != LetterState.DROPPED] == ["ville@muualla.example"]
    assert cast["expert"] in {n.user_id for n in rows(Notification, Notification.kind == "events.message")}


def test_a_message_is_read_by_those_to_whom_it_went(browser, full, rows, work):
    browser("moderator").post(f"/events/{full}/desk/message?mode=onsite", **WORDS, key=uuid4().hex, step="send")
    work()
    path = rows(Message, Message.event_id == full)[0].path
    page = browser("medlem").get(path)
    assert page.status == 200 and "Dörren finns" in page.text(".prose") and "moderator@extranet.example" in page.text("main")
    assert [browser(name).get(path).status for name in ("expert", "member", "newcomer")] == [404, 404, 404]
    assert "Kahvit klo 8.30" in browser("moderator").get(f"/events/{full}/desk/message").text("[aria-labelledby=sent]")


@pytest.mark.parametrize(
    "words",
    [{}, {"subject_fi": "Vain otsikko"}, {"text_sv": "Bara text"}, {"subject_fi": "x" * 201, "text_fi": "Liian pitkä otsikko"}, {"subject_fi": "  ", "text_fi": " "}],
)  # fmt: skip
def test_half_a_message_comes_back(browser, full, rows, words):
    moderator = browser("moderator")
    page = moderator.submit(moderator.get(f"/events/{full}/desk/message"), "main form", **words, step="send")
    assert page.status == 422 and page.has("[data-errors]") and not rows(Message, Message.event_id == full)


def test_nobody_is_written_to_where_nobody_is(browser, plan, rows):
    event, moderator = plan(), browser("moderator")
    assert not moderator.get(f"/events/{event}/desk/message").has("main form")
    assert moderator.post(f"/events/{event}/desk/message", **WORDS, key=uuid4().hex, step="send").status == 422

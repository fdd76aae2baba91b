"""The owner and the editors send one person without an account a link."""

import pytest
from sqlalchemy import update

from extranet.audit.models import AuditEvent
from extranet.core.db import db
from extranet.mail.models import Letter
from extranet.materials.models import Material, Sharing
from extranet.sharing.models import Share


def test_a_link_for_one_person(browser, cast, send_outside, latest, rows):
    path = send_outside(days="3")
    letter = rows(Letter)[-1]
    assert letter.to == "olli@muualla.example" and letter.language == "sv" and letter.is_secret
    page = browser("visitor").get(path)
    assert "Olli Ulkopuoli" in page.text() and page.soup.html["lang"] == "sv"
    visitor = browser("visitor")
    for _ in range(3):
        assert visitor.get(path).status == 200, "a scanner that follows the link spends nothing"
    got = visitor.get(page.soup.select_one("main a[download]")["href"])
    assert got.response.data.startswith(b"%PDF-")
    assert path.rsplit("/", 1)[1] not in browser("moderator").get(latest().path).html, "the link is the receiver's alone"
    event = rows(AuditEvent, AuditEvent.name == "sharing.send_outside")[0]
    assert (event.thing, event.thing_id, event.detail) == ("share", str(latest().id), {"days": "3"})


def test_own_use_asks_for_a_reason(browser, app, cast, send_outside, rows):
    with app.app_context():
        db.session.execute(update(Material).values(sharing=Sharing.OWN_USE))
        db.session.commit()
    form = browser("moderator").get(f"/sharing/outside?material={cast['hr_material']}")
    page = browser("moderator").submit(form, name="Olli", email="olli@muualla.example")
    assert page.status == 422 and page.has("#reason-error")
    path = send_outside(reason="Puhuja tarvitsee ohjeen")
    assert browser("visitor").get(path).status == 200
    assert rows(AuditEvent, AuditEvent.name == "sharing.send_outside")[0].reason == "Puhuja tarvitsee ohjeen"


@pytest.mark.parametrize(
    ("fields", "selector"),
    [
        ({"name": " "}, "#name-error"),
        ({"email": "olli"}, "#email-error"),
        ({"email": "a@b.example, c@d.example"}, "#email-error"),
        ({"days": "0"}, "#days-error"),
        ({"days": "31"}, "#days-error"),
        ({"days": "viikko"}, "#days-error"),
        ({"reason": "a" * 1001}, "#reason-error"),
    ],
)
def test_bad_input_is_said_at_its_field(browser, cast, rows, fields, selector):
    wanted = {"name": "Olli Ulkopuoli", "email": "olli@muualla.example", "days": "7", "language": "fi", "reason": ""}
    page = browser("moderator").post(f"/sharing/outside?material={cast['hr_material']}", **(wanted | fields))
    assert page.status == 422 and page.has(selector)
    assert rows(Share) == [] and rows(Letter) == []

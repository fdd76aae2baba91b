"""Answering comments, closing the pilot, and what shows afterwards."""

import pytest

from extranet.audit.models import AuditEvent
from extranet.core.db import db
from extranet.jobs.models import Job
from extranet.materials.models import Material, MaterialState, MaterialVersion
from extranet.notifications.models import Notification
from extranet.pilots.models import Handling, Pilot, PilotComment, PilotState
from extranet.pilots.tasks import tell_answers
from extranet.previews.models import Preview, PreviewState
from tests.pilots.conftest import link_in


@pytest.fixture
def ids(rows):
    return [comment.id for comment in rows(PilotComment)]


@pytest.fixture
def work(app, rows):
    """Have the worker tell what was answered."""

    def do():
        jobs = rows(Job, Job.name == "pilots.tell_answers")
        with app.app_context():
            for job in jobs:
                tell_answers(**job.kwargs)
            db.session.commit()

    return do


def save(person, pilot, **data):
    return person.submit(person.get(pilot), "#comments form", **data)


def test_each_comment_gets_its_answer_and_the_reviewer_hears_once(browser, pilot, ids, rows, cast, work):
    owner = browser("moderator")
    first, second = ids
    page = save(owner, pilot, **{f"handling_{first}": "taken", f"words_{first}": "**Lisätty**."})
    assert "1 vastaus tallennettiin" in page.text("#flash")
    work()
    assert rows(Notification) == [], "not before all have their answers"
    save(owner, pilot, **{f"handling_{second}": "not_taken", f"words_{second}": "Kaikki viisi tarvitaan."})
    work()
    work()
    assert [(n.user_id, n.kind) for n in rows(Notification)] == [(cast["member"], "pilots.answer")]
    stored = rows(PilotComment)
    assert [c.handling for c in stored] == [Handling.TAKEN, Handling.NOT_TAKEN]
    assert stored[0].answered_by_id == cast["moderator"]
    page = browser("member", "fi").get(f"{pilot}review")
    assert page.has(".answer strong") and "Kaikki viisi tarvitaan." in page.text()
    assert [e.name for e in rows(AuditEvent)] == ["pilots.answer", "pilots.answer"]


def test_words_without_a_choice_are_asked_about_and_nothing_is_lost(browser, pilot, ids, rows):
    first, second = ids
    page = save(browser("moderator"), pilot, **{f"words_{first}": "Hyvä.", f"handling_{second}": "partly", f"words_{second}": "Osin."})
    assert page.status == 422
    assert "mitä kommentille tehdään" in page.text("[data-errors]")
    assert page.soup.select_one(f"[name=words_{second}]").get_text().strip() == "Osin."
    assert all(comment.waits for comment in rows(PilotComment))


def test_two_who_answer_the_same_comment_see_each_other(browser, pilot, ids, rows):
    first = ids[0]
    one, other = browser("moderator"), browser("expert")
    stale = other.get(pilot)
    save(one, pilot, **{f"handling_{first}": "taken", f"words_{first}": "Eka."})
    page = other.submit(stale, "#comments form", **{f"handling_{first}": "not_taken", f"words_{first}": "Toka."})
    assert page.status == 422 and "muuttunut tällä välin" in page.text("[data-errors]")
    assert rows(PilotComment)[0].answer == "Eka."
    page = other.submit(page, "#comments form")
    assert (page.status, rows(PilotComment)[0].answer) == (200, "Toka.")


def test_a_comment_that_changed_waits_again(browser, pilot, ids, rows):
    owner, reviewer = browser("moderator"), browser("member")
    save(owner, pilot, **{f"handling_{ids[0]}": "taken"})
    reviewer.submit(reviewer.get(f"{pilot}review"), "#review form", section_1="Toisin sanoen.", do="send")
    assert rows(PilotComment)[0].waits
    assert "muuttunut vastauksen jälkeen" in owner.get(pilot).text("#comments")


def test_saving_nothing_says_so(browser, pilot):
    assert "Mitään ei muutettu" in save(browser("moderator"), pilot).text("#flash")


def test_closing_asks_for_the_answers_first(browser, pilot, rows, cast, reviews, letters, link):
    owner = browser("moderator")
    page = owner.get(f"{pilot}close")
    assert "2 kommenttia odottaa vastausta" in page.text() and not page.has("[name=outcome]")
    assert owner.post(f"{pilot}close", outcome="").status == 422
    assert rows(Pilot)[0].state == PilotState.OPEN
    seen = [tag["value"] for tag in page.soup.select("[name=seen]")]
    owner.post(f"{pilot}note-rest", seen=seen[:1])
    assert [c.handling for c in rows(PilotComment)] == [Handling.READ, None], "only what was seen"
    owner.post(f"{pilot}note-rest", seen=seen)
    guest = browser("visitor", "fi")
    guest.post(link, do="send", verdict="ok")
    page = owner.submit(owner.get(f"{pilot}close"), "main form", outcome="Ohje *lyheni*.")
    assert "Kokeilu päätettiin" in page.text("#flash") and page.has(".callout em")
    assert rows(Material, Material.id == cast["pilot_material"])[0].state == MaterialState.REVISED
    assert [n.user_id for n in rows(Notification, Notification.kind == "pilots.answer")] == [cast["member"]]
    told = letters()[-1]
    assert (told.to, told.template) == ("esihenkilo@koski.example", "pilots/mail/answered")
    page = guest.get(link_in(told))
    assert "lyheni" in page.text() and not page.has("#review form")
    assert guest.post(link, do="send", verdict="ok", section_0="Vielä yksi").status == 422
    assert browser("medlem").post(f"{pilot}review", do="send", verdict="ok").status == 422
    for verb, data in (("remind", {}), ("extend", {"due": "2027-02-01"}), ("answers", {}), ("note-rest", {}), ("invite", {})):
        assert owner.post(f"{pilot}{verb}", **data).status in (303, 422)
    assert len(rows(AuditEvent, AuditEvent.name == "pilots.close")) == 1
    assert owner.post(f"{pilot}close").status == 303, "closing twice changes nothing"


def test_the_outcome_shows_what_changed(browser, app, pilot, rows, cast):
    owner = browser("moderator", "fi")
    assert "Ei vielä uutta versiota" in owner.get(f"{pilot}changes").text()
    with app.app_context():
        material = db.session.get(Material, cast["pilot_material"])
        material.version = 2
        new = MaterialVersion(
            material_id=material.id, number=2, file_name="Uusi.pdf", size=9, mime="application/pdf", sha256="b" * 64,
            note="Esihenkilöiden palaute.", uploaded_by_id=cast["moderator"],
        )  # fmt: skip
        db.session.add(new)
        db.session.commit()
    assert "vielä" in owner.get(f"{pilot}changes").text("main section")
    old = rows(MaterialVersion, MaterialVersion.material_id == cast["pilot_material"])[0].sha256
    with app.app_context():
        for sha256, text in (
            (old, "Alku.\nKysy ensin viisi kysymystä.\nPois jäävä.\nLoppu."),
            ("b" * 64, "Alku.\nKysy ensin kolme kysymystä.\nLoppu."),
        ):
            db.session.add(Preview(sha256=sha256, mime="application/pdf", state=PreviewState.READY, text=text))
        db.session.commit()
    page = owner.get(f"{pilot}changes")
    assert page.text(".difference ins") == "kolme"
    assert {tag.get_text() for tag in page.soup.select(".difference del")} == {"viisi", "Pois jäävä."}
    assert "Esihenkilöiden palaute." in page.text()
    assert "Kokeilu" in owner.get(f"/pilots/?material={cast['pilot_material']}", follow=True).text("h1")

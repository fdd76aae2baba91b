"""What an organiser finds in a long list, and how the list keeps itself up to date (T41, §6.3)."""

from datetime import timedelta

import pytest

from extranet.audit.models import AuditEvent
from extranet.core import clock
from extranet.core.db import db
from extranet.events.kinds import EventState, Mode, SignupState
from extranet.events.models import Signup
from extranet.events.programme_models import Choice, ChoiceState
from extranet.events.question_models import Answer, Needs, QuestionKind


@pytest.fixture
def busy(app, cast, programme, ask):
    """A hybrid event with two workshops: three take part, one waits; its id and the sessions'."""
    event, (first, second) = programme(5, 5, mode=Mode.HYBRID, capacity_onsite=10)
    question = ask(event, "Miten tulet?", QuestionKind.CHOICE, options=["Junalla | Med tåg", "Autolla | Med bil"])
    with app.app_context():
        for name, mode, state in (
            ("medlem", Mode.ONSITE, SignupState.CONFIRMED), ("member", Mode.REMOTE, SignupState.CONFIRMED), ("expert", Mode.ONSITE, SignupState.WAITING),
        ):  # fmt: skip
            db.session.add(Signup(event_id=event, user_id=cast[name], organisation_id=_organisation(cast[name]), mode=mode, state=state))
        db.session.add(
            Signup(
                event_id=event,
                guest_name="Åke Vieras",
                guest_email="ake@muualla.example",
                guest_organisation="Silta Oy",
                mode=Mode.ONSITE,
                state=SignupState.CONFIRMED,
            )
        )
        db.session.flush()
        linda, milla, _eero, ake = db.session.query(Signup).filter_by(event_id=event).order_by(Signup.id)
        db.session.add_all(
            [
                Choice(signup_id=linda.id, session_id=first, state=ChoiceState.CONFIRMED),
                Choice(signup_id=ake.id, session_id=second, state=ChoiceState.CONFIRMED),
                Choice(signup_id=ake.id, session_id=first, state=ChoiceState.WAITING),
                Answer(signup_id=linda.id, question_id=question, text="Junalla | Med tåg"),
                Answer(signup_id=milla.id, question_id=question, text="Autolla | Med bil"),
                Needs(signup_id=milla.id, diet="Gluteeniton"),
            ]
        )
        db.session.commit()
    return event, first, second, question


def _organisation(user_id):
    from extranet.accounts.models import User

    return db.session.get_one(User, user_id).organisation_id


def names(page):
    return {row.select_one("th a").get_text() for row in page.soup.select("#people tbody tr")}


LINDA, MILLA, EERO, AKE = "Linda Blomstrand", "Milla Lahdenpohja", "Eero Koskivuori", "Åke Vieras"


def test_every_filter_finds_its_people(browser, busy):
    event, first, second, question = busy
    moderator = browser("moderator")

    def found(query):
        return names(moderator.get(f"/events/{event}/desk?{query}"))

    assert found("") == {LINDA, MILLA, AKE}
    assert found("state=waiting") == {EERO} and found("state=all") == {LINDA, MILLA, EERO, AKE} and found("state=cancelled") == set()
    assert found("q=åke") == {AKE} and found("q=milla+LAHDEN") == {MILLA} and found("q=ake@muualla") == {AKE} and found("q=100%25") == set()
    assert found("organisation=raaseP") == {LINDA} and found("organisation=silta") == {AKE}
    assert found("mode=remote") == {MILLA}
    assert found(f"session={first}") == {LINDA} and found(f"session={first}q") == {AKE} and found("session=none") == {MILLA}
    assert found(f"session={second}&mode=onsite") == {AKE}
    assert found(f"answer={question}") == {LINDA, MILLA} and found(f"answer={question}:Junalla+|+Med+tåg") == {LINDA}
    assert found("diet=1") == {MILLA}
    assert found("mode=boat&session=x&answer=y&state=z&page=0") == {LINDA, MILLA, AKE}


def test_the_form_and_the_links_keep_the_choice(browser, busy):
    event, first, *_more = busy
    moderator = browser("moderator")
    page = moderator.get(f"/events/{event}/desk?session={first}&mode=onsite")

    assert [o["value"] for o in page.soup.select("form [name=session] option[selected]")] == [str(first)]
    hrefs = [a["href"] for a in page.soup.select("#people a") if a["href"].startswith(f"/events/{event}/desk") and "?" in a["href"]]
    assert len(hrefs) >= 6 and all(f"session={first}" in href and "mode=onsite" in href for href in hrefs if "names=" not in href) is True


def test_the_organiser_alone_filters_by_diet(browser, busy):
    event = busy[0]
    page = browser("admin").get(f"/events/{event}/desk?diet=1")
    assert names(page) == {LINDA, MILLA, AKE} and not page.has("[name=diet]")


def test_a_list_that_refreshes_itself_is_logged_once_an_hour(browser, busy, rows, monkeypatch):
    event, moderator = busy[0], browser("moderator")
    page = moderator.get(f"/events/{event}/desk?mode=onsite")
    again = page.soup.select_one("#again")
    assert again["hx-trigger"].startswith("every") and "X-Poll" in again["hx-headers:append"] and "mode=onsite" in again["hx-get"]

    def poll():
        answer = moderator.get(again["hx-get"], target="rows", **{"X-Poll": "1"})
        assert names_of_fragment(answer) == {LINDA, AKE} and not answer.has("html")
        return len(rows(AuditEvent, AuditEvent.name == "events.participants"))

    assert [poll(), poll()] == [1, 1]
    later = clock.now() + timedelta(hours=2)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert poll() == 2


def names_of_fragment(page):
    return {row.select_one("th a").get_text() for row in page.soup.select("tbody tr")}


def test_somebody_who_lost_the_role_hears_it_at_the_next_poll(app, browser, busy, cast):
    from extranet.networks.models import Membership

    moderator = browser("moderator")
    with app.app_context():
        db.session.query(Membership).filter_by(user_id=cast["moderator"], network_id=cast["network:hr"]).update({"role": "member"})
        db.session.commit()
    answer = moderator.get(f"/events/{busy[0]}/desk", target="rows", **{"X-Poll": "1"})
    assert answer.status == 403 and "Milla" not in answer.html


def test_old_addresses_lead_to_the_desk(browser, busy):
    event = busy[0]
    page = browser("moderator").get(f"/events/{event}/participants?state=waiting")
    assert (page.status, page.location) == (302, f"/events/{event}/desk?state=waiting")


def test_the_desk_costs_the_same_with_two_thousand(app, browser, cast, plan, count_queries, crowd):
    """Statements and rows read for a page do not grow; how long it takes is measured by `make bench`."""
    from extranet.core import settings

    event, moderator = plan(state=EventState.OPEN), browser("moderator")

    def cost(query=""):
        settings.forget_cached()
        return count_queries(lambda: moderator.get(f"/events/{event}/desk{query}"))

    def add(number):
        with app.app_context():
            rows = [
                Signup(
                    event_id=event,
                    guest_name=f"Vieras {n}",
                    guest_email=f"v{n}@muualla.example",
                    mode=Mode.ONSITE,
                    state=SignupState.CONFIRMED,
                )
                for n in range(number)
            ]
            db.session.add_all(rows)
            db.session.commit()

    add(60)
    few = cost(), cost("?page=2"), cost("?q=vieras&sort=organisation")
    add(400)
    assert (cost(), cost("?page=2"), cost("?q=vieras&sort=organisation")) == few
    assert max(few) <= 11, few
    page = moderator.get(f"/events/{event}/desk?page=2")
    assert len(page.soup.select("tbody tr")) == 25 and "460" in page.text(".stats")

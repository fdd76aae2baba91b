"""One's own sign-up: seen and changed while it can be, also when the event is full or closed (T39); handed over to a colleague (I-17)."""

import pytest

from extranet.accounts.models import User
from extranet.audit.models import AuditEvent
from extranet.core import clock
from extranet.core.db import db
from extranet.events.kinds import ChoiceRule, EventState, Mode
from extranet.events.models import Event, Signup
from extranet.events.programme_models import Choice
from extranet.events.question_models import Answer, Needs, Question
from extranet.networks.models import Membership, MembershipRole, MembershipState


@pytest.fixture
def together(app, cast):
    """Put both into one organisation and the second into the HR network."""

    def join(one: str, other: str, in_network: bool = True) -> int:
        with app.app_context():
            first, second = db.session.get_one(User, cast[one]), db.session.get_one(User, cast[other])
            second.organisation_id = first.organisation_id
            known = db.session.query(Membership).filter_by(network_id=cast["network:hr"], user_id=second.id).first()
            if in_network and known is None:
                db.session.add(
                    Membership(
                        network_id=cast["network:hr"], user_id=second.id, role=MembershipRole.MEMBER, state=MembershipState.ACTIVE, joined_at=clock.now()
                    )
                )  # fmt: skip
            db.session.commit()
            assert first.organisation_id is not None
            return first.organisation_id

    return join


def test_a_full_and_closed_event_can_still_be_answered_and_cancelled(browser, plan, ask, rows):
    event = plan(capacity_onsite=1, catering=True)
    question = ask(event, "Mistä haluat puhua?")
    member = browser("member")
    member.submit(member.get(f"/events/{event}/"), "#signup form", diet="Kasvis", agrees="y", **{f"question_{question}": "Palkoista"})
    browser("medlem").post(f"/events/{event}/sign-up")
    browser("moderator").post(f"/events/{event}/close")

    page = member.get(f"/events/{event}/")
    assert f"/events/{event}/signup" in page.links()
    page = member.get(f"/events/{event}/signup")
    assert page.soup.select_one("#diet")["value"] == "Kasvis" and "Palkoista" in page.html
    page = member.submit(page, "main form", diet="", agrees=[], shows_name="y", **{f"question_{question}": "Lomista"})

    assert page.status == 200 and "tallennettiin" in page.text("#flash")
    [mine] = [s for s in rows(Signup, Signup.event_id == event) if s.state == "confirmed"]
    assert (
        mine.shows_name
        and [a.text for a in rows(Answer, Answer.question_id == question)] == ["Lomista"]
        and rows(Needs, Needs.signup_id == mine.id) == []
    )
    assert [e.name for e in rows(AuditEvent)][-1] == "events.change_signup"
    assert f"/events/{event}/cancel" in page.links()
    assert member.post(f"/events/{event}/cancel").status == 303


def test_an_answer_to_a_closed_question_stays_readable(app, browser, plan, ask, rows):
    event = plan()
    question = ask(event, "Mistä haluat puhua?")
    member = browser("member")
    member.post(f"/events/{event}/sign-up", **{f"question_{question}": "Palkoista"})
    with app.app_context():
        db.session.get_one(Question, question).closed_at = clock.now()
        db.session.commit()

    page = member.get(f"/events/{event}/signup")
    assert "Palkoista" in page.text() and not page.has(f"[name=question_{question}]")
    member.submit(page, "main form", **{f"question_{question}": "Muuta"})
    assert [a.text for a in rows(Answer, Answer.question_id == question)] == ["Palkoista"]


def test_the_way_of_taking_part_is_changed_where_there_is_room(browser, cast, plan, states, rows):
    event = plan(mode=Mode.HYBRID, capacity_onsite=1, capacity_remote=1)
    for name, mode in (("member", "onsite"), ("medlem", "onsite"), ("expert", "remote")):
        browser(name).post(f"/events/{event}/sign-up", mode=mode)
    member = browser("member")

    page = member.submit(member.get(f"/events/{event}/signup"), "main form", mode="remote", message="Hei")
    assert page.status == 422 and "säilyy ennallaan" in page.text()
    assert [s.message for s in rows(Signup, Signup.event_id == event)] == ["", "", ""], "nothing is kept of what was refused"

    browser("expert").post(f"/events/{event}/cancel")
    member.submit(member.get(f"/events/{event}/signup"), "main form", mode="remote")
    assert states(event) == {cast["member"]: "confirmed", cast["medlem"]: "offered", cast["expert"]: "cancelled"}
    assert rows(Signup, Signup.event_id == event)[0].mode == "remote"


def test_whoever_asks_for_a_full_workshop_keeps_the_one_she_has(browser, programme, rows):
    event, [full, other] = programme(1, 5)
    browser("medlem").post(f"/events/{event}/sign-up", slot_1_1=full)
    member = browser("member")
    member.post(f"/events/{event}/sign-up", slot_1_1=other)

    member.submit(member.get(f"/events/{event}/signup"), "main form", slot_1_1=full)
    mine = rows(Signup, Signup.event_id == event)[1].id
    assert {c.session_id: c.state for c in rows(Choice, Choice.signup_id == mine)} == {full: "waiting", other: "confirmed"}
    page = member.get(f"/events/{event}/signup")
    assert "Olet jonossa" in page.text("#slot_1_1") and "Sinulla on paikka" in page.text("#slot_1_1")

    browser("medlem").post(f"/events/{event}/cancel")
    assert [c.session_id for c in rows(Choice, Choice.signup_id == mine) if c.state == "confirmed"] == [full]


def test_wishes_are_put_in_another_order_or_left_out_before_the_draw(browser, programme, rows):
    event, [a, b, c] = programme(1, 1, 1, choice_rule=ChoiceRule.WISHES)
    member = browser("member")
    member.post(f"/events/{event}/sign-up", slot_1_1=a, slot_1_2=b, slot_1_3=c)

    for wanted in ([a, b], [c, a, b], [b]):
        member.submit(member.get(f"/events/{event}/signup"), "main form", **{f"slot_1_{n + 1}": (wanted + [""] * 3)[n] for n in range(3)})
        found = sorted(rows(Choice, Choice.session_id.in_([a, b, c])), key=lambda choice: choice.rank)
        assert [choice.session_id for choice in found] == wanted


def test_afterwards_it_is_only_read(app, browser, plan, rows):
    event, member = plan(), browser("member")
    member.post(f"/events/{event}/sign-up", message="Hei")
    page = member.get(f"/events/{event}/signup")
    with app.app_context():
        held = db.session.get_one(Event, event)
        held.starts_at, held.ends_at, held.state = clock.days_ago(2), clock.days_ago(1), EventState.HELD
        db.session.commit()

    late = member.submit(page, "main form", message="Muutos")
    assert late.status == 422 and "ei voi enää muuttaa" in late.text()
    page = member.get(f"/events/{event}/signup")
    assert "Hei" in page.text() and not page.has("main form")
    assert browser("medlem").get(f"/events/{event}/signup").status == 404


def test_the_price_of_cancelling_is_shown_before(browser, plan):
    event = plan(price_cents=12_000, in_hours=24 * 10)
    member = browser("member")
    page = member.submit(member.get(f"/events/{event}/"), "#signup form", accepts_terms="y")
    member.submit(page, "main form:has([name=reviewed])")

    assert "60,00" in member.get(f"/events/{event}/signup").text()
    page = member.get(f"/events/{event}/cancel")
    assert "60,00" in page.text(".callout--warn")
    assert member.post(f"/events/{event}/cancel").status == 422, "a press that knows no price is asked again"
    assert member.submit(page, "main form").status == 200


def test_a_substitute_gets_place_and_workshops_but_no_diet(browser, cast, programme, together, states, rows, letters):
    organisation = together("member", "newcomer")
    event, [_first, second] = programme(2, 2, catering=True)
    member = browser("member")
    member.submit(member.get(f"/events/{event}/"), "#signup form", slot_1_1=second, diet="Kasvis", agrees="y", message="Hei")

    page = member.get(f"/events/{event}/signup/substitute")
    page = member.submit(page, "main form[method=post]", user=cast["newcomer"])
    assert page.status == 200 and "on nyt paikka" in page.text("#flash")

    assert states(event) == {cast["member"]: "replaced", cast["newcomer"]: "confirmed"}
    heir = rows(Signup, Signup.event_id == event)[1]
    assert (heir.organisation_id, heir.message, heir.cancel_charge_cents) == (organisation, "", 0)
    assert [(c.signup_id, c.session_id) for c in rows(Choice, Choice.session_id == second)] == [(heir.id, second)]
    assert rows(Needs, Needs.signup_id == heir.substitute_of_id) == []
    assert letters()[-2:] == [("member", "replaced"), ("newcomer", "registered")]


def test_only_colleagues_whom_one_may_see_are_offered(browser, cast, plan, together):
    together("member", "newcomer", in_network=False)
    event, member = plan(), browser("member")
    member.post(f"/events/{event}/sign-up")

    assert (
        "Kukaan" in member.get(f"/events/{event}/signup/substitute").text()
        or "Kollega" in member.get(f"/events/{event}/signup/substitute").text()
    )
    assert not member.get(f"/events/{event}/signup/substitute").has("[name=user]")
    page = member.post(f"/events/{event}/signup/substitute", user=cast["newcomer"])
    assert page.status == 422
    assert member.post(f"/events/{event}/signup/substitute", user=cast["medlem"]).status == 422, "of another organisation"


def test_the_own_page_asks_few_queries(browser, programme, ask, count_queries):
    event, [first, _second] = programme(2, 2, mode=Mode.HYBRID, catering=True)
    ask(event, "Mistä haluat puhua?")
    member = browser("member")
    member.post(f"/events/{event}/sign-up", slot_1_1=first, mode="onsite")
    member.get(f"/events/{event}/signup")
    assert count_queries(lambda: member.get(f"/events/{event}/signup")) <= 8

"""A fair draw: as many as possible get their best wish, then the second; anybody can count it again; everyone learns why (I-13, I-14)."""

from datetime import timedelta
from hashlib import sha256
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from extranet.audit.models import AuditEvent
from extranet.core import clock
from extranet.core.db import db
from extranet.core.text import LocalText
from extranet.events import queries, signup_actions
from extranet.events.draw import Ballot, Place, draw, fingerprint, lot_of
from extranet.events.draw_models import Draw, DrawResult
from extranet.events.kinds import ChoiceRule, Mode
from extranet.events.models import Event, Signup
from extranet.events.programme_models import Choice, ChoiceState, Session, SessionType
from extranet.events.signup_actions import Details
from extranet.networks.access import viewer_for

NOON = clock.now().replace(minute=0, second=0, microsecond=0)


def place(session_id, free, slot="A", hour=0, hours=1):
    return Place(session_id, slot, NOON + timedelta(hours=hour), NOON + timedelta(hours=hour + hours), free)


def profile(ranks, longest):
    return [ranks.count(rank) for rank in range(1, longest + 1)]


@st.composite
def boxes(pick):
    places = [place(i, pick(st.integers(1, 2))) for i in range(pick(st.integers(1, 3)))]
    ids = [p.session_id for p in places]
    wish = st.permutations(ids).flatmap(lambda order: st.integers(1, len(order)).map(lambda n: order[:n]))
    return places, [Ballot(n, {"A": pick(wish)}) for n in range(pick(st.integers(1, 4)))]


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(boxes(), st.text("ab", max_size=3), st.randoms())
def test_no_other_solution_is_better_and_order_of_coming_does_not_count(box, seed, random):
    places, ballots = box
    outcomes = draw(ballots, places, seed)
    room = {p.session_id: p.free for p in places}
    got = [one.got["A"] for one in outcomes]
    assert all(got.count(i) <= free for i, free in room.items())
    assert all(one.got["A"] in (None, *one.wishes["A"]) for one in outcomes)

    solutions = product(*[(None, *b.wishes["A"]) for b in ballots])
    possible = [s for s in solutions if all(s.count(i) <= free for i, free in room.items())]
    ranks = [[99 if i is None else b.wishes["A"].index(i) + 1 for b, i in zip(ballots, s, strict=True)] for s in possible]
    assert profile([one.rank("A") if one.got["A"] is not None else 99 for one in outcomes], 3) == max(profile(r, 3) for r in ranks)

    random.shuffle(ballots)
    random.shuffle(places)
    again = {one.signup_id: (one.got, one.numbers) for one in draw(ballots, places, seed)}
    assert again == {one.signup_id: (one.got, one.numbers) for one in outcomes}


def test_lots_decide_between_equals_and_each_of_them_is_as_lucky():
    ballots = [Ballot(n, {"A": [1]}) for n in (11, 12, 13)]
    winners = []
    for n in range(90):
        outcomes = draw(ballots, [place(1, 1)], f"seed {n}")
        [winner] = [one for one in outcomes if one.got["A"] == 1]
        assert winner.signup_id == min((11, 12, 13), key=lambda i: lot_of(f"seed {n}", i)) and winner.numbers["A"] == 1
        winners.append(winner.signup_id)
    assert all(winners.count(i) > 15 for i in (11, 12, 13))


def test_who_missed_a_best_wish_comes_first_in_the_next_slot():
    ballots = [Ballot(n, {"A": [1, 2], "B": [3, 4]}) for n in (11, 12)]
    places = [place(1, 1), place(2, 1), place(3, 1, "B", 2), place(4, 1, "B", 2)]
    for n in range(10):
        for one in draw(ballots, places, f"seed {n}"):
            assert {one.rank("A"), one.rank("B")} == {1, 2}, "one best wish for each"


def test_nobody_is_put_into_two_places_at_the_same_time():
    long, short, other = place(1, 1, hours=3), place(2, 1), place(3, 1, "B", 1)
    [one] = draw([Ballot(11, {"A": [1, 2], "B": [3]})], [long, short, other], "x")
    assert one.got == {"A": 1, "B": None}
    [busy] = draw([Ballot(11, {"A": [1, 2]}, [(other.starts_at, other.ends_at)])], [long, short], "x")
    assert busy.got == {"A": 2}
    assert draw([], [long], "x") == []


def test_two_thousand_people_are_drawn_from_ten_workshops():
    places = [place(i, 180) for i in range(10)]
    ballots = [Ballot(n, {"A": [(n * n + i * (1 + n % 9)) % 10 for i in range(3)]}) for n in range(2000)]
    outcomes = draw([Ballot(b.signup_id, {"A": list(dict.fromkeys(b.wishes["A"]))}) for b in ballots], places, "x")
    assert all([one.got["A"] for one in outcomes].count(i) <= 180 for i in range(10))


@pytest.fixture
def wishing(app, plan):
    """`wishing(1, 2, people={"member": [0, 1]})`: an event whose workshops have so many places, and who wished for which."""

    def make(*places, people, **more):
        event_id = plan(choice_rule=ChoiceRule.WISHES, **more)
        with app.app_context():
            event = db.session.get_one(Event, event_id)
            sessions = [
                Session(
                    event_id=event_id, type=SessionType.WORKSHOP, slot="A", capacity=free, title=LocalText(fi=f"Paja {n}", sv=f"Verkstad {n}"),
                    starts_at=event.starts_at, ends_at=event.starts_at + timedelta(hours=1),
                )
                for n, free in enumerate(places)
            ]  # fmt: skip
            db.session.add_all(sessions)
            db.session.flush()
            for user_id, wishes in people.items():
                signup = Signup(event_id=event_id, user_id=user_id, mode=Mode.ONSITE, state="confirmed")
                db.session.add(signup)
                db.session.flush()
                db.session.add_all(
                    Choice(signup_id=signup.id, session_id=sessions[wish].id, state=ChoiceState.WISHED, rank=rank)
                    for rank, wish in enumerate(wishes, 1)
                )
            db.session.commit()
            return event_id, [session.id for session in sessions]

    return make


@pytest.fixture
def places_of(app):
    """Who is in which workshop, and who waits for which, in the order of the queue."""

    def read(session_ids):
        with app.app_context():
            rows = db.session.query(Choice, Signup.user_id).join(Signup, Signup.id == Choice.signup_id)
            rows = rows.filter(Choice.session_id.in_(session_ids)).order_by(Choice.lot.nulls_last(), Choice.id).all()
            return {
                state: [[user for choice, user in rows if choice.session_id == i and choice.state == state] for i in session_ids]
                for state in ChoiceState
            }

    return read


def test_an_organiser_looks_draws_and_tells_once(browser, cast, wishing, places_of, rows, letters):
    wishes = {cast["member"]: [0, 1], cast["medlem"]: [0], cast["expert"]: [0, 1], cast["admin"]: [1, 0]}
    event, sessions = wishing(1, 1, people=wishes)
    moderator, url = browser("moderator"), f"/events/{event}/draw"
    assert url in moderator.get(f"/events/{event}/").links()
    mark = fingerprint(rows(Event, Event.id == event)[0].draw_seed)
    before = browser("member").get(f"/events/{event}/").text("#signup")
    assert "arvotaan" in before and mark in before, "what can be proved afterwards is shown before"

    page = moderator.get(url)
    assert "Koearvonta" in page.text(".callout") and rows(Draw, Draw.event_id == event) == []
    assert [cell.get_text() for cell in page.soup.select("tbody tr td:last-child")] == ["1", "1"]
    page = moderator.submit(page, "main form")

    [made] = rows(Draw, Draw.event_id == event)
    assert "Kenellekään ei ole kerrottu" in page.text("main") and made.seed not in page.text()
    assert places_of(sessions)[ChoiceState.CONFIRMED] == [[], []] and letters() == [], "nothing follows before it is told"
    assert not browser("member").get(f"/events/{event}/").has("#draw-title")
    moderator.submit(moderator.get(url), "form[action$=tell]")

    found = places_of(sessions)
    [winner] = found[ChoiceState.CONFIRMED][0]
    assert found[ChoiceState.CONFIRMED][1] == [cast["admin"]], "her best wish"
    losers = sorted({cast["member"], cast["medlem"], cast["expert"]} - {winner}, key=found[ChoiceState.WAITING][0].index)
    assert found[ChoiceState.WAITING][0] == losers
    results = {r.signup_id: r.slots["A"]["number"] for r in rows(DrawResult, DrawResult.draw_id == made.id)}
    users = {s.user_id: s.id for s in rows(Signup, Signup.event_id == event)}
    assert [results[users[user]] for user in losers] == sorted(results[users[user]] for user in losers), "in the order of the lots"
    assert sorted(letters()) == [(name, "drawn") for name in ("admin", "expert", "medlem", "member")]

    assert "on kerrottu" in moderator.get(url).text(".callout--ok") and made.seed in moderator.get(url).text()
    assert moderator.post(f"{url}/tell").status == 422 and moderator.post(url, reason="Uudelleen").status == 422
    assert [e.name for e in rows(AuditEvent, AuditEvent.thing == "event_draw")] == ["events.draw", "events.tell_draw"]


def test_each_participant_is_told_why(browser, cast, wishing, rows, app):
    people = {cast["member"]: [0, 1], cast["medlem"]: [0, 1], cast["admin"]: [1]}
    event, _sessions = wishing(1, 1, people=people)
    moderator = browser("moderator")
    moderator.post(f"/events/{event}/draw")
    moderator.post(f"/events/{event}/draw/tell")

    seed, mark = rows(Draw, Draw.event_id == event)[0].seed, fingerprint(rows(Event, Event.id == event)[0].draw_seed)
    lots = {s.user_id: lot_of(seed, s.id) for s in rows(Signup, Signup.event_id == event)}
    lucky, unlucky = sorted([cast["member"], cast["medlem"]], key=lots.get)
    name = {cast["member"]: "member", cast["medlem"]: "medlem"}
    page = browser(name[lucky], "fi").get(f"/events/{event}/?lang=fi")
    assert "Paja 0" in page.text("#signup") and "paras toiveesi" in page.text("#signup")
    page = browser(name[unlucky]).get(f"/events/{event}/?lang=fi")
    why = page.text("#signup details")
    assert mark == sha256(seed.removesuffix("-1").encode()).hexdigest()[:16]
    assert "jonoissa" in page.text("#signup") and seed in why and mark in why
    assert "1 paikka, ja 2 ihmistä toivoi" in why and "numeroon 1 asti" in why
    assert not any(other in why for other in ("Milla", "Linda")), "nobody else is named"
    assert not browser("expert").get(f"/events/{event}/").has("#draw-title")


def test_it_is_drawn_again_only_before_it_is_told_and_with_a_reason(browser, cast, wishing, rows):
    event, _sessions = wishing(1, people={cast["member"]: [0], cast["medlem"]: [0]})
    moderator, url = browser("moderator"), f"/events/{event}/draw"
    moderator.post(url)
    page = moderator.post(url)
    assert page.status == 422 and page.has("main details[open]") and len(rows(Draw, Draw.event_id == event)) == 1

    moderator.submit(moderator.get(url), "main details form", reason="Paja <b>siirtyi</b> isompaan saliin")
    first, second = rows(Draw, Draw.event_id == event)
    assert first.seed != second.seed and {first.seed[:-2], second.seed[:-2]} == {rows(Event, Event.id == event)[0].draw_seed}
    assert "Paja <b>siirtyi</b> isompaan saliin" in moderator.get(url).text("main") and not moderator.get(url).has("main b")
    assert rows(AuditEvent, AuditEvent.name == "events.draw")[1].reason.startswith("Paja")
    assert moderator.post(f"{url}/tell").status == 303 and moderator.post(url, reason="Vielä").status == 422
    assert rows(Draw, Draw.event_id == event)[0].told_at is None


def test_what_has_changed_since_the_draw_is_drawn_anew(browser, cast, wishing, rows):
    event, [session] = wishing(1, people={cast["member"]: [0], cast["medlem"]: [0]})
    moderator, url = browser("moderator"), f"/events/{event}/draw"
    moderator.post(url)
    browser("member").post(f"/events/{event}/cancel")

    assert moderator.get(url).has("main details[open]") and not moderator.get(url).has("form[action$=tell]")
    page = moderator.post(f"{url}/tell")
    assert page.status == 422 and "muuttuneet" in page.text() and rows(Event, Event.id == event)[0].drawn_at is None
    moderator.post(url, reason="Yksi perui")
    assert moderator.post(f"{url}/tell").status == 303
    assert [c.state for c in rows(Choice, Choice.session_id == session)] == ["confirmed"]


def test_after_the_draw_places_go_to_the_first_who_come_and_queues_keep_their_order(browser, cast, wishing, places_of, app):
    event, sessions = wishing(1, 5, people={cast["member"]: [0], cast["medlem"]: [0]})
    moderator = browser("moderator")
    moderator.post(f"/events/{event}/draw")
    moderator.post(f"/events/{event}/draw/tell")
    with app.test_request_context("/", method="POST"):
        for name, wishes in (("expert", [sessions[0], sessions[1]]), ("admin", [sessions[1]])):
            late = viewer_for(cast[name])
            signup_actions.sign_up(late, queries.get_event(late, event), mode=Mode.ONSITE, details=Details(wishes={"A": wishes}))
        db.session.commit()
    found = places_of(sessions)
    [winner], [loser] = found[ChoiceState.CONFIRMED][0], found[ChoiceState.WAITING][0][:1]
    assert found[ChoiceState.CONFIRMED][1] == [cast["expert"], cast["admin"]]
    assert found[ChoiceState.WAITING][0] == [loser, cast["expert"]]

    name = {cast["member"]: "member", cast["medlem"]: "medlem"}[winner]
    browser(name).post(f"/events/{event}/cancel")
    assert places_of(sessions)[ChoiceState.CONFIRMED][0] == [loser], "the drawn queue comes before those who came later"


def test_there_is_nothing_to_draw_where_the_first_come_or_nobody_wished(browser, cast, plan, wishing, app):
    moderator = browser("moderator")
    assert moderator.get(f"/events/{plan()}/draw").status == 404
    event, _sessions = wishing(1, people={})
    assert moderator.get(f"/events/{event}/draw").has(".empty") and moderator.post(f"/events/{event}/draw").status == 422
    begun, _sessions = wishing(1, people={cast["member"]: [0]})
    with app.app_context():
        past = {"starts_at": clock.now() - timedelta(hours=1), "ends_at": clock.now() + timedelta(hours=1)}
        db.session.execute(update(Event).where(Event.id == begun).values(past))
        db.session.commit()
    assert moderator.post(f"/events/{begun}/draw").status == 422


def test_the_participant_pays_one_query_for_the_explanation(browser, cast, wishing, count_queries):
    event, _sessions = wishing(1, people={cast["member"]: [0], cast["medlem"]: [0]})
    member = browser("member")
    before = count_queries(lambda: member.get(f"/events/{event}/"))
    browser("moderator").post(f"/events/{event}/draw")
    browser("moderator").post(f"/events/{event}/draw/tell")
    assert count_queries(lambda: member.get(f"/events/{event}/")) == before + 1

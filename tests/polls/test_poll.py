"""From a question to its outcome."""

from datetime import timedelta

import pytest

from extranet.core import clock
from extranet.core.db import db
from extranet.networks.models import Membership
from extranet.notifications.models import Notification
from extranet.polls.models import Poll, PollKind, PollOption, Vote

POLL = {"question": "Milloin tavataan?", "options": "Tiistai\n\n Torstai ", "kind": "single"}


@pytest.fixture
def url(cast):
    return f"/polls/{cast['hr_poll']}/"


@pytest.fixture
def options(rows, cast):
    return [o.id for o in sorted(rows(PollOption), key=lambda o: o.position) if o.poll_id == cast["hr_poll"]]


def change(app, cast, **columns):
    with app.app_context():
        for name, value in columns.items():
            setattr(db.session.get(Poll, cast["hr_poll"]), name, value)
        db.session.commit()


def test_whoever_asked_adds_a_poll_which_the_thread_shows(browser, cast, rows):
    medlem = browser("medlem")
    medlem.submit(medlem.get(f"/polls/new/{cast['hr_thread']}"), "main form.form", **POLL)
    made = max(rows(Poll), key=lambda poll: poll.id)
    assert [o.label for o in rows(PollOption) if o.poll_id == made.id] == ["Tiistai", "Torstai"]
    assert (
        browser("member").get(f"/discussions/{cast['hr_thread']}/").soup.select_one("#poll a")["href"] == f"/polls/of/{cast['hr_thread']}"
    )
    assert medlem.post(f"/polls/new/{cast['hr_thread']}", **POLL).status == 422, "one poll a thread"


@pytest.mark.parametrize(
    "fault", [{"question": " "}, {"options": "Vain yksi"}, {"options": "Sama\nsama"}, {"options": "\n".join(map(str, range(21)))}, {"closes_on": "2020-01-01"}, {"options": "x" * 201 + "\ny"}]
)  # fmt: skip
def test_a_faulty_poll_is_explained_at_its_field(browser, cast, rows, fault):
    before = len(rows(Poll))
    page = browser("medlem").post(f"/polls/new/{cast['hr_thread']}", **(POLL | fault))
    assert page.status == 422
    assert page.soup.select_one(f"[name={next(iter(fault))}][aria-invalid=true]") is not None
    assert len(rows(Poll)) == before


def test_one_votes_changes_the_vote_and_sees_the_result_only_then(browser, cast, rows, url, options):
    member = browser("member")
    browser("medlem").post(url + "vote", option=str(options[0]))
    assert "ääntä" not in member.get(url).text("#poll")

    member.post(url + "vote", option=str(options[0]))
    page = member.post(url + "vote", target="poll", option=str(options[1]), follow=True)
    assert "Onsdag: 1 ääni (50 %), sinun valintasi" in page.soup.get_text()
    assert {(v.user_id, v.option_id) for v in rows(Vote)} == {(cast["medlem"], options[0]), (cast["member"], options[1])}
    assert "Blomstrand" not in page.soup.get_text(), "nobody sees who voted for what"


@pytest.mark.parametrize("ballot", [[], [0, 1], [0, 0], ["other"]])
def test_a_ballot_that_does_not_fit_changes_nothing(browser, cast, rows, url, options, ballot):
    chosen = [str(options[n]) if n != "other" else "999999" for n in ballot]
    assert browser("member").post(url + "vote", option=chosen).status == 422
    assert not rows(Vote)


def test_a_ranked_ballot_keeps_its_order_and_is_counted_in_rounds(app, browser, cast, rows, url, options):
    change(app, cast, kind=PollKind.RANKED)
    a, b, c = map(str, options)
    browser("member").post(url + "vote", **{"place-1": c, "place-2": b})
    browser("moderator").post(url + "vote", **{"place-1": b, "place-2": "", "place-3": a})
    browser("medlem").post(url + "vote", **{"place-1": a})
    assert sorted((v.option_id, v.rank) for v in rows(Vote) if v.user_id == cast["moderator"]) == [(options[0], 2), (options[1], 1)]
    table = browser("member").get(url).text("#poll table")
    assert "Kierros 2" in table
    assert browser("member").post(url + "vote", **{"place-1": a, "place-2": a}).status == 422


def test_names_are_shown_where_the_poll_says_so(app, browser, cast, url, options):
    change(app, cast, shows_names=True)
    browser("member").post(url + "vote", option=str(options[2]))
    assert "Lahdenpohja" in browser("member").get(url).text("#poll")


def test_a_poll_with_votes_only_moves_its_end(app, browser, cast, rows, url, options):
    browser("member").post(url + "vote", option=str(options[0]))
    medlem = browser("medlem")
    page = medlem.get(url + "edit")
    assert medlem.submit(page, "main form.form", options="Tisdag\nOnsdag\nFredag").status == 422
    until = (clock.today() + timedelta(days=3)).isoformat()
    assert medlem.submit(page, "main form.form", follow=False, closes_on=until).status in (200, 303)
    assert [o.id for o in rows(PollOption) if o.poll_id == cast["hr_poll"]] == options
    assert next(p for p in rows(Poll) if p.id == cast["hr_poll"]).closes_at is not None


def test_a_closed_poll_takes_no_votes_and_its_outcome_stays(app, browser, cast, rows, url, options):
    browser("member").post(url + "vote", option=str(options[2]))
    medlem = browser("medlem")
    assert medlem.post(url + "outcome", outcome="Torstai.").status == 422, "still open"
    medlem.post(url + "close")
    assert browser("moderator").post(url + "vote", option=str(options[0])).status == 422
    assert medlem.post(url + "outcome", outcome=" ").status == 422
    medlem.post(url + "outcome", outcome="Vi ses **på torsdag**.")
    assert "på torsdag" in browser("moderator").get(url).text("#poll")
    assert {n.user_id for n in rows(Notification) if n.kind == "polls.outcome"} == {cast["member"]}


def test_the_last_day_closes_it_by_itself(app, browser, url, cast, options):
    change(app, cast, closes_at=clock.now() - timedelta(minutes=1))
    assert browser("member").post(url + "vote", option=str(options[0])).status == 422
    assert "0 ääntä" in browser("member").get(url).text("#poll")


def test_a_closed_discussion_takes_no_votes_and_no_poll(browser, cast, url, options):
    moderator = browser("moderator")
    moderator.post(f"/discussions/{cast['poll_thread']}/close", reason="Valmis.")
    assert browser("member").post(url + "vote", option=str(options[0])).status == 422
    assert moderator.post(f"/polls/new/{cast['closed_thread']}", **POLL).status == 422


def test_what_is_over_stays_over(app, browser, cast, rows, url):
    """Its result has been seen by all, so its end is not moved behind their backs, nor are its options changed."""
    change(app, cast, closes_at=clock.now() - timedelta(minutes=1))
    medlem, until = browser("medlem"), (clock.today() + timedelta(days=3)).isoformat()
    page = medlem.submit(medlem.get(url + "edit"), "main form.form", closes_on=until)
    assert page.status == 422 and "stängts" in page.text()
    assert rows(Poll, Poll.id == cast["hr_poll"])[0].closes_at < clock.now()


def test_without_votes_all_of_it_can_be_changed_and_an_old_ballot_is_not_counted(browser, cast, rows, url, options):
    medlem = browser("medlem")
    medlem.submit(medlem.get(url + "edit"), "main form.form", question="Vilken vecka?", options="41\n42", kind="multiple")
    poll = rows(Poll, Poll.id == cast["hr_poll"])[0]
    assert (poll.question, poll.kind) == ("Vilken vecka?", PollKind.MULTIPLE)
    page = browser("member").post(url + "vote", option=str(options[0]))
    assert page.status == 422 and not rows(Vote)


def test_a_tie_is_said_and_nobody_wins_it(browser, cast, url, options):
    browser("member").post(url + "vote", option=str(options[0]))
    browser("moderator").post(url + "vote", option=str(options[2]))
    browser("medlem").post(url + "close")
    result = browser("member").get(url).text("#poll")
    assert "Tasapeli: Tisdag, Torsdag" in result and "Eniten ääniä" not in result


def test_the_result_is_seen_where_a_closed_discussion_takes_no_more_votes(browser, cast, url, options):
    browser("medlem").post(url + "vote", option=str(options[0]))
    assert "(100 %)" not in browser("member").get(url).text("#poll")
    browser("moderator").post(f"/discussions/{cast['poll_thread']}/close", reason="Valmis.")
    assert "(100 %)" in browser("member").get(url).text("#poll")


def test_the_vote_of_one_who_has_left_counts_and_she_changes_it_no_more(app, browser, cast, rows, url, options):
    member = browser("member")
    member.post(url + "vote", option=str(options[0]))
    with app.app_context():
        db.session.query(Membership).filter_by(user_id=cast["member"], network_id=cast["network:hr"]).update({"state": "left"})
        db.session.commit()
    assert member.post(url + "vote", option=str(options[1])).status == 404
    browser("medlem").post(url + "close")
    assert "Tisdag : 1 röst (100 %)" in browser("medlem").get(url).text("#poll")


def test_ranked_votes_are_counted_as_by_hand_and_the_way_of_counting_stands_beside(app, browser, cast, url, options):
    """First places A 1, B 1, C 1: of the equals the last in the list falls out, C; its ballot goes to B, who has 2 of 3."""
    change(app, cast, kind=PollKind.RANKED)
    a, b, c = map(str, options)
    browser("member").post(url + "vote", **{"place-1": a})
    browser("moderator").post(url + "vote", **{"place-1": b})
    browser("medlem").post(url + "vote", **{"place-1": c, "place-2": b})
    table = browser("member").get(url).soup.select_one("#poll table")
    assert "vähiten ensisijoja" in table.caption.get_text()
    cells = [[cell.get_text(" ", strip=True) for cell in row.select("th, td")] for row in table.select("tbody tr")]
    assert cells == [["Tisdag", "1", "1"], ["Onsdag Eniten ääniä", "1", "2"], ["Torsdag", "1", "–"]]

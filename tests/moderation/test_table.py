"""Role × action × state of a thread and of a post: every cell of the table is tried, nothing is kept."""

from itertools import takewhile

import pytest

from extranet.core import clock
from extranet.core.db import db
from extranet.discussions.models import Post, Thread
from extranet.networks.models import DiscussionEntry, Membership, MembershipRole, MembershipState, Network, NetworkState
from tests.page import Browser
from tests.people import sign_in_all

# The author wrote the reply and is an ordinary member; the starter began the thread; the admin has entered the discussions.
ROLES = {
    "visitor": "visitor", "outsider": "newcomer", "author": "member", "starter": "medlem", "moderator": "moderator", "entered": "admin",
}  # fmt: skip
REASON = {"reason": "Selkeä syy."}
ON_THREAD = {
    "read": ("GET", "/discussions/{hr_thread}/", {}),
    "reply": ("POST", "/discussions/{hr_thread}/reply", {"body": "Vastaus."}),
    "mark": ("POST", "/discussions/{hr_thread}/posts/{opening}/helpful", {}),
    "edit": ("POST", "/discussions/{hr_thread}/posts/{opening}/edit", {"body": "Uusi aloitus."}),
    "report": ("POST", "/moderation/report/{opening}", {"why": "insult"}),
    "poll": ("GET", "/polls/new/{hr_thread}", {}),
    "close": ("POST", "/discussions/{hr_thread}/close", REASON),
    "reopen": ("POST", "/discussions/{hr_thread}/reopen", {}),
    "hide": ("POST", "/discussions/{hr_thread}/hide", REASON),
    "restore": ("POST", "/discussions/{hr_thread}/restore", {}),
    "pin": ("POST", "/discussions/{hr_thread}/pin", REASON),
    "move": ("POST", "/discussions/{hr_thread}/move", REASON | {"network_id": "{target}"}),
    "retitle": ("POST", "/discussions/{hr_thread}/retitle", REASON | {"title": "Otsikko"}),
    "merge": ("POST", "/discussions/{hr_thread}/merge", REASON | {"into": "{closed_thread}"}),
    "split": ("POST", "/discussions/{hr_thread}/split", REASON | {"title": "Uusi", "which": "after", "from": "2"}),
    "let_through": ("POST", "/moderation/held/{opening}/let-through", {}),
}
ON_POST = {
    "read": ("GET", "/discussions/posts/{hr_post}", {}),
    "edit": ("POST", "/discussions/{hr_thread}/posts/{hr_post}/edit", {"body": "Uusi sana."}),
    "history": ("GET", "/discussions/{hr_thread}/posts/{hr_post}/edits", {}),
    "delete": ("POST", "/discussions/{hr_thread}/posts/{hr_post}/delete", {}),
    "undelete": ("POST", "/discussions/{hr_thread}/posts/{hr_post}/undelete", {}),
    "mark": ("POST", "/discussions/{hr_thread}/posts/{hr_post}/helpful", {}),
    "accept": ("POST", "/discussions/{hr_thread}/posts/{hr_post}/accept", {}),
    "report": ("POST", "/moderation/report/{hr_post}", {"why": "other", "words": "Muu syy."}),
    "hide": ("POST", "/discussions/{hr_thread}/posts/{hr_post}/hide", REASON),
    "restore": ("POST", "/discussions/{hr_thread}/posts/{hr_post}/restore", {}),
    "let_through": ("POST", "/moderation/held/{hr_post}/let-through", {}),
}


def close(thread, post):
    thread.closed_at, thread.closed_reason = clock.now(), "Käsitelty."


def hide_thread(thread, post):
    thread.hidden_at, thread.hidden_reason = clock.now(), "Syy."


def hold_thread(thread, post):
    opening = db.session.query(Post).filter_by(thread_id=thread.id, is_opening=True).one()
    thread.hidden_at = opening.hidden_at = opening.held_at = clock.now()


def archive(thread, post):
    db.session.get(Network, thread.network_id).state = NetworkState.ARCHIVED


def hide_post(thread, post):
    post.hidden_at, post.hidden_reason = clock.now(), "Syy."


def delete_post(thread, post):
    post.deleted_at = clock.now()


def hold_post(thread, post):
    post.held_at = post.hidden_at = clock.now()
    post.number = -1


STATES = {
    "open": (ON_THREAD, None), "closed": (ON_THREAD, close), "hidden": (ON_THREAD, hide_thread), "held": (ON_THREAD, hold_thread),
    "merged": (ON_THREAD, None), "archived": (ON_THREAD, archive),
    "shown post": (ON_POST, None), "hidden post": (ON_POST, hide_post), "deleted post": (ON_POST, delete_post),
    "held post": (ON_POST, hold_post), "post in a closed thread": (ON_POST, close),
}  # fmt: skip
TABLE = """
                vis out aut sta mod ent
open
  read          302 404 200 200 200 200
  reply         302 404 303 303 303 403
  mark          302 404 303 403 303 403
  edit          302 404 403 303 403 403
  report        302 404 303 404 303 404
  poll          302 404 403 200 200 403
  close         302 404 403 403 303 303
  reopen        302 404 403 403 303 303
  hide          302 404 403 403 303 303
  restore       302 404 403 403 303 303
  pin           302 404 403 403 303 303
  move          302 404 403 403 303 303
  retitle       302 404 403 403 303 303
  merge         302 404 403 403 303 303
  split         302 404 403 403 303 303
  let_through   302 404 404 404 404 404
closed
  read          302 404 200 200 200 200
  reply         302 404 422 422 303 403
  mark          302 404 303 403 303 403
  edit          302 404 403 422 403 403
  report        302 404 303 404 303 404
  poll          302 404 403 200 200 403
  close         302 404 403 403 303 303
  reopen        302 404 403 403 303 303
  hide          302 404 403 403 303 303
  restore       302 404 403 403 303 303
  pin           302 404 403 403 303 303
  move          302 404 403 403 303 303
  retitle       302 404 403 403 303 303
  merge         302 404 403 403 303 303
  split         302 404 403 403 303 303
  let_through   302 404 404 404 404 404
hidden
  read          302 404 404 200 200 200
  reply         302 404 404 422 303 403
  mark          302 404 404 403 303 403
  edit          302 404 404 404 403 403
  report        302 404 404 404 303 404
  poll          302 404 404 200 200 403
  close         302 404 404 403 303 303
  reopen        302 404 404 403 303 303
  hide          302 404 404 403 303 303
  restore       302 404 404 403 303 303
  pin           302 404 404 403 303 303
  move          302 404 404 403 303 303
  retitle       302 404 404 403 303 303
  merge         302 404 404 403 422 422
  split         302 404 404 403 422 422
  let_through   302 404 404 404 404 404
held
  read          302 404 404 200 200 200
  reply         302 404 404 422 303 403
  mark          302 404 404 403 403 403
  edit          302 404 404 404 403 403
  report        302 404 404 404 404 404
  poll          302 404 404 200 200 403
  close         302 404 404 403 303 303
  reopen        302 404 404 403 303 303
  hide          302 404 404 403 303 303
  restore       302 404 404 403 422 422
  pin           302 404 404 403 303 303
  move          302 404 404 403 303 303
  retitle       302 404 404 403 303 303
  merge         302 404 404 403 422 422
  split         302 404 404 403 422 422
  let_through   302 404 404 404 303 303
merged
  read          302 404 302 302 302 302
  reply         302 404 303 303 303 403
  mark          302 404 303 403 303 403
  edit          302 404 403 303 403 403
  report        302 404 303 404 303 404
  poll          302 404 404 404 404 404
  close         302 404 404 404 404 404
  reopen        302 404 404 404 404 404
  hide          302 404 404 404 404 404
  restore       302 404 404 404 404 404
  pin           302 404 404 404 404 404
  move          302 404 404 404 404 404
  retitle       302 404 404 404 404 404
  merge         302 404 404 404 404 404
  split         302 404 404 404 404 404
  let_through   302 404 404 404 404 404
archived
  read          302 404 200 200 200 200
  reply         302 404 422 422 422 422
  mark          302 404 403 403 403 403
  edit          302 404 403 404 403 403
  report        302 404 404 404 404 404
  poll          302 404 403 403 403 403
  close         302 404 403 403 403 403
  reopen        302 404 403 403 403 403
  hide          302 404 403 403 403 403
  restore       302 404 403 403 403 403
  pin           302 404 403 403 403 403
  move          302 404 403 403 403 403
  retitle       302 404 403 403 403 403
  merge         302 404 403 403 403 403
  split         302 404 403 403 403 403
  let_through   302 404 404 404 404 404
shown post
  read          302 404 302 302 302 302
  edit          302 404 303 403 403 403
  history       302 404 200 403 200 200
  delete        302 404 303 403 403 403
  undelete      302 404 403 403 403 403
  mark          302 404 403 303 303 403
  accept        302 404 403 303 303 403
  report        302 404 404 422 303 404
  hide          302 404 403 403 303 303
  restore       302 404 403 403 303 303
  let_through   302 404 404 404 404 404
hidden post
  read          302 404 302 404 302 302
  edit          302 404 404 404 403 403
  history       302 404 200 404 200 200
  delete        302 404 403 404 403 403
  undelete      302 404 403 404 403 403
  mark          302 404 403 404 403 403
  accept        302 404 403 404 422 403
  report        302 404 404 404 404 404
  hide          302 404 403 404 303 303
  restore       302 404 403 404 303 303
  let_through   302 404 404 404 404 404
deleted post
  read          302 404 302 404 302 302
  edit          302 404 404 404 403 403
  history       302 404 200 404 200 200
  delete        302 404 403 404 403 403
  undelete      302 404 303 404 403 403
  mark          302 404 403 404 403 403
  accept        302 404 403 404 422 403
  report        302 404 404 404 404 404
  hide          302 404 403 404 303 303
  restore       302 404 403 404 303 303
  let_through   302 404 404 404 404 404
held post
  read          302 404 302 404 302 302
  edit          302 404 404 404 403 403
  history       302 404 200 404 200 200
  delete        302 404 403 404 403 403
  undelete      302 404 403 404 403 403
  mark          302 404 403 404 403 403
  accept        302 404 403 404 422 403
  report        302 404 404 404 404 404
  hide          302 404 403 404 303 303
  restore       302 404 403 404 422 422
  let_through   302 404 404 404 303 303
post in a closed thread
  read          302 404 302 302 302 302
  edit          302 404 422 403 403 403
  history       302 404 200 403 200 200
  delete        302 404 422 403 403 403
  undelete      302 404 403 403 403 403
  mark          302 404 403 303 303 403
  accept        302 404 403 303 303 403
  report        302 404 404 422 303 404
  hide          302 404 403 403 303 303
  restore       302 404 403 403 303 303
  let_through   302 404 404 404 404 404
"""


@pytest.fixture
def world(app, cast):
    """The moderator could move the thread to one network more, and the administrator has entered the HR network."""
    with app.app_context():
        place = {"user_id": cast["moderator"], "network_id": cast["network:work-and-life"], "role": MembershipRole.MODERATOR}
        db.session.add(Membership(**place, state=MembershipState.ACTIVE, joined_at=clock.now(), rules_version_accepted=1))
        for slug in ("hr", "work-and-life"):
            entry = {"user_id": cast["admin"], "network_id": cast[f"network:{slug}"], "until": clock.now().replace(year=2999)}
            db.session.add(DiscussionEntry(**entry))
        opening = db.session.query(Post).filter_by(thread_id=cast["hr_thread"], is_opening=True).one().id
        db.session.commit()
    return cast | {"opening": opening, "target": cast["network:work-and-life"]}


def tried(app, world, actions, monkeypatch):
    """What each role gets for each action, as the lines of the table."""
    browsers = {name: Browser(app) for name in ROLES}
    sign_in_all({world[key]: browsers[name].client for name, key in ROLES.items() if world[key]}, app)
    monkeypatch.setattr(db.session, "commit", db.session.rollback)
    names = {key.replace(":", "_").replace("-", "_"): value for key, value in world.items()}
    lines = {}
    for action, (method, path, data) in actions.items():
        url, fields = path.format(**names), {key: value.format(**names) for key, value in data.items()}
        answers = (b.get(url) if method == "GET" else b.post(url, **fields) for b in browsers.values())
        lines[action] = " ".join(str(answer.status) for answer in answers)
    return lines


def expected(state):
    """That state's lines of the table."""
    lines = takewhile(lambda line: line.startswith("  "), TABLE.partition(f"\n{state}\n")[2].splitlines())
    return {action: codes for action, codes in (line.split(maxsplit=1) for line in lines)}


@pytest.mark.parametrize("state", STATES)
def test_who_may_do_what(app, browser, cast, world, monkeypatch, state):
    actions, make = STATES[state]
    if state == "merged":
        browser("moderator").post(f"/discussions/{cast['hr_thread']}/merge", into=cast["poll_thread"], **REASON)
    with app.app_context():
        if make:
            make(db.session.get(Thread, cast["hr_thread"]), db.session.get(Post, cast["hr_post"]))
        db.session.commit()
    got = tried(app, world, actions, monkeypatch)
    assert got == expected(state)

"""Every role × every action × every state, asked of the policy functions themselves: whoever is not named may not.

What an answer looks like over HTTP stands in `test_table` (whole threads and posts, with the rules that are told in words) and in the
`ACCESS` tables (every address, every role).
"""

import pytest

from extranet.answers import policy as answers
from extranet.core import clock
from extranet.core.db import db
from extranet.core.viewer import NOBODY
from extranet.discussions import change_policy, policy
from extranet.discussions.change_models import ChangeKind, ThreadChange
from extranet.discussions.models import Post, Thread
from extranet.moderation import policy as moderation
from extranet.moderation.models import Case, CaseState, Outcome
from extranet.networks.access import viewer_for
from extranet.networks.models import DiscussionEntry, Network, NetworkState
from extranet.polls import policy as polls
from extranet.polls.models import Poll, PollKind
from tests.people import ROLES

# Of the roles all but member, moderator and administrator are nobody in the HR network; the starter began the thread, the member wrote the reply
# that was reported. A moved thread stands where the expert leads.
PEOPLE = {name: name for name in ROLES} | {"starter": "medlem", "entered": "admin"}
SHORT = {"w": "member", "s": "starter", "m": "moderator", "e": "entered", "x": "expert"}

THREAD = {
    "read": policy.can_see, "reply": policy.can_reply, "lock": policy.can_close, "reopen": policy.can_reopen, "hide": policy.can_hide,
    "restore": policy.can_restore, "pin": policy.can_pin, "unpin": policy.can_unpin, "move": change_policy.can_move,
    "merge": change_policy.can_merge, "split": change_policy.can_split, "retitle": change_policy.can_retitle, "hand": policy.can_moderate,
    "new poll": polls.can_create,
}  # fmt: skip
POST = {
    "read post": policy.can_read_post, "quote": policy.can_read_post, "edit": policy.can_edit_post, "delete": policy.can_edit_post,
    "undelete": policy.can_restore_own, "helpful": policy.can_find_helpful, "accept": policy.can_accept, "report": moderation.can_report,
    "hide post": policy.can_hide_post, "restore post": policy.can_restore_post, "let through": policy.can_let_through,
    "turn down": policy.can_turn_down, "save card": answers.can_save,
}  # fmt: skip
CASE = {
    "claim": moderation.can_claim, "decide": moderation.can_handle, "second look": moderation.can_review,
    "read decision": moderation.can_read_decision, "ask second look": moderation.can_ask_review,
}  # fmt: skip
POLL = {"see poll": polls.can_see, "vote": polls.can_vote, "change poll": polls.can_manage, "close poll": polls.can_manage}
CHANGE = {"undo": change_policy.can_undo}

TABLE = """
open
  read, read post, quote, see poll                                            wsme
  reply, vote                                                                 wsm
  lock, reopen, hide, restore, pin, unpin, move, merge, split, retitle, undo  me
  hand, hide post, restore post, let through, turn down, claim, decide        me
  second look                                                                 me
  edit, delete                                                                w
  helpful, accept                                                             sm
  report                                                                      sm
  new poll, change poll, close poll                                           sm
closed  as open
accepted as open
  save card                                                                   wm
hidden
  read, see poll                                                              sme
  read post, quote                                                            sme
  reply, vote                                                                 sm
  lock, reopen, hide, restore, pin, unpin, move, merge, split, retitle, undo  me
  hand, hide post, restore post, let through, turn down, claim, decide        me
  second look                                                                 me
  helpful, accept, report                                                     sm
  new poll, change poll, close poll                                           sm
archived
  read, read post, quote, see poll                                            wsme
merged
moved
  read, read post, quote, see poll, reply, vote                               x
  lock, reopen, hide, restore, pin, unpin, move, merge, split, retitle, undo  x
  hand, hide post, restore post, let through, turn down, claim, decide        x
  second look, helpful, accept, report, new poll, change poll, close poll     x
decided as open
  read decision                                                               ws
  ask second look                                                             w
  second look                                                                 e
looked at again as decided
  claim                                                                       e
post hidden as open
  read post, quote                                                            wme
  edit, delete, helpful, report
post deleted as open
  read post, quote                                                            wme
  edit, delete, helpful, report
  undelete                                                                    w
post held as open
  read post, quote                                                            wme
  edit, delete, helpful, report
the moderator's own as open
  edit, delete                                                                m
  helpful                                                                     ws
  report                                                                      ws
  accept                                                                      sm
  hide post, restore post, let through, turn down, claim, decide              e
  second look                                                                 e
the moderator's thread as open
  hide, restore                                                               e
  accept                                                                      m
  new poll                                                                    m
"""


def close(at):
    at["thread"].closed_at = clock.now()


def accept(at):
    at["post"].is_accepted, at["thread"].resolved_at = True, clock.now()


def hide(at):
    at["thread"].hidden_at = clock.now()


def archive(at):
    at["thread"].network.state = NetworkState.ARCHIVED


def merge(at):
    at["thread"].merged_into_id = at["other"]


def move(at):
    at["thread"].network = at["elsewhere"]


def decide(at):
    case = at["case"]
    case.state, case.outcome, case.decided_at, case.decided_by_id = CaseState.UPHELD, Outcome.REMIND, clock.now(), at["moderator"]


def ask_again(at):
    decide(at)
    at["case"].review_asked_at, at["case"].review_asked_by_id = clock.now(), at["member"]


def hide_post(at):
    at["post"].hidden_at = clock.now()


def delete_post(at):
    at["post"].deleted_at = clock.now()


def hold_post(at):
    at["post"].hidden_at = at["post"].held_at = clock.now()


def give_post(at):
    at["post"].author_id = at["moderator"]


def give_thread(at):
    at["thread"].author_id = at["moderator"]


STATES = {
    "open": None, "closed": close, "accepted": accept, "hidden": hide, "archived": archive, "merged": merge, "moved": move,
    "decided": decide, "looked at again": ask_again, "post hidden": hide_post, "post deleted": delete_post, "post held": hold_post,
    "the moderator's own": give_post, "the moderator's thread": give_thread,
}  # fmt: skip


def expected(state):
    """By action, who may: the lines of the state, after those of the one that it is like."""
    may, found = dict.fromkeys([*THREAD, *POST, *CASE, *POLL, *CHANGE], ""), False
    for line in TABLE.strip().splitlines():
        if not line.startswith(" "):
            name, _as, like = line.partition(" as ")
            found = name.strip() == state
            if found and like:
                may = expected(like)
        elif found:
            words, _, letters = line.strip().partition("  ")
            for action in words.split(", "):
                assert action in may, action
                may[action] = letters.strip()
    return may


def world(cast):
    """The rows, with all that policy asks of them; nothing is kept."""
    thread, post, case = (db.session.get_one(*of) for of in ((Thread, cast["hr_thread"]), (Post, cast["hr_post"]), (Case, cast["hr_case"])))
    thread.network = db.session.get_one(Network, thread.network_id)
    post.thread, case.post = thread, post
    db.session.refresh(case, attribute_names=["reports"])
    poll = Poll(thread=thread, created_by_id=cast["medlem"], question="Kumpi?", kind=PollKind.SINGLE)
    change = ThreadChange(kind=ChangeKind.RETITLE, thread=thread, by_id=cast["moderator"])
    elsewhere = db.session.get_one(Network, cast["network:hr-advisory-board"])
    ids = {"other": cast["closed_thread"], "moderator": cast["moderator"], "member": cast["member"], "elsewhere": elsewhere}
    return {"thread": thread, "post": post, "case": case, "poll": poll, "change": change} | ids


@pytest.fixture
def viewers(app, cast):
    """Everybody, the administrator once outside the discussions and once having entered them."""
    with app.app_context():
        found = {name: viewer_for(cast[key]) if cast[key] else None for name, key in PEOPLE.items() if name != "entered"}
        until = clock.now().replace(year=2999)
        db.session.add(DiscussionEntry(user_id=cast["admin"], network_id=cast["network:hr"], until=until))
        db.session.flush()
        found["entered"] = viewer_for(cast["admin"])
        db.session.rollback()
    return {name: viewer or NOBODY for name, viewer in found.items()}


@pytest.mark.parametrize("state", STATES)
def test_who_may(app, cast, viewers, state):
    groups = (("thread", THREAD), ("post", POST), ("case", CASE), ("poll", POLL), ("change", CHANGE))
    with app.app_context(), db.session.no_autoflush:
        at = world(cast)
        if STATES[state]:
            STATES[state](at)
        got = {
            action: {name for name, viewer in viewers.items() if may(viewer, at[group])}
            for group, actions in groups
            for action, may in actions.items()
        }
        db.session.rollback()
    assert got == {action: {SHORT[letter] for letter in letters} for action, letters in expected(state).items()}

"""What the demo has of polls: one for the tests; of every kind, open and closed, with votes and what came of them."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import insert, select

from extranet.core import clock
from extranet.core.db import db
from extranet.core.text import render_markdown
from extranet.demo.cast import Cast
from extranet.demo.discussions import add_thread
from extranet.demo.profiles import Profile
from extranet.discussions.models import Thread
from extranet.networks.models import Membership, MembershipState
from extranet.polls.models import Poll, PollKind, PollOption, Vote

SEED = 7


def add_to_cast(cast: Cast) -> None:
    """The one that the tests know by name: medlem asks, nobody has voted yet."""
    hr = cast.networks["hr"].id
    thread = add_thread(hr, cast.people["medlem"].id, "Vilken dag passar höstträffen?", ["Rösta, så bestämmer vi."], days=2)
    poll = add_poll(thread, cast.people["medlem"].id, "Vilken dag passar bäst?", ["Tisdag", "Onsdag", "Torsdag"], PollKind.SINGLE)
    cast.things["poll_thread"] = thread.id
    cast.things["hr_poll"] = poll.id


def add_poll(thread: Thread, author_id: int, question: str, options: list[str], kind: PollKind, shows_names: bool = False) -> Poll:
    """An open poll of that thread."""
    thread.has_poll = True
    poll = Poll(thread_id=thread.id, created_by_id=author_id, question=question, kind=kind, shows_names=shows_names)
    poll.options = [PollOption(position=n, label=label) for n, label in enumerate(options)]
    db.session.add(poll)
    db.session.flush()
    return poll


def add_vote(poll: Poll, user_id: int, *chosen: int) -> None:
    """Somebody's ballot: positions of options, the most wanted first."""
    ids = [option.id for option in poll.options]
    is_ranked = poll.kind == PollKind.RANKED
    db.session.add_all(
        Vote(poll_id=poll.id, user_id=user_id, option_id=ids[n], rank=place if is_ranked else 1) for place, n in enumerate(chosen, 1)
    )


# thread, who asks, question, options, kind, shows names, days open or negative since when closed, voters, outcome
MADE = (
    ("mentor", "moderator", "Millainen vertaismentorointi sopisi sinulle?", ("Pari samalta alueelta", "Pari muualta Suomesta", "Kolmen hengen ryhmä", "Mieluummin kuuntelen ensin"), PollKind.MULTIPLE, False, -2, 41, "Eniten kannatusta sai **pari muualta Suomesta**. Ensimmäinen kierros alkaa ensi kuussa, ja parit arvotaan. Ilmoittautuminen avautuu verkoston tapahtumissa."),
    ("homework", "moderator", "Missä järjestyksessä työpajojen aiheet käsitellään?", ("Eläköitymisen ennakointi", "Osaamisen kartoittaminen", "Henkilöstömenojen skenaariot", "Suunnitelmasta talousarvioon"), PollKind.RANKED, False, 9, 34, ""),
    ("contact_thread", "contact", "Mitkä aiheet otetaan kuukausikahveille?", ("Lomapalkkavelka", "Määräaikaisuuden perusteet", "Säästövapaat", "Palkka-avoimuus"), PollKind.MULTIPLE, True, 6, 12, ""),
    ("advisory_thread", "expert", "Ensi kauden teemat tärkeysjärjestykseen", ("Etäjohtaminen", "Yksin HR:ssä", "Henkilöstötieto päätöksiin", "Monikielinen työyhteisö"), PollKind.RANKED, False, -1, 11, "Kausi aloitetaan teemalla, joka sai enemmistön. Toiseksi tullut teema jää varalle kevääseen."),
    ("shifts", "staff", "Montako viikkoa etukäteen vuorotoiveet pitäisi jättää?", ("Kolme", "Neljä", "Viisi", "Kuusi"), PollKind.SINGLE, False, 12, 17, ""),
)  # fmt: skip
OWN_VOTES = {"hr_poll": ("member", "moderator"), "mentor": ("member",), "contact_thread": ("deputy",), "shifts": ("pori",)}


def fill(cast: Cast, _rng: random.Random, _size: Profile) -> None:
    """Polls on what was written, and votes on the one that the cast has."""
    rng = random.Random(SEED)
    own = db.session.get_one(Poll, cast.things["hr_poll"])
    db.session.refresh(own, ["options"])
    asked_at = db.session.get_one(Thread, own.thread_id).created_at
    own.created_at, own.closes_at = asked_at, clock.now() + timedelta(days=4)
    _cast_votes(cast, rng, own, _voters(cast, rng, "hr_poll", cast.networks["hr"].id, 26), clock.days_ago(1))
    for key, who, question, options, kind, shows_names, days, voters, outcome in MADE:
        thread = db.session.get_one(Thread, cast.things[key])
        poll = add_poll(thread, cast.people[who].id, question, list(options), kind, shows_names)
        if days > 0:
            poll.closes_at = clock.now() + timedelta(days=days)
        else:
            poll.closed_at = clock.days_ago(-days)
            poll.outcome, poll.outcome_html = outcome, render_markdown(outcome)
        until = poll.closed_at or clock.now()
        poll.created_at = thread.created_at + (until - thread.created_at) / 3
        _cast_votes(cast, rng, poll, _voters(cast, rng, key, thread.network_id, voters), poll.created_at + (until - poll.created_at) / 2)
    db.session.flush()


def _voters(cast: Cast, rng: random.Random, key: str, network_id: int, many: int) -> list[int]:
    """Members, with the named ones who have voted; the others still can."""
    named = [user.id for user in cast.people.values()]
    active = select(Membership.user_id).where(Membership.network_id == network_id, Membership.state == MembershipState.ACTIVE)
    others = db.session.scalars(active.where(Membership.user_id.not_in(named)).order_by(Membership.id)).all()
    mine = [cast.people[name].id for name in OWN_VOTES.get(key, ())]
    return mine + rng.sample(others, min(many - len(mine), len(others)))


def _cast_votes(cast: Cast, rng: random.Random, poll: Poll, voters: Sequence[int], at: datetime) -> None:
    """Ballots that lean to the second option, then the first."""
    ids = [option.id for option in poll.options]
    rows = []
    for user_id in voters:
        order = sorted(ids, key=lambda option_id: (ids.index(option_id) - 1) ** 2 * 0.3 + rng.random() * 2)
        most = {PollKind.SINGLE: 1, PollKind.MULTIPLE: rng.choice((1, 2, 2)), PollKind.RANKED: rng.choice((2, 3, len(ids)))}[poll.kind]
        for place, option_id in enumerate(order[:most], 1):
            rank = place if poll.kind == PollKind.RANKED else 1
            rows.append({"option_id": option_id, "user_id": user_id, "poll_id": poll.id, "rank": rank, "at": at})
    db.session.execute(insert(Vote), rows)

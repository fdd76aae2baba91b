"""What moderators did with whole discussions in the demo: pinned, closed, retitled, merged, split, moved, handed to an expert."""

import random

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from extranet.core import clock
from extranet.core.db import db
from extranet.core.viewer import Viewer
from extranet.demo.cast import Cast
from extranet.demo.past import dated, soon_after
from extranet.demo.profiles import Profile
from extranet.discussions import actions, change_actions, question_actions
from extranet.discussions.models import Post, Thread
from extranet.discussions.writing_text import render_post
from extranet.networks.access import viewer_for
from extranet.networks.models import Membership, MembershipRole, MembershipState

NEWCOMER = "Hei kaikille, aloitin verkostossa tällä viikolla. Meillä harjoittelijan ohjaaja saa kuukaudessa puolikkaan päivän muusta työstä vapaata."
SPLIT_TITLE = "Personalrapporten på två språk: vem översätter?"


def fill(cast: Cast, _rng: random.Random, _size: Profile) -> None:
    """Each with the reason that the author was told."""
    moderator, expert = (viewer_for(cast.people[key].id) for key in ("moderator", "expert"))
    for slug, key in (("hr", "second_moderator"), ("contact-persons", "contact_moderator")):
        cast.things[key] = _promote(cast, slug)
    _pin(_thread(cast, "homework"), moderator, "Tehtävä koskee kaikkia, jotka tulevat tapaamiseen.")
    _pin(_thread(cast, "coffee"), expert, "Aika on muuttunut.")
    _close(_thread(cast, "welcome"), moderator, "Tervetulotoivotus jää luettavaksi. Kysymyksille kannattaa aloittaa oma keskustelu.")
    _retitle(_thread(cast, "group"), moderator)
    _merge(cast, moderator)
    _split(cast, moderator)
    _move(cast, expert)
    _hand(cast)
    _hold(cast)
    db.session.expire_all()


def _promote(cast: Cast, slug: str) -> int:
    """Another moderator, so that a decision can be looked at by somebody else: a member of long standing."""
    named = [user.id for user in cast.people.values()]
    found = db.session.scalars(
        select(Membership)
        .where(Membership.network_id == cast.networks[slug].id, Membership.state == MembershipState.ACTIVE)
        .where(Membership.user_id.not_in(named), Membership.role == MembershipRole.MEMBER)
        .order_by(Membership.joined_at, Membership.id)
        .limit(1)
    ).one()
    found.role = MembershipRole.MODERATOR
    db.session.flush()
    return found.user_id


def _thread(cast: Cast, key: str) -> Thread:
    loads = joinedload(Thread.network), joinedload(Thread.author)
    return db.session.scalars(select(Thread).options(*loads).where(Thread.id == cast.things[key])).one()


def _pin(thread: Thread, viewer: Viewer, reason: str) -> None:
    with dated(soon_after(thread.created_at, minutes=5)):
        actions.pin(viewer, thread, reason=reason)


def _close(thread: Thread, viewer: Viewer, reason: str) -> None:
    at = soon_after(thread.last_post_at, days=3)
    with dated(at):
        actions.close(viewer, thread, reason=reason)
        thread.closed_at = at


def _retitle(thread: Thread, viewer: Viewer) -> None:
    title, thread.title = thread.title, "Kysymys kehityskeskusteluista"
    at = soon_after(thread.created_at, hours=2)
    with dated(at):
        change_actions.retitle(
            viewer, thread, title=title, reason="Otsikosta näkee nyt, mitä kysytään, ja vastaajat löytävät perille."
        ).at = at


def _merge(cast: Cast, viewer: Viewer) -> None:
    thread, into = _thread(cast, "exit_twin"), _thread(cast, "exit")
    at = soon_after(thread.last_post_at, days=1)
    with dated(at):
        change = change_actions.merge(
            viewer, thread, into=into.id, reason="Sama aihe oli jo esillä, ja vastaukset ovat nyt yhdessä paikassa."
        )
        change.at = at


def _split(cast: Cast, viewer: Viewer) -> None:
    thread = _thread(cast, "report")
    posts = [cast.things[key] for key in ("report_sv1", "report_sv2", "report_sv3")]
    at = soon_after(thread.last_post_at, days=1)
    with dated(at):
        reason = "Översättningen är en fråga för sig, och den är lättare att hitta med en egen rubrik."
        change = change_actions.split(viewer, thread, title=SPLIT_TITLE, post_ids=posts, reason=reason)
        assert change.other is not None  # noqa: S101  a split has one
        change.at, change.other.language = at, "sv"


def _move(cast: Cast, viewer: Viewer) -> None:
    """The expert leads both networks."""
    thread = _thread(cast, "moved")
    at = soon_after(thread.last_post_at, days=1)
    with dated(at):
        reason = "Osaamisen kartoittamisesta keskustellaan Osaamisen johtamisen verkostossa."
        change_actions.move(viewer, thread, network_id=cast.networks["competence"].id, reason=reason).at = at


def _hand(cast: Cast) -> None:
    thread = _thread(cast, "supplement")
    at = soon_after(thread.last_post_at, minutes=30)
    with dated(at):
        question_actions.hand(
            viewer_for(cast.things["contact_moderator"]),
            thread,
            expert_id=cast.people["expert"].id,
            words="Sijaisuus päättyy kuun lopussa, joten vastaus tarvittaisiin tällä viikolla.",
        )
        thread.handed_at = at


def _hold(cast: Cast) -> None:
    """The network holds first posts; the one that waits is by somebody who has written nothing there yet."""
    hr = cast.networks["hr"]
    hr.holds_first_posts = True
    wrote = select(Post.author_id).join(Thread, Thread.id == Post.thread_id).where(Thread.network_id == hr.id)
    newest = select(Membership.user_id).where(
        Membership.network_id == hr.id, Membership.user_id.not_in(wrote), Membership.state == "active"
    )
    post = db.session.get_one(Post, cast.things["hr_held"])
    thread = db.session.get_one(Thread, cast.things["interns"])
    post.thread_id, post.author_id = thread.id, db.session.scalars(newest.order_by(Membership.joined_at.desc()).limit(1)).one()
    post.body, post.body_html = NEWCOMER, render_post(NEWCOMER)
    post.created_at = post.held_at = post.hidden_at = thread.created_at + (clock.now() - thread.created_at) / 2
    db.session.flush()

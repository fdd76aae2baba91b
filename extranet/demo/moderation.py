"""What the demo has of reports: one for the tests; some that wait and some that are decided, with what the moderators wrote."""

import random
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from extranet.core import clock
from extranet.core.db import db
from extranet.core.text import render_markdown
from extranet.demo.cast import Cast
from extranet.demo.past import dated, soon_after
from extranet.demo.profiles import Profile
from extranet.discussions.change_models import ChangeKind, ThreadChange
from extranet.discussions.models import Post, Thread
from extranet.moderation import actions
from extranet.moderation.models import Case, Outcome, Reason, Report
from extranet.networks.access import viewer_for


def add_to_cast(cast: Cast) -> None:
    """The one that the tests know by name: two members find a reply out of place."""
    post = db.session.get_one(Post, cast.things["hr_post"])
    case = add_case(post, [(cast.people["medlem"].id, Reason.OFF_TOPIC, "Ei liity kysymykseen.")], days=1)
    cast.things["hr_case"] = case.id
    cast.things["hr_held"] = add_held(cast).id
    cast.things["hr_change"] = add_retitle(cast, "Lähtöhaastattelut", "Otsikosta näkee nyt, mitä kysytään.").id


def add_held(cast: Cast) -> Post:
    """A reply that waits for a moderator."""
    thread, body = db.session.get_one(Thread, cast.things["closed_thread"]), "Hei kaikille, olen uusi verkostossa."
    text = {"body": body, "body_html": render_markdown(body)}
    post = Post(
        thread=thread, number=-1, author_id=cast.people["medlem"].id, held_at=clock.days_ago(1), hidden_at=clock.days_ago(1), **text
    )
    db.session.add(post)
    db.session.flush()
    return post


def add_retitle(cast: Cast, was: str, reason: str) -> ThreadChange:
    """A title that a moderator has made clearer; the cast begins with an empty log."""
    thread = db.session.get_one(Thread, cast.things["closed_thread"])
    at, moderator = clock.days_ago(20), cast.people["moderator"].id
    change = ThreadChange(
        kind=ChangeKind.RETITLE, thread=thread, before={"title": was}, after={"title": thread.title}, reason=reason, by_id=moderator, at=at
    )
    db.session.add(change)
    db.session.flush()
    return change


def add_case(post: Post, reports: list[tuple[int, Reason, str]], days: int) -> Case:
    """An open case of that message with its reports."""
    at = clock.days_ago(days)
    case = Case(post_id=post.id, body_html=post.body_html, opened_at=at)
    db.session.add(case)
    db.session.flush()
    db.session.add_all(Report(case_id=case.id, reporter_id=who, reason=reason, words=words, at=at) for who, reason, words in reports)
    db.session.flush()
    return case


def fill(cast: Cast, _rng: random.Random, _size: Profile) -> None:
    """The cases of domain.md §5.5, each reported, decided and told through the actions; three reports wait (§5.2)."""
    first, second = cast.people["moderator"].id, cast.things["second_moderator"]
    member, medlem, some = cast.people["member"].id, cast.people["medlem"].id, cast.hr_members[:40:9]
    sick = _report(cast, "sick", {medlem: (Reason.PERSONAL_DATA, "Personen nämns vid namn, och diagnosen också.")})
    _decide(
        sick,
        first,
        Outcome.HIDE,
        "Viestissä kerrottiin nimeltä mainitun ihmisen sairaudesta. Terveystietoja ei kirjoiteta verkostoon edes hyvässä tarkoituksessa. Kysymys poissaolon järjestelyistä on tervetullut uudelleen ilman henkilöä.",
    )
    talks = _report(
        cast,
        "talks",
        {some[0]: (Reason.CONFIDENTIAL, "Paikallinen neuvottelu on tekstin mukaan kesken."), some[1]: (Reason.CONFIDENTIAL, "")},
    )
    _decide(
        talks,
        first,
        Outcome.HIDE,
        "Keskeneräisen paikallisen neuvottelun tarjouksia ei kirjoiteta verkostoon: tieto voi vahingoittaa kumpaakin osapuolta. Kokemuksista voi kertoa, kun neuvottelu on päättynyt.",
    )
    _ask_review(
        talks,
        talks.post.author_id,
        "Neuvottelu on meillä jo loppusuoralla, eikä luvuista ole haittaa kenellekään. Pyydän, että toinen moderaattori katsoo asian.",
        days=1,
    )
    _review(
        talks,
        second,
        Outcome.HIDE,
        "Katsoin asian uudelleen. Neuvottelu oli kesken, kun viesti kirjoitettiin, joten se pysyy piilossa. Ymmärrän tarkoituksen: kirjoita lopputulos, kun sopimus on allekirjoitettu.",
    )
    heated = _report(cast, "heated", {some[2]: (Reason.INSULT, "Kollegoita kutsutaan pelkureiksi.")})
    _decide(
        heated,
        second,
        Outcome.LEAVE,
        "Viesti on kärjekäs, mutta se arvostelee toimintatapaa, johon kirjoittaja lukee itsensäkin, eikä ketään yksittäistä ihmistä. Tällaista keskustelua verkosto kestää ja tarvitsee.",
    )
    advert = _report(
        cast,
        "ad",
        {member: (Reason.ADVERTISEMENT, "Tässä myydään, ei keskustella."), some[3]: (Reason.ADVERTISEMENT, "Soittopyyntö ja alennus.")},
    )
    _decide(
        advert,
        second,
        Outcome.HIDE,
        "Viesti on mainos. Järjestelmiä saa vertailla ja suositella omasta kokemuksesta, mutta niitä ei myydä täällä.",
    )
    _ask_review(
        advert, advert.post.author_id, "Tarkoitus oli auttaa kysyjää, ei myydä. Voisiko viestin palauttaa ilman viimeistä virkettä?", days=5
    )
    price = _report(
        cast,
        "price",
        {some[1]: (Reason.CONFIDENTIAL, "Tarjoushinta voi olla liikesalaisuus."), some[3]: (Reason.OTHER, "*Vedätetään* on kova sana.")},
    )
    _claim(price, second)
    _report(cast, "unsure", {cast.things["contact_moderator"]: (Reason.OTHER, "Tämä voi johtaa harhaan. Voisiko asiantuntija katsoa?")})
    db.session.expire_all()


def _report(cast: Cast, key: str, reports: dict[int, tuple[Reason, str]]) -> Case:
    """What readers reported, one after the other, within hours of the message."""
    post = _load(cast.things[key])
    at = post.created_at
    case: Case | None = None
    for person, (reason, words) in reports.items():
        at = soon_after(at, hours=2)
        with dated(at):
            case = actions.report(viewer_for(person), post, why=reason, words=words)
            newest = db.session.scalars(select(Report).where(Report.case_id == case.id, Report.reporter_id == person)).one()
            newest.at = at
    assert case is not None  # noqa: S101  somebody reported it
    case.opened_at = soon_after(post.created_at, hours=2)
    return case


def _decide(case: Case, moderator: int, outcome: Outcome, statement: str) -> None:
    at = soon_after(case.opened_at, hours=5)
    db.session.refresh(case, ["reports"])
    with dated(at):
        actions.decide(viewer_for(moderator), case, outcome=outcome, reason=statement)
        case.decided_at = at
        if outcome == Outcome.HIDE:
            case.post.hidden_at = at


def _ask_review(case: Case, person: int, words: str, days: float) -> None:
    assert case.decided_at is not None  # noqa: S101
    at = soon_after(case.decided_at, days=days)
    with dated(at):
        actions.ask_review(viewer_for(person), case, words=words)
        case.review_asked_at = at


def _review(case: Case, moderator: int, outcome: Outcome, statement: str) -> None:
    assert case.review_asked_at is not None  # noqa: S101
    at = soon_after(case.review_asked_at, days=1)
    with dated(at):
        actions.review(viewer_for(moderator), case, outcome=outcome, reason=statement)
        case.reviewed_at = at


def _claim(case: Case, moderator: int) -> None:
    """A few hours ago."""
    at = max(case.opened_at, clock.now() - timedelta(hours=3))
    with dated(at):
        actions.claim(viewer_for(moderator), case)
        case.claimed_at = at


def _load(post_id: int) -> Post:
    return db.session.scalars(select(Post).options(joinedload(Post.thread).joinedload(Thread.network)).where(Post.id == post_id)).one()

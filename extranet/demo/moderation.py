"""What the demo has of reports."""

from extranet.core import clock
from extranet.core.db import db
from extranet.core.text import render_markdown
from extranet.demo.cast import Cast
from extranet.discussions.change_models import ChangeKind, ThreadChange
from extranet.discussions.models import Post, Thread
from extranet.moderation.models import Case, Reason, Report


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

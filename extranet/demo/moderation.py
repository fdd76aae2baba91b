"""What the demo has of reports."""

from extranet.core import clock
from extranet.core.db import db
from extranet.demo.cast import Cast
from extranet.discussions.models import Post
from extranet.moderation.models import Case, Reason, Report


def add_to_cast(cast: Cast) -> None:
    """The one that the tests know by name: two members find a reply out of place."""
    post = db.session.get_one(Post, cast.things["hr_post"])
    case = add_case(post, [(cast.people["medlem"].id, Reason.OFF_TOPIC, "Ei liity kysymykseen.")], days=1)
    cast.things["hr_case"] = case.id


def add_case(post: Post, reports: list[tuple[int, Reason, str]], days: int) -> Case:
    """An open case of that message with its reports."""
    at = clock.days_ago(days)
    case = Case(post_id=post.id, body_html=post.body_html, opened_at=at)
    db.session.add(case)
    db.session.flush()
    db.session.add_all(Report(case_id=case.id, reporter_id=who, reason=reason, words=words, at=at) for who, reason, words in reports)
    db.session.flush()
    return case

"""What you can do. verb(viewer, thing, **data): checked, done, recorded."""

from datetime import date

from extranet.answers import policy, queries
from extranet.answers.models import AnswerCard
from extranet.audit.log import action
from extranet.core import clock
from extranet.core.db import db
from extranet.core.errors import Refused
from extranet.core.i18n import N_
from extranet.core.i18n import gettext as _
from extranet.core.text import LocalText
from extranet.core.viewer import Viewer
from extranet.discussions.counting import lock
from extranet.discussions.models import Post
from extranet.materials import actions as materials
from extranet.materials.models import Material, MaterialKind, MaterialLanguage
from extranet.materials.policy import can_publish
from extranet.notifications.notify import notify

HEADINGS = {"fi": ("Kysymys", "Vastaus"), "sv": ("Fråga", "Svar")}


@action(policy.can_save)
def save(viewer: Viewer, post: Post, *, title: str, question: str, answer: str, language: str, review_due: date) -> Material:
    """Make a card of the library of an accepted answer: in force at once from those who may publish, else a suggestion.

    The card belongs to whoever saves it, and tells nobody's name: it has more readers than the discussion (I-09). Raises Refused.
    """
    assert viewer.user_id is not None  # noqa: S101  can_save asks for a member
    thread = post.thread
    lock(thread)
    if queries.find_card(post):
        raise Refused(_("This answer is in the library already."))
    about = queries.get_question(post)
    asked, answered = HEADINGS[language]
    description = materials.Description(
        title=LocalText({language: title}),
        kind=MaterialKind.ANSWER,
        language=MaterialLanguage(language),
        abstract=LocalText({language: f"## {asked}\n\n{question}\n\n## {answered}\n\n{answer}"}),
        topic_ids=tuple(topic.id for topic in about.thread.topics),
        valid_from=clock.local(thread.resolved_at).date() if thread.resolved_at else clock.today(),
        review_due=review_due,
    )
    material = materials.add_link(viewer, thread.network, description=description)
    material.link_url = material.path
    db.session.add(AnswerCard(material_id=material.id, post_id=post.id, saved_by_id=viewer.user_id))
    post.has_card = True
    if can_publish(viewer, material):
        materials.publish(viewer, material)
    notify(
        viewer,
        {thread.author_id, post.author_id},
        "answers.save",
        about=thread,
        text=N_("The answer was saved for the library: %(title)s"),
        path=f"/answers/of/{post.id}",
        key=f"answer:{post.id}",
        direct={thread.author_id, post.author_id},
        title=thread.title,
    )
    return material

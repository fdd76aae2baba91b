"""At which address. Parse, call, answer."""

from collections.abc import Sequence
from typing import Any

from flask import flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from extranet.core.errors import demand
from extranet.core.i18n import gettext as _
from extranet.core.web import page
from extranet.discussions import actions, drafts, ground_rules, policy, queries, question_queries, reading, writing_queries
from extranet.discussions.attachment_files import MOST_FILES, hold
from extranet.discussions.attachment_forms import ACCEPT, Attached
from extranet.discussions.blueprint import bp
from extranet.discussions.draft_models import Draft
from extranet.discussions.draft_views import hand_back, kept_files, posted_files, posted_words
from extranet.discussions.following_forms import REASONS, THREAD_LEVELS
from extranet.discussions.forms import KINDS, ReplyForm, StartForm
from extranet.discussions.models import Thread, ThreadKind
from extranet.networks import policy as network_policy
from extranet.networks.head import network_page
from extranet.networks.models import Network
from extranet.networks.queries import get_network
from extranet.networks.topics import list_topics
from extranet.storage import actions as storage_actions
from extranet.storage.checks import most_megabytes


def _page_no() -> int:
    return request.args.get("page", 1, type=int)


@bp.get("/discussions/")
def index() -> ResponseReturnValue:
    only = request.args.get("only", "")
    threads = queries.list_threads(g.viewer, page=_page_no(), only=only)
    return page("discussions/index.html", threads=threads, only=only, kinds=KINDS, section="discussions")


@bp.get("/networks/<slug>/discussions/")
def network_index(slug: str) -> ResponseReturnValue:
    network = get_network(g.viewer, slug)
    if g.viewer.is_admin and not policy.can_enter(g.viewer, network):
        return network_page("discussions/enter.html", network, tab="discussions", section="discussions")
    queries.check_entry(g.viewer, network)
    only = request.args.get("only", "")
    threads = queries.list_threads(g.viewer, network.id, _page_no(), only)
    can_start = policy.can_start(g.viewer, network)
    answering = question_queries.count_answering(g.viewer, network)
    return network_page(
        "discussions/network.html",
        network,
        tab="discussions",
        section="discussions",
        threads=threads,
        only=only,
        kinds=KINDS,
        answering=answering,
        can_start=can_start,
    )


@bp.get("/networks/<slug>/discussions/new")
def new(slug: str) -> ResponseReturnValue:
    network = get_network(g.viewer, slug)
    queries.check_entry(g.viewer, network)
    draft = drafts.find(g.viewer, network)
    return _start_page(network, StartForm(list_topics(), data=draft.words if draft else None), draft, attached=kept_files(draft))


@bp.post("/networks/<slug>/discussions/")
def start(slug: str) -> ResponseReturnValue:
    network = get_network(g.viewer, slug)
    demand(policy.can_start(g.viewer, network), "discussions.start")
    arrived, faults = hold(g.viewer, posted_files())
    network = get_network(g.viewer, slug)
    form, attached = StartForm(list_topics()), Attached(g.viewer, request.form, arrived, faults)
    if "drop" in request.form:
        return _start_page(network, form, attached=_dropped(attached))
    if "look" in request.form:
        similar = writing_queries.list_similar(g.viewer, network, form.title.data or "")
        return _start_page(network, form, similar=similar, attached=attached)
    if not all([form.validate(), attached.validate()]):
        return _start_page(network, form, attached=attached), 422
    if ground_rules.do_wait(g.viewer, network):
        return _keep_until_accepted(network, url_for(".new", slug=slug), arrived)
    thread = actions.start(
        g.viewer,
        network,
        title=form.title.data,
        body=form.body.data,
        kind=ThreadKind(form.kind.data),
        language=form.language.data,
        topic_ids=form.topics.data or (),
        files=attached.files,
        is_unnamed=form.is_unnamed.data,
    )
    drafts.forget(g.viewer, network)
    flash(_waits() if thread.is_hidden else _("Your discussion was started. The members of the network will hear of it."))
    return redirect(url_for(".thread", thread_id=thread.id), 303)


def _files_context(attached: Attached | None) -> dict[str, Any]:
    attached = attached or Attached(g.viewer)
    return {"attached": attached, "has_errors": bool(attached.errors), "accept": ACCEPT, "most": most_megabytes(), "most_files": MOST_FILES}


def _start_page(
    network: Network,
    form: StartForm,
    draft: Draft | None = None,
    similar: Sequence[Any] = (),
    attached: Attached | None = None,
) -> str:
    return network_page(
        "discussions/new.html",
        network,
        tab="discussions",
        section="discussions",
        form=form,
        draft=draft,
        similar=similar,
        **_files_context(attached),
        can_start=policy.can_start(g.viewer, network),
    )


@bp.get("/discussions/<int:thread_id>/")
def thread(thread_id: int) -> ResponseReturnValue:
    opened = writing_queries.open_thread(g.viewer, thread_id)
    if opened.thread.id != thread_id:  # merged into that one
        return redirect(opened.thread.path)
    body = opened.draft.words.get("body", "") if opened.draft else ""
    if quoted := request.args.get("quote", 0, type=int):
        body = f"{body}\n\n{writing_queries.quote_post(g.viewer, opened.thread, quoted)}".lstrip()
    return _thread_page(opened, ReplyForm(data={"body": body}), _page_no(), kept_files(opened.draft))


@bp.post("/discussions/<int:thread_id>/reply")
def reply(thread_id: int) -> ResponseReturnValue:
    form = ReplyForm()
    arrived: list[str] = []
    faults: list[str] = []
    thread = writing_queries.find_to_reply(g.viewer, thread_id)
    if thread is not None and (brought := posted_files()):
        demand(policy.can_reply(g.viewer, thread), "discussions.reply")  # before a file is stored; the action asks again
        arrived, faults = hold(g.viewer, brought)
        thread = writing_queries.find_to_reply(g.viewer, thread_id)
    if no := _why_not(thread):
        return hand_back(*no, thread_id=thread_id, thread=thread, place=thread, files=arrived)
    assert thread is not None  # noqa: S101  _why_not has asked
    attached = Attached(g.viewer, request.form, arrived, faults)
    if "drop" in request.form:
        return _thread_page(writing_queries.open_thread(g.viewer, thread_id), form, attached=_dropped(attached))
    if not all([form.validate(), attached.validate()]):
        return _thread_page(writing_queries.open_thread(g.viewer, thread_id), form, attached=attached), 422
    if ground_rules.do_wait(g.viewer, thread.network):
        return _keep_until_accepted(thread, url_for(".thread", thread_id=thread.id, page=0, _anchor="rules-title"), arrived)
    post = actions.reply(g.viewer, thread, body=form.body.data, files=attached.files)
    drafts.forget(g.viewer, thread)
    reading.mark_read(g.viewer, {thread.id: post.number})
    flash(_waits() if post.held_at else _("Your reply was added."))
    return redirect(url_for(".thread", thread_id=thread.id, page=0, new=post.id, _anchor=f"post-{post.id}"), 303)


def _dropped(attached: Attached) -> Attached:
    if upload := attached.drop(request.form["drop"]):
        storage_actions.cancel(g.viewer, upload)
    return attached


def _waits() -> str:
    return _("Your message waits until a moderator has read it. You hear when others see it.")


def _keep_until_accepted(place: Thread | Network, there: str, arrived: Sequence[str]) -> ResponseReturnValue:
    """The ground rules are not accepted yet, or changed while one wrote: the text waits among the drafts until they are."""
    drafts.keep(g.viewer, place, posted_words(arrived))
    flash(_("Read and accept the ground rules of the network first; your text is kept as a draft."))
    return redirect(there, 303)


def _why_not(thread: Thread | None) -> tuple[int, str] | None:
    """What has happened to the thread while one wrote, as a status and a sentence."""
    if thread is None:
        return 404, _("This discussion cannot be opened any more: it was removed, hidden or moved to another network.")
    if thread.network.is_archived:
        return 422, _("The network has been archived. Its discussions can be read, but not continued.")
    if thread.is_closed and not policy.can_reply_to_closed(g.viewer, thread):
        return 422, _("This discussion was closed while you were writing, so your reply was not sent.")
    if thread.is_hidden and not policy.can_moderate(g.viewer, thread):
        return 422, _("This discussion has been hidden and takes no replies.")
    return None


def _thread_page(opened: writing_queries.Opened, form: ReplyForm, page_no: int = 0, attached: Attached | None = None) -> str:
    thread = opened.thread
    posts = queries.list_posts(g.viewer, thread, page_no)
    return network_page(
        "discussions/thread.html",
        thread.network,
        tab="discussions",
        section="discussions",
        thread=thread,
        topics=thread.topics,
        draft=opened.draft,
        **_files_context(attached),
        kind=KINDS[thread.kind],
        posts=posts,
        answer=next((post for post in posts.rows if post.is_accepted), None),
        participants=queries.participants_of(posts.rows),
        seen=opened.seen,
        hears=opened.hears,
        because=REASONS[opened.hears.because] if opened.hears else "",
        levels=THREAD_LEVELS,
        form=form,
        can_reply=policy.can_reply(g.viewer, thread) and (not thread.is_closed or policy.can_reply_to_closed(g.viewer, thread)),
        can_moderate=policy.can_moderate(g.viewer, thread),
        is_keeper=policy.is_keeper(g.viewer, thread.network_id),
        is_member=network_policy.is_member(g.viewer, thread),
    )


from extranet.discussions import (  # noqa: E402, F401  they add their routes to `bp`
    attachment_views,
    change_views,
    following_views,
    moderation_views,
    post_views,
    question_views,
    reading_views,
    writing_views,
)

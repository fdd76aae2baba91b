"""At which address. Parse, call, answer."""

from flask import flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from extranet.core.i18n import gettext as _
from extranet.core.web import page
from extranet.discussions import actions, policy, queries, reading
from extranet.discussions.blueprint import bp
from extranet.discussions.forms import KINDS, ReplyForm, StartForm
from extranet.discussions.models import Thread, ThreadKind
from extranet.networks import policy as network_policy
from extranet.networks.head import network_page
from extranet.networks.models import Network
from extranet.networks.queries import get_network


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
    return network_page(
        "discussions/network.html",
        network,
        tab="discussions",
        section="discussions",
        threads=threads,
        only=only,
        kinds=KINDS,
        can_start=can_start,
    )


@bp.get("/networks/<slug>/discussions/new")
def new(slug: str) -> ResponseReturnValue:
    network = get_network(g.viewer, slug)
    queries.check_entry(g.viewer, network)
    return _start_page(network, StartForm())


@bp.post("/networks/<slug>/discussions/")
def start(slug: str) -> ResponseReturnValue:
    network = get_network(g.viewer, slug)
    form = StartForm()
    if not form.validate():
        queries.check_entry(g.viewer, network)
        return _start_page(network, form), 422
    thread = actions.start(g.viewer, network, title=form.title.data, body=form.body.data, kind=ThreadKind(form.kind.data))
    flash(_("Your discussion was started. The members of the network will hear of it."))
    return redirect(url_for(".thread", thread_id=thread.id), 303)


def _start_page(network: Network, form: StartForm) -> str:
    can_start = policy.can_start(g.viewer, network)
    return network_page("discussions/new.html", network, tab="discussions", section="discussions", form=form, can_start=can_start)


@bp.get("/discussions/<int:thread_id>/")
def thread(thread_id: int) -> ResponseReturnValue:
    return _thread_page(queries.get_thread(g.viewer, thread_id), ReplyForm())


@bp.post("/discussions/<int:thread_id>/reply")
def reply(thread_id: int) -> ResponseReturnValue:
    thread = queries.get_thread(g.viewer, thread_id)
    form = ReplyForm()
    if not form.validate():
        return _thread_page(thread, form), 422
    post = actions.reply(g.viewer, thread, body=form.body.data)
    reading.mark_read(g.viewer, {thread.id: post.number})
    flash(_("Your reply was added."))
    return redirect(url_for(".thread", thread_id=thread.id, page=0, new=post.id, _anchor=f"post-{post.id}"), 303)


def _thread_page(thread: Thread, form: ReplyForm) -> str:
    posts = queries.list_posts(g.viewer, thread, _page_no() if form.body.data is None else 0)
    return network_page(
        "discussions/thread.html",
        thread.network,
        tab="discussions",
        section="discussions",
        thread=thread,
        kind=KINDS[thread.kind],
        posts=posts,
        answer=next((post for post in posts.rows if post.is_accepted), None),
        participants=queries.list_participants(g.viewer, thread),
        log=queries.list_moderation(g.viewer, thread),
        log_words=_log_words(),
        form=form,
        can_reply=policy.can_reply(g.viewer, thread) and (not thread.is_closed or policy.can_reply_to_closed(g.viewer, thread)),
        can_moderate=policy.can_moderate(g.viewer, thread),
        is_keeper=policy.is_keeper(g.viewer, thread.network_id),
        is_member=network_policy.is_member(g.viewer, thread),
    )


def _log_words() -> dict[str, str]:
    return {
        "discussions.close": _("Discussion closed"),
        "discussions.reopen": _("Discussion opened again"),
        "discussions.hide": _("Discussion hidden"),
        "discussions.restore": _("Discussion restored"),
        "discussions.pin": _("Discussion pinned"),
        "discussions.unpin": _("Discussion unpinned"),
        "discussions.move": _("Discussion moved"),
        "discussions.hide_post": _("Message hidden"),
        "discussions.restore_post": _("Message restored"),
    }


from extranet.discussions import moderation_views, post_views, reading_views  # noqa: E402, F401  they add their routes to `bp`

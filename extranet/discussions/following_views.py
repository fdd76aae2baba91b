"""At which address one chooses how much one hears. Parse, call, answer."""

from flask import flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from extranet.accounts import misses
from extranet.core.errors import NotFound
from extranet.core.i18n import DEFAULT_LANGUAGE, in_language
from extranet.core.i18n import gettext as _
from extranet.core.web import back, page, public, unlisted
from extranet.discussions import following_actions, following_letters, following_queries, queries
from extranet.discussions.blueprint import bp
from extranet.discussions.following_forms import NETWORK_LEVELS, REASONS, SHORT, THREAD_LEVELS, FollowForm
from extranet.discussions.following_models import Level
from extranet.discussions.models import Thread
from extranet.networks.head import network_page
from extranet.networks.models import Network
from extranet.networks.queries import get_network

bp.record_once(lambda state: state.app.extensions["csrf"].exempt("extranet.discussions.following_views.letter"))


@bp.get("/discussions/following")
def following() -> ResponseReturnValue:
    """What one has chosen, in all networks."""
    networks, threads = following_queries.list_networks(g.viewer), following_queries.list_chosen(g.viewer)
    return page("discussions/following.html", section="discussions", networks=networks, threads=threads, words=SHORT, normal=Level.NORMAL)


@bp.get("/discussions/<int:thread_id>/follow")
def thread_following(thread_id: int) -> ResponseReturnValue:
    return _thread_page(queries.get_thread(g.viewer, thread_id))


@bp.post("/discussions/<int:thread_id>/follow")
def follow(thread_id: int) -> ResponseReturnValue:
    thread, form = queries.get_thread(g.viewer, thread_id), FollowForm(THREAD_LEVELS)
    if not form.validate():
        return _thread_page(thread, form), 422
    following_actions.follow(g.viewer, thread, level=form.chosen)
    flash(_("Your choice was saved: %(level)s", level=THREAD_LEVELS[form.chosen]))
    return back(url_for(".thread_following", thread_id=thread.id))


def _thread_page(thread: Thread, form: FollowForm | None = None) -> str:
    hears = following_queries.hears_of(g.viewer, thread)
    return network_page(
        "discussions/follow.html",
        thread.network,
        tab="discussions",
        section="discussions",
        thread=thread,
        words=SHORT[hears.level],
        because=REASONS[hears.because],
        form=form or FollowForm(THREAD_LEVELS, level=hears.level.value, formdata=None),
    )


@bp.get("/networks/<slug>/discussions/follow")
def network_following(slug: str) -> ResponseReturnValue:
    return _network_page(get_network(g.viewer, slug))


@bp.post("/networks/<slug>/discussions/follow")
def follow_network(slug: str) -> ResponseReturnValue:
    network, form = get_network(g.viewer, slug), FollowForm(NETWORK_LEVELS)
    if not form.validate():
        return _network_page(network, form), 422
    following_actions.follow_network(g.viewer, network, level=form.chosen)
    flash(_("Your choice was saved: %(level)s", level=NETWORK_LEVELS[form.chosen]))
    return redirect(url_for(".network_following", slug=network.slug), 303)


def _network_page(network: Network, form: FollowForm | None = None) -> str:
    level = following_queries.hears_of_network(g.viewer, network)
    form = form or FollowForm(NETWORK_LEVELS, level=level.value, formdata=None)
    return network_page("discussions/follow_network.html", network, tab="discussions", section="discussions", form=form)


@bp.route("/discussions/letters/<token>", methods=["GET", "POST"])
@public
@unlisted
def letter(token: str) -> ResponseReturnValue:
    """What the foot of a letter leads to. Looking changes nothing; mail programs send `List-Unsubscribe=One-Click` (T32)."""
    misses.check("discussions", g.viewer.ip)
    found = following_letters.open_letter(token)
    if found is None:
        misses.count("discussions", g.viewer.ip)
        raise NotFound
    of_network = request.args.get("of") == "network"
    level = request.form.get("level", Level.MUTE.value if "List-Unsubscribe" in request.form else "")
    if request.method == "POST" and level in list(Level):
        following_letters.choose(found, level=Level(level), of_network=of_network)
        if "List-Unsubscribe" in request.form:
            return "", 204
        return redirect(url_for(".letter", token=token, of="network" if of_network else None, saved=1), 303)
    with in_language(found.reader.language or DEFAULT_LANGUAGE):
        hears = following_letters.hears(found, of_network)
        labels = NETWORK_LEVELS if of_network else THREAD_LEVELS
        return page(
            "discussions/letter.html",
            found=found,
            level=hears.level if hears else None,
            because=REASONS[hears.because] if hears else "",
            labels=labels,
            of_network=of_network,
            token=token,
            is_saved="saved" in request.args,
        )

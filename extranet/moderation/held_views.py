"""At which address a new member's first message is read and decided. Parse, call, answer."""

from flask import flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from extranet.core.i18n import gettext as _
from extranet.discussions import held_actions
from extranet.discussions.models import Post
from extranet.moderation import queries
from extranet.moderation.blueprint import bp
from extranet.moderation.forms import TurnDownForm
from extranet.networks.head import network_page


@bp.get("/moderation/held/<int:post_id>/")
def held(post_id: int) -> ResponseReturnValue:
    return _held_page(queries.get_held(g.viewer, post_id), TurnDownForm())


def _held_page(post: Post, form: TurnDownForm) -> str:
    author = queries.get_author(g.viewer, post)
    network = post.thread.network
    return network_page("moderation/held.html", network, "discussions", section="discussions", post=post, author=author, form=form)


@bp.post("/moderation/held/<int:post_id>/let-through")
def let_through(post_id: int) -> ResponseReturnValue:
    post = queries.get_held(g.viewer, post_id)
    held_actions.let_through(g.viewer, post)
    flash(_("The message can now be read by everybody in the network."))
    return redirect(post.path, 303)


@bp.post("/moderation/held/<int:post_id>/turn-down")
def turn_down(post_id: int) -> ResponseReturnValue:
    post, form = queries.get_held(g.viewer, post_id), TurnDownForm()
    if not form.validate():
        return _held_page(post, form), 422
    held_actions.turn_down(g.viewer, post, reason=form.reason.data)
    flash(_("The message stays hidden. The author was told why."))
    return redirect(url_for(".index", shelf="held"), 303)

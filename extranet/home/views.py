"""At which address. The front page; a network's own home is in network_views, what there is beside a thread in related_views."""

from flask import Blueprint, g
from flask.typing import ResponseReturnValue

from extranet.core import clock
from extranet.core.i18n import gettext as _
from extranet.core.web import page, public
from extranet.home import queries
from extranet.materials.words import KINDS

bp = Blueprint("home", __name__)


@bp.get("/")
@public
def front() -> ResponseReturnValue:
    if not g.viewer.is_signed_in:
        return page("home/public.html", front=queries.get_public_front())
    return page(
        "home/front.html", front=queries.get_front(g.viewer), greeting=_greeting(), now=clock.now(), material_kinds=KINDS, section="home"
    )


def _greeting() -> str:
    name = g.viewer.name.split(" ")[0]
    hour = clock.local(clock.now()).hour
    if 5 <= hour < 10:
        return _("Good morning, %(name)s", name=name)
    if 17 <= hour < 23:
        return _("Good evening, %(name)s", name=name)
    return _("Hello, %(name)s", name=name)


from extranet.home import network_views, related_views  # noqa: E402, F401  their routes belong to this blueprint

"""At which address: reviewing, by name or by link. A draft's own addresses stay closed to reviewers; these are theirs.

The link's page shows nothing of the service but the draft and the words of whoever asked (T20). Reading it changes nothing, since
mail programs follow links; a wrong, withdrawn or old link says the same as one that never was.
"""

from contextlib import AbstractContextManager

from flask import abort, flash, g, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from extranet.accounts import misses
from extranet.accounts.tokens import hash_token
from extranet.audit.log import record_apart
from extranet.core.errors import NotFound
from extranet.core.i18n import COOKIE, LANGUAGES, in_language
from extranet.core.i18n import gettext as _
from extranet.core.viewer import Viewer
from extranet.core.web import page, public, unlisted
from extranet.pilots import queries, review_actions, words
from extranet.pilots.blueprint import bp
from extranet.pilots.models import Pilot, PilotReview
from extranet.pilots.policy import Guest, can_open
from extranet.pilots.review_forms import ReviewForm
from extranet.storage.send import send


@bp.route("/pilots/<int:pilot_id>/review", methods=["GET", "POST"])
def review(pilot_id: int) -> ResponseReturnValue:
    review = queries.get_own_review(g.viewer, pilot_id, lock=request.method == "POST")
    return _review(g.viewer, review, url_for(".review", pilot_id=pilot_id), review.pilot.path.rstrip("/"))


@bp.get("/pilots/<int:pilot_id>/file")
def file(pilot_id: int) -> ResponseReturnValue:
    return _file(g.viewer, _open(g.viewer, queries.get_pilot(g.viewer, pilot_id)))


@bp.get("/pilots/<int:pilot_id>/pages/<int:number>.webp")
def picture(pilot_id: int, number: int) -> ResponseReturnValue:
    return _picture(_open(g.viewer, queries.get_pilot(g.viewer, pilot_id)), number)


@bp.get("/pilots/<int:pilot_id>/text")
def text(pilot_id: int) -> ResponseReturnValue:
    return _text(_open(g.viewer, queries.get_pilot(g.viewer, pilot_id)), url_for(".pilot", pilot_id=pilot_id))


@bp.route("/pilots/review/<token>", methods=["GET", "POST"])
@public
@unlisted
def review_by_link(token: str) -> ResponseReturnValue:
    guest, review = _opened(token, lock=request.method == "POST")
    address = url_for(".review_by_link", token=token)
    with _speaking(review):
        return _review(guest, review, address, address)


@bp.get("/pilots/review/<token>/file")
@public
@unlisted
def file_by_link(token: str) -> ResponseReturnValue:
    guest, review = _opened(token)
    return _file(guest, _open(guest, review.pilot))


@bp.get("/pilots/review/<token>/pages/<int:number>.webp")
@public
@unlisted
def picture_by_link(token: str, number: int) -> ResponseReturnValue:
    guest, review = _opened(token)
    return _picture(_open(guest, review.pilot), number)


@bp.get("/pilots/review/<token>/text")
@public
@unlisted
def text_by_link(token: str) -> ResponseReturnValue:
    guest, review = _opened(token)
    with _speaking(review):
        return _text(_open(guest, review.pilot), url_for(".review_by_link", token=token))


def _review(viewer: Viewer, review: PilotReview, address: str, base: str) -> ResponseReturnValue:
    written = queries.list_own_comments(review)
    form = ReviewForm.of(review, written)
    is_sending = request.form.get("do") == "send"
    if not form.is_submitted() or not (form.validate_sending() if is_sending else form.validate()):
        version = queries.get_piloted_version(review.pilot)
        opens = can_open(viewer, review.pilot)
        facts = {"review": review, "pilot": review.pilot, "form": form, "written": written, "version": version, "opens": opens}
        look = queries.look_at(version) if opens else None
        html = page("pilots/review.html", **facts, look=look, address=address, base=base, words=words, section="materials")
        return html, 422 if form.is_submitted() else 200
    if is_sending:
        is_first = review.submitted_at is None
        review_actions.submit_review(viewer, review, comments=form.texts(), verdict=form.chosen())  # type: ignore[arg-type]
        flash(_("Thank you. Your review was sent.") if is_first else _("Thank you. The changes to your review were sent."))
    else:
        review_actions.save_review(viewer, review, comments=form.texts(), verdict=form.chosen())
        flash(_("Your draft was saved. Nobody else reads it before you send it."))
    return redirect(address, 303)


def _open(viewer: Viewer, pilot: Pilot) -> Pilot:
    """The pilot, where the draft may be opened."""
    if not can_open(viewer, pilot):
        raise NotFound
    return pilot


def _file(viewer: Viewer, pilot: Pilot) -> ResponseReturnValue:
    version = queries.get_piloted_version(pilot)
    sending = send(version.sha256, version.size, version.file_name, version.mime)
    if sending.begins:
        record_apart(viewer, "pilots.download", pilot, version=version.number)
    return sending.response


def _picture(pilot: Pilot, number: int) -> ResponseReturnValue:
    found = queries.find_picture(pilot, number)
    if found is None:
        raise NotFound
    return send(found.sha256, found.size, f"{number}.webp", "image/webp", inline=True).response


def _text(pilot: Pilot, back: str) -> str:
    html = queries.get_text(pilot)
    if not html:
        raise NotFound
    return page("pilots/text.html", pilot=pilot, parts=html.split("\f"), back_to=back, section="materials")


def _opened(token: str, lock: bool = False) -> tuple[Guest, PilotReview]:
    """Whoever holds the link, and her review; the answer for a link that opens nothing is the same whatever the cause."""
    misses.check("pilots", g.viewer.ip)
    found = queries.find_by_link(g.viewer, hash_token(token), lock)
    if found is None:
        misses.count("pilots", g.viewer.ip)
        abort(make_response(page("pilots/link_over.html", section=""), 404))
    return found


def _speaking(review: PilotReview) -> AbstractContextManager[None]:
    """The language that the reader has chosen, else the one that she was written to in."""
    wishes = (request.args.get("lang"), g.viewer.language, request.cookies.get(COOKIE))
    return in_language(next((str(wish) for wish in wishes if wish in LANGUAGES), review.language))

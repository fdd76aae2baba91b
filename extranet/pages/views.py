"""At which address."""

from flask import Blueprint, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from extranet.core.errors import demand
from extranet.core.i18n import gettext as _
from extranet.core.text import render_markdown
from extranet.core.web import page as render_page
from extranet.core.web import public
from extranet.networks.head import network_page
from extranet.networks.models import Network
from extranet.networks.queries import get_network
from extranet.pages import actions, policy, queries
from extranet.pages.differences import differences
from extranet.pages.forms import MAX_BODY, PageForm
from extranet.pages.models import NetworkPage

bp = Blueprint("pages", __name__)


@bp.get("/networks/<slug>/pages/")
@public
def index(slug: str) -> ResponseReturnValue:
    network = get_network(g.viewer, slug)
    return network_page(
        "pages/index.html", network, "pages", pages=queries.list_pages(g.viewer, network), edits=policy.can_create(g.viewer, network)
    )


@bp.get("/networks/<slug>/pages/new")
def beginning(slug: str) -> ResponseReturnValue:
    network = _network_to_write_in(slug)
    return network_page("pages/edit.html", network, "pages", form=PageForm(), page=None)


@bp.post("/networks/<slug>/pages/new")
def create(slug: str) -> ResponseReturnValue:
    network = _network_to_write_in(slug)
    form = PageForm()
    if not form.validate():
        return network_page("pages/edit.html", network, "pages", form=form, page=None), 422
    page = actions.create(g.viewer, network, title=form.title, body=form.body, note=form.note.data)
    flash(_("The page was saved as a draft. Publish it when it is ready."), "ok")
    return _to(page)


@bp.get("/networks/<slug>/pages/<page_slug>")
@public
def read(slug: str, page_slug: str) -> ResponseReturnValue:
    page = queries.get_page(g.viewer, slug, page_slug)
    return network_page(
        "pages/page.html",
        page.network,
        "pages",
        page=page,
        pages=queries.list_pages(g.viewer, page.network),
        edits=policy.can_edit(g.viewer, page),
        may_be_public=policy.is_open(page.network),
    )


@bp.get("/networks/<slug>/pages/<page_slug>/edit")
def editing(slug: str, page_slug: str) -> ResponseReturnValue:
    page = queries.get_page_to_edit(g.viewer, slug, page_slug)
    return network_page("pages/edit.html", page.network, "pages", form=PageForm.of(page), page=page)


@bp.post("/networks/<slug>/pages/<page_slug>/edit")
def edit(slug: str, page_slug: str) -> ResponseReturnValue:
    page = queries.get_page_to_edit(g.viewer, slug, page_slug, to_change=True)
    form = PageForm()
    if not form.validate():
        return network_page("pages/edit.html", page.network, "pages", form=form, page=page), 422
    if form.seen_version != page.lock_version:
        return _both(page, form), 409
    actions.edit(g.viewer, page, seen=form.seen_version, title=form.title, body=form.body, note=form.note.data)
    flash(_("The page was saved."), "ok")
    return _to(page)


@bp.post("/networks/<slug>/pages/<page_slug>/publish")
def publish(slug: str, page_slug: str) -> ResponseReturnValue:
    page = actions.publish(g.viewer, queries.get_page(g.viewer, slug, page_slug), is_public=request.form.get("for") == "everybody")
    flash(_("The page is open to everybody.") if page.is_public else _("The page is open to the members."), "ok")
    return _to(page)


@bp.post("/networks/<slug>/pages/<page_slug>/unpublish")
def unpublish(slug: str, page_slug: str) -> ResponseReturnValue:
    page = actions.unpublish(g.viewer, queries.get_page(g.viewer, slug, page_slug))
    flash(_("The page is a draft again."), "ok")
    return _to(page)


@bp.post("/networks/<slug>/pages/<page_slug>/move")
def move(slug: str, page_slug: str) -> ResponseReturnValue:
    actions.move(g.viewer, queries.get_page(g.viewer, slug, page_slug), up=request.form.get("direction") == "up")
    return redirect(url_for(".index", slug=slug), 303)


@bp.get("/networks/<slug>/pages/<page_slug>/history")
def history(slug: str, page_slug: str) -> ResponseReturnValue:
    page = queries.get_page(g.viewer, slug, page_slug)
    return network_page("pages/history.html", page.network, "pages", page=page, versions=queries.list_versions(g.viewer, page))


@bp.get("/networks/<slug>/pages/<page_slug>/history/<int:number>")
def version(slug: str, page_slug: str, number: int) -> ResponseReturnValue:
    page = queries.get_page(g.viewer, slug, page_slug)
    old = queries.get_version(g.viewer, page, number)
    changed = differences({"title": old.title, "body": old.body}, {"title": page.title, "body": page.body})
    return network_page(
        "pages/version.html", page.network, "pages", page=page, old=old, changed=changed, edits=policy.can_restore(g.viewer, page)
    )


@bp.post("/networks/<slug>/pages/<page_slug>/history/<int:number>/restore")
def restore(slug: str, page_slug: str, number: int) -> ResponseReturnValue:
    page = queries.get_page(g.viewer, slug, page_slug, to_change=True)
    actions.restore(g.viewer, page, version=queries.get_version(g.viewer, page, number))
    flash(_("The page has the text of version %(number)s again.", number=number), "ok")
    return _to(page)


@bp.get("/networks/<slug>/pages/<page_slug>/delete")
def deleting(slug: str, page_slug: str) -> ResponseReturnValue:
    page = queries.get_page_to_edit(g.viewer, slug, page_slug)
    return network_page("pages/delete.html", page.network, "pages", page=page)


@bp.post("/networks/<slug>/pages/<page_slug>/delete")
def delete(slug: str, page_slug: str) -> ResponseReturnValue:
    actions.delete(g.viewer, queries.get_page(g.viewer, slug, page_slug))
    flash(_("The page was deleted."), "ok")
    return redirect(url_for(".index", slug=slug), 303)


@bp.post("/preview")
def preview() -> ResponseReturnValue:
    """The text of the field that `preview` names (or `text`), as it will look. Changes nothing."""
    field = request.form.get("preview") or "text"
    text = request.form.get(field) or request.form.get("text", "")
    return render_page("pages/preview.html", html=render_markdown(text[:MAX_BODY]))


def _network_to_write_in(slug: str) -> Network:
    network = get_network(g.viewer, slug)
    demand(policy.can_create(g.viewer, network), "pages.create")
    return network


def _both(page: NetworkPage, form: PageForm) -> str:
    """Somebody saved meanwhile: the writer's text stays in the fields, the other one is shown with what differs."""
    changed = differences({"title": form.title, "body": form.body}, {"title": page.title, "body": page.body})
    form.seen.data = form.seen.raw_data = str(page.lock_version)
    versions = queries.list_versions(g.viewer, page)
    return network_page(
        "pages/edit.html", page.network, "pages", form=form, page=page, changed=changed, latest=versions[0], has_errors=True
    )


def _to(page: NetworkPage) -> ResponseReturnValue:
    return redirect(url_for(".read", slug=page.network.slug, page_slug=page.slug), 303)

"""What can you see? What somebody should look at before a material is published (D10): sentences, and where to mend it."""

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from extranet.core import clock
from extranet.core.db import db
from extranet.core.i18n import format_day, ngettext
from extranet.core.i18n import gettext as _
from extranet.core.text import CONTENT_LANGUAGES, LocalText
from extranet.materials.models import Material, MaterialKind, MaterialVersion
from extranet.materials.own_links import Target, own_targets
from extranet.materials.reader_queries import Shape, count_shut_out, is_for_everybody, shape_inside, shape_of
from extranet.networks.models import Network, Visibility
from extranet.previews.accessibility import Advice, advise
from extranet.previews.models import Preview

MEMBERS_ONLY = ("members", "settings", "organisations")


class Remark(NamedTuple):
    """Something to look at; `page` is the part of the material's address where it is mended."""

    text: str
    page: str = ""
    is_serious: bool = False
    how_to: str = ""


def list_remarks(material: Material, current: MaterialVersion | None, has_captions: bool, base_url: str) -> list[Remark]:
    """Everything that somebody should know before publishing, the gravest first. None of it keeps anyone from publishing."""
    remarks = [Remark(text, "edit", is_serious=True) for text in _blind_links(material, base_url)]
    if current is not None and current.mime.startswith("image/") and any(not material.alt_text.get(code) for code in CONTENT_LANGUAGES):
        remarks.append(
            Remark(_("The picture has no description in words in both languages, so not everybody can know what it shows."), "edit")
        )
    if material.kind == MaterialKind.RECORDING and not has_captions:
        remarks.append(Remark(_("A recording needs captions within 14 days of publishing. You will be reminded of them.")))
    remarks += [Remark(advice.text, "replace", how_to=advice.how_to) for advice in _advice(current)]
    for code in CONTENT_LANGUAGES:
        if not material.title.get(code) or (material.abstract and not material.abstract.get(code)):
            remarks.append(Remark(_missing(code), "edit"))
    if not material.abstract:
        remarks.append(Remark(_("Nothing is said of what it is about. Readers decide by the description."), "edit"))
    if material.review_due is None:
        remarks.append(Remark(_("There is no day of review, so nobody is reminded to look whether it still holds."), "edit"))
    elif material.review_due <= clock.today():
        remarks.append(Remark(_("The day of review has passed already: %(day)s.", day=format_day(material.review_due)), "edit"))
    return remarks


def _advice(current: MaterialVersion | None) -> list[Advice]:
    """What the file itself could do better for everybody's sake; one query."""
    facts = db.session.scalar(select(Preview.facts).where(Preview.sha256 == current.sha256)) if current is not None else None
    return advise(current.mime, facts) if current is not None and facts else []


def _missing(code: str) -> str:
    return (
        _("The title or the description is missing in Finnish.")
        if code == "fi"
        else _("The title or the description is missing in Swedish.")
    )


def _blind_links(material: Material, base_url: str) -> list[str]:
    """A sentence for each link of the description that leads where some of the readers-to-be cannot follow; three queries."""
    targets = own_targets(LocalText(material.abstract_html), base_url)
    if not targets:
        return []
    materials = _materials([t.material_id for t in targets if t.material_id is not None])
    networks = _networks([t.slug for t in targets if t.slug])
    sentences: list[str] = []
    doubtful: list[tuple[str, Shape, int, int | None]] = []
    for target in targets:
        thing = networks.get(target.slug) if target.slug else materials.get(target.material_id or 0)
        if thing is None:
            sentences.append(_("The link %(link)s leads nowhere.", link=target.path))
            continue
        is_open_to, shape = _door(target, thing)
        if is_open_to == "everybody" or (is_open_to == "signed_in" and not is_for_everybody(material, as_published=True)):
            continue
        if is_for_everybody(material, as_published=True):
            sentences.append(_("The link %(link)s cannot be opened without an account.", link=target.path))
            continue
        network_id = thing.id if isinstance(thing, Network) else thing.network_id
        doubtful.append((target.path, shape, network_id, getattr(thing, "owner_id", None)))
    for (path, *_rest), many in zip(doubtful, count_shut_out(material, [row[1:] for row in doubtful]), strict=True):
        if many:
            sentences.append(
                ngettext(
                    "The link %(link)s cannot be opened by %(num)s of the readers.",
                    "The link %(link)s cannot be opened by %(num)s of the readers.",
                    many,
                    link=path,
                )
            )
    return sentences


def _door(target: Target, thing: Material | Network) -> tuple[str, Shape]:
    """For whom the page opens: everybody, everybody with an account, or the people of a shape."""
    if isinstance(thing, Material):
        return ("everybody" if is_for_everybody(thing) else "", shape_of(thing))
    if target.part == "discussions":
        return "", shape_inside(thing, talks=True)
    inside = shape_inside(thing)
    if target.part in MEMBERS_ONLY or (target.part == "pages" and thing.visibility != Visibility.PUBLIC):
        return "", inside
    return {Visibility.PUBLIC: "everybody", Visibility.LISTED: "signed_in"}.get(thing.visibility, ""), inside


def _materials(ids: list[int]) -> dict[int, Material]:
    found = select(Material).where(Material.id.in_(ids)).options(joinedload(Material.network, innerjoin=True))
    return {material.id: material for material in db.session.scalars(found)} if ids else {}


def _networks(slugs: list[str]) -> dict[str, Network]:
    return {network.slug: network for network in db.session.scalars(select(Network).where(Network.slug.in_(slugs)))} if slugs else {}

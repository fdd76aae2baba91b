"""What you can do. verb(viewer, thing, **data): checked, done, recorded."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from extranet.audit.log import action
from extranet.core import clock
from extranet.core.db import db
from extranet.core.errors import Refused
from extranet.core.i18n import N_
from extranet.core.i18n import gettext as _
from extranet.core.text import LocalText, fold, plain_excerpt, render_local_markdown
from extranet.core.viewer import Viewer
from extranet.jobs.queue import enqueue
from extranet.materials import policy, queries
from extranet.materials.files import NewFile, take
from extranet.materials.life import date_captions
from extranet.materials.models import Audience, Material, MaterialKind, MaterialLanguage, MaterialState, MaterialVersion, Sharing
from extranet.materials.text import sort_key
from extranet.networks.models import Network, Visibility
from extranet.networks.policy import can_edit_content
from extranet.networks.topics import Topic
from extranet.notifications.notify import notify, withdraw
from extranet.previews.queries import request as request_preview


@dataclass(frozen=True)
class Description:
    """Everything that is said about a material, besides the file itself."""

    title: LocalText
    kind: MaterialKind
    language: MaterialLanguage
    abstract: LocalText
    audience: Audience = Audience.ALL
    sharing: Sharing = Sharing.OWN_USE
    topic_ids: tuple[int, ...] = ()
    series: str = ""
    valid_from: date | None = None
    review_due: date | None = None
    link_url: str = ""


@action(policy.can_upload)
def upload(viewer: Viewer, network: Network, *, file: NewFile | str, description: Description) -> Material:
    """Add a material as a draft; from those who may not publish it is a suggestion, and the editors hear of it.

    file: one that was received just now, or the id of an upload of the viewer's.
    """
    assert viewer.user_id is not None  # noqa: S101  can_upload asks for a person
    file = _in_hand(viewer, file)
    material = Material(network=network, network_id=network.id, owner_id=viewer.user_id, version=1)
    describe(material, description, file.name)
    db.session.add(material)
    db.session.flush()
    _add_version(viewer, material, file, "")
    _tell_editors(viewer, material)
    return material


@action(policy.can_upload)
def add_link(viewer: Viewer, network: Network, *, description: Description) -> Material:
    """Add a page elsewhere as a draft; told of as an uploaded file is."""
    assert viewer.user_id is not None  # noqa: S101  can_upload asks for a person
    material = Material(network=network, network_id=network.id, owner_id=viewer.user_id, version=1)
    describe(material, description, description.link_url)
    db.session.add(material)
    db.session.flush()
    _tell_editors(viewer, material)
    return material


def _tell_editors(viewer: Viewer, material: Material) -> None:
    """What comes from somebody who may not publish it is a suggestion, and waits for them."""
    if not can_edit_content(viewer, material.network):
        notify(
            viewer,
            queries.list_editor_ids(material.network_id),
            "materials.upload",
            about=material,
            text=N_("%(who)s suggests a material: %(title)s"),
            path=material.path,
            key=f"material:{material.id}:suggested",
            who=viewer.name,
            title=material.title,
        )


@action(policy.can_edit)
def edit(viewer: Viewer, material: Material, *, description: Description, lock_version: int) -> None:
    """Say something else about a material; the file stays. Refused where somebody else has saved meanwhile."""
    if material.lock_version != lock_version:
        raise Refused(_("Somebody else has changed this material meanwhile. Open it again to see the changes."))
    name = description.link_url if material.is_link else queries.get_version(material, material.version).file_name
    describe(material, description, name)
    date_captions(material)
    material.lock_version += 1


@action(policy.can_publish)
def publish(viewer: Viewer, material: Material) -> None:
    """Put a draft in force; the members of the network hear of it. Publishing twice changes nothing."""
    if material.is_archived:
        raise Refused(_("The material has been archived. Take it back from the archive first."))
    if material.state == MaterialState.IN_PILOT:
        raise Refused(_("The material is being piloted. End the pilot first; then it can be published."))
    if material.is_published:
        return
    _check_sharing(material.network, material.sharing)
    material.state = MaterialState.PUBLISHED
    material.published_at = material.published_at or clock.now()
    _stamp(material)
    date_captions(material)
    enqueue("materials.tell_members", dedupe=f"material:{material.id}:published", material_id=material.id, by=viewer.user_id)
    if material.replaces_id is not None:
        announce_replacing(material)


def announce_replacing(material: Material) -> None:
    """Have those told who downloaded what this material takes the place of (D4)."""
    enqueue("materials.tell_replaced", dedupe=f"material:{material.id}:replaces", material_id=material.id)


@action(policy.can_pilot)
def begin_pilot(_viewer: Viewer, material: Material) -> None:
    """Let a few people try what is not in force yet (S4-24); the current version is the one that they try."""
    if material.state not in (MaterialState.DRAFT, MaterialState.REVISED):
        raise Refused(_("Only a draft or a revised material can be piloted."))
    material.state = MaterialState.IN_PILOT
    material.piloted_at = clock.now()


@action(policy.can_pilot)
def end_pilot(_viewer: Viewer, material: Material) -> None:
    """The trial is over: the material waits for its last touch and for publishing. Ending it twice changes nothing."""
    if material.state == MaterialState.IN_PILOT:
        material.state = MaterialState.REVISED


@action(policy.can_archive)
def archive(_viewer: Viewer, material: Material) -> None:
    """Take a material out of use: only its owner and the editors find it any more. Files stay."""
    material.state = MaterialState.ARCHIVED
    withdraw("material", material.id)


@action(policy.can_unarchive)
def unarchive(_viewer: Viewer, material: Material) -> None:
    """Back to what it was: in force, or unfinished if it never was. Nobody is told again."""
    if not material.is_archived:
        return
    if material.published_at:
        _check_sharing(material.network, material.sharing)
    unfinished = MaterialState.REVISED if material.piloted_at else MaterialState.DRAFT
    material.state = MaterialState.PUBLISHED if material.published_at else unfinished


@action(policy.can_replace)
def replace(viewer: Viewer, material: Material, *, file: NewFile | str, note: str) -> Material:
    """Make the file the current version; the earlier one stays (I-22).

    `material` comes with its row locked, so that of two who replace it at once both get a number of their own.
    """
    if material.is_archived:
        raise Refused(_("The material has been archived. Take it back from the archive first."))
    file = _in_hand(viewer, file)
    material.version += 1
    _add_version(viewer, material, file, note)
    material.search_text = f"{material.search_text} {fold(file.name)}"
    if material.is_published:
        _stamp(material)
        enqueue("materials.tell_holders", dedupe=f"material:{material.id}:replaced", material_id=material.id)
    return material


def _in_hand(viewer: Viewer, file: NewFile | str) -> NewFile:
    """The file itself; an upload is used up by it."""
    return take(viewer.user_id, file) if isinstance(file, str) else file


def _add_version(viewer: Viewer, material: Material, file: NewFile, note: str) -> None:
    assert viewer.user_id is not None  # noqa: S101  versions are brought by people
    db.session.add(
        MaterialVersion(
            material_id=material.id,
            number=material.version,
            file_name=file.name,
            size=file.size,
            mime=file.mime,
            sha256=file.sha256,
            note=note,
            uploaded_by_id=viewer.user_id,
        )
    )
    db.session.flush()
    request_preview(file.sha256, file.mime)


def describe(material: Material, description: Description, file_name: str) -> None:
    _check_sharing(material.network, description.sharing)
    topics = list(db.session.scalars(select(Topic).where(Topic.id.in_(description.topic_ids)).order_by(Topic.id)))
    material.kind = description.kind
    material.link_url = description.link_url
    material.title = description.title
    material.abstract = description.abstract
    material.abstract_html = render_local_markdown(description.abstract)
    material.excerpt = LocalText({code: plain_excerpt(text) for code, text in description.abstract.items() if text})
    material.language = description.language
    material.audience = description.audience
    material.sharing = description.sharing
    material.series = description.series
    material.valid_from = description.valid_from
    material.review_due = description.review_due
    material.topics = topics
    names = [name for topic in topics for name in topic.name.values()]
    words = [*description.title.values(), *description.abstract.values(), description.series, *names, file_name]
    material.search_text = fold(" ".join(words))
    material.title_key_fi = sort_key(description.title.choose("fi")[0])
    material.title_key_sv = sort_key(description.title.choose("sv")[0])


def _check_sharing(network: Network, sharing: Sharing) -> None:
    """Nothing in a network that is not public can be public (T03)."""
    if sharing == Sharing.PUBLIC and network.visibility != Visibility.PUBLIC:
        raise Refused(_("The network is not public, so nothing in it can be. Choose another way of sharing."))


def _stamp(material: Material) -> None:
    material.updated_at = clock.now()
    material.year = clock.today().year

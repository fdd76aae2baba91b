"""Fills the material library: every kind and type of file, with versions, replaced ones, and work for their owners."""

import random
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, insert, select, update

from extranet.core import clock
from extranet.core.db import db
from extranet.core.text import LocalText, fold
from extranet.demo.cast import Cast
from extranet.demo.issues import Issue, list_issues, version_dates
from extranet.demo.making import Made, Press
from extranet.demo.profiles import Profile
from extranet.demo.shelf import Rhythm
from extranet.materials.life import CAPTIONS_WITHIN
from extranet.materials.models import Accessible, Material, MaterialKind, MaterialState, MaterialVersion, material_topic
from extranet.materials.text import sort_key
from extranet.networks.models import Membership, MembershipRole, MembershipState

NOTES = (
    "Luvut päivitetty.", "Ruotsinkielinen osa lisätty.", "Esihenkilöiden palaute otettu huomioon.", "Kirjoitusvirheitä korjattu.",
    "Uusi jakso vastuista.", "Esimerkki vaihdettu, määräajat tarkistettu.", "Taulukko laskettu uudelleen.",
)  # fmt: skip
# How many versions more than one a material has, in turn.
MORE = (1, 0, 2, 1, 0, 3, 1, 0, 1, 0)
MOST = 4
OVERDUE = 5
BATCH = 500
NO_TAGS = LocalText(
    fi="Tiedostosta puuttuvat rakennemerkinnät. Tekstin saa pyynnöstä helppolukuisena.",
    sv="Filen saknar strukturtaggar. Texten fås på begäran i läsbar form.",
)
ONLY_PARTLY = LocalText(
    fi="Diojen lukujärjestys on kunnossa, mutta osa kuvista on pieniä.", sv="Läsordningen är i skick, men en del bilder är små."
)


def fill(cast: Cast, rng: random.Random, size: Profile) -> None:
    """Materials until there are as many as the profile says, with its number of versions in all."""
    materials = size.materials - (db.session.scalar(select(func.count()).select_from(Material)) or 0)
    versions = size.versions - (db.session.scalar(select(func.count()).select_from(MaterialVersion)) or 0)
    issues = list_issues(rng, materials)
    numbers = _count_versions(issues, versions)
    editors, press = _editors(), Press()
    ids: dict[tuple[int, int], int] = {}
    for start in range(0, len(issues), BATCH):
        end = start + BATCH
        ids |= _add(cast, rng, list(zip(issues[start:end], numbers[start:end], strict=True)), editors, press)
    cast.library = {ids[issue.place, issue.number]: issue for issue in issues}
    _mark_replaced(issues, ids)
    _mark_overdue(issues, ids)


def _count_versions(issues: list[Issue], versions: int) -> list[int]:
    """How many versions each has, so that there are as many as wanted in all. A link has none."""
    numbers = [0 if issue.title.make == "link" else 1 for issue in issues]
    documents = [n for n, issue in enumerate(issues) if numbers[n] and issue.title.has_versions]
    left = versions - sum(numbers)
    while left > 0 and any(numbers[n] < MOST for n in documents):
        for turn, n in enumerate(documents):
            more = min(MORE[turn % len(MORE)], MOST - numbers[n], left)
            numbers[n], left = numbers[n] + more, left - more
    return numbers


def _editors() -> dict[int, int]:
    leads = select(Membership.network_id, Membership.user_id).where(
        Membership.role == MembershipRole.LEAD, Membership.state == MembershipState.ACTIVE
    )
    return {network_id: user_id for network_id, user_id in db.session.execute(leads)}


def _add(
    cast: Cast, rng: random.Random, some: list[tuple[Issue, int]], editors: dict[int, int], press: Press
) -> dict[tuple[int, int], int]:
    rows, files, dates = [], [], []
    for issue, count in some:
        dates.append(version_dates(issue, count, rng))
        files.append([press.make(issue, edition) for edition in range(1, count + 1)])
        rows.append(_row(cast, rng, issue, editors, dates[-1], files[-1]))
    ids = list(db.session.scalars(insert(Material).returning(Material.id, sort_by_parameter_order=True), rows))
    topics = [{"material_id": i, "topic_id": cast.topics[issue.title.topic].id} for i, (issue, _) in zip(ids, some, strict=True)]
    db.session.execute(insert(material_topic), topics)
    made = [
        _version(i, row["owner_id"], number, at, file, rng)
        for i, row, times, papers in zip(ids, rows, dates, files, strict=True)
        for number, (at, file) in enumerate(zip(times, papers, strict=True), 1)
    ]
    db.session.execute(insert(MaterialVersion), made)
    return {(issue.place, issue.number): i for i, (issue, _) in zip(ids, some, strict=True)}


def _row(cast: Cast, rng: random.Random, issue: Issue, editors: dict[int, int], dates: list[datetime], files: list[Made]) -> dict[str, Any]:
    title, name, network = issue.title, issue.name, cast.networks[issue.title.network]
    first = dates[0] if dates else issue.at
    topic = cast.topics[title.topic].name
    words = [*name.values(), *title.lead.values(), title.series, *topic.values(), files[-1].name if files else title.link]
    accessible, note = _accessible(issue)
    return {
        "network_id": network.id, "kind": title.kind, "title": name,
        "abstract": title.lead, "abstract_html": title.lead_html,
        "excerpt": title.excerpt,
        "language": title.language, "audience": title.audience, "sharing": title.sharing, "series": title.series,
        "link_url": title.link, "alt_text": title.alt_text, "accessible": accessible, "accessible_note": note,
        "valid_from": clock.local(first).date() if issue.is_out else None, "review_due": _review_due(issue, rng),
        "captions_by": clock.local(first).date() + CAPTIONS_WITHIN if issue.needs_captions else None,
        "owner_id": editors[network.id], "state": issue.state, "version": max(1, len(dates)),
        "created_at": first - timedelta(days=4), "published_at": first if issue.is_out else None, "updated_at": issue.at, "year": issue.year,
        "piloted_at": first if title.state in (MaterialState.IN_PILOT, MaterialState.REVISED) else None,
        "download_count": rng.randint(4, 180) if issue.is_out else 0, "stock": title.stock if issue.number == 0 else None,
        "search_text": fold(" ".join(words)),
        "title_key_fi": sort_key(name.choose("fi")[0]), "title_key_sv": sort_key(name.choose("sv")[0]),
    }  # fmt: skip


def _review_due(issue: Issue, rng: random.Random) -> date | None:
    """Some day ahead; minutes, recordings and what comes each month are not looked at again."""
    if not issue.is_out or issue.title.kind == MaterialKind.MINUTES or issue.title.is_media or issue.title.rhythm == Rhythm.MONTHLY:
        return None
    return clock.today() + timedelta(days=rng.randint(5, 700))


def _accessible(issue: Issue) -> tuple[Accessible, LocalText]:
    title = issue.title
    if title.make == "plain":
        return Accessible.NO, NO_TAGS
    if title.make == "pptx":
        return Accessible.PARTLY, ONLY_PARTLY
    if title.make == "jpg" or not title.careful:
        return Accessible.NO, LocalText()
    if title.make in ("link", "mp3", "xlsx"):
        return Accessible.UNKNOWN, LocalText()
    return Accessible.YES, LocalText()


def _version(material_id: int, owner_id: int, number: int, at: datetime, file: Made, rng: random.Random) -> dict[str, Any]:
    return {
        "material_id": material_id, "number": number, "file_name": file.name, "size": file.size, "mime": file.mime, "sha256": file.sha256,
        "note": "" if number == 1 else rng.choice(NOTES), "uploaded_by_id": owner_id, "at": at,
    }  # fmt: skip


def _mark_replaced(issues: list[Issue], ids: dict[tuple[int, int], int]) -> None:
    """An edition replaces the one before; what comes each month or year stands beside its predecessors."""
    for issue in issues:
        older = ids.get((issue.place, issue.number + 1))
        if older and issue.title.rhythm == Rhythm.ONCE and issue.number + 1 < issue.title.issues:
            db.session.execute(update(Material).where(Material.id == ids[issue.place, issue.number]).values(replaces_id=older))


def _mark_overdue(issues: list[Issue], ids: dict[tuple[int, int], int]) -> None:
    """Five should have been looked at (domain.md §5.2), whatever the cast brings."""
    late = select(func.count()).where(Material.state == MaterialState.PUBLISHED, Material.review_due < clock.today())
    left = OVERDUE - (db.session.scalar(late) or 0)
    overdue = [issue for issue in issues if issue.title.overdue and issue.number == 0]
    for number, issue in enumerate(overdue[: max(left, 0)]):
        day = clock.today() - timedelta(days=(4, 19, 46, 75, 130)[number])
        db.session.execute(update(Material).where(Material.id == ids[issue.place, 0]).values(review_due=day))

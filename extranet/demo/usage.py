"""What readers did with the library: downloads of this version or an earlier one, and favourites."""

import random
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select

from extranet.core import clock
from extranet.core.db import db
from extranet.demo.cast import Cast
from extranet.demo.profiles import Profile
from extranet.materials.favourite_models import Favourite
from extranet.materials.models import Download, Material, MaterialState, MaterialVersion
from extranet.networks.models import Membership, MembershipState
from extranet.organisations.models import Appointment, AppointmentState

# Of so many materials it is known who took them; the others only have a count.
KNOWN, READERS = 140, 40
# How many materials a person took before they were replaced, and has not taken since.
OLD_COPIES = {"member": 4, "contact": 4, "medlem": 2}
FAVOURITES = {"member": 6, "contact": 7, "medlem": 4, "moderator": 3, "deputy": 2, "staff": 2, "expert": 2}


def fill(cast: Cast, rng: random.Random, size: Profile) -> None:
    """Downloads by the people who reach each material, and a few favourites of the named ones."""
    readers = _readers()
    materials = list(
        db.session.scalars(
            select(Material)
            .where(Material.state == MaterialState.PUBLISHED, Material.id.in_(list(cast.library)[:KNOWN]))
            .order_by(Material.id)
        )
    )
    versions = _versions([material.id for material in materials])
    old = _old_copies(cast, materials, versions, readers)
    rows = list(old.values())
    for material in materials:
        if material.id in versions:
            people = [user_id for user_id in readers[material.network_id] if (user_id, material.id) not in old]
            rows += _downloads(material, versions[material.id], people, rng)
    db.session.execute(insert(Download), rows)
    for name, many in FAVOURITES.items():
        reached = [material for material in materials if cast.people[name].id in readers[material.network_id]]
        for material in rng.sample(reached, min(many, len(reached))):
            at = clock.days_ago(rng.randint(1, 200))
            db.session.add(Favourite(user_id=cast.people[name].id, material_id=material.id, at=max(at, material.created_at)))


def _readers() -> dict[int, list[int]]:
    """Who reaches a network's materials: its members, and every contact person."""
    found: dict[int, list[int]] = defaultdict(list)
    active = select(Membership.network_id, Membership.user_id).where(Membership.state == MembershipState.ACTIVE)
    for network_id, user_id in db.session.execute(active.order_by(Membership.id)):
        found[network_id].append(user_id)
    contacts = list(
        db.session.scalars(select(Appointment.user_id).where(Appointment.state == AppointmentState.CONFIRMED).order_by(Appointment.id))
    )
    return {network_id: list(dict.fromkeys([*members, *contacts])) for network_id, members in found.items()}


def _versions(ids: Sequence[int]) -> dict[int, list[tuple[int, datetime]]]:
    """The versions of each material, and when they came."""
    found: dict[int, list[tuple[int, datetime]]] = defaultdict(list)
    wanted = select(MaterialVersion.material_id, MaterialVersion.id, MaterialVersion.at).where(MaterialVersion.material_id.in_(ids))
    for material_id, version_id, at in db.session.execute(wanted.order_by(MaterialVersion.number)):
        found[material_id].append((version_id, at))
    return found


def _downloads(material: Material, versions: list[tuple[int, datetime]], readers: list[int], rng: random.Random) -> list[dict[str, Any]]:
    """As many people as took it, or as are known; each at some moment after it came, the version of that moment."""
    rows = []
    began = max(material.published_at or versions[0][1], clock.days_ago(700))
    for user_id in rng.sample(readers, min(len(readers), material.download_count, rng.randint(3, READERS))):
        # Most come in the first weeks.
        at = began + (clock.now() - began) * rng.random() ** 2
        current = [version_id for version_id, came in versions if came <= at]
        rows.append(
            {
                "material_version_id": (current or [versions[0][0]])[-1],
                "user_id": user_id,
                "at": at.replace(microsecond=0) + timedelta(seconds=1),
            }
        )
    return rows


def _old_copies(
    cast: Cast, materials: list[Material], versions: dict[int, list[tuple[int, datetime]]], readers: dict[int, list[int]]
) -> dict[tuple[int, int], dict[str, Any]]:
    """Who took which material before it was replaced, and not again."""
    found = {}
    for name, many in OLD_COPIES.items():
        user_id = cast.people[name].id
        replaced = [m.id for m in materials if len(versions.get(m.id, ())) > 1 and user_id in readers[m.network_id]]
        for material_id in replaced[:many]:
            version_id, came = versions[material_id][-2]
            found[user_id, material_id] = {"material_version_id": version_id, "user_id": user_id, "at": came + timedelta(days=3)}
    return found

"""Whether materials were useful, and what people wrote to their owners about them."""

import random
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from extranet.core import clock
from extranet.core.db import db
from extranet.demo.cast import Cast
from extranet.demo.profiles import Profile
from extranet.materials.feedback_models import Feedback
from extranet.materials.models import Download, Material, MaterialState, MaterialVersion

RATED = 70  # materials
GOOD = (
    "Juuri tällaista kaivattiin. Otimme käyttöön heti.", "Selkeä ja riittävän lyhyt.", "Tack, mallen fungerade direkt hos oss.",
    "Esihenkilöt kiittivät. Kuvan voi näyttää sellaisenaan.", "Hyvä runko, jota on helppo muokata.",
)  # fmt: skip
BAD = (
    "Taulukko ei avaudu puhelimella.", "Esimerkki on isosta kaupungista, pieneen kuntaan tarvittaisiin oma.", "Saknar den svenska delen.",
    "Sivun 2 määräaika näyttää vanhalta. Voisiko sen tarkistaa?", "Linkki lomakkeeseen ei toimi.",
)  # fmt: skip


def fill(cast: Cast, rng: random.Random, size: Profile) -> None:
    """Answers from some of those who downloaded; every fourth says why, and the owner has read most of that."""
    takers = (
        select(MaterialVersion.material_id, Material.owner_id, Download.user_id)
        .join(Download, Download.material_version_id == MaterialVersion.id)
        .join(Material, Material.id == MaterialVersion.material_id)
        .where(Material.state == MaterialState.PUBLISHED, Material.id.in_(list(cast.library)[:RATED]), Download.user_id.is_not(None))
        .distinct()
        .order_by(MaterialVersion.material_id, Download.user_id)
    )
    found: dict[tuple[int, int], list[Any]] = {}
    for material_id, owner_id, user_id in db.session.execute(takers):
        found.setdefault((material_id, owner_id), []).append(user_id)
    for (material_id, owner_id), people in found.items():
        _rate(material_id, owner_id, rng.sample(people, rng.randint(0, len(people) // 2)), rng)


def _rate(material_id: int, owner_id: int, people: list[int], rng: random.Random) -> None:
    liked = rng.choice((0.95, 0.9, 0.8, 0.55))
    rows = []
    for user_id in people:
        is_useful = rng.random() < liked
        row = Feedback(material_id=material_id, user_id=user_id, is_useful=is_useful, at=clock.days_ago(rng.randint(1, 150)))
        if rng.random() < 0.25:
            row.comment = rng.choice(GOOD if is_useful else BAD)
            if rng.random() < 0.7:
                row.handled_at, row.handled_by_id = min(row.at + timedelta(days=2), clock.now()), owner_id
        rows.append(row)
    db.session.add_all(rows)
    useful = sum(row.is_useful for row in rows)
    counts = {"useful_count": useful, "not_useful_count": len(rows) - useful}
    db.session.execute(update(Material).where(Material.id == material_id).values(counts))

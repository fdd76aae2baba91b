"""Captions for the recordings, all but four: three have some days left, and for one the time has passed."""

import io
import random

from sqlalchemy import select

from extranet.core import clock
from extranet.core.db import db
from extranet.core.text import LocalText
from extranet.demo.cast import Cast
from extranet.demo.files.vtt import make_vtt
from extranet.demo.making import SECONDS, spoken, write
from extranet.demo.profiles import Profile
from extranet.materials.caption_models import Caption
from extranet.materials.life import lacks_captions
from extranet.materials.models import Accessible, Material, MaterialKind
from extranet.storage import store

IN_TIME, LATE = 3, 1
COMING = LocalText(fi="Tekstitys tulee kahden viikon kuluessa.", sv="Textningen kommer inom två veckor.")


def fill(cast: Cast, rng: random.Random, size: Profile) -> None:
    """Give captions to those recordings that have had time to get them."""
    ids = [i for i, issue in cast.library.items() if issue.title.is_media and not issue.is_extra]
    wanted = select(Material).where(Material.id.in_(ids), Material.published_at.is_not(None))
    filled = list(db.session.scalars(wanted.order_by(Material.published_at.desc())))
    bare = _without(filled)
    for material in filled:
        if material.id not in bare:
            _caption(cast, material)
        elif material.kind == MaterialKind.RECORDING:
            material.accessible, material.accessible_note = Accessible.NO, COMING


def _without(recordings: list[Material]) -> set[int]:
    """The newest ones, as far as the cast has not brought some without captions itself."""
    today = clock.today()
    others = db.session.scalars(select(Material).where(lacks_captions(), Material.id.not_in([material.id for material in recordings])))
    late_already = [material.captions_by is not None and material.captions_by < today for material in others]
    due = [(material.id, material.captions_by) for material in recordings if material.captions_by is not None]
    in_time = [i for i, day in due if day >= today][: max(IN_TIME - late_already.count(False), 0)]
    late = [i for i, day in due if day < today][: max(LATE - late_already.count(True), 0)]
    return {*in_time, *late}


def _caption(cast: Cast, material: Material) -> None:
    paper = write(cast.library[material.id], 1)
    lines = spoken(paper)
    stored = store.put(io.BytesIO(make_vtt(lines, SECONDS)))
    db.session.add(
        Caption(
            material_id=material.id, language=paper.language, version=material.version, sha256=stored.sha256, size=stored.size,
            text="\n\n".join(lines), uploaded_by_id=material.owner_id, at=material.updated_at,
        )
    )  # fmt: skip

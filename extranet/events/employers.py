"""One employer through its mergers: a sign-up keeps the organisation of its day, its people move on with the work (I-17)."""

from sqlalchemy import select

from extranet.core.db import db
from extranet.organisations.models import Organisation


def same_employer(organisation_id: int) -> frozenset[int]:
    """The ids that are the same employer today: what the organisation was merged into, and everything that was merged into that."""
    last, seen = organisation_id, {organisation_id}
    while (following := db.session.scalar(select(Organisation.successor_id).where(Organisation.id == last))) and following not in seen:
        last = following
        seen.add(last)
    found, newer = {last}, [last]
    while newer:
        newer = [i for i in db.session.scalars(select(Organisation.id).where(Organisation.successor_id.in_(newer))) if i not in found]
        found |= set(newer)
    return frozenset(found | {organisation_id})

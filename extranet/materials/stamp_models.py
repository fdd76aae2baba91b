"""Counts the transactions that change materials. What a process keeps of them in memory is then never older than the database."""

from typing import Any

from sqlalchemy import event, insert, update
from sqlalchemy.orm import Mapped, ORMExecuteState, Session, mapped_column, object_session

from extranet.core.db import Model
from extranet.materials.models import Material

# Given with an UPDATE of materials that only counts something: downloads do not make anybody read all anew.
ONLY_COUNTS = {"only_counts": True}
_CHANGED, _ALL = "changed_materials", -1


class MaterialStamp(Model):
    """The only row: how many transactions have changed materials, and which was the last that changed them wholesale.

    A transaction gets its number while it commits and holds the row until it has: who reads a number sees all that came before it.
    """

    __tablename__ = "material_stamp"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(default=1)
    whole: Mapped[int] = mapped_column(default=1)


_STAMP: Any = MaterialStamp.__table__
_MATERIAL: Any = Material.__table__


@event.listens_for(Material, "after_insert")
@event.listens_for(Material, "after_update")
def _note_one(_mapper: Any, _connection: Any, material: Material) -> None:
    session = object_session(material)
    if session is not None:
        _note(session, material.id)


@event.listens_for(Session, "do_orm_execute")
def _note_many(state: ORMExecuteState) -> None:
    if state.is_select or not (state.is_insert or state.is_update or state.is_delete):
        return
    if state.bind_mapper is Material.__mapper__ and not state.execution_options.get("only_counts"):
        _note(state.session, _ALL)


@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop(_CHANGED, None)


@event.listens_for(Session, "before_commit")
def _stamp(session: Session) -> None:
    """The last statements of a transaction, so that it keeps others waiting only while it commits."""
    session.flush()
    changed = session.info.pop(_CHANGED, None)
    if not changed:
        return
    number = session.scalar(update(_STAMP).values(number=_STAMP.c.number + 1).returning(_STAMP.c.number))
    if number is None:
        session.execute(insert(_STAMP).values(id=1))
    elif _ALL in changed:
        session.execute(update(_STAMP).values(whole=number))
    else:
        session.execute(update(_MATERIAL).where(_MATERIAL.c.id.in_(changed)).values(stamp=number))


def _note(session: Session, material_id: int) -> None:
    session.info.setdefault(_CHANGED, set()).add(material_id)

"""`@action`: the only door through which anything changes; and what must be remembered apart from it."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from extranet.audit.models import AuditEvent
from extranet.core.db import after_transaction, db
from extranet.core.errors import NotAllowed
from extranet.core.viewer import Viewer

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")


def action(
    may: Callable[[Viewer, Any], bool], *remember: str
) -> Callable[[Callable[Concatenate[Viewer, T, P], R]], Callable[Concatenate[Viewer, T, P], R]]:
    """Refuse viewers for whom `may(viewer, thing)` is false (NotAllowed); write the audit event `<package>.<verb>`.

    The event is about what the action returns, or about `thing` where that is no row. A `reason` argument is kept with it, and so
    are the arguments that `remember` names: a role, a language; never personal data or what people wrote.
    """

    def decorate(do: Callable[Concatenate[Viewer, T, P], R]) -> Callable[Concatenate[Viewer, T, P], R]:
        name = f"{do.__module__.split('.')[1]}.{do.__name__}"

        @wraps(do)
        def wrapper(viewer: Viewer, thing: T, /, *args: P.args, **kwargs: P.kwargs) -> R:
            if not may(viewer, thing):
                raise NotAllowed(name)
            result = do(viewer, thing, *args, **kwargs)
            db.session.flush()
            subject = result if hasattr(result, "__tablename__") else thing
            reason = kwargs.get("reason")
            detail = {key: str(kwargs[key]) for key in remember if kwargs.get(key) is not None}
            db.session.add(event(viewer, name, subject, reason=str(reason) if reason else None, **detail))
            return result

        wrapper.may = may  # type: ignore[attr-defined]
        return wrapper

    return decorate


def event(viewer: Viewer, name: str, subject: Any = None, reason: str | None = None, **detail: Any) -> AuditEvent:
    """An audit event that is not in the session yet. `subject` is a row, or nothing."""
    is_row = hasattr(subject, "__tablename__")
    table = subject.__tablename__ if is_row else None
    network_id = subject.id if table == "network" else getattr(subject, "network_id", None)
    organisation_id = subject.id if table == "organisation" else getattr(subject, "organisation_id", None)
    return AuditEvent(
        user_id=viewer.user_id,
        is_system=viewer.is_system,
        name=name,
        thing=table,
        thing_id=str(subject.id) if is_row and getattr(subject, "id", None) is not None else None,
        network_id=network_id,
        organisation_id=organisation_id,
        reason=reason[:1000] if reason else None,
        ip=viewer.ip,
        detail=detail,
    )


def record(viewer: Viewer, name: str, subject: Any = None, reason: str | None = None, **detail: Any) -> None:
    """Write a further event in the transaction of the current action."""
    db.session.add(event(viewer, name, subject, reason, **detail))


def record_apart(viewer: Viewer, name: str, subject: Any = None, reason: str | None = None, **detail: Any) -> None:
    """Remember what must outlive a rollback or happens on a GET: refused access, failed sign-ins, downloads."""
    prepared = event(viewer, name, subject, reason, **detail)
    after_transaction(lambda: db.session.add(prepared))

"""What the service's administrators decide: its name, its languages, its contact. Rows of the database."""

import time
from typing import Any

from sqlalchemy import JSON, String, select
from sqlalchemy.orm import Mapped, mapped_column

from extranet.core.db import Model, db

DEFAULTS: dict[str, Any] = {
    "service_name": {"fi": "Verkostoportaali", "sv": "Nätverksportalen", "en": "Network portal"},
    "service_owner": {"fi": "Palvelun omistaja", "sv": "Tjänstens ägare", "en": "Service owner"},
    "service_email": "palvelu@extranet.example",
    "languages": ["fi", "sv", "en"],
    "is_demo": False,
    "max_upload_mb": 500,
    "seller": {},  # who sends the invoices: name, business_id, iban, bic, einvoice_address, operator_code
    "demo_accounts": [],
}
_FRESH_SECONDS = 10.0
_cache: tuple[float, dict[str, Any]] | None = None


class Setting(Model):
    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)


def all_settings() -> dict[str, Any]:
    """Every setting with its default. Read again at most every ten seconds: a page needs the service's name, not a query."""
    global _cache
    if _cache is None or time.monotonic() - _cache[0] > _FRESH_SECONDS:
        rows = db.session.execute(select(Setting.name, Setting.value)).all()
        _cache = (time.monotonic(), {**DEFAULTS, **dict(tuple(row) for row in rows)})
    return _cache[1]


def get_setting(name: str) -> Any:
    """The value of one setting; KeyError for a name that nobody declared."""
    return all_settings()[name]


def put_setting(name: str, value: Any) -> None:
    """Change a setting as part of the current transaction."""
    if name not in DEFAULTS:
        raise KeyError(name)
    db.session.merge(Setting(name=name, value=value))
    forget_cached()


def forget_cached() -> None:
    """Read the settings anew at the next question."""
    global _cache
    _cache = None

"""A fresh installation: the service's name, languages and first administrator, or the demo data."""

import re
from collections.abc import Iterable

from sqlalchemy import select

from extranet.accounts.models import Grant, RoleGrant, User, UserState
from extranet.accounts.passwords import hash_password, why_weak
from extranet.audit.log import record
from extranet.core import clock, schema
from extranet.core.db import db
from extranet.core.i18n import LANGUAGES, in_language
from extranet.core.settings import get_setting, put_setting
from extranet.core.viewer import SYSTEM
from extranet.demo.accounts import ACCOUNTS

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


class CannotInstall(Exception):
    """The installation would overwrite something, or an answer is wrong. The message says what to do."""


def has_people() -> bool:
    """Whether anybody has an account. Leaves no transaction open: migrations run on a connection of their own."""
    found = db.session.scalar(select(User.id).limit(1)) is not None
    db.session.rollback()
    return found


def check_unused() -> None:
    """Refuse a database that is in use: nothing is ever overwritten."""
    if schema.fit() == schema.Fit.EMPTY:
        return
    schema.check()
    if has_people():
        raise CannotInstall("This database is in use, and nothing was changed. Name an empty one in DATABASE_URL or EXTRANET_DATA.")


def parse_languages(text: str) -> list[str]:
    """ "fi, sv" as a list, the main language first."""
    codes = [code.strip().lower() for code in text.split(",") if code.strip()]
    if not codes or len(set(codes)) < len(codes) or not set(codes) <= LANGUAGES.keys():
        raise CannotInstall(f"Languages are some of {', '.join(LANGUAGES)}, each once, for example fi,sv.")
    return codes


def parse_names(pairs: Iterable[str]) -> dict[str, str]:
    """ "fi=Verkostoportaali" as a language and a name."""
    names = dict(pair.partition("=")[::2] for pair in pairs)
    if not names.keys() <= LANGUAGES.keys() or not all(name.strip() for name in names.values()):
        raise CannotInstall("A name is given as language=name, for example --name fi=Verkostoportaali.")
    return {code: name.strip() for code, name in names.items()}


def install(languages: list[str], service_name: dict[str, str], password: str, *, email: str, first_name: str, last_name: str) -> User:
    """Make the tables, keep the answers, and create the first administrator."""
    _check_person(email, first_name, last_name, password, service_name)
    schema.upgrade()
    put_setting("languages", languages)
    put_setting("service_name", service_name)
    put_setting("service_email", email)
    user = User(
        email=email,
        first_name=first_name,
        last_name=last_name,
        language=languages[0],
        state=UserState.ACTIVE,
        password_hash=hash_password(password),
        email_verified_at=clock.now(),
    )
    db.session.add(user)
    db.session.flush()
    db.session.add(RoleGrant(user_id=user.id, role=Grant.ADMIN))
    record(SYSTEM, "accounts.install", user)
    return user


def _check_person(email: str, first_name: str, last_name: str, password: str, service_name: dict[str, str]) -> None:
    if not EMAIL.fullmatch(email.strip()):
        raise CannotInstall(f"{email} is no e-mail address.")
    if not first_name.strip() or not last_name.strip():
        raise CannotInstall("The administrator needs a first name and a last name.")
    with in_language("en"):
        if why := why_weak(password, [email, first_name, last_name, *service_name.values()]):
            raise CannotInstall(f"The password cannot be taken. {why}")


def fill_demo(profile: str, scale: int, materials: int | None = None) -> None:
    """Make the tables and fill them with invented people and what they wrote; with so many materials, for measurements."""
    from extranet.demo.build import fill

    schema.upgrade()
    fill(profile, scale, materials)


def demo_accounts() -> list[tuple[str, str]]:
    """The addresses of the demo accounts and what they are for; none where the demo data is not in."""
    if not get_setting("is_demo"):
        return []
    return [(f"{name}@extranet.example", purpose) for name, purpose in ACCOUNTS.items()]

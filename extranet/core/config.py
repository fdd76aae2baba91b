"""Settings from environment variables, checked when the server starts. The README's table lists them all."""

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

MIN_SECRET = 32
MOST_BYTES = 2_200_000_000  # of one request, a large file among them


class BadSetting(Exception):
    """A setting is missing or wrong. The message names the variable and says what to write."""


@dataclass(frozen=True)
class Config:
    """Everything that differs between installations and is not kept in the database."""

    data: Path
    database_url: str
    storage_url: str
    storage_send: str
    clamd_url: str
    mail_url: str
    mail_from: str
    inbox_address: str
    imap_url: str
    base_url: str
    secret_key: str
    old_secret_keys: tuple[str, ...]
    host: str
    port: int
    threads: int
    worker: str
    trusted_proxy: str
    log_level: str

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")


def load(environ: Mapping[str, str] | None = None) -> Config:
    """Read and check the environment; unset variables take the embedded defaults under `var/`.

    Raises BadSetting with a sentence for the person who starts the server.
    """
    env = os.environ if environ is None else environ
    data = Path(env.get("EXTRANET_DATA", "var")).resolve()
    port = _whole_number(env, "PORT", 8000, 1, 65535)
    host = env.get("HOST", "127.0.0.1")
    base_url = env.get("BASE_URL", f"http://{host}:{port}").rstrip("/")
    _check_url(base_url, "BASE_URL", ("http", "https"), "https://extranet.example.org")
    database_url = env.get("DATABASE_URL", f"sqlite:///{data / 'extranet.db'}")
    database_url = database_url.replace("postgres://", "postgresql://", 1)
    if not database_url.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
        raise BadSetting("DATABASE_URL must begin with sqlite:/// or postgresql://.")
    storage_url = env.get("STORAGE_URL", (data / "files").as_uri())
    _check_url(storage_url, "STORAGE_URL", ("file", "s3"), "s3://bucket/prefix")
    storage_send = _storage_send(env, storage_url)
    clamd_url = env.get("CLAMD_URL", "")
    if clamd_url:
        _check_url(clamd_url, "CLAMD_URL", ("tcp", "unix"), "tcp://127.0.0.1:3310")
    mail_url = env.get("MAIL_URL", (data / "mail").as_uri())
    _check_url(mail_url, "MAIL_URL", ("file", "smtp", "smtp+starttls", "smtps"), "smtps://user:password@mail.example.org:465")
    worker = env.get("EXTRANET_WORKER", "inside")
    if worker not in ("inside", "none"):
        raise BadSetting("EXTRANET_WORKER must be inside (the worker runs in the server) or none (run `extranet worker` beside it).")
    log_level = env.get("LOG_LEVEL", "INFO").upper()
    if log_level not in ("DEBUG", "INFO", "WARNING", "ERROR"):
        raise BadSetting("LOG_LEVEL must be DEBUG, INFO, WARNING or ERROR.")
    return Config(
        data=data,
        database_url=database_url,
        storage_url=storage_url,
        storage_send=storage_send,
        clamd_url=clamd_url,
        mail_url=mail_url,
        mail_from=env.get("MAIL_FROM", "extranet@extranet.example"),
        inbox_address=_inbox_address(env),
        imap_url=_imap_url(env),
        base_url=base_url,
        secret_key=_secret_key(env, data),
        old_secret_keys=tuple(env.get("SECRET_KEY_FALLBACKS", "").split()),
        host=host,
        port=port,
        threads=_whole_number(env, "EXTRANET_THREADS", 8, 1, 128),
        worker=worker,
        trusted_proxy=env.get("TRUSTED_PROXY", ""),
        log_level=log_level,
    )


def _inbox_address(env: Mapping[str, str]) -> str:
    address = env.get("INBOX_ADDRESS", "")
    if address and not re.fullmatch(r"[a-z0-9.\-]{1,20}@[A-Za-z0-9.\-]+", address):  # the mark behind it must fit into 64 characters
        raise BadSetting("INBOX_ADDRESS must be an address like reply@extranet.example.org, with at most 20 characters before the @.")
    return address


def _imap_url(env: Mapping[str, str]) -> str:
    url = env.get("IMAP_URL", "")
    if url:
        _check_url(url, "IMAP_URL", ("imap", "imap+starttls", "imaps"), "imaps://user:password@mail.example.org/INBOX")
        if not env.get("INBOX_ADDRESS"):
            raise BadSetting("IMAP_URL needs INBOX_ADDRESS, the address of that mailbox.")
    return url


def _storage_send(env: Mapping[str, str], storage_url: str) -> str:
    way = env.get("STORAGE_SEND", "stream")
    if way not in ("stream", "nginx", "redirect"):
        raise BadSetting("STORAGE_SEND must be stream (through the server), nginx (X-Accel-Redirect) or redirect (to the bucket).")
    wanted = {"nginx": "file://", "redirect": "s3://"}.get(way, "")
    if not storage_url.startswith(wanted):
        raise BadSetting(f"STORAGE_SEND={way} needs a STORAGE_URL that begins with {wanted}.")
    return way


def _whole_number(env: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    text = env.get(name, str(default))
    if not text.isdecimal() or not low <= int(text) <= high:
        raise BadSetting(f"{name} must be a whole number from {low} to {high}, not {text!r}.")
    return int(text)


def _check_url(url: str, name: str, schemes: tuple[str, ...], example: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in schemes or not (parts.netloc or parts.path.strip("/")):
        raise BadSetting(f"{name} must begin with {' or '.join(s + '://' for s in schemes)}, for example {example}.")


def _secret_key(env: Mapping[str, str], data: Path) -> str:
    """SECRET_KEY, or a random one that is made once and kept in the data folder."""
    if key := env.get("SECRET_KEY"):
        if len(key) < MIN_SECRET:
            raise BadSetting(f"SECRET_KEY must have at least {MIN_SECRET} characters; `openssl rand -hex 32` makes one.")
        return key
    file = data / "secret-key"
    if not file.exists():
        data.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "w") as out:
            out.write(secrets.token_hex(32))
    return file.read_text().strip()

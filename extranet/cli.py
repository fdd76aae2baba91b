"""The `extranet` command: install, serve, upgrade, work, import, demo. Imports what a command needs when it runs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any

import click

from extranet.core import config as settings

if TYPE_CHECKING:
    from flask import Flask

LANGUAGES = {"fi": "Finnish", "sv": "Swedish", "en": "English"}


class Commands(click.Group):
    """Turns what can go wrong for a person into one sentence, without a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except settings.BadSetting as error:
            raise click.ClickException(str(error)) from error
        except Exception as error:
            sentence = _explain(error)
            if sentence is None:
                raise
            raise click.ClickException(sentence) from error


def _explain(error: Exception) -> str | None:
    from sqlalchemy.exc import OperationalError

    from extranet.core.errors import Refused
    from extranet.core.schema import WrongSchema
    from extranet.install import CannotInstall
    from extranet.serve import CannotListen
    from extranet.storage.store import StoreDown

    if isinstance(error, CannotInstall | CannotListen | Refused | WrongSchema):
        return str(error)
    if isinstance(error, StoreDown):
        return f"The file store cannot be used; check STORAGE_URL. It said: {str(error).strip().splitlines()[0]}"
    if isinstance(error, OperationalError) and error.statement is None:
        return f"The database cannot be used; check DATABASE_URL. It said: {str(error.orig).strip().splitlines()[0]}"
    return None


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="extranet")
def main() -> None:
    """Runs an extranet for networks of public employers. Its settings are environment variables: see README.md."""


@contextmanager
def _application(config: settings.Config | None = None) -> Iterator[Flask]:
    """The app in its context; what the command did is committed at the end, or rolled back."""
    from extranet.app import create_app
    from extranet.core import logs
    from extranet.core.db import db

    config = config or settings.load()
    logs.start(config.log_level)
    if config.is_sqlite:
        config.data.mkdir(parents=True, exist_ok=True)
    app = create_app(config)
    with app.app_context():
        try:
            yield app
            db.session.commit()
        finally:
            db.session.remove()
            db.engine.dispose()


@main.command()
@click.option("--languages", help="Languages of the interface, the main one first, for example fi,sv,en.")
@click.option("--name", "names", multiple=True, metavar="LANGUAGE=NAME", help="The service's name, for example --name fi=Verkostoportaali.")
@click.option("--email", help="The first administrator's e-mail address.")
@click.option("--first-name", help="The first administrator's first name.")
@click.option("--last-name", help="The first administrator's last name.")
@click.option("--password-stdin", is_flag=True, help="Read the first administrator's password from standard input.")
def init(languages: str | None, names: tuple[str, ...], password_stdin: bool, **person: str | None) -> None:
    """Make the tables and the first administrator.

    Asks for what no option says; refuses a database in use.
    """
    with _application():
        from extranet import install

        install.check_unused()
        chosen = install.parse_languages(languages or click.prompt("Languages, the main one first", default="fi,sv,en"))
        given = install.parse_names(names)
        service_name = {code: given.get(code) or click.prompt(f"Name of the service in {LANGUAGES[code]}") for code in chosen}
        answers: dict[str, str] = {
            "email": person["email"] or click.prompt("First administrator's e-mail"),
            "first_name": person["first_name"] or click.prompt("First name"),
            "last_name": person["last_name"] or click.prompt("Last name"),
        }
        password = sys.stdin.readline().rstrip("\n") if password_stdin else _ask_password()
        install.install(chosen, service_name, password, **answers)
    click.echo("The extranet is ready. Start it with `extranet serve`.")


def _ask_password() -> str:
    return str(click.prompt("Password (at least 12 characters)", hide_input=True, confirmation_prompt="The same password again"))


@main.command()
def serve() -> None:
    """Answer requests at HOST and PORT.

    The worker runs inside, unless EXTRANET_WORKER=none.
    """
    from extranet.serve import check_port
    from extranet.serve import serve as serve_app

    config = settings.load()
    check_port(config)
    with _application(config) as app:
        from extranet.core.schema import check

        check()
    serve_app(app, config, f"Serving {config.base_url}")


@main.command()
def worker() -> None:
    """Do jobs and send letters, apart from the server.

    Any number may run, with PostgreSQL on several machines.
    """
    with _application() as app:
        from extranet.core.schema import check

        check()
    from extranet.jobs.worker import run_worker

    run_worker(app)


@main.command()
def upgrade() -> None:
    """Bring the database to this version.

    All or nothing; a copy of an SQLite file is kept beside it.
    """
    with _application():
        from extranet.core.schema import Fit, fit
        from extranet.core.schema import upgrade as upgrade_schema

        if fit() == Fit.CURRENT:
            click.echo("The database is up to date.")
            return
        if copy := upgrade_schema():
            click.echo(f"The database as it was is kept in {copy}")
        click.echo("The database was upgraded.")


@main.command(name="import")
@click.argument("kind", type=click.Choice(["organisations", "people"]))
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@click.option("--apply", is_flag=True, help="Write; without it the command only shows what would change.")
@click.option("--skip-refused", is_flag=True, help="With --apply: write the good rows although others are refused.")
@click.option("--invite", is_flag=True, help="With --apply: send new people their invitation.")
def import_(kind: str, file: str, apply: bool, skip_refused: bool, invite: bool) -> None:
    """Read organisations or people from a file.

    CSV or XLSX; README.md lists the columns.
    """
    with _application():
        from extranet.admin.imports import run_import
        from extranet.core.schema import check

        check()
        report = run_import(kind, file, apply=apply, skip_refused=skip_refused, invite=invite)
        click.echo(str(report))
    if apply and not report.written:
        sys.exit(1)


@main.group()
def mail() -> None:
    """Take letters in."""


@mail.command()
@click.argument("file", type=click.File("rb"), default="-")
def receive(file: IO[bytes]) -> None:
    """Take in one letter, as a mail server hands it over by a pipe.

    Ends with 0 whatever becomes of the letter, and with 75 if it must be brought again later.
    """
    raw = file.read()
    try:
        with _application():
            from extranet.core.schema import check
            from extranet.inbox.receiving import receive as take_in
            from extranet.jobs.queue import load_tasks

            check()
            load_tasks()
            verdict = take_in(raw)
    except Exception as error:
        # Mail servers bounce a letter at any other number, and a bounce answers people who wrote nothing.
        click.echo(f"The letter was not taken in, bring it again later: {_explain(error) or type(error).__name__}", err=True)
        sys.exit(75)
    click.echo(f"{verdict.outcome}: {verdict.why}" if verdict else "known: this letter had been taken in before")


@main.group()
def storage() -> None:
    """Look after the stored files."""


@storage.command()
def verify() -> None:
    """Check every file by its hash.

    Says which are missing or damaged, and ends with 1 if any is.
    """
    with _application():
        from extranet.core.schema import check
        from extranet.jobs.queue import load_tasks
        from extranet.storage.verify import verify as verify_files

        check()
        load_tasks()
        report = verify_files()
        for line in report.lines():
            click.echo(line)
    if not report.is_sound:
        sys.exit(1)


@main.command()
@click.option("--profile", type=click.Choice(["demo", "full"]), default="demo", show_default=True)
@click.option("--scale", type=click.IntRange(1, 1000), default=1, show_default=True, help="N times the threads, materials and people.")
def demo(profile: str, scale: int) -> None:
    """Fill an empty database with the demo data.

    Invented people, known passwords: for trying and measuring only.
    """
    with _application():
        from extranet import install

        install.check_unused()
        install.fill_demo(profile, scale)
    click.echo("The demo data is in.")


@main.command()
def run() -> None:
    """Try it: demo data on the first start, then serve."""
    from extranet.serve import check_port
    from extranet.serve import serve as serve_app

    config = settings.load()
    check_port(config)
    with _application(config) as app:
        from extranet import install
        from extranet.core.schema import upgrade as upgrade_schema

        upgrade_schema()
        if not install.has_people():
            click.echo("First start: filling the database with demo data …")
            install.fill_demo("demo", 1)
        accounts = install.demo_accounts()
    serve_app(app, config, _welcome(config, accounts))


def _welcome(config: settings.Config, accounts: list[tuple[str, str]]) -> str:
    lines = [f"\n  The extranet is at {config.base_url}\n"]
    if accounts:
        from extranet.demo.cast import PASSWORD

        lines.append(f"  Demo accounts, all with the password {PASSWORD}:")
        width = max(len(email) for email, _name in accounts)
        lines += [f"    {email:<{width}}  {name}" for email, name in accounts]
    return "\n".join([*lines, "\n  Stop with Ctrl+C.\n"])

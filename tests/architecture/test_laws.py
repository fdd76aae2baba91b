"""The laws of ARCHITECTURE.md, read from the code itself."""

import importlib
import inspect
import pkgutil
import re
from pathlib import Path
from types import FunctionType

import pytest

import extranet
from extranet.core.paths import ROOT, TEMPLATES

PACKAGE = Path(extranet.__file__).parent
PACKAGES = sorted(m.name for m in pkgutil.iter_modules([str(PACKAGE)]) if m.ispkg and m.name not in ("core", "demo"))
PYTHON = sorted(PACKAGE.rglob("*.py"))
TEMPLATE_FILES = sorted(TEMPLATES.rglob("*.html")) + sorted(TEMPLATES.rglob("*.txt"))
MAX_LINES = 350


def functions(package: str, kind: str) -> list[FunctionType]:
    if not (PACKAGE / package / f"{kind}.py").exists():
        return []
    module = importlib.import_module(f"extranet.{package}.{kind}")
    return [f for name, f in inspect.getmembers(module, inspect.isfunction) if f.__module__ == module.__name__ and not name.startswith("_")]


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("package", PACKAGES)
def test_policy_takes_the_viewer_first(package):
    for function in functions(package, "policy"):
        if function.__name__.startswith(("can_", "visible", "readable")):
            assert next(iter(inspect.signature(function).parameters), "").lstrip("_") == "viewer", function


@pytest.mark.parametrize("package", PACKAGES)
def test_everything_that_changes_something_is_an_action(package):
    for path in (PACKAGE / package).glob("*actions.py"):
        for function in functions(package, path.stem):
            if next(iter(inspect.signature(function).parameters), "") != "viewer":
                continue  # a step that several actions share, without a person
            assert hasattr(function, "may"), f"{function.__module__}.{function.__name__} changes things unchecked and unrecorded"


def access_rows():
    for path in sorted(
        p for p in (ROOT / "tests").glob("*/test_access*.py") if p.stem == "test_access" or p.stem.startswith("test_access_")
    ):
        module = importlib.import_module(f"tests.{path.parent.name}.{path.stem}")
        yield from module.ACCESS


def test_every_route_has_a_row_in_an_access_table(app):
    """A new route fails until somebody has said who may use it (T01)."""
    tabled = {(row.endpoint, row.method) for row in access_rows()}
    routes = {
        (rule.endpoint, method)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.endpoint != "static"
    }
    assert routes - tabled == set(), "routes without a row"
    assert tabled - routes == set(), "rows without a route"


def test_what_is_open_to_everybody(app):
    """The pages that ask for no sign-in, in full: adding to them is a decision."""
    public = {e for e, view in app.view_functions.items() if getattr(view, "is_public", False)}
    assert public == PUBLIC


PUBLIC = {
    # signing in, and what leads to it
    "accounts.accept_invitation", "accounts.ask_password_reset", "accounts.ask_sign_in_link", "accounts.letter_sent", "accounts.request_account",
    "accounts.request_sent", "accounts.reset_password", "accounts.sign_in", "accounts.sign_in_by_link", "accounts.sign_out",
    "accounts.choose_language", "jobs.healthz",
    # what public networks show to outsiders
    "home.front", "home.network", "networks.index", "networks.about", "pages.index", "pages.read",
    "events.index", "events.network_index", "events.event",
    "materials.index", "materials.material", "materials.file", "materials.version_file",
    "materials.page_picture", "materials.text", "materials.play", "materials.caption_file", "materials.transcript",
    # what a link opens that somebody was given
    "sharing.shared", "sharing.shared_file",
    "events.invitation", "events.guest", "events.accept_as_guest", "events.cancel_as_guest",
    # what the foot of a letter leads to: how much its reader hears of a discussion
    "discussions.letter",
    # events for calendar programs, which sign nobody in: one that the asker may see, a person's own by a secret address, a month
    "calendars.event_file", "calendars.feed", "calendars.month",
    # a guest's ticket, and whether a certificate is genuine
    "attendance.ticket", "attendance.ticket_code", "attendance.ticket_certificate", "attendance.guest_feedback", "attendance.answer_as_guest",
    "attendance.check_certificate",
    # a draft, for reviewers from outside
    "pilots.review_by_link", "pilots.file_by_link", "pilots.picture_by_link", "pilots.text_by_link",
}  # fmt: skip


def test_templates_and_static_mirror_the_packages():
    shared = {"errors", "core", "vendor"}
    for tree in (TEMPLATES, ROOT / "static"):
        folders = {p.name for p in tree.iterdir() if p.is_dir() and any(p.iterdir())}
        assert folders - shared <= set(PACKAGES), tree


def test_files_stay_small():
    long = {name_of(p): n for p in PYTHON if (n := len(p.read_text(encoding="utf-8").splitlines())) > MAX_LINES}
    assert long == {}


def test_templates_import_nothing_at_the_top():
    """A block rendered on its own does not see them. Macros come as the global `ui`."""
    found = [
        name_of(p)
        for p in TEMPLATE_FILES
        if p.name != "ui.html" and re.search(r"^{%-? *(from|import) ", p.read_text(encoding="utf-8"), re.M)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("pattern", "allowed"),
    [
        (r"\|\s*safe\b", ()),
        (r"\{[{%].*\bn?gettext\([^\"']|\{[{%].*\b_\([^\"']", ("templates/events/mail/own_place",)),  # Jinja takes the message for safe HTML
        (r"\bhx-on\b|\bjs:", ()),
        (r"\bMarkup\(f|text\(f\"|execute\(f\"(?!PRAGMA)", ()),
        (r"session\.commit\(\)", ("extranet/core/db.py", "extranet/jobs/", "extranet/mail/", "extranet/cli.py", "extranet/install.py", "extranet/admin/imports")),
        (r"datetime\.now\(|date\.today\(|utcnow\(|time\.time\(", ("extranet/core/clock.py",)),
        (r"\bTODO\b|\bFIXME\b|\bXXX\b|raise NotImplementedError", ()),
        (r"import htmx_flask|from htmx_flask", ("extranet/core/htmx.py",)),
    ],
)  # fmt: skip
def test_nobody_writes(pattern, allowed):
    found = [
        f"{name_of(path)}:{number}"
        for path in PYTHON + TEMPLATE_FILES
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(pattern, line) and not name_of(path).startswith(tuple(allowed) or ("-",))
    ]
    assert found == []

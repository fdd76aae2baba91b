"""What is shipped: light on the wire, unchanged from its makers, and written for htmx 4."""

import hashlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

from extranet.core.paths import STATIC, TEMPLATES
from tests.core.test_pages_headers import assets, fetch

ROOT = Path(__file__).parents[2]
BUDGET = 80_000


@pytest.mark.parametrize("who", ["visitor", "member", "admin"])
def test_a_first_page_load_weighs_at_most_80_kilobytes(browser, who):
    reader = browser(who)
    urls = {"/"} | assets(reader.get("/"))
    weights = {url: len(fetch(reader, url).data) for url in urls}
    assert any(url.endswith(".woff2") for url in weights) and any("icons.svg" in url for url in weights)
    assert sum(weights.values()) <= BUDGET, weights


def vendored() -> list[list[str]]:
    lines = (STATIC / "vendor" / "VENDOR.txt").read_text().splitlines()
    rows = [[cell.strip() for cell in line.split("|")] for line in lines if line.count("|") == 4]
    assert rows[0] == ["file", "package", "version", "licence", "sha256"]
    return rows[1:]


def test_vendored_files_are_what_their_makers_published():
    for name, package, version, licence, digest in vendored():
        file = ROOT / name if "/" in name else STATIC / "vendor" / name
        assert hashlib.sha256(file.read_bytes()).hexdigest() == digest, f"{name} is not {package} {version}"
        assert licence


def test_every_vendored_file_is_accounted_for():
    listed = {row[0] for row in vendored()} | {"VENDOR.txt", "LICENSES.txt"}
    assert {file.name for file in (STATIC / "vendor").iterdir()} == {name for name in listed if "/" not in name}


def test_every_icon_that_is_named_is_in_the_sprite():
    """A wrong name shows nothing and tells nobody."""
    sprite = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "vendor" / "icons.svg").read_text()))
    calls = re.compile(r'(?:_?icon|tile|empty)\("([a-z0-9-]+)"|icon="([a-z0-9-]+)"')
    named = {a or b: file.name for file in TEMPLATES.rglob("*.html") for a, b in calls.findall(file.read_text())}
    assert len(named) > 10
    assert set(named) <= sprite, {name: file for name, file in named.items() if name not in sprite}


def test_templates_are_written_for_htmx_4():
    checker = ROOT / "tests" / "tools" / "upgrade-check.py"
    done = subprocess.run([sys.executable, checker, str(TEMPLATES)], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout[-4000:]


@pytest.mark.parametrize(
    "banned", [r"hx-on", r"\|\s*safe\b", r"js:", r"\bstyle=", r"\son[a-z]+=\"", r"hx-trigger=\"[^\"]*\[", r"hx-boost", r"{%-?\s*import"]
)
def test_templates_keep_to_what_the_policy_allows(banned):
    guilty = [
        str(f.relative_to(TEMPLATES)) for f in TEMPLATES.rglob("*.html") if "mail" not in f.parts and re.search(banned, f.read_text())
    ]
    assert not guilty

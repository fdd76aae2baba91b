"""What is shipped: a wheel with everything in it, locks without the name of a registry, and a README that tells the truth."""

import ast
import re
import subprocess
import sys
import zipfile

import pytest

from extranet.core.paths import PACKAGE
from extranet.demo.accounts import ACCOUNTS

ROOT = PACKAGE.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def table(heading: str) -> dict[str, str]:
    """The rows of the table under a heading: first column (without its code marks) and second."""
    section = README.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    rows = [line.strip("| ").split(" | ") for line in section.splitlines() if line.startswith("| `")]
    return {row[0].strip("` "): row[1].strip() for row in rows}


def test_the_wheel_holds_templates_static_files_migrations_and_translations(tmp_path):
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {
        "extranet/_bundle/templates/base.html",
        "extranet/_bundle/static/core/app.js",
        "extranet/_bundle/migrations/env.py",
        "extranet/_bundle/migrations/versions/0001_initial.py",
        "extranet/translations/fi/LC_MESSAGES/messages.po",
        "extranet/demo/data/organisations.csv",
    } <= names
    assert not [name for name in names if name.startswith("tests/") or "__pycache__" in name]


@pytest.mark.parametrize("path", ["requirements.lock", "requirements-dev.lock", "pyproject.toml", "Makefile", ".ci/run"])
def test_no_registry_is_named(path):
    text = (ROOT / path).read_text(encoding="utf-8")
    assert "://" not in text
    assert "index-url" not in text


def test_every_locked_version_has_its_hash():
    for name in ("requirements.lock", "requirements-dev.lock"):
        blocks = re.split(r"\n(?=\S)", (ROOT / name).read_text(encoding="utf-8").strip())
        assert len(blocks) > 20
        assert [block for block in blocks if "--hash=sha256:" not in block or "==" not in block.splitlines()[0]] == []


def test_the_readme_lists_every_setting():
    source = (PACKAGE / "core" / "config.py").read_text(encoding="utf-8")
    used = set(re.findall(r'env(?:\.get\(|, )"([A-Z_]+)"', source))
    assert len(used) > 10
    assert set(table("Settings")) == used


def test_the_readme_maps_the_packages_in_their_own_words():
    said = {}
    for file in PACKAGE.glob("*/__init__.py"):
        docstring = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8")))
        assert docstring, f"{file} does not say what the package is for"
        said[file.parent.name] = re.match(r".*?[.?!](?=\s|$)", docstring.replace("\n", " ")).group()
    assert table("The packages") == said


def test_the_readme_lists_the_demo_accounts():
    assert table("The demo accounts") == {f"{name}@extranet.example": purpose for name, purpose in ACCOUNTS.items()}


def test_every_file_that_the_readme_points_to_is_there():
    targets = [target for target in re.findall(r"\]\(([^)]+)\)", README) if "://" not in target]
    assert len(targets) > 5
    assert [target for target in targets if not (ROOT / target).exists()] == []

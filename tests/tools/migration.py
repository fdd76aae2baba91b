"""Writes the migration that is missing between migrations/ and the models: `make migration m="What it does"`.

A scratch database is brought to the newest revision and compared with the models; nobody's data is touched.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from flask_migrate import revision, upgrade

from extranet.app import create_app
from extranet.core.config import load
from extranet.core.paths import MIGRATIONS


def write(message: str) -> None:
    """Add the next numbered revision."""
    versions = MIGRATIONS / "versions"
    number = len(list(versions.glob("[0-9]*.py"))) + 1
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(load({"EXTRANET_DATA": folder}))
        with app.app_context():
            upgrade()
            revision(message=message, autogenerate=True, rev_id=f"{number:04}")
    new = next(versions.glob(f"{number:04}_*.py"))
    for command in (["check", "--fix", "--quiet"], ["format", "--quiet"]):
        subprocess.run([Path(sys.executable).with_name("ruff"), *command, new], check=True)  # noqa: S603
    print(new)


if __name__ == "__main__":
    if len(sys.argv) != 2 or not sys.argv[1].strip():
        sys.exit('Say what the migration does: make migration m="Add x to y"')
    write(sys.argv[1].strip())

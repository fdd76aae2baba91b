"""Build static/vendor/icons.svg from an unpacked lucide-static package.

python -m tests.tools.icons FOLDER [NAME …]   keeps the icons that are there and adds the named ones.
Then write the new sha256 into static/vendor/VENDOR.txt.
"""

import re
import sys
from pathlib import Path

SPRITE = Path("static/vendor/icons.svg")


def present() -> set[str]:
    return set(re.findall(r'<symbol id="([^"]+)"', SPRITE.read_text())) if SPRITE.exists() else set()


def symbol(name: str, folder: Path) -> str:
    svg = (folder / "icons" / f"{name}.svg").read_text()
    shapes = re.sub(r"\s*\n\s*", "", svg.partition("<svg")[2].partition(">")[2].removesuffix("\n").removesuffix("</svg>"))
    return f'<symbol id="{name}" viewBox="0 0 24 24">{shapes.replace(" />", "/>")}</symbol>'


def main(folder: str, *names: str) -> None:
    symbols = "\n".join(symbol(name, Path(folder)) for name in sorted(present() | set(names)))
    SPRITE.write_text(f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}\n</svg>\n')


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Reads every file that rows name, and says which are missing and which are not what their hash says."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from extranet.core.db import let_go
from extranet.storage import store
from extranet.storage.sweep import keepers


@dataclass
class Report:
    """What was found. The lists hold a hash and the packages whose rows name it."""

    files: int = 0
    size: int = 0
    missing: list[tuple[str, str]] = field(default_factory=list)
    damaged: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        return not self.missing and not self.damaged

    def lines(self) -> Iterator[str]:
        """For the person at the terminal."""
        for kind, found in (("missing", self.missing), ("damaged", self.damaged)):
            yield from (f"{kind}\t{sha256}\t{packages}" for sha256, packages in found)
        yield f"{self.files} files, {self.size / 1e6:.1f} MB: {len(self.missing)} missing, {len(self.damaged)} damaged."


def verify() -> Report:
    """Check every stored file by its hash, one after another and piece by piece. Raises StoreDown where the store does not answer."""
    named: dict[str, set[str]] = {}
    for keeper in keepers():
        for sha256 in keeper.everything():
            named.setdefault(sha256, set()).add(keeper.package)
    let_go()  # what follows may take hours
    report = Report()
    for sha256 in sorted(named):
        packages = ", ".join(sorted(named[sha256]))
        report.files += 1
        if not store.exists(sha256):
            report.missing.append((sha256, packages))
            continue
        size = _read(sha256)
        report.size += size or 0
        if size is None:
            report.damaged.append((sha256, packages))
    return report


def _read(sha256: str) -> int | None:
    """The length of a file that can be read and is what its name says."""
    digest, size = hashlib.sha256(), 0
    try:
        for chunk in store.open_range(sha256):
            digest.update(chunk)
            size += len(chunk)
    except store.StoreDown:
        return None
    return size if digest.hexdigest() == sha256 else None

"""What an import would do, or did: a verdict for each row, with its line and the reasons."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from extranet.core.i18n import gettext as _
from extranet.core.i18n import in_language
from extranet.core.i18n import lazy_gettext as _l


class Verdict(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


WORDS = {
    Verdict.NEW: _l("new"),
    Verdict.CHANGED: _l("changed"),
    Verdict.UNCHANGED: _l("unchanged"),
    Verdict.REFUSED: _l("refused"),
}


class Reason:
    """A sentence that is translated when somebody reads it."""

    def __init__(self, text: str, /, **params: Any) -> None:
        self.text, self.params = text, params

    def __str__(self) -> str:
        return str(_(self.text, **self.params))


@dataclass(frozen=True)
class Finding:
    """One row. `key` names it as the file does; `changes` are columns; `notes` do not stop it."""

    line: int
    verdict: Verdict
    key: str
    reasons: Sequence[Reason] = ()
    changes: Sequence[str] = ()
    notes: Sequence[Reason] = ()


@dataclass
class Report:
    """The whole file. `written`: it has been applied."""

    findings: Sequence[Finding] = ()
    unknown: Sequence[str] = ()
    asked_to_write: bool = False
    written: bool = False
    counts: Counter[Verdict] = field(init=False)

    def __post_init__(self) -> None:
        self.counts = Counter(finding.verdict for finding in self.findings)

    @property
    def refused(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.verdict == Verdict.REFUSED]

    @property
    def is_clean(self) -> bool:
        return not self.counts[Verdict.REFUSED]

    @property
    def has_effect(self) -> bool:
        return bool(self.counts[Verdict.NEW] or self.counts[Verdict.CHANGED])

    def lines(self, language: str = "en") -> Iterator[str]:
        """The report for a terminal."""
        with in_language(language):
            if self.unknown:
                yield _("Columns that nobody knows, left alone: %(columns)s.", columns=", ".join(self.unknown))
            for finding in self.findings:
                if finding.verdict != Verdict.UNCHANGED:
                    yield _line_of(finding)
            yield ", ".join(f"{self.counts[verdict]} {WORDS[verdict]}" for verdict in Verdict) + "."
            yield self._end()

    def _end(self) -> str:
        if self.written:
            return str(_("Written."))
        if self.asked_to_write:
            return str(_("Nothing was written, because rows are refused. Correct them, or leave them out with --skip-refused."))
        return str(_("This was a dry run: nothing was written. Write with --apply."))

    def __str__(self) -> str:
        return "\n".join(self.lines())


def _line_of(finding: Finding) -> str:
    said = [str(reason) for reason in (*finding.reasons, *finding.notes)]
    changes = f" ({', '.join(finding.changes)})" if finding.verdict == Verdict.CHANGED else ""
    head = _("Line %(number)s, %(key)s: %(verdict)s", number=finding.line, key=finding.key or "–", verdict=WORDS[finding.verdict])
    return f"{head}{changes}. {' '.join(said)}".rstrip()

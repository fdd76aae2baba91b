"""Calendar files out of letters and answers, read by icalendar and once more by hand."""

from collections.abc import Callable
from typing import Any

import icalendar
import pytest

from extranet.mail.message import unpack
from extranet.mail.models import Letter
from tests.events.conftest import crowd, plan, signup_of, work  # noqa: F401  fixtures


def entries(calendar: str | bytes) -> list[Any]:
    """The events of a calendar file."""
    return list(icalendar.Calendar.from_ical(calendar).walk("VEVENT"))


@pytest.fixture
def files(work: Callable[[], None], rows: Callable[..., list[Any]]) -> Callable[[str], list[tuple[str, Any]]]:  # noqa: F811
    """Do the jobs that wait; then the method and the event of each calendar file that somebody got by letter, in order."""

    def read(name: str) -> list[tuple[str, Any]]:
        work()
        found = []
        for letter in rows(Letter, Letter.to.startswith(f"{name}@")):
            for attachment in unpack(letter.attachments):
                calendar = icalendar.Calendar.from_ical(attachment.content)
                assert str(calendar["METHOD"]) == attachment.params["method"]
                found.append((str(calendar["METHOD"]), entries(attachment.content)[0]))
        return found

    return read

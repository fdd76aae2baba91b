"""Letters as the worker would write them, and browsers at other addresses."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from extranet.core import clock
from extranet.core.db import db
from extranet.jobs.models import Job
from extranet.jobs.queue import load_tasks, tasks
from extranet.mail.models import Letter
from tests.page import Browser, Page

PASSWORD = "extranet-demo"
GOOD = "tuuli vie kolme hattua"


@pytest.fixture
def letters(app, rows) -> Callable[[], list[Letter]]:
    """Do the waiting jobs of this package, then read the outbox."""

    def work() -> list[Letter]:
        load_tasks()
        with app.app_context():
            for job in db.session.scalars(select(Job).where(Job.name.startswith("accounts."), Job.done_at.is_(None))):
                tasks[job.name].run(**job.kwargs)
                job.done_at = clock.now()
            db.session.commit()
        return rows(Letter)

    return work


def link_in(letter: Letter) -> str:
    """The path of the one-time link of a letter; the same in its text and its HTML."""
    found = re.findall(r"http://localhost(/\S+/[\w-]{43})", letter.text)
    assert len(found) == 1
    assert f'href="http://localhost{found[0]}"' in letter.html
    return found[0]


def sign_in(browser: Browser, name: str, password: str = PASSWORD, follow: bool = False, **more: Any) -> Page:
    return browser.post("/sign-in", email=f"{name}@extranet.example", password=password, follow=follow, **more)


def guess(browser: Browser, name: str, password: str = "guess") -> int:
    """The status of one try; the page is not looked at, which is the slow part of a hundred tries."""
    return browser.client.post("/sign-in", data={"email": f"{name}@extranet.example", "password": password}).status_code


def at(browser: Browser, ip: str) -> Browser:
    """The same browser at another address."""
    browser.client.environ_base["REMOTE_ADDR"] = ip
    return browser

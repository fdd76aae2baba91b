"""Letters as the worker would write them, the links in them, and a draft of a member's own."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from extranet.core.db import db
from extranet.core.viewer import SYSTEM
from extranet.mail.models import Letter
from extranet.pilots.letters import ask
from extranet.pilots.models import PilotReview
from extranet.pilots.queries import find_review
from tests.page import Browser, Page

GUEST = {"guest_name": "Paula Kivikangas", "guest_email": "paula@lempo.example", "guest_language": "sv"}


def link_in(letter: Letter) -> str:
    """The address in a letter, without its host."""
    found = re.search(r"/pilots/review/\S+", letter.text)
    assert found is not None, letter.text
    return found.group(0)


@pytest.fixture
def letters(rows) -> Callable[[], list[Letter]]:
    return lambda: rows(Letter, Letter.template.startswith("pilots/"))


@pytest.fixture
def draft(cast) -> int:
    """A draft that a member has suggested to the HR network."""
    return int(cast["hr_draft_material"])


@pytest.fixture
def pilot(cast) -> str:
    return f"/pilots/{cast['hr_pilot']}/"


@pytest.fixture
def link(app, cast, letters) -> str:
    """The link of the supervisor from outside."""
    with app.app_context():
        review = find_review(cast["hr_pilot_guest"])
        assert review is not None
        ask(SYSTEM, [review])
        db.session.commit()
    return link_in(letters()[-1])


@pytest.fixture
def reviews(rows, cast) -> Callable[[], dict[Any, PilotReview]]:
    """The reviews of the cast's pilot by person or address."""
    return lambda: {r.user_id or r.email: r for r in rows(PilotReview, PilotReview.pilot_id == cast["hr_pilot"])}


def choose(person: Browser, material: int, *members: int, guest: dict[str, str] | None = None, page: Page | None = None) -> Page:
    """Choose reviewers one after the other, as without JavaScript."""
    page = page or person.get(f"/pilots/new?material={material}")
    for member in members:
        page = step(person, page, add=str(member))
    if guest:
        page = step(person, page, **guest)
    return page


def step(person: Browser, page: Page, **data: Any) -> Page:
    """Press one of the buttons that only change the list."""
    form = page.soup.select_one("main form")
    assert form is not None
    button = form.select_one("button[formaction]")
    assert button is not None
    form["action"] = button["formaction"]
    answer = person.submit(page, "main form", follow=False, **data)
    assert answer.status == 200
    return answer

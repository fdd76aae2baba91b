"""Shares, made as people make them."""

import re
from urllib.parse import urlsplit

import pytest

from extranet.mail.models import Letter
from extranet.sharing.models import Share


@pytest.fixture
def forward(browser, cast, rows):
    """Pass materials on as somebody; answers the path of the shared page."""

    def make(name="contact", *materials, **fields):
        someone = browser(name)
        wanted = {"material": list(materials) or [cast["hr_material"]], "greeting": "", "language": "fi", "days": "30", "addresses": ""}
        answer = someone.post("/sharing/new", follow=True, **(wanted | fields))
        assert answer.status == 200
        return urlsplit(answer.soup.select_one("#address")["value"]).path

    return make


@pytest.fixture
def send_outside(browser, cast, rows):
    """Send somebody outside a link; answers the path in the letter."""

    def make(name="moderator", material=None, **fields):
        wanted = {"name": "Olli Ulkopuoli", "email": "olli@muualla.example", "days": "7", "language": "sv", "reason": ""}
        answer = browser(name).post(f"/sharing/outside?material={material or cast['hr_material']}", **(wanted | fields))
        assert answer.status == 303
        return re.search(r"/shared/[\w-]+", rows(Letter)[-1].text)[0]

    return make


@pytest.fixture
def latest(rows):
    return lambda: rows(Share)[-1]

"""A recording in the HR network, and captions for it."""

import io
from typing import Any

from extranet.demo.files.mp3 import make_mp3
from extranet.demo.files.vtt import make_vtt
from tests.page import Browser, Page

SAID = ["Hei vaan kaikille.", "Tänään puhutaan perehdytyksestä."]
DESCRIBED = {"title_fi": "Kuukausikahvien tallenne", "kind": "recording", "language": "fi", "audience": "all", "sharing": "own_use"}


def add_recording(browser: Browser, **words: Any) -> int:
    """The id of a new recording, published."""
    return add_material(browser, make_mp3("Puhe", 2), "puhe.mp3", **words)


def add_material(browser: Browser, content: bytes, name: str, **words: Any) -> int:
    """The id of a new material, published."""
    file = (io.BytesIO(content), name)
    page = browser.post("/networks/hr/materials/new", **(DESCRIBED | words), file=file)
    assert page.status == 303, page.text()
    if page.location.endswith("publish"):
        browser.post(page.location)
    return int(page.location.split("/")[2])


def add_captions(
    browser: Browser, material_id: int, language: str = "fi", content: bytes = make_vtt(SAID), name: str = "teksti.vtt"
) -> Page:
    return browser.post(f"/materials/{material_id}/captions", language=language, file=(io.BytesIO(content), name))

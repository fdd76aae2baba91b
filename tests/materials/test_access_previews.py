"""Who gets pictures, texts, recordings and captions: the same people who get the file."""

import io
from dataclasses import replace

import pytest

from extranet.demo.files.plain_pdf import make_pdf
from extranet.demo.files.vtt import make_vtt
from tests.access import Row, check
from tests.jobs.work import work_off
from tests.materials.recordings import add_captions, add_recording
from tests.page import Browser


def a_file():
    return (io.BytesIO(make_vtt(["Hei"])), "hei.vtt")


# visitor newcomer member staff contact deputy orgadmin moderator expert admin dpo
HR = "302 404 200 404 200 200 404 200 200 200 404"
BOARD = "302 404 404 404 404 404 404 404 200 200 404"
EDITORS = "302 404 403 404 403 403 404 200 200 200 404"
CAPTIONS = {"language": "sv", "file": a_file}
ACCESS = [
    Row("materials.page_picture", "GET", "/materials/{shown}/pages/1.webp", HR),
    Row("materials.page_picture", "GET", "/materials/{shown}/pages/1.webp?version=1", EDITORS),
    Row("materials.page_picture", "GET", "/materials/{advisory_material}/pages/1.webp", BOARD.replace("200", "404")),
    Row("materials.text", "GET", "/materials/{shown}/text", HR),
    Row("materials.text", "GET", "/materials/{shown}/text?version=1", EDITORS),
    Row("materials.text", "GET", "/materials/{advisory_material}/text", BOARD),
    Row("materials.text", "GET", "/materials/{public_material}/text", "200 200 200 200 200 200 200 200 200 200 200"),
    Row("materials.play", "GET", "/materials/{recording}/play", HR),
    Row("materials.caption_file", "GET", "/materials/{recording}/captions/fi.vtt", HR),
    Row("materials.transcript", "GET", "/materials/{recording}/transcript/fi", HR),
    Row("materials.captions", "GET", "/materials/{recording}/captions", EDITORS),
    Row("materials.caption", "POST", "/materials/{recording}/captions", EDITORS.replace("200", "303"), CAPTIONS),
    Row("materials.uncaption", "POST", "/materials/{recording}/captions/fi/remove", EDITORS.replace("200", "303")),
]


@pytest.mark.parametrize("row", ACCESS, ids=lambda r: f"{r.method} {r.url}")
def test_access(stage, row, monkeypatch):
    check(
        stage, replace(row, url=row.url.replace("{shown}", "{hr_material}").replace("{recording}", str(_prepare(stage, row)))), monkeypatch
    )


def _prepare(stage, row):
    """What the row needs and the cast lacks: a file whose preview was made, or a recording with captions."""
    editor = Browser(stage.app, stage.ids["moderator"])
    if "{recording}" in row.url:
        recording = add_recording(editor)
        assert add_captions(editor, recording).status == 303
        return recording
    if "{shown}" in row.url:
        file = (io.BytesIO(make_pdf("Ohje", ["rivi"])), "ohje.pdf")
        assert editor.post(f"/materials/{stage.things['hr_material']}/replace", note="Uusi", seen="2", file=file).status == 303
        work_off(stage.app)
    return 0

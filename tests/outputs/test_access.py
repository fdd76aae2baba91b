"""Who gets in: every route of outputs for every role."""

import pytest

from tests.access import Row, check

EDITORS = "302 403 403 403 403 403 403 {0} {0} {0} 403"
SOMEWHERE = "302 403 403 403 403 403 403 200 200 200 403"
RECORDING = {"address": "https://video.extranet.example/2"}

# visitor newcomer member staff contact deputy orgadmin moderator expert admin dpo
ACCESS = [
    Row("outputs.materials", "GET", "/events/{held_event}/materials", EDITORS.format(200)),
    Row("outputs.materials", "GET", "/events/{advisory_event}/materials", "302 404 404 404 404 404 404 404 200 200 404"),
    Row("outputs.attach", "POST", "/events/{held_event}/materials/attach?material={public_material}", EDITORS.format(303)),
    Row("outputs.detach", "POST", "/events/{held_event}/materials/{hr_material}/detach", EDITORS.format(303)),
    Row("outputs.record", "POST", "/events/{held_event}/recording", EDITORS.format(303), RECORDING),
    Row("outputs.caption", "POST", "/events/{held_event}/recording/caption", EDITORS.format(303)),
    Row("outputs.withdraw", "POST", "/events/{held_event}/recording/withdraw", EDITORS.format(303)),
    Row("outputs.events", "GET", "/materials/{hr_material}/events", "302 404 200 404 200 200 404 200 200 200 404"),
    Row("outputs.attach_to", "POST", "/materials/{hr_material}/events/attach?event={hr_event}", "302 404 403 404 403 403 404 303 303 303 404"),
    Row("outputs.overdue", "GET", "/recordings/overdue", SOMEWHERE),
]  # fmt: skip


@pytest.mark.parametrize("row", ACCESS, ids=lambda r: f"{r.method} {r.endpoint} {r.url}")
def test_access(stage, row, monkeypatch):
    check(stage, row, monkeypatch)

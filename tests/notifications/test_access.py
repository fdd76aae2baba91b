import pytest
from sqlalchemy import insert

from extranet.core import clock
from extranet.core.db import db
from extranet.notifications.models import Notification
from tests.access import Row, check

EVERYBODY = "302 {0} {0} {0} {0} {0} {0} {0} {0} {0} {0}"

ACCESS = [
    Row("notifications.index", "GET", "/notifications/", EVERYBODY.format(200)),
    Row("notifications.read_all", "POST", "/notifications/read", EVERYBODY.format(303)),
    Row("notifications.read", "POST", "/notifications/901/read", "302 404 303 404 404 404 404 404 404 404 404"),
    Row("notifications.settings", "GET", "/notifications/settings", EVERYBODY.format(200)),
    Row("notifications.choose_letters", "POST", "/notifications/settings", EVERYBODY.format(303), {"letters": "none"}),
]


@pytest.mark.parametrize("row", ACCESS, ids=lambda r: f"{r.method} {r.endpoint}")
def test_access(stage, cast, app, row, monkeypatch):
    with app.app_context():
        db.session.execute(
            insert(Notification).values(
                id=901, user_id=cast["member"], kind="x.y", text="Hello", params={}, path="/networks/", key="k", created_at=clock.now()
            )
        )
        db.session.commit()
    check(stage, row, monkeypatch)

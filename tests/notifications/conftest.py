"""Something to be told of: a thread of the HR network."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from extranet.core.db import db
from extranet.core.viewer import Viewer
from extranet.discussions.models import Thread
from extranet.networks.models import Network
from extranet.notifications.notify import notify


@pytest.fixture
def tell(app: Flask, cast: dict[str, Any], viewer: Callable[[str], Viewer]) -> Callable[..., None]:
    """`tell("member", "medlem", key="a")`: the moderator tells people of the HR thread, or of its network."""

    def do(*names: str, key: str = "a", by: str = "moderator", of_network: bool = False, **more: Any) -> None:
        actor = viewer(by)
        with app.app_context():
            given = {
                "text": "%(who)s replied: %(title)s",
                "path": f"/discussions/{cast['hr_thread']}/",
                "who": actor.name,
                "title": "Perehdytys",
            }
            direct = [cast[name] for name in more.pop("direct", ())]
            notify(
                actor,
                [cast[name] for name in names],
                "discussions.reply",
                about=db.session.get_one(*((Network, cast["network:hr"]) if of_network else (Thread, cast["hr_thread"]))),
                key=key,
                direct=direct,
                **(given | more),
            )
            db.session.commit()

    return do

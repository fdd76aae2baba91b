"""Stored files that no version names are swept; the others stay."""

import io

import time_machine

from extranet.core import clock
from extranet.materials.models import MaterialVersion
from extranet.storage import store
from extranet.storage.tasks import sweep_store


def test_the_sweep_keeps_what_a_version_names(app, rows):
    named = {version.sha256 for version in rows(MaterialVersion)}
    with app.app_context():
        litter = store.put(io.BytesIO(b"kukaan ei kaipaa"))
        with time_machine.travel(clock.now().replace(year=clock.today().year + 1), tick=False):
            sweep_store()
        assert not store.exists(litter.sha256)
        assert all(store.exists(sha256) for sha256 in named)

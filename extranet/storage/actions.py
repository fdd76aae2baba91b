"""What you can do. The pieces between are steps of what `begin` recorded, and not events of their own."""

import secrets

from extranet.audit.log import action
from extranet.core.db import after_transaction, db
from extranet.core.errors import Refused
from extranet.core.i18n import N_
from extranet.core.i18n import gettext as _
from extranet.core.settings import get_setting
from extranet.core.viewer import Viewer
from extranet.storage import incoming, policy, queries, store
from extranet.storage.checks import Fault, clean_name, fault_of_name, fault_of_size
from extranet.storage.models import Upload, UploadState
from extranet.storage.uploads import Faulty, Received

MOST_OPEN = 100


@action(policy.can_begin)
def begin(viewer: Viewer, _nothing: None, *, name: str, size: int) -> Upload:
    """Begin to bring a file in pieces. What the name and the size tell is refused before a byte has come."""
    assert viewer.user_id is not None  # noqa: S101  can_begin asks for a person
    if fault := fault_of_name(name) or fault_of_size(size):
        raise Faulty(fault)
    _demand_few(viewer)
    if not store.has_room(2 * size):  # the pieces, and the file that they become
        raise Refused(
            _(
                "There is no room for the file just now. Nothing was changed. Tell %(email)s, and try again later.",
                email=get_setting("service_email"),
            )
        )
    upload = Upload(id=secrets.token_hex(16), user_id=viewer.user_id, name=clean_name(name), size=size)
    db.session.add(upload)
    db.session.flush()
    return upload


@action(policy.can_begin)
def hold(viewer: Viewer, _nothing: None, *, received: Received) -> Upload:
    """Keep a file that came whole with a form, as if it had come in pieces: the form may come back, the file need not."""
    assert viewer.user_id is not None  # noqa: S101  can_begin asks for a person
    _demand_few(viewer)
    upload = Upload(
        id=secrets.token_hex(16),
        user_id=viewer.user_id,
        name=received.name,
        size=received.size,
        received=received.size,
        state=UploadState.READY,
        mime=received.mime,
        sha256=received.sha256,
    )
    db.session.add(upload)
    db.session.flush()
    return upload


@action(policy.can_cancel)
def cancel(_viewer: Viewer, upload: Upload) -> None:
    """Forget an upload and its pieces."""
    upload_id = upload.id
    db.session.delete(upload)
    after_transaction(lambda: incoming.drop(upload_id))


def _demand_few(viewer: Viewer) -> None:
    if queries.count_open(viewer) >= MOST_OPEN:
        text = N_("%(count)s of your files are on their way already. Save or cancel some of them, or go on tomorrow.")
        raise Faulty(Fault(text, {"count": MOST_OPEN}))

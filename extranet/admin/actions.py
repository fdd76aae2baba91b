"""What can you do: decide how the service is called, and write an import that has been looked at."""

from typing import Any

from extranet.admin.policy import can_administer
from extranet.audit.log import action, record
from extranet.core.settings import get_setting, put_setting
from extranet.core.viewer import Viewer

CHANGEABLE = frozenset({"service_name", "service_owner", "service_email", "languages", "seller"})


@action(can_administer)
def change_settings(viewer: Viewer, _service: None, /, **settings: Any) -> None:
    """Change what differs; the log names the settings, not their values."""
    if unknown := settings.keys() - CHANGEABLE:
        raise TypeError(f"no such settings: {unknown}")
    for name, value in settings.items():
        if get_setting(name) != value:
            put_setting(name, value)
            record(viewer, "admin.change_setting", setting=name)

"""A file sent in pieces, as the upload page's script does it."""

import json
from typing import Any

from tests.page import Browser


class Script:
    """What the script of one person's page would ask, and the answers."""

    def __init__(self, browser: Browser) -> None:
        self.client = browser.client

    def begin(self, name: str, size: int) -> tuple[int, dict[str, Any]]:
        return self._answer(self.client.post("/uploads/", data={"name": name, "size": size}))

    def put(self, upload_id: str, offset: int, content: bytes) -> tuple[int, dict[str, Any]]:
        return self._answer(self.client.put(f"/uploads/{upload_id}?offset={offset}", data=content))

    def look(self, upload_id: str) -> tuple[int, dict[str, Any]]:
        return self._answer(self.client.get(f"/uploads/{upload_id}"))

    def finish(self, upload_id: str) -> tuple[int, dict[str, Any]]:
        return self._answer(self.client.post(f"/uploads/{upload_id}/finish"))

    def cancel(self, upload_id: str) -> tuple[int, dict[str, Any]]:
        return self._answer(self.client.post(f"/uploads/{upload_id}/cancel"))

    def send(self, name: str, content: bytes, piece: int = 1000) -> dict[str, Any]:
        """All of it; the last answer."""
        status, told = self.begin(name, len(content))
        assert status == 201, told
        while told["offset"] < len(content):
            status, told = self.put(told["id"], told["offset"], content[told["offset"] : told["offset"] + piece])
            assert status == 200, told
        return told

    def _answer(self, response: Any) -> tuple[int, dict[str, Any]]:
        assert response.mimetype == "application/json", response.get_data(as_text=True)[:500]
        return response.status_code, json.loads(response.data)

"""A browser without JavaScript for each person, and pages that have passed the house rules for HTML."""

from functools import cached_property
from typing import Any

from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests import markup


class Page:
    """A response. Every whole page that any test fetches is checked."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.location = response.location
        self.headers = response.headers
        is_html = response.mimetype == "text/html"
        self.html = response.get_data(as_text=True) if is_html else ""
        if "<html" in self.html:
            markup.check(self.html)

    @cached_property
    def soup(self) -> BeautifulSoup:
        return BeautifulSoup(self.html, "html.parser")

    def text(self, selector: str = "main") -> str:
        """The words of the first element that matches, runs of space made one."""
        element = self.soup.select_one(selector)
        assert element is not None, f"no {selector} on the page:\n{self.soup.get_text()[:2000]}"
        return " ".join(element.get_text(" ").split())

    def has(self, selector: str) -> bool:
        return self.soup.select_one(selector) is not None

    def links(self) -> list[str]:
        return [str(tag["href"]) for tag in self.soup.select("a[href]")]


class Browser:
    """Signed in as one person, or as nobody."""

    def __init__(self, app: Flask, user_id: int | None = None, language: str | None = None) -> None:
        self.app = app
        self.client: FlaskClient = app.test_client()
        self.user_id = user_id
        if language:
            self.client.set_cookie("language", language)
        if user_id is not None:
            from tests.people import sign_in_quietly

            sign_in_quietly(self.client, app, user_id)

    def get(self, url: str, target: str | None = None, follow: bool = False, **headers: str) -> Page:
        return Page(self.client.get(url, headers=_htmx(target) | headers, follow_redirects=follow))

    def post(self, url: str, target: str | None = None, follow: bool = False, **data: Any) -> Page:
        """POST a form. A keyword is a field; lists are repeated fields; a (stream, name) pair is a file."""
        return Page(self.client.post(url, data=data, headers=_htmx(target), follow_redirects=follow))

    def submit(self, page: "Page", selector: str = "main form", follow: bool = True, **data: Any) -> Page:
        """Send the form that matches as a browser would: its hidden and filled fields, changed by `data`."""
        form = page.soup.select_one(selector)
        assert form is not None, f"no {selector} on the page"
        return self.post(str(form.get("action") or page.response.request.path), follow=follow, **(fields_of(form) | data))


def fields_of(form: Tag) -> dict[str, Any]:
    """What a browser sends with the form if nobody changes anything."""
    fields: dict[str, Any] = {}
    for tag in form.select("input[name], textarea[name], select[name]"):
        kind = tag.get("type", "text")
        if tag.name == "select":
            chosen = [o.get("value", o.get_text()) for o in tag.select("option[selected]")] or [
                o.get("value", "") for o in tag.select("option")
            ][:1]
            fields[str(tag["name"])] = chosen
        elif tag.name == "textarea":
            fields[str(tag["name"])] = tag.get_text().removeprefix("\n")
        elif kind in ("checkbox", "radio"):
            if tag.has_attr("checked"):
                fields.setdefault(str(tag["name"]), []).append(tag.get("value", "on"))
        elif kind not in ("submit", "file", "image", "button"):
            name, value = str(tag["name"]), tag.get("value", "")
            fields[name] = (
                [*fields[name], value] if isinstance(fields.get(name), list) else [fields[name], value] if name in fields else value
            )
    return fields


def _htmx(target: str | None) -> dict[str, str]:
    return {"HX-Request": "true", "HX-Target": f"div#{target}", "HX-Request-Type": "partial"} if target else {}

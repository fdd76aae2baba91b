"""Sending a stored file from either store: in parts, to be saved or shown, and what is said when the store is away (T10)."""

import io
from dataclasses import replace

import pytest
from flask import current_app, request

from extranet.storage import store
from extranet.storage.send import send

CONTENT = bytes(range(256)) * 3000


@pytest.fixture
def ask(kept):
    """What a request with these headers gets of the file."""
    stored, responses = store.put(io.BytesIO(CONTENT)), []

    def try_it(mime="application/pdf", inline=False, method="GET", wrapper=None, size=stored.size, **headers):
        environ = {"wsgi.file_wrapper": wrapper} if wrapper else {}
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        with current_app.test_request_context(method=method, headers=named, environ_overrides=environ):
            assert request.method == method
            responses.append(send(stored.sha256, size, "ohje.pdf", mime, inline).response)
            return responses[-1]

    yield try_it
    for response in responses:
        response.close()


def body(response):
    return b"".join(response.response)


@pytest.mark.parametrize(
    ("asked", "part"),
    [("bytes=0-0", slice(0, 1)), ("bytes=0-99", slice(0, 100)), ("bytes=300000-", slice(300000, None)), ("bytes=-1", slice(-1, None))],
)
def test_parts(ask, asked, part):
    got = ask(Range=asked)
    assert (got.status_code, body(got)) == (206, CONTENT[part])
    assert got.headers["Content-Length"] == str(len(CONTENT[part]))


@pytest.mark.parametrize("headers", [{}, {"Range": "bytes=0-1,5-6"}, {"Range": "bytes=0-5", "If_Range": "Sat, 01 Jan 2000 00:00:00 GMT"}])
def test_the_whole(ask, headers):
    got = ask(**headers)
    assert (got.status_code, body(got)) == (200, CONTENT)


def test_nothing_of_it(ask):
    got = ask(Range="bytes=-0")
    assert (got.status_code, got.headers["Content-Range"], body(got)) == (416, f"bytes */{len(CONTENT)}", b"")


def test_head_is_of_the_whole(ask):
    got = ask(method="HEAD", Range="bytes=0-99")
    assert (got.status_code, got.headers["Content-Length"]) == (200, str(len(CONTENT)))


@pytest.mark.parametrize(
    ("mime", "way"),
    [
        ("video/webm", "inline"),
        ("image/webp", "inline"),
        ("text/vtt", "inline"),
        ("application/pdf", "attachment"),
        ("text/plain", "attachment"),
    ],
)
def test_only_pictures_recordings_and_captions_are_shown(ask, mime, way):
    """T09: nothing that could be a page of its own."""
    assert ask(mime, inline=True).headers["Content-Disposition"].startswith(f"{way};")
    assert ask(mime).headers["Content-Disposition"].startswith("attachment;")
    assert "sandbox" in ask(mime, inline=True).headers["Content-Security-Policy"]


def test_a_server_that_can_sends_the_open_file_itself(ask, kept):
    given = []

    def wrapper(file, _block):
        given.append(file)
        return iter([])

    ask(wrapper=wrapper, Range="bytes=500-599")
    if kept.startswith("file:"):
        assert given[0].tell() == 500
        given[0].close()
    else:
        assert given == []


def test_a_file_of_another_length_is_not_sent(ask, kept):
    if kept.startswith("file:"):
        with pytest.raises(store.StoreDown):
            ask(size=5)


def test_with_the_store_away_pages_list_and_the_download_says_try_again(browser, app, cast, monkeypatch):
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "x")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "x")
    monkeypatch.setitem(app.extensions, "extranet", replace(app.extensions["extranet"], storage_url="s3://nobody/there"))
    member = browser("member")
    assert member.get("/materials/").status == 200
    assert member.get(f"/materials/{cast['public_material']}/").status == 200
    page = member.get(f"/materials/{cast['public_material']}/file")
    assert page.status == 503
    assert "yritä" in page.text().lower()
    assert page.headers["Retry-After"] == "120"
    store._store_at.cache_clear()

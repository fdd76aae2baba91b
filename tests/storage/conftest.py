"""A folder and a bucket, with an application around them."""

from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from flask import Flask

from extranet.storage import store


@pytest.fixture(scope="session")
def s3():
    """An S3 server in this process. It takes any credentials; signatures are checked elsewhere."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@contextmanager
def application(url):
    """An application that has that store, and nothing else."""
    store._store_at.cache_clear()
    app = Flask("kept")
    app.extensions["extranet"] = SimpleNamespace(storage_url=url, storage_send="stream", clamd_url="")
    with app.app_context():
        yield app
    store._store_at.cache_clear()


@pytest.fixture(params=["folder", "bucket"])
def kept(request, tmp_path, monkeypatch):
    """An application whose files are in a fresh folder, or under a fresh prefix of a bucket."""
    url = (tmp_path / "tiedostot ä").as_uri()
    if request.param == "bucket":
        endpoint = request.getfixturevalue("s3")
        for name, value in {
            "AWS_ENDPOINT_URL": endpoint,
            "AWS_ACCESS_KEY_ID": "extranet",
            "AWS_SECRET_ACCESS_KEY": "not-a-secret",
            "AWS_REGION": "eu-north-1",
        }.items():
            monkeypatch.setenv(name, value)
        import urllib.request

        bucket = f"test-{tmp_path.name.replace('_', '-').lower()}"[:60].rstrip("-")
        urllib.request.urlopen(urllib.request.Request(f"{endpoint}/{bucket}", method="PUT", data=_LOCATION)).close()
        url = f"s3://{bucket}/extranet"
    with application(url):
        yield url


_LOCATION = b"<CreateBucketConfiguration><LocationConstraint>eu-north-1</LocationConstraint></CreateBucketConfiguration>"

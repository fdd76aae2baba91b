"""The demo, filled once for all tests of this folder."""

from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from extranet.app import create_app
from extranet.core import config
from extranet.core.db import Base, db
from extranet.demo.build import fill


@pytest.fixture(scope="package")
def folder(tmp_path_factory) -> Path:
    """The data folder of an installation with the demo in it."""
    folder = tmp_path_factory.mktemp("demo")
    env = {"EXTRANET_DATA": str(folder), "SECRET_KEY": "x" * 40, "EXTRANET_WORKER": "none"}
    app = create_app(config.load(env), TESTING=True)
    with app.app_context():
        Base.metadata.create_all(db.engine)
        fill()
        db.session.commit()
        db.engine.dispose()
    return folder


@pytest.fixture(scope="package")
def demo(folder):
    """A session on its database."""
    engine = create_engine(f"sqlite:///{folder / 'extranet.db'}")
    with Session(engine) as session:
        yield session
    engine.dispose()


@pytest.fixture(scope="package")
def stored(folder):
    """Opens a file of its store by its hash."""
    files = {path.name: path for path in folder.rglob("*") if len(path.name) == 64}
    return lambda sha256: files[sha256].open("rb")

"""Users of a guarded server, whose admin is in MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import mlflow.server
import pytest

PASSWORD = "correct horse battery"
As = Callable[..., Iterator[None]]

if not os.environ.get("MLFLOW_TRACKING_PASSWORD"):
    pytest.exit("a guarded server is needed: node test/run/with-server.js --guarded python ...", returncode=2)

# The client lies in the package of the server, which wants what only a server has installed (Flask-WTF, an older
# SQLAlchemy): the package is there without what it does when it is imported.
package = ModuleType("mlflow.server.auth")
package.__path__ = [str(Path(mlflow.server.__file__).parent / "auth")]
sys.modules.setdefault(package.__name__, package)


@pytest.fixture
def acting() -> As:
    """`with acting(name, password):` lets the client sign in as somebody else; `acting(token=...)` by a token."""

    @contextmanager
    def act(username: str | None = None, password: str = PASSWORD, *, token: str | None = None) -> Iterator[None]:
        names = ("MLFLOW_TRACKING_USERNAME", "MLFLOW_TRACKING_PASSWORD", "MLFLOW_TRACKING_TOKEN")
        before = {name: os.environ.pop(name, None) for name in names}
        wanted = {"MLFLOW_TRACKING_TOKEN": token} if token else dict(zip(names, (username, password)))
        os.environ.update({name: value for name, value in wanted.items() if value})
        try:
            yield
        finally:
            for name, value in before.items():
                os.environ.pop(name, None)
                if value is not None:
                    os.environ[name] = value

    return act

"""What every test of the stock Python client stands on: a server, quiet settings, and an experiment of its own."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator

# Before MLflow is imported, for it reads some of these then. A retry would only hide a fault, for minutes.
os.environ.update(
    {
        "MLFLOW_HTTP_REQUEST_MAX_RETRIES": "0",
        "MLFLOW_HTTP_REQUEST_TIMEOUT": "60",
        "MLFLOW_DISABLE_TELEMETRY": "true",
        "DO_NOT_TRACK": "true",
        "GIT_PYTHON_REFRESH": "quiet",
        "MPLBACKEND": "Agg",
    }
)

import mlflow
import pytest
from mlflow import MlflowClient
from mlflow.exceptions import MlflowException

SERVER = os.environ.get("MLFLOW_TRACKING_URI", "")
if not SERVER.startswith("http"):
    pytest.exit("MLFLOW_TRACKING_URI is needed: node test/run/with-server.js python -m pytest ...", returncode=2)

Refusal = Callable[..., MlflowException]


@pytest.fixture
def client() -> MlflowClient:
    return MlflowClient(SERVER)


@pytest.fixture
def unique() -> str:
    """A word that no other test has."""
    return uuid.uuid4().hex[:12]


@pytest.fixture
def experiment_id(client: MlflowClient, request: pytest.FixtureRequest, unique: str) -> Iterator[str]:
    """An experiment of the test's own, the one of the fluent API as well."""
    created = client.create_experiment(f"{request.node.name} {unique}")
    mlflow.set_tracking_uri(SERVER)
    mlflow.set_experiment(experiment_id=created)
    yield created
    while mlflow.active_run():
        mlflow.end_run("KILLED")


@pytest.fixture
def run_id(client: MlflowClient, experiment_id: str) -> str:
    return client.create_run(experiment_id).info.run_id


@pytest.fixture
def refusal() -> Refusal:
    """`refusal(code, function, *arguments)` calls and gives the exception, which has this error code."""

    def check(code: str, function: Callable[..., object], *arguments: object, **named: object) -> MlflowException:
        with pytest.raises(MlflowException) as caught:
            function(*arguments, **named)
        assert caught.value.error_code == code, caught.value
        return caught.value

    return check

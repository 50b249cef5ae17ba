"""Projects and serving from the command line of MLflow, as a user's shell has them."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

import mlflow
import numpy
import pytest
from mlflow import MlflowClient
from mlflow.entities import Run

PROJECT = Path(__file__).parents[4] / "examples" / "iris-project"
SETOSA, VIRGINICA = [5.1, 3.5, 1.4, 0.2], [6.9, 3.1, 5.4, 2.1]
START_SECONDS = 120


def environment(client: MlflowClient) -> dict[str, str]:
    # `mlflow run` and `mlflow models serve` start `python` and `uvicorn` by name.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return {**os.environ, "MLFLOW_TRACKING_URI": client.tracking_uri, "PATH": path}


def command_line(client: MlflowClient, *arguments: str) -> str:
    command = [sys.executable, "-m", "mlflow", *arguments]
    done = subprocess.run(command, env=environment(client), capture_output=True, text=True, timeout=240)
    print(done.stdout, done.stderr)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


@pytest.fixture
def project_run(client: MlflowClient, experiment_id: str) -> Run:
    """The run of the example project."""
    options = ["--env-manager", "local", "--experiment-id", experiment_id, "-P", "strength=4"]
    command_line(client, "run", str(PROJECT), *options)
    (run,) = client.search_runs([experiment_id])
    return run


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@contextmanager
def served(client: MlflowClient, model_uri: str) -> Iterator[str]:
    """The address of `mlflow models serve`, whose processes end with the block."""
    port = free_port()
    options = ["-m", model_uri, "-p", str(port), "-h", "127.0.0.1", "--env-manager", "local"]
    command = [sys.executable, "-m", "mlflow", "models", "serve", *options]
    server = subprocess.Popen(command, env=environment(client), start_new_session=True)
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(f"{address}/ping", server)
        yield address
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(30)


def wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    while True:
        assert server.poll() is None, "the model server ended"
        try:
            with urlopen(url, timeout=5):
                return
        except (URLError, ConnectionError):
            assert time.monotonic() < until, f"no answer at {url}"
            time.sleep(0.2)


def predictions(address: str) -> list[int]:
    body = json.dumps({"inputs": [SETOSA, VIRGINICA]}).encode()
    request = Request(f"{address}/invocations", body, {"content-type": "application/json"})
    with urlopen(request, timeout=30) as answer:
        return json.load(answer)["predictions"]


def test_a_project_logs_its_run_and_its_model_answers_from_a_server(client, project_run, tmp_path):
    assert project_run.info.status == "FINISHED"
    assert project_run.data.params["strength"] == "4"
    assert project_run.data.tags["mlflow.source.type"] == "PROJECT"
    assert project_run.data.metrics["test_accuracy"] > 0.8

    model_uri = f"runs:/{project_run.info.run_id}/classifier"
    with served(client, model_uri) as address:
        assert predictions(address) == [0, 2]

    command_line(client, "artifacts", "download", "-u", model_uri, "-d", str(tmp_path))
    loaded = mlflow.pyfunc.load_model(str(tmp_path / "classifier"))
    assert list(loaded.predict(numpy.array([SETOSA, VIRGINICA]))) == [0, 2]

    (output,) = project_run.outputs.model_outputs
    by_its_own_uri = mlflow.pyfunc.load_model(f"models:/{output.model_id}")
    assert list(by_its_own_uri.predict(numpy.array([SETOSA, VIRGINICA]))) == [0, 2]

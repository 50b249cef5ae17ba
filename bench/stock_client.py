"""The stock `mlflow` client in a process of its own: a JSON question a line on stdin, a JSON answer a line on stdout.

Run as a program by the Python that has mlflow; imported by the benchmark for StockClient.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path


class StockClient:
    """Drives the process; `ask` raises RuntimeError for what went wrong in it."""

    def __init__(self, python: Path, log: Path):
        environment = {**os.environ, "MLFLOW_DISABLE_TELEMETRY": "true", "DO_NOT_TRACK": "true", "GIT_PYTHON_REFRESH": "quiet",
                       "MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR": "false"}
        self._log = log.open("ab")
        self._child = subprocess.Popen([str(python), "-u", __file__], env=environment, stdin=subprocess.PIPE,
                                       stdout=subprocess.PIPE, stderr=self._log, start_new_session=True)
        self.pid = self._child.pid

    def ask(self, **question) -> dict:
        self._child.stdin.write(json.dumps(question).encode() + b"\n")
        self._child.stdin.flush()
        line = self._child.stdout.readline()
        answer = json.loads(line) if line else {"error": "the client's process ended"}
        if "error" in answer:
            raise RuntimeError(f"stock client: {answer['error']}")
        return answer

    def stop(self) -> None:
        self._child.kill()
        self._child.wait()
        self._log.close()


def train(url: str, experiment: str, steps: int, metrics: int, params: int, tags: int) -> dict:
    """The loop of most training scripts: params and tags once, then log_metrics at every step."""
    import mlflow

    mlflow.set_tracking_uri(url)
    mlflow.set_experiment(experiment)
    start = time.perf_counter()
    with mlflow.start_run() as run:
        mlflow.log_params({f"param_{k}": f"value {k}" for k in range(params)})
        mlflow.set_tags({f"tag_{k}": f"value {k}" for k in range(tags)})
        for step in range(steps):
            mlflow.log_metrics({f"metric_{k}": 1.0 / (1 + step + k) for k in range(metrics)}, step=step)
    return {"seconds": time.perf_counter() - start, "run_id": run.info.run_id}


def make_run(url: str, experiment: str) -> dict:
    import mlflow

    mlflow.set_tracking_uri(url)
    mlflow.set_experiment(experiment)
    with mlflow.start_run() as run:
        return {"run_id": run.info.run_id, "artifact_uri": run.info.artifact_uri}


def upload(url: str, run_id: str, path: str, artifact_path: str) -> dict:
    from mlflow import MlflowClient

    client, start = MlflowClient(url), time.perf_counter()
    log = client.log_artifacts if os.path.isdir(path) else client.log_artifact
    log(run_id, path, artifact_path)
    return {"seconds": time.perf_counter() - start}


def download(url: str, run_id: str, artifact_path: str, to: str, of: str) -> dict:
    """Into the folder `to`; whether all is as in `of`, what was uploaded, is told but not timed."""
    import mlflow

    os.makedirs(to)
    mlflow.set_tracking_uri(url)
    wanted = artifact_path if os.path.isdir(of) else f"{artifact_path}/{os.path.basename(of)}"
    start = time.perf_counter()
    got = mlflow.artifacts.download_artifacts(run_id=run_id, artifact_path=wanted, dst_path=to)
    return {"seconds": time.perf_counter() - start, "equal": digests(got) == digests(of)}


def digests(path: str) -> dict:
    """Of each file by its place in the folder, or of the one file."""
    files = [os.path.join(folder, name) for folder, _, names in os.walk(path) for name in names] or [path]
    return {os.path.relpath(file, path): digest(file) for file in files}


def digest(file: str) -> str:
    with open(file, "rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def delete(url: str, run_id: str) -> dict:
    """All artifacts of the run."""
    from mlflow import MlflowClient
    from mlflow.store.artifact.artifact_repository_registry import get_artifact_repository

    uri = MlflowClient(url).get_run(run_id).info.artifact_uri
    get_artifact_repository(uri, tracking_uri=url).delete_artifacts()
    return {}


TASKS = {task.__name__: task for task in (train, make_run, upload, download, delete)}


def main() -> None:
    # The client prints to stdout as well: that is for the answers alone.
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)
    for line in sys.stdin:
        try:
            question = json.loads(line)
            answer = TASKS[question.pop("task")](**question)
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {str(error)[:300]}"}
        answers.write(json.dumps(answer) + "\n")


if __name__ == "__main__":
    main()

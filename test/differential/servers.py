"""Starts a stock or any other tracking server for a while, and stops it by its process id."""

from __future__ import annotations

import contextlib
import os
import shlex
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence

START_SECONDS = 120
STOP_SECONDS = 15
QUIET = {
    "MLFLOW_DISABLE_TELEMETRY": "true",
    "DO_NOT_TRACK": "true",
    "MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false",
}


@contextlib.contextmanager
def stock_server() -> Iterator[str]:
    """`mlflow server` of the Python that runs this, on an empty SQLite; gives its URL."""
    with tempfile.TemporaryDirectory(prefix="stock-") as folder:
        port = free_port()
        command = [sys.executable, "-m", "mlflow", "server", "--host", "127.0.0.1", "--port", str(port)]
        command += ["--backend-store-uri", f"sqlite:///{folder}/store.db"]
        command += ["--artifacts-destination", f"{folder}/artifacts", "--serve-artifacts", "--workers", "1"]
        with _running(command, port, folder) as url:
            yield url


@contextlib.contextmanager
def command_server(template: str) -> Iterator[str]:
    """A server started by a command line that holds `{port}`; run in the current folder."""
    port = free_port()
    with _running(shlex.split(template.format(port=port)), port, os.getcwd(), _kept_log()) as url:
        yield url


def _kept_log() -> dict[str, object]:
    """Where the log of the server under test goes, which the tests look through for secrets (test/run/logs.js)."""
    folder = os.environ.get("TRACKLET_TEST_LOGS")
    if not folder:
        return {}
    os.makedirs(folder, exist_ok=True)
    return {"dir": folder, "delete": False}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def _running(command: Sequence[str], port: int, folder: str, keep: dict[str, object] | None = None) -> Iterator[str]:
    url = f"http://127.0.0.1:{port}"
    with tempfile.NamedTemporaryFile("w+", suffix=".log", **(keep or {})) as log:
        process = subprocess.Popen(
            command, cwd=folder, stdout=log, stderr=log, env={**os.environ, **QUIET}, start_new_session=True
        )
        try:
            _wait_until_healthy(url, process, log.name)
            yield url
        finally:
            _stop(process)


def _wait_until_healthy(url: str, process: subprocess.Popen[bytes], log_path: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError):
            with urllib.request.urlopen(f"{url}/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        time.sleep(0.1)
    with open(log_path, encoding="utf-8", errors="replace") as log:
        raise RuntimeError(f"{process.args!r} is not healthy at {url}/health:\n{log.read()[-3000:]}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    """The session is our own, so the group's id is the process's: workers go with it."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

"""An emulated AWS for a while, on 127.0.0.1, stopped by its process id."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

START_SECONDS = 60
STOP_SECONDS = 10
REGION = "us-east-1"
ACCOUNT = "000000000000"


@dataclass(frozen=True)
class Emulator:
    endpoint: str
    port: int
    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        """For programs that are to meet this AWS and no other: no credentials or settings of whoever runs them."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "CDK_"))}
        return {
            **kept,
            "HOME": str(self.folder),
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_REGION": REGION,
            "AWS_DEFAULT_REGION": REGION,
            "CDK_DEFAULT_ACCOUNT": ACCOUNT,
            "CDK_DEFAULT_REGION": REGION,
        }


@contextlib.contextmanager
def emulated_aws(folder: Path) -> Iterator[Emulator]:
    port = free_port()
    emulator = Emulator(f"http://127.0.0.1:{port}", port, folder)
    command = [str(Path(sys.executable).with_name("ministack"))]
    environment = {**emulator.environment, "BIND_HOST": "127.0.0.1", "GATEWAY_PORT": str(port)}
    with (folder / "emulator.log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=log, stderr=log, start_new_session=True
        )
    try:
        _wait(emulator, process)
        yield emulator
    finally:
        _stop(process)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(emulator: Emulator, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{emulator.endpoint}/_ministack/health", timeout=5):
            return
        time.sleep(0.2)
    raise RuntimeError(f"the emulator does not start: {tail(emulator)}")


def tail(emulator: Emulator) -> str:
    return (emulator.folder / "emulator.log").read_text(errors="replace")[-3000:]


def _stop(process: subprocess.Popen) -> None:
    """The session is its own, so the group's id is the process's: the functions it runs go with it."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(STOP_SECONDS)
            break
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)

"""The servers that are compared: how each is started, empty, with its defaults."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from postgres import Postgres
from processes import Process, cpu_seconds, free_port
from rest import Tracking

PROJECT = Path(__file__).resolve().parent.parent
PEERS = PROJECT / ".cache" / "bench"
QUIET = {"MLFLOW_DISABLE_TELEMETRY": "true", "DO_NOT_TRACK": "true"}
START_SECONDS = 240
REQUEST_SECONDS = 60


class CannotRun(Exception):
    """This server cannot run here; the text says what is missing."""


@dataclass(frozen=True)
class Launch:
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)


class Kind(Protocol):
    """A kind of server. `database` names where big data sets may be put past the API, as fill_database.py reads it."""

    name: str
    # Whether it starts fast enough to be started anew for each scenario.
    is_quick: bool

    def launch(self, folder: Path, port: int) -> Launch: ...
    def database(self, folder: Path) -> str | None: ...
    def helpers(self) -> list[int]: ...
    def renewed(self) -> Kind: ...


class Tracklet:
    """Ours, with its embedded stores."""

    name = "tracklet"
    is_quick = True

    def __init__(self, command: Path):
        self._command = command

    def launch(self, folder: Path, port: int) -> Launch:
        return Launch(["node", str(self._command), "serve", "--port", str(port), "--data-dir", str(folder)])

    def database(self, folder: Path) -> None:
        return None

    def helpers(self) -> list[int]:
        return []

    def renewed(self) -> Tracklet:
        return self


class Mlflow:
    """Stock `mlflow server` with all its defaults, with or without uvloop and httptools beside it."""

    is_quick = False

    def __init__(self, name: str, *, postgres: Postgres | None, has_uvloop: bool, number: int = 0):
        self.name, self._postgres, self._has_uvloop, self._number = name, postgres, has_uvloop, number
        self._address: str | None = None
        self._program = _needed(PEERS / "mlflow" / "bin" / "mlflow")
        self._uvloop = _needed(PEERS / "uvloop") if has_uvloop else None

    def _store(self, folder: Path) -> str:
        if self._postgres is None:
            return f"sqlite:///{folder / 'mlflow.db'}"
        if self._address is None:
            self._address = self._postgres.create(f"{self.name.replace('-', '_')}_{self._number}")
        return self._address

    def launch(self, folder: Path, port: int) -> Launch:
        # Without the driver's name, newer SQLAlchemy looks for another one.
        store = self._store(folder).replace("postgresql://", "postgresql+psycopg2://")
        artifacts = ["--serve-artifacts", "--artifacts-destination", str(folder / "artifacts")]
        place = ["--host", "127.0.0.1", "--port", str(port)]
        path = f"{self._program.parent}{os.pathsep}{os.environ['PATH']}"
        environment = {"PATH": path} | ({"PYTHONPATH": str(self._uvloop)} if self._uvloop else {})
        return Launch([str(self._program), "server", "--backend-store-uri", store, *artifacts, *place], environment)

    def database(self, folder: Path) -> str:
        return "mlflow:" + self._store(folder)

    def helpers(self) -> list[int]:
        return [self._postgres.pid] if self._postgres else []

    def renewed(self) -> Mlflow:
        """The same with an empty database."""
        return Mlflow(self.name, postgres=self._postgres, has_uvloop=self._has_uvloop, number=self._number + 1)


class FastTrackMl:
    name = "fasttrackml"
    is_quick = True

    def __init__(self):
        self._program = _needed(PEERS / "fasttrackml" / "bin" / "fml")

    def launch(self, folder: Path, port: int) -> Launch:
        store = ["--database-uri", f"sqlite://{folder / 'fml.db'}", "--default-artifact-root", str(folder / "artifacts")]
        place = ["--listen-address", f"127.0.0.1:{port}", "--log-level", "warn"]
        return Launch([str(self._program), "server", *store, *place])

    def database(self, folder: Path) -> str:
        return f"fasttrackml:sqlite:///{folder / 'fml.db'}"

    def helpers(self) -> list[int]:
        return []

    def renewed(self) -> FastTrackMl:
        return self


def _needed(path: Path) -> Path:
    if not path.exists():
        raise CannotRun(f"{path.relative_to(PROJECT)} is not there; bench/README.md tells how to set it up")
    return path


class Server:
    """A running server of a kind, in a folder of its own."""

    def __init__(self, kind: Kind, folder: Path):
        folder.mkdir(parents=True, exist_ok=True)
        self.kind, self.folder, self.name = kind, folder, kind.name
        self.started_in = 0.0
        self._process: Process | None = None
        # The same after a restart: open connections find it again.
        self._port = free_port()
        self.url = f"http://127.0.0.1:{self._port}"
        self.start()

    def start(self) -> None:
        """Starts it over the data in its folder, and waits until it answers /health."""
        launch = self.kind.launch(self.folder, self._port)
        begin = time.perf_counter()
        self._process = Process(launch.command, self.folder / "log.txt", QUIET | launch.environment, cwd=self.folder)
        api = self.connect(5)
        while not api.is_healthy():
            if self._process.ended or time.perf_counter() - begin > START_SECONDS:
                message = f"does not start: {self._process.tail()[-400:]}"
                self.stop()
                raise CannotRun(message)
            time.sleep(0.005)
        api.close()
        self.started_in = time.perf_counter() - begin

    def connect(self, timeout: float = REQUEST_SECONDS) -> Tracking:
        return Tracking(self.url, timeout)

    @property
    def roots(self) -> list[int]:
        """Its process and its database's: their descendants are all that works for it."""
        return [self._process.pid, *self.kind.helpers()] if self._process else []

    def cpu_seconds(self) -> float:
        return cpu_seconds(self.roots)

    def stop(self) -> None:
        if self._process:
            self._process.stop()
            self._process = None

    def restart(self) -> None:
        self.stop()
        self.start()

    def settle(self, seconds: float, resting: int = 1) -> bool:
        """Waits until it has rested so many seconds on end: whether it does within the time."""
        deadline, rested = time.monotonic() + seconds, 0
        while time.monotonic() < deadline:
            before = self.cpu_seconds()
            time.sleep(1)
            rested = rested + 1 if self.cpu_seconds() - before < 0.15 else 0
            if rested == resting:
                return True
        return False

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def versions(kinds: list[Kind]) -> dict[str, str]:
    """What runs here, for the head of the results."""
    def first_line(*command: str) -> str:
        return subprocess.run(command, capture_output=True, text=True, cwd=PROJECT).stdout.strip().split("\n")[0]
    found = {"Node.js": first_line("node", "--version"), "Tracklet": first_line("git", "describe", "--always", "--dirty")}
    names = " ".join(kind.name for kind in kinds)
    if "mlflow" in names:
        python = str(PEERS / "mlflow" / "bin" / "python")
        text = "import importlib.metadata as m; print(m.version('mlflow'))"
        found |= {"MLflow": first_line(python, "-c", text), "Python of MLflow": first_line(python, "--version")}
    if "fasttrackml" in names:
        python = str(PEERS / "fasttrackml" / "bin" / "python")
        found["FastTrackML"] = first_line(python, "-c", "import importlib.metadata as m; print(m.version('fasttrackml'))")
    return found

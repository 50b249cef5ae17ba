"""A PostgreSQL of our own: in a folder of its own, on 127.0.0.1, stopped at the end."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from processes import Process, free_port

USER = "postgres"


def find_programs() -> Path | None:
    """The folder of the newest PostgreSQL server on this machine."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/postgres")]
    if found:
        return max(found, key=lambda path: int(path.parent.name))
    on_path = shutil.which("postgres")
    return Path(on_path).parent if on_path else None


class Postgres:
    def __init__(self, programs: Path, folder: Path):
        self._programs, self.port = programs, free_port()
        # PostgreSQL refuses to run as root, and the folder must be its own.
        self._as_user = {"user": USER, "group": USER, "extra_groups": []} if os.getuid() == 0 else {}
        folder.mkdir()
        if self._as_user:
            shutil.chown(folder, USER, USER)
        data = folder / "data"
        self._run("initdb", "-D", str(data), "-A", "trust", "-U", USER, "-E", "UTF8", "--no-locale")
        options = {"listen_addresses": "127.0.0.1", "unix_socket_directories": str(folder), "max_connections": "300"}
        settings = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        self._server = Process([str(programs / "postgres"), "-D", str(data), "-p", str(self.port), *settings], folder / "log.txt",
                               # PostgreSQL's fast shutdown, which does not wait for its clients.
                               stop_signal=signal.SIGINT, cwd="/", **self._as_user)
        self.pid = self._server.pid
        self._wait()

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self._programs / program), *arguments]
        subprocess.run(command, check=True, cwd="/", stdout=subprocess.DEVNULL, **self._as_user)

    def _wait(self) -> None:
        check = [str(self._programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port), "-U", USER]
        for _ in range(300):
            if subprocess.run(check, cwd="/").returncode == 0:
                return
            if self._server.ended:
                break
            time.sleep(0.1)
        raise RuntimeError(f"PostgreSQL does not start: {self._server.tail()}")

    def create(self, database: str) -> str:
        """Makes an empty database and gives its address."""
        self._run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", USER, database)
        return f"postgresql://{USER}@127.0.0.1:{self.port}/{database}"

"""Servers as processes: started, measured (Linux's /proc) and stopped with all their descendants."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import time
from pathlib import Path
from typing import ClassVar

PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
STATE, PARENT, START = 0, 1, 19
CPU_TICKS = slice(11, 15)  # its own user and system time, and those of ended children


PR_SET_CHILD_SUBREAPER = 36


def adopt_orphans() -> None:
    """From now on, what a server leaves behind becomes a child of this process: still counted, still stopped."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def stat(pid: int) -> list[str] | None:
    """The fields of /proc/PID/stat after the name, or None when there is no such process."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return None


def tree(roots: list[int]) -> list[int]:
    """The processes and all their descendants."""
    children: dict[int, list[int]] = {}
    for name in os.listdir("/proc"):
        if name.isdigit() and (fields := stat(int(name))):
            children.setdefault(int(fields[PARENT]), []).append(int(name))
    found, todo = [], list(roots)
    while todo:
        pid = todo.pop()
        found.append(pid)
        todo += children.get(pid, [])
    return found


def cpu_seconds(roots: list[int]) -> float:
    """CPU time that the processes and all their descendants have used, ended ones included."""
    used = [fields[CPU_TICKS] for pid in tree(roots) if (fields := stat(pid))]
    return sum(int(ticks) for each in used for ticks in each) / TICKS_PER_SECOND


def busy_seconds() -> float:
    """CPU time that the whole machine has spent on work of any program."""
    fields = [int(x) for x in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
    idle, waiting = fields[3], fields[4]
    return (sum(fields) - idle - waiting) / TICKS_PER_SECOND


def rss_bytes(pids: list[int]) -> int:
    """Resident memory, where a page that several share counts for each of them."""
    return sum(int(text.split()[1]) * PAGE_BYTES for pid in pids if (text := _read(pid, "statm")))


def pss_bytes(pids: list[int]) -> int:
    """Resident memory, where a page that several share is split between them."""
    lines = [line for pid in pids for line in _read(pid, "smaps_rollup").splitlines() if line.startswith("Pss:")]
    return sum(int(line.split()[1]) * 1024 for line in lines)


def _read(pid: int, name: str) -> str:
    try:
        return Path(f"/proc/{pid}/{name}").read_text()
    except OSError:
        return ""


def free_port() -> int:
    """A port of 127.0.0.1 that was free a moment ago."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Process:
    """A program that runs until `stop`, which first asks with `stop_signal`; what it prints goes to a file."""

    running: ClassVar[list[Process]] = []

    def __init__(self, command: list[str], log: Path, environment: dict[str, str] | None = None,
                 stop_signal: signal.Signals = signal.SIGTERM, **options):
        self.log, self._stop_signal = log, stop_signal
        with log.open("ab") as output:
            self._child = subprocess.Popen(
                command, env={**os.environ, **(environment or {})}, stdin=subprocess.DEVNULL, stdout=output,
                stderr=output, start_new_session=True, **options)
        self.pid = self._child.pid
        Process.running.append(self)

    @classmethod
    def stop_all(cls) -> None:
        """Stops what still runs, the last started first."""
        while cls.running:
            cls.running[-1].stop()

    @property
    def ended(self) -> bool:
        return self._child.poll() is not None

    def stop(self, seconds: float = 15) -> None:
        """Ends it and its descendants: asked first, killed where that does not help."""
        if self not in Process.running:
            return
        # A pid may be given anew; with its start time it names one process.
        born = {pid: fields[START] for pid in tree([self.pid]) if (fields := stat(pid))}
        self._signal({self.pid: born.get(self.pid, "")}, self._stop_signal)
        self._wait(born, seconds)
        self._signal(born, signal.SIGKILL)
        self._wait(born, 5)
        self._child.wait(timeout=5)
        for pid in born.keys() - {self.pid}:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, os.WNOHANG)
        Process.running.remove(self)

    def _wait(self, born: dict[int, str], seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while any(_lives(*each) for each in born.items()) and time.monotonic() < deadline:
            self._child.poll()
            time.sleep(0.05)

    @staticmethod
    def _signal(born: dict[int, str], number: signal.Signals) -> None:
        for pid, start in born.items():
            if _lives(pid, start):
                os.kill(pid, number)

    def tail(self) -> str:
        """The end of what it printed, as one line."""
        return " | ".join(self.log.read_text(errors="replace").strip().splitlines()[-5:])


def _lives(pid: int, start: str) -> bool:
    fields = stat(pid)
    return bool(fields) and fields[START] == start and fields[STATE] != "Z"

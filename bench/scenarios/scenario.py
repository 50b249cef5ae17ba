"""What a scenario is: stages, of each of which every server does one round before any does the next."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from record import Record
from rest import NoAnswer, Refused, TimedOut
from servers import Server
from stock_client import StockClient


class Skip(Exception):
    """This server takes no further part in the stage; the text says why."""


@dataclass
class Stage:
    """`round` does one round's work and gives the number of operations, of which the server's CPU is then told."""

    name: str
    rounds: int
    round: Callable[[Server, int], int | None]
    prepare: Callable[[Server], None] = lambda _: None
    check: Callable[[Server], None] = lambda _: None
    operation: str | None = None


@dataclass
class Tools:
    """What scenarios share."""

    record: Record
    tag: str
    folder: Path
    client: Callable[[], StockClient]
    # Seconds that one server may spend in one stage; its rounds end there.
    cap: float


class Scenario:
    """A scenario's sizes are its `standard` values, those of `smoke` in their place when it shall only be tried out."""

    name = ""
    # Whether it starts its servers itself.
    starts_servers = False
    standard: dict[str, Any] = {}
    smoke: dict[str, Any] = {}

    def __init__(self, sizes: dict[str, Any], tools: Tools):
        self.sizes, self.tools = sizes, tools
        # What a server's rounds know of each other, by the server's name.
        self.state: dict[str, dict[str, Any]] = {}

    def stages(self, servers: list[Server]) -> Iterator[Stage]:
        raise NotImplementedError

    def add(self, figure: str, server: Server, value: float, unit: str = "ms", **more) -> None:
        self.tools.record.add(self.name, figure, server.name, value, unit, **more)

    def note(self, server: Server, text: str) -> None:
        self.tools.record.note(self.name, server.name, text)

    def error(self, server: Server, text: str) -> None:
        self.tools.record.error(self.name, server.name, text)

    def expect(self, server: Server, what: str, got: object, wanted: object) -> None:
        """Records an error unless the server's answer is right."""
        if got != wanted:
            self.error(server, f"wrong answer: {what}: {str(got)[:100]} instead of {str(wanted)[:100]}")

    def time(self, figure: str, server: Server, call: Callable[[], Any]) -> Any:
        """Times a call; one that fails is counted as an error and gives None. A time-out is raised again."""
        start = time.perf_counter()
        try:
            answer = call()
        except TimedOut as error:
            self.error(server, f"{figure}: {error}")
            raise
        except (Refused, NoAnswer) as error:
            self.error(server, f"{figure}: {error}")
            return None
        self.add(figure, server, (time.perf_counter() - start) * 1000)
        return answer

    def experiment_name(self) -> str:
        return f"bench-{self.tools.tag}-{self.name}"


def in_parallel(count: int, work: Callable[[int], None]) -> float:
    """Does work(0) to work(count - 1) at once and gives the seconds it took; the first failure is raised."""
    failures: list[BaseException] = []

    def guarded(number: int) -> None:
        try:
            work(number)
        except BaseException as failure:  # handed on below
            failures.append(failure)

    threads = [threading.Thread(target=guarded, args=(number,), daemon=True) for number in range(count)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return time.perf_counter() - start

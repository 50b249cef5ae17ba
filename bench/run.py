#!/usr/bin/env python3
"""Tracklet beside its peers, in one run: `npm run bench -- --help`. README.md tells how to set the peers up."""

from __future__ import annotations

import argparse
import datetime
import json
import math
import os
import platform
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import processes
from postgres import Postgres, find_programs
from record import Record
from report import markdown
from rest import NoAnswer, Refused, TimedOut
from scenarios import SCENARIOS
from scenarios.scenario import Scenario, Skip, Stage, Tools
from servers import PEERS, PROJECT, CannotRun, FastTrackMl, Kind, Mlflow, Server, Tracklet, versions
from stock_client import StockClient

NAMES = ["tracklet", "fasttrackml", "mlflow-postgres-uvloop", "mlflow-postgres", "mlflow-sqlite-uvloop", "mlflow-sqlite"]
CAP_SECONDS = {"smoke": 20, "standard": 45}
REST_SECONDS = 60
# Who has just started and has nothing to do may prepare for what comes.
RESTING_SECONDS = 3
RESULTS = Path(__file__).parent / "results.md"


def log(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


@dataclass(frozen=True)
class Planned:
    """A server that a scenario starts itself."""

    kind: Kind

    @property
    def name(self) -> str:
        return self.kind.name


class Fleet:
    """The servers of a run: slow ones are started once, quick ones afresh for each scenario."""

    def __init__(self, names: list[str], command: Path, folder: Path, record: Record):
        self._folder, self._record, self._postgres, self._count = folder, record, None, 0
        self._running: dict[str, Server] = {}
        self.kinds = [kind for name in names if (kind := self._plan(name, command))]

    def _plan(self, name: str, command: Path) -> Kind | None:
        try:
            if name == "tracklet":
                return Tracklet(command)
            if name == "fasttrackml":
                return FastTrackMl()
            needs_postgres = "postgres" in name
            if needs_postgres and self._postgres is None:
                self._postgres = self._start_postgres()
            return Mlflow(name, postgres=self._postgres if needs_postgres else None, has_uvloop=name.endswith("uvloop"))
        except CannotRun as reason:
            self._leave_out(name, reason)
            return None

    def _leave_out(self, name: str, reason: CannotRun) -> None:
        log(f"  without {name}: {reason}")
        self._record.error("all", name, f"left out: {reason}")

    def _start_postgres(self) -> Postgres:
        programs = find_programs()
        if not programs:
            raise CannotRun("no PostgreSQL server on this machine")
        return Postgres(programs, self._folder / "postgres")

    def servers(self) -> list[Server]:
        """All of them, running and empty or as the scenario before left them."""
        for kind in self.kinds:
            if kind.is_quick or kind.name not in self._running:
                self._start(kind)
        return [self._running[kind.name] for kind in self.kinds if kind.name in self._running]

    def _start(self, kind: Kind) -> None:
        if kind.name in self._running:
            self._running.pop(kind.name).remove()
        self._count += 1
        try:
            server = Server(kind, self._folder / f"{kind.name}-{self._count}")
        except CannotRun as reason:
            self._leave_out(kind.name, reason)
            return
        self._running[kind.name] = server
        if not server.settle(REST_SECONDS, RESTING_SECONDS):
            log(f"  {kind.name} still works, {REST_SECONDS} s after its first answer")
        log(f"  {kind.name} is up after {server.started_in:.1f} s")


class Runner:
    """Plays the stages of a scenario and records the servers' CPU."""

    def __init__(self, scenario: Scenario, tools: Tools):
        self._scenario, self._tools = scenario, tools

    def play(self, servers: list[Server]) -> None:
        for stage in self._scenario.stages(servers):
            self._play_stage(stage, servers)

    def _play_stage(self, stage: Stage, servers: list[Server]) -> None:
        live = [server for server in servers if self._guarded(stage, server, lambda: stage.prepare(server) or True)]
        spent = {server.name: {"seconds": 0.0, "cpu": 0.0, "operations": 0, "rounds": 0} for server in live}
        for number in range(stage.rounds):
            # Who goes first changes from round to round.
            turn = number % len(live) if live else 0
            for server in live[turn:] + live[:turn]:
                if spent[server.name]["seconds"] < self._tools.cap:
                    self._play_round(stage, server, number, spent[server.name])
        for server in live:
            self._conclude(stage, server, spent[server.name])

    def _play_round(self, stage: Stage, server: Server, number: int, spent: dict) -> None:
        cpu = server.cpu_seconds() if stage.operation else 0.0
        start = time.perf_counter()
        done = self._guarded(stage, server, lambda: stage.round(server, number) or 0)
        if done is None:
            spent["seconds"] = float("inf")
            return
        spent["seconds"] += time.perf_counter() - start
        used = server.cpu_seconds() - cpu if stage.operation else 0.0
        # A server that was restarted within the round counts from naught: nobody knows what it took.
        spent["cpu"] = math.nan if used < 0 else spent["cpu"] + used
        spent["operations"] += done
        spent["rounds"] += 1

    def _conclude(self, stage: Stage, server: Server, spent: dict) -> None:
        if not spent["rounds"]:
            return
        if stage.operation and spent["operations"] and not math.isnan(spent["cpu"]):
            self._scenario.add(f"server CPU of {stage.operation}", server, spent["cpu"] * 1000 / spent["operations"])
        if spent["rounds"] < stage.rounds:
            self._scenario.note(server, f"{stage.name}: {spent['rounds']} of {stage.rounds} rounds")
        self._guarded(stage, server, lambda: stage.check(server))
        log(f"  {stage.name}: {server.name} {spent['rounds']} rounds" + (f", {spent['seconds']:.1f} s" if spent["seconds"] < 1e9 else ""))

    def _guarded(self, stage: Stage, server: Server, work):
        """The work's result; None when the server cannot go on in this stage, which must not end the run for the others."""
        try:
            return work()
        except Skip as reason:
            if str(reason):
                self._scenario.note(server, f"{stage.name}: {reason}")
        except TimedOut as error:
            self._scenario.error(server, f"{stage.name}: {error}")
            if not server.settle(20):
                server.restart()
        except (Refused, NoAnswer, CannotRun, RuntimeError, KeyError, ValueError, subprocess.SubprocessError) as error:
            self._scenario.error(server, f"{stage.name}: {type(error).__name__}: {error}")
        return None


def conditions_of(begin: dict[str, float], end: dict[str, float]) -> dict[str, float]:
    """What share of the machine went where between two looks at it."""
    passed = {name: end[name] - begin[name] for name in begin}
    cores = passed["seconds"] * os.cpu_count()
    return {"seconds": passed["seconds"], "others": max(0.0, passed["busy"] - passed["all"]) / cores,
            "generator": passed["generator"] / cores}


def look(client_pid: int | None) -> dict[str, float]:
    own = os.times()
    client = processes.cpu_seconds([client_pid]) if client_pid else 0.0
    return {"seconds": time.monotonic(), "busy": processes.busy_seconds(), "all": processes.cpu_seconds([os.getpid()]),
            "generator": own.user + own.system + client}


def machine() -> dict:
    model = next((line.partition(":")[2].strip() for line in Path("/proc/cpuinfo").read_text().splitlines()
                  if line.startswith("model name")), platform.machine())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {"cpu": model, "cores": os.cpu_count(), "memory_gib": memory, "system": f"Linux {platform.release().split('-')[0]}"}


def sizes_of(kind: type[Scenario], profile: str, changes: list[str]) -> dict:
    """The scenario's sizes, those changed by --set scenario.size=JSON in their place."""
    sizes = kind.standard | (kind.smoke if profile == "smoke" else {})
    for change in changes:
        name, _, value = change.partition("=")
        scenario, _, size = name.partition(".")
        if scenario == kind.name:
            if size not in sizes:
                raise SystemExit(f"--set {change}: {scenario} has {', '.join(sizes)}")
            sizes[size] = json.loads(value)
    return sizes


def arguments() -> argparse.Namespace:
    names = ", ".join(kind.name for kind in SCENARIOS)
    parser = argparse.ArgumentParser(prog="npm run bench --", description=__doc__)
    parser.add_argument("--profile", choices=list(CAP_SECONDS), default="standard", help="smoke: a few minutes, to see that it runs")
    parser.add_argument("--scenarios", default="", help=f"some of: {names}")
    parser.add_argument("--servers", default="", help=f"some of: {', '.join(NAMES)}")
    parser.add_argument("--set", action="append", default=[], metavar="SCENARIO.SIZE=JSON", help="e.g. search.sizes=[1000,10000]")
    parser.add_argument("--cap", type=float, help="seconds a server may spend in one stage (%s)" % CAP_SECONDS)
    parser.add_argument("--tracklet", type=Path, default=PROJECT / "bin" / "tracklet.js", help="the command to measure")
    parser.add_argument("--out", type=Path, help="where the results go (.cache/bench/results.md; --publish: bench/results.md)")
    parser.add_argument("--publish", action="store_true", help="write bench/results.md")
    return parser.parse_args()


def chosen(given: str, known: list[str]) -> list[str]:
    wanted = [name for name in given.split(",") if name]
    for name in wanted:
        if name not in known:
            raise SystemExit(f"{name} is not one of {', '.join(known)}")
    return [name for name in known if name in wanted or not wanted]


def play(scenario: Scenario, fleet: Fleet, tools: Tools) -> None:
    log(f"{scenario.name} {json.dumps(scenario.sizes)}")
    servers = [Planned(kind) for kind in fleet.kinds] if scenario.starts_servers else fleet.servers()
    Runner(scenario, tools).play(servers)


class Client:
    """The stock client's process, started when it is first needed."""

    def __init__(self, folder: Path):
        self._folder, self._started = folder, None

    def __call__(self) -> StockClient:
        python = PEERS / "mlflow" / "bin" / "python"
        if not python.exists():
            raise CannotRun("no stock client; README.md tells how to set it up")
        self._started = self._started or StockClient(python, self._folder / "client.log")
        return self._started

    @property
    def pid(self) -> int | None:
        return self._started.pid if self._started else None

    def stop(self) -> None:
        if self._started:
            self._started.stop()


def bench(options: argparse.Namespace, folder: Path, save) -> None:
    record, client = Record(), Client(folder)
    tools = Tools(record, f"{int(time.time()):x}", folder, client, options.cap or CAP_SECONDS[options.profile])
    names = chosen(options.scenarios, [kind.name for kind in SCENARIOS])
    fleet = Fleet(chosen(options.servers, NAMES), options.tracklet.resolve(), folder, record)
    document = {"machine": machine(), "versions": versions(fleet.kinds), "servers": [kind.name for kind in fleet.kinds],
                "profile": options.profile, "date": f"{datetime.date.today():%-d %B %Y}"}
    load, begin = os.getloadavg()[0], time.monotonic()
    try:
        for kind in (kind for kind in SCENARIOS if kind.name in names):
            before = look(client.pid)
            play(kind(sizes_of(kind, options.profile, options.set), tools), fleet, tools)
            record.conditions[kind.name] = conditions_of(before, look(client.pid))
            changing = {"minutes": (time.monotonic() - begin) / 60, "load": {"before": load, "after": os.getloadavg()[0]}}
            save(document | changing | record.as_json())
    finally:
        client.stop()


def main() -> None:
    options = arguments()
    out = options.out or (RESULTS if options.publish else PEERS / "results.md")

    def save(document: dict) -> None:
        """After each scenario, so that a run that is broken off leaves what it has."""
        (PEERS / "results.json").write_text(json.dumps(document, indent=1))
        out.write_text(markdown(document))

    def interrupt(*_):
        # A second Ctrl-C must not leave servers behind.
        hear(signal.SIG_IGN)
        raise KeyboardInterrupt

    def hear(handler) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, handler)

    hear(interrupt)
    processes.adopt_orphans()
    PEERS.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="tracklet-bench-"))
    # PostgreSQL's user must get to its own folder in there.
    folder.chmod(0o711)
    try:
        bench(options, folder, save)
        print(f"results are in {out}")
    except KeyboardInterrupt:
        raise SystemExit("stopped; the servers are gone") from None
    finally:
        hear(signal.SIG_IGN)
        processes.Process.stop_all()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()

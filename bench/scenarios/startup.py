"""From nothing to the first answer, and what an idle server takes: memory, processes, CPU."""

import shutil
import time

import processes
from scenarios.scenario import Scenario, Stage
from servers import Server

MIB = 2**20


class Startup(Scenario):
    name = "startup"
    starts_servers = True
    standard = {"rounds": 2, "settle": 40, "idle": 10}
    smoke = {"rounds": 1, "settle": 8, "idle": 2}

    def stages(self, servers):
        yield Stage("start", self.sizes["rounds"], self.round)

    def round(self, server, number):
        """`server` is only planned: each round starts one of its kind, on an empty store and again on that store."""
        folder = self.tools.folder / f"startup-{server.name}-{number}"
        kind = self.state.get(server.name, {"kind": server.kind})["kind"].renewed()
        self.state[server.name] = {"kind": kind}
        try:
            for store in ("an empty store", "a store that is there"):
                self._start(kind, folder, store)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        return None

    def _start(self, kind, folder, store):
        started = Server(kind, folder)
        try:
            self.add(f"start to first answer on {store}", started, started.started_in * 1000)
            api, begin = started.connect(), time.perf_counter()
            api.post("runs/search", {"experiment_ids": ["0"], "max_results": 1})
            self.add(f"first search after that, {store}", started, (time.perf_counter() - begin) * 1000)
            if store != "an empty store":
                self._idle(started)
        finally:
            started.stop()

    def _idle(self, started):
        if not started.settle(self.sizes["settle"]):
            self.note(started, f"it was still busy {self.sizes['settle']} s after its start")
        pids = processes.tree(started.roots)
        self.add("idle: memory (PSS)", started, processes.pss_bytes(pids) / MIB, "MiB")
        self.add("idle: memory (RSS)", started, processes.rss_bytes(pids) / MIB, "MiB")
        self.add("idle: processes", started, len(pids), "processes")
        self.add("CPU time to start", started, processes.cpu_seconds(started.roots[:1]), "s")
        before = started.cpu_seconds()
        time.sleep(self.sizes["idle"])
        self.add("idle: CPU", started, (started.cpu_seconds() - before) / self.sizes["idle"] * 100, "% of a core")

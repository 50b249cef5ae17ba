"""Files and folders through the stock client, both ways, and what the server's memory does meanwhile."""

import functools
import os
import shutil
import threading

import processes
from page_cache import PageCache
from scenarios.scenario import Scenario, Skip, Stage

MIB = 2**20
BLOCK = 4 * MIB


class Artifacts(Scenario):
    name = "artifacts"
    # MB of a file -> rounds
    standard = {"files": {"0.001": 20, "5": 5, "7": 5, "100": 3, "1000": 3, "2000": 1}, "folder_files": 500, "folder_kb": 20, "folder_rounds": 3}
    smoke = {"files": {"1": 2, "20": 1}, "folder_files": 20, "folder_rounds": 1}

    def stages(self, servers):
        for megabytes, rounds in self.sizes["files"].items():
            yield Stage(f"{megabytes} MB", rounds, lambda server, number, size=float(megabytes): self.file(server, number, size),
                        self.prepare, self.tidy, "a MB moved")
        yield Stage("folder", self.sizes["folder_rounds"], self.folder, self.prepare, self.tidy, "a file of a folder moved")

    @functools.cached_property
    def page_cache(self):
        return PageCache(self.tools.folder)

    def prepare(self, server):
        made = self.ask("make_run", url=server.url, experiment=self.experiment_name())
        if not made["artifact_uri"].startswith(("mlflow-artifacts:", "http")):
            raise Skip("no artifact proxy: the client would write past the server")
        self.state[server.name] = {"run_id": made["run_id"]}

    def file(self, server, number, megabytes):
        path = self._made(f"{megabytes:g}-mb.bin", lambda path: fill(path, round(megabytes * 1_000_000)))
        self._move(server, path, f"round {number}", f"{megabytes:g} MB", megabytes, "MB/s", measured=megabytes >= 100)
        return 2 * megabytes

    def folder(self, server, number):
        count, kilobytes = self.sizes["folder_files"], self.sizes["folder_kb"]
        path = self._made(f"{count}-files", lambda path: fill_folder(path, count, kilobytes * 1024))
        self._move(server, path, f"folder {number}", f"{count} files of {kilobytes} KB", count, "files/s", measured=False)
        return 2 * count

    def _move(self, server, path, place, what, amount, unit, *, measured):
        there = {"url": server.url, "run_id": self.state[server.name]["run_id"], "artifact_path": place}
        back = self.tools.folder / "artifacts-back"
        for way, call in {
            "upload": lambda: self.ask("upload", path=str(path), **there),
            "download": lambda: self.ask("download", to=str(back), of=str(path), **there),
        }.items():
            # What the round before left in the page cache must not be written in this one's time.
            os.sync()
            self.page_cache.fill()
            with PeakMemory(server) as memory:
                done = call()
            self.add(f"{way} of {what}", server, amount / done["seconds"], unit, higher=True)
            if measured:
                self.add(f"memory growth in {way} of {what}", server, memory.growth_bytes / MIB, "MiB")
        self.expect(server, f"{what}: digests", done["equal"], True)
        shutil.rmtree(back, ignore_errors=True)

    def ask(self, task, **question):
        return self.tools.client().ask(task=task, **question)

    def _made(self, name, make):
        path = self.tools.folder / name
        if not path.exists():
            make(path)
        return path

    def tidy(self, server):
        """Large files of one size make room for those of the next."""
        self.ask("delete", url=server.url, run_id=self.state[server.name]["run_id"])


def fill(path, size_bytes):
    """Bytes that neither compress nor repeat."""
    with path.open("wb") as file:
        for start in range(0, size_bytes, BLOCK):
            file.write(os.urandom(min(BLOCK, size_bytes - start)))


def fill_folder(path, count, size_bytes):
    for number in range(count):
        folder = path / f"part {number % 5}"
        folder.mkdir(parents=True, exist_ok=True)
        fill(folder / f"file {number}.bin", size_bytes)


class PeakMemory:
    """How much more memory (PSS) a server took, at most, within the block than at its start."""

    EVERY_SECONDS = 0.1

    def __init__(self, server):
        self._pids = processes.tree(server.roots)
        self._before = self._peak = processes.pss_bytes(self._pids)
        self._done = threading.Event()
        self._watch = threading.Thread(target=self._look, daemon=True)

    def _look(self):
        while not self._done.wait(self.EVERY_SECONDS):
            self._peak = max(self._peak, processes.pss_bytes(self._pids))

    def __enter__(self):
        self._watch.start()
        return self

    def __exit__(self, *_):
        self._done.set()
        self._watch.join()

    @property
    def growth_bytes(self):
        return self._peak - self._before

"""Puts big data sets straight into a peer's database: through the API of a Python server, 100,000 runs take an hour.

`database` is `mlflow:` or `fasttrackml:` (whose tables differ a little) and the database's address, sqlite:/// or
postgresql://. What is put there is what the API would have written; the scenarios check it through the API.
"""

from __future__ import annotations

import random
import sqlite3
import subprocess
from collections.abc import Iterable, Iterator

import rows

Line = tuple[str, tuple]  # a table's name and one of its rows

COLUMNS = {
    "experiments": "experiment_id name artifact_location lifecycle_stage creation_time last_update_time",
    "experiment_tags": "key value experiment_id",
    "runs": "run_uuid name source_type source_name entry_point_name user_id status start_time end_time source_version "
            "lifecycle_stage artifact_uri experiment_id",
    "params": "key value run_uuid",
    "tags": "key value run_uuid",
    "metrics": "key value timestamp run_uuid step is_nan",
    "latest_metrics": "key value timestamp run_uuid step is_nan",
    "registered_models": "name creation_time last_updated_time description",
    "registered_model_tags": "name key value",
    "model_versions": "name version creation_time last_updated_time description current_stage source storage_location run_id run_link status",
    "model_version_tags": "name version key value",
}
FASTTRACKML_COLUMNS = {
    **COLUMNS,
    "experiments": COLUMNS["experiments"] + " namespace_id",
    "runs": COLUMNS["runs"] + " row_num",
    "params": "key value_str run_uuid",
    "metrics": COLUMNS["metrics"] + " iter context_id",
    "latest_metrics": COLUMNS["latest_metrics"] + " last_iter context_id",
}
# Far beyond those that a database counts out by itself, for PostgreSQL does not hear of the ids that it is given.
FIRST_EXPERIMENT_ID = 1_000_000


def fill_experiments(database: str, prefix: str, experiments: int, newest_ms: int) -> None:
    """Makes the experiments 0 to experiments - 1, a millisecond apart, the last one at newest_ms."""
    kind, sink = _open(database)
    root = sink.ask("SELECT artifact_location FROM experiments WHERE experiment_id = 0").removesuffix("/0")
    sink.write(_experiment_lines(kind, prefix, experiments, newest_ms, root))


def fill_runs(database: str, experiment_id: str, runs: int) -> None:
    """Fills an empty experiment with the runs 0 to runs - 1."""
    kind, sink = _open(database)
    root = sink.ask(f"SELECT artifact_location FROM experiments WHERE experiment_id = {int(experiment_id)}")
    first = int(sink.ask("SELECT COALESCE(MAX(row_num), -1) + 1 FROM runs")) if kind == "fasttrackml" else 0
    sink.write(_run_lines(kind, experiment_id, runs, root, first))


def fill_histories(database: str, run_ids: list[str], key: str, points: int) -> None:
    """Gives each of the runs, which are there, a metric with so many points."""
    kind, sink = _open(database)
    for run_id in run_ids:
        sink.write(_metric_lines(kind, run_id, key, ((step, *rows.point_at(step)) for step in range(points))))


def fill_registry(database: str, models: list[tuple[str, int, int]], newest_ms: int) -> None:
    """Makes registered models, each given as its name, its number and how many versions it has; the last of them at newest_ms."""
    _, sink = _open(database)
    sink.write(_registry_lines(models, newest_ms - sum(versions for _, _, versions in models)))


def _open(database: str) -> tuple[str, SqliteSink | PostgresSink]:
    kind, _, address = database.partition(":")
    columns = FASTTRACKML_COLUMNS if kind == "fasttrackml" else COLUMNS
    return kind, (SqliteSink if address.startswith("sqlite") else PostgresSink)(address, columns)


def _experiment_lines(kind: str, prefix: str, experiments: int, newest_ms: int, root: str) -> Iterator[Line]:
    for experiment in range(experiments):
        number, time = FIRST_EXPERIMENT_ID + experiment, newest_ms - experiments + 1 + experiment
        line = (number, rows.experiment_name(prefix, experiment), f"{root}/{number}", "active", time, time)
        yield "experiments", line + ((1,) if kind == "fasttrackml" else ())
        yield from (("experiment_tags", (key, value, number)) for key, value in rows.experiment_tags(experiment).items())


def _run_lines(kind: str, experiment_id: str, runs: int, root: str, first_number: int) -> Iterator[Line]:
    digits = random.Random(f"runs of {experiment_id}")
    for run in range(runs):
        run_id, name, start = f"{digits.getrandbits(128):032x}", rows.name_of(run), rows.start_of(run)
        line = (run_id, name, "UNKNOWN", "", "", "bench", "FINISHED", start, start + 500, "", "active",
                f"{root}/{run_id}/artifacts", int(experiment_id))
        yield "runs", line + ((first_number + run,) if kind == "fasttrackml" else ())
        tags = rows.tags_of(run) | ({"mlflow.runName": name} if kind == "mlflow" else {})
        yield from (("params", (key, value, run_id)) for key, value in rows.params_of(run).items())
        yield from (("tags", (key, value, run_id)) for key, value in tags.items())
        for key, value in rows.metrics_of(run).items():
            yield from _metric_lines(kind, run_id, key, [(0, value, start)])


def _metric_lines(kind: str, run_id: str, key: str, points: Iterable[tuple[int, float, int]]) -> Iterator[Line]:
    line: tuple = ()
    for number, (step, value, timestamp) in enumerate(points, 1):
        line = (key, value, timestamp, run_id, step, False) + ((number, 1) if kind == "fasttrackml" else ())
        yield "metrics", line
    yield "latest_metrics", line


def _registry_lines(models: list[tuple[str, int, int]], first_ms: int) -> Iterator[Line]:
    for name, model, versions in models:
        yield "registered_models", (name, first_ms, first_ms + versions, "")
        yield from (("registered_model_tags", (name, key, value)) for key, value in rows.model_tags(model).items())
        for version in range(1, versions + 1):
            first_ms += 1
            made = rows.version_of(name, model, version)
            yield "model_versions", (name, version, first_ms, first_ms, made["description"], "None", made["source"], made["source"],
                                     made["run_id"], "", "READY")
            yield from (("model_version_tags", (name, version, key, value)) for key, value in rows.version_tags(model, version).items())


class SqliteSink:
    def __init__(self, address: str, columns: dict[str, str]):
        self._path = address.removeprefix("sqlite:///")
        self._insert = {
            table: f'INSERT INTO {table} ({_quoted(names)}) VALUES ({", ".join("?" * len(names.split()))})'
            for table, names in columns.items()}

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self._path, timeout=120)

    def ask(self, question: str) -> str:
        with self._connect() as connection:
            return str(connection.execute(question).fetchone()[0])

    def write(self, lines: Iterable[Line]) -> None:
        with self._connect() as connection:
            for table, chunk in _chunks(lines, 20_000):
                connection.executemany(self._insert[table], chunk)
        connection.close()


class PostgresSink:
    """Through psql and COPY; the tables' order in a chunk is that of the lines, so that a run comes before what it holds."""

    def __init__(self, address: str, columns: dict[str, str]):
        self._address, self._columns = address, columns

    def _psql(self, command: str, text: str | None = None) -> str:
        program = ["psql", self._address, "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", command]
        done = subprocess.run(program, input=text, capture_output=True, text=True, cwd="/")
        if done.returncode:
            raise RuntimeError(f"psql: {done.stderr.strip()[:300]}")
        return done.stdout.strip()

    def ask(self, question: str) -> str:
        return self._psql(question)

    def write(self, lines: Iterable[Line]) -> None:
        for table, chunk in _chunks(lines, 200_000):
            text = "".join("\t".join("f" if cell is False else str(cell) for cell in row) + "\n" for row in chunk)
            self._psql(f"COPY {table} ({_quoted(self._columns[table])}) FROM STDIN", text)
        self._psql("ANALYZE")


def _quoted(names: str) -> str:
    return ", ".join(f'"{name}"' for name in names.split())


def _chunks(lines: Iterable[Line], size: int) -> Iterator[tuple[str, list[tuple]]]:
    """The rows of each table in chunks; whenever one table's is full, all are given, in the order the tables came up."""
    waiting: dict[str, list[tuple]] = {}
    for table, row in lines:
        waiting.setdefault(table, []).append(row)
        if len(waiting[table]) >= size:
            yield from waiting.items()
            waiting = {name: [] for name in waiting}
    yield from ((table, chunk) for table, chunk in waiting.items() if chunk)

"""The data that dashboard.ts looks at, in a running server: an experiment of many runs, and one of few with long histories.

`python3 bench/fill_dashboard.py URL RUNS CHARTED POINTS [mlflow:sqlite:///PATH]` goes through the API, or with a database past it.
Prints the ids of both experiments.
"""

from __future__ import annotations

import sys
import threading
import time

import rows
from fill_database import fill_histories, fill_runs
from rest import NoAnswer, Tracking

WRITERS = 8
TIMEOUT_SECONDS = 120
POINTS_AT_ONCE = 1000
KEY = "curve"


def main(url: str, runs: int, charted: int, points: int, database: str = "") -> None:
    api = Tracking(url, TIMEOUT_SECONDS)
    many, few = api.experiment("many runs"), api.experiment("long histories")
    if database:
        fill_runs(database, many, runs)
    else:
        in_turns(url, runs, lambda one, run: make_run(one, many, run))
    # A connection of its own: what was idle meanwhile may be closed.
    fresh = Tracking(url, TIMEOUT_SECONDS)
    wait_for(fresh)
    run_ids = [make_run(fresh, few, run) for run in range(charted)]
    if database:
        fill_histories(database, run_ids, KEY, points)
    else:
        in_turns(url, charted, lambda one, run: fill_history(one, run_ids[run], points))
    print(many, few)


def wait_for(api: Tracking) -> None:
    """A worker of the stock server that was busy for long is replaced by another one."""
    for _ in range(TIMEOUT_SECONDS):
        try:
            if api.is_healthy():
                return
        except NoAnswer:
            pass
        time.sleep(1)


def make_run(api: Tracking, experiment: str, run: int) -> str:
    run_id = api.create_run(experiment, rows.name_of(run), rows.start_of(run))
    api.post("runs/log-batch", rows.batch_of(run_id, run))
    api.post("runs/update", {"run_id": run_id, "status": "FINISHED", "end_time": rows.start_of(run) + 500})
    return run_id


def fill_history(api: Tracking, run_id: str, points: int) -> None:
    for first in range(0, points, POINTS_AT_ONCE):
        steps = min(POINTS_AT_ONCE, points - first)
        api.post("runs/log-batch", rows.history_batch(run_id, [KEY], first, steps))


def in_turns(url: str, count: int, work) -> None:
    """Does the work of each number, by several writers; fails when one of them does."""
    failures: list[BaseException] = []

    def write(first: int) -> None:
        api = Tracking(url, TIMEOUT_SECONDS)
        try:
            for number in range(first, count, WRITERS):
                work(api, number)
        except BaseException as error:  # told by the main thread
            failures.append(error)

    threads = [threading.Thread(target=write, args=(first,)) for first in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:5]), *sys.argv[5:])

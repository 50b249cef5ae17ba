"""Long histories of one metric: written in batches, read whole, and sampled for a chart of several runs."""

import time

from fill_database import fill_histories
from rest import Refused
from scenarios.scenario import Scenario, Skip, Stage
import rows

KEY = "h"
SAMPLES = 320  # points a run that MLflow's own charts ask for


class MetricHistory(Scenario):
    name = "metric-history"
    standard = {"points": 100_000, "long": 1_000_000, "page": 25_000, "runs": 10, "rounds": 3, "writes": 10}
    smoke = {"points": 4000, "long": 6000, "page": 1000, "runs": 3, "rounds": 1, "writes": 2}

    def stages(self, servers):
        rounds = self.sizes["rounds"]
        yield Stage("write", self.sizes["writes"], self.write, self.prepare_write, self.check_write, "a batch of 1,000")
        yield Stage("read", rounds, self.read, self.prepare_read, operation=f"a read of {self.sizes['long']:,}")
        yield Stage("sample", rounds * 2, self.sample, self.prepare_sample, operation="an interval")

    def prepare_write(self, server):
        self.state[server.name] = {"api": server.connect(), "written": 0, "seconds": 0.0}
        self.state[server.name]["run"] = self._make_runs(server, 1)[0]

    def _make_runs(self, server, count):
        api = self.state[server.name]["api"]
        experiment = api.experiment(self.experiment_name())
        return [api.create_run(experiment, f"history-{k}", rows.FIRST_MS) for k in range(count)]

    def write(self, server, _):
        state, count = self.state[server.name], self.sizes["points"] // self.sizes["writes"]
        first = state["written"]
        bodies = [rows.history_batch(state["run"], [KEY], step, min(1000, first + count - step))
                  for step in range(first, first + count, 1000)]
        start = time.perf_counter()
        for body in bodies:
            self.time("write a batch of 1,000 points of one metric", server, lambda: state["api"].post("runs/log-batch", body))
        state["seconds"] += time.perf_counter() - start
        state["written"] += count
        return len(bodies)

    def check_write(self, server):
        state, points = self.state[server.name], self.sizes["points"]
        self.add(f"write {points:,} points", server, state["seconds"] * points / state["written"], "s")
        if state["written"] < points:
            self.note(server, f"{state['written']:,} of {points:,} points were written in time, the rest is projected")
        steps = self._read_steps(server, state["run"])
        self.expect(server, "steps written", (len(steps), sum(steps)), _sums(state["written"]))

    def _read_steps(self, server, run_id):
        state, token, steps = self.state[server.name], None, []
        while True:
            query = {"run_id": run_id, "metric_key": KEY, "max_results": self.sizes["page"], "page_token": token}
            page = state["api"].get("metrics/get-history", **query)
            steps += [int(point.get("step", 0)) for point in page.get("metrics", [])]
            token = page.get("next_page_token")
            if not token:
                return steps

    def _fill(self, server, run_ids, points):
        database = server.kind.database(server.folder)
        if database:
            fill_histories(database, run_ids, KEY, points)
            return
        for run_id in run_ids:
            for step in range(0, points, 1000):
                body = rows.history_batch(run_id, [KEY], step, min(1000, points - step))
                self.state[server.name]["api"].post("runs/log-batch", body)

    def prepare_read(self, server):
        state = self.state[server.name]
        state["long"] = self._make_runs(server, 1)
        self._fill(server, state["long"], self.sizes["long"])
        server.settle(30)

    def read(self, server, _):
        points, start = self.sizes["long"], time.perf_counter()
        steps = self._read_steps(server, self.state[server.name]["long"][0])
        self.add(f"read {points:,} points, all pages", server, time.perf_counter() - start, "s")
        self.expect(server, "steps read", (len(steps), sum(steps)), _sums(points))
        return 1

    def prepare_sample(self, server):
        state = self.state[server.name]
        state["sampled"] = self._make_runs(server, self.sizes["runs"])
        self._fill(server, state["sampled"], self.sizes["points"])
        server.settle(30)

    def sample(self, server, _):
        state, runs = self.state[server.name], self.sizes["runs"]
        query = {"run_ids": state["sampled"], "metric_key": KEY, "max_results": SAMPLES}
        figure = f"bulk-interval of {runs} runs of {self.sizes['points']:,} points"
        start = time.perf_counter()
        try:
            answer = state["api"].get("metrics/get-history-bulk-interval", "/ajax-api/2.0/mlflow/", **query)
        except Refused as refusal:
            if refusal.status in (404, 405, 501):
                raise Skip("it has no get-history-bulk-interval") from refusal
            raise
        self.add(figure, server, (time.perf_counter() - start) * 1000)
        points = answer.get("metrics", [])
        last = {point["run_id"] for point in points if int(point.get("step", 0)) == self.sizes["points"] - 1}
        self.expect(server, "runs sampled up to their last point", last, set(state["sampled"]))
        self.expect(server, "points a run", SAMPLES <= len(points) / runs <= 2 * SAMPLES, True)
        return 1


def _sums(points):
    return points, points * (points - 1) // 2

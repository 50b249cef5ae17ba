"""Eight trainings at once, each logging batches of 1,000 values: 10 metrics over 100 steps."""

from scenarios.scenario import Scenario, Stage, in_parallel
import rows


class LogBatch(Scenario):
    name = "log-batch"
    standard = {"writers": 8, "rounds": 10, "batches": 5, "metrics": 10, "size": 1000}
    smoke = {"writers": 4, "rounds": 2, "batches": 2}

    def stages(self, servers):
        yield Stage("batches", self.sizes["rounds"], self.round, self.prepare, self.check, "a batch")

    def prepare(self, server):
        api, writers = server.connect(), range(self.sizes["writers"])
        experiment = api.experiment(self.experiment_name())
        self.state[server.name] = {
            "runs": [api.create_run(experiment, f"writer-{k}", rows.FIRST_MS) for k in writers],
            "apis": [server.connect() for _ in writers],
            "sent": 0,
        }
        self._send(server, 1)

    def _send(self, server, batches, figure=None):
        sizes, state = self.sizes, self.state[server.name]
        keys, steps = [f"k{k}" for k in range(sizes["metrics"])], sizes["size"] // sizes["metrics"]
        first = state["sent"]
        bodies = [[rows.history_batch(run_id, keys, (first + b) * steps, steps) for b in range(batches)] for run_id in state["runs"]]
        state["sent"] += batches

        def write(k):
            for body in bodies[k]:
                if figure:
                    self.time(figure, server, lambda: state["apis"][k].post("runs/log-batch", body))
                else:
                    state["apis"][k].post("runs/log-batch", body)
        return in_parallel(sizes["writers"], write)

    def round(self, server, _):
        sizes = self.sizes
        seconds = self._send(server, sizes["batches"], f"one batch of {sizes['size']}, {sizes['writers']} writers")
        count = sizes["writers"] * sizes["batches"]
        self.add(f"{sizes['writers']} writers", server, count * sizes["size"] / seconds, "metrics/s", higher=True)
        return count

    def check(self, server):
        state, steps = self.state[server.name], self.sizes["size"] // self.sizes["metrics"]
        for run_id in state["runs"]:
            latest = {metric.get("step") for metric in state["apis"][0].latest(run_id).values()}
            self.expect(server, "latest steps of a run", latest, {state["sent"] * steps - 1})
        history = state["apis"][0].get("metrics/get-history", run_id=state["runs"][0], metric_key="k0")
        self.expect(server, "points of a metric", len(history.get("metrics", [])), state["sent"] * steps)

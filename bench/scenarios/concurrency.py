"""64 trainings in one experiment at once: each logs a small batch, a metric and a tag, again and again."""

import time

from rest import NoAnswer, Refused
from scenarios.scenario import Scenario, Stage, in_parallel
import rows


class Concurrency(Scenario):
    name = "concurrency"
    standard = {"writers": 64, "rounds": 3, "seconds": 5}
    smoke = {"writers": 8, "rounds": 1, "seconds": 1}

    def stages(self, servers):
        yield Stage("writers", self.sizes["rounds"], self.round, self.prepare, self.check, "a request")

    def prepare(self, server):
        api, writers = server.connect(), range(self.sizes["writers"])
        experiment = api.experiment(self.experiment_name())
        self.state[server.name] = {
            "runs": [api.create_run(experiment, f"writer-{k}", rows.FIRST_MS) for k in writers],
            "apis": [server.connect() for _ in writers],
            "step": 0,
            "acknowledged": {},
        }

    def round(self, server, _):
        state, writers = self.state[server.name], self.sizes["writers"]
        done, failed = [0] * writers, [0] * writers
        first, end = state["step"], time.perf_counter() + self.sizes["seconds"]

        def write(k):
            step = first
            while time.perf_counter() < end:
                step += 1
                for kind, path, body in self._requests(state["runs"][k], step):
                    try:
                        state["apis"][k].post(path, body)
                    except (Refused, NoAnswer) as error:
                        self.error(server, f"{kind}: {error}")
                        failed[k] += 1
                    else:
                        done[k] += 1
                        state["acknowledged"][k, kind] = step
            state["step"] = max(state["step"], step)
        seconds = in_parallel(writers, write)
        self.add(f"{writers} writers", server, sum(done) / seconds, "requests/s", higher=True)
        self.add("failed", server, 100 * sum(failed) / max(1, sum(done) + sum(failed)), "%")
        return sum(done) + sum(failed)

    @staticmethod
    def _requests(run_id, step):
        value, timestamp = rows.point_at(step)
        point = {"value": value, "timestamp": timestamp, "step": step}
        yield "batch", "runs/log-batch", {"run_id": run_id, "metrics": [{"key": f"k{j}", **point} for j in range(10)]}
        yield "metric", "runs/log-metric", {"run_id": run_id, "key": "one", **point}
        yield "tag", "runs/set-tag", {"run_id": run_id, "key": "progress", "value": str(step)}

    def check(self, server):
        state, lost = self.state[server.name], 0
        for k, run_id in enumerate(state["runs"]):
            data = state["apis"][k].get("runs/get", run_id=run_id)["run"]["data"]
            steps = {metric["key"]: metric.get("step", 0) for metric in data.get("metrics", [])}
            tags = {tag["key"]: tag["value"] for tag in data.get("tags", [])}
            held = {"batch": steps.get("k9", 0), "metric": steps.get("one", 0), "tag": int(tags.get("progress", 0))}
            lost += sum(held[kind] < state["acknowledged"].get((k, kind), 0) for kind in held)
        self.add("lost updates", server, lost, "updates")
        self.expect(server, "updates that were acknowledged and are lost", lost, 0)

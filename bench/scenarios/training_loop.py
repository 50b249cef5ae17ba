"""The loop that most training scripts have, run by the stock client: params and tags, then metrics at each step."""

from scenarios.scenario import Scenario, Stage


class TrainingLoop(Scenario):
    name = "training-loop"
    standard = {"rounds": 10, "steps": 50, "metrics": 10, "params": 30, "tags": 10}
    smoke = {"rounds": 2, "steps": 5}

    def stages(self, servers):
        yield Stage("runs", self.sizes["rounds"], self.round, self.prepare, self.check, "a run")

    def prepare(self, server):
        self.state[server.name] = {"runs": []}
        self._train(server, 2)

    def _train(self, server, steps):
        sizes = {key: self.sizes[key] for key in ("metrics", "params", "tags")}
        done = self.tools.client().ask(task="train", url=server.url, experiment=self.experiment_name(), steps=steps, **sizes)
        self.state[server.name]["runs"].append(done["run_id"])
        return done["seconds"]

    def round(self, server, _):
        self.add(f"one run of {self.sizes['steps']} steps", server, self._train(server, self.sizes["steps"]) * 1000)
        return 1

    def check(self, server):
        runs, sizes, api = self.state[server.name]["runs"], self.sizes, server.connect()
        found = api.search(api.experiment(self.experiment_name()), max_results=1000).runs
        self.expect(server, "runs", {run["info"]["run_id"] for run in found}, set(runs))
        run = api.get("runs/get", run_id=runs[-1])["run"]
        tags = [tag for tag in run["data"]["tags"] if tag["key"].startswith("tag_")]
        self.expect(server, "params and tags", (len(run["data"]["params"]), len(tags)), (sizes["params"], sizes["tags"]))
        steps = [metric.get("step") for metric in run["data"]["metrics"]]
        self.expect(server, "latest steps", steps, [sizes["steps"] - 1] * sizes["metrics"])
        self.expect(server, "status", run["info"]["status"], "FINISHED")

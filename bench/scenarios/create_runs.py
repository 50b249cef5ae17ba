"""Whole runs made by 16 connections at once: create, then a batch of 20 params, 20 metrics and 10 tags."""

from scenarios.scenario import Scenario, Stage, in_parallel
import rows


class CreateRuns(Scenario):
    name = "create-runs"
    standard = {"writers": 16, "rounds": 10, "runs": 96}
    smoke = {"rounds": 2, "runs": 32}

    def stages(self, servers):
        yield Stage("runs", self.sizes["rounds"], self.round, self.prepare, self.check, "a run")

    def prepare(self, server):
        experiment = server.connect().experiment(self.experiment_name())
        apis = [server.connect() for _ in range(self.sizes["writers"])]
        self.state[server.name] = {"experiment": experiment, "apis": apis, "made": 0}
        self._make(server, self.sizes["writers"])

    def _make(self, server, runs):
        state, writers = self.state[server.name], self.sizes["writers"]
        first = state["made"]
        state["made"] += runs

        def work(k):
            for run in range(first + k, first + runs, writers):
                make_run(state["apis"][k], state["experiment"], run)
        return in_parallel(writers, work)

    def round(self, server, _):
        runs = self.sizes["runs"]
        self.add(f"{self.sizes['writers']} at once", server, runs / self._make(server, runs), "runs/s", higher=True)
        return runs

    def check(self, server):
        state = self.state[server.name]
        found = state["apis"][0].search(state["experiment"], max_results=5000).runs
        names = sorted(run["info"]["run_name"] for run in found)
        self.expect(server, "runs", names, [rows.name_of(run) for run in range(state["made"])])
        for run in found[:20]:
            check_run(self, server, run)


def make_run(api, experiment, run):
    """Makes a run of rows.py and gives its id."""
    run_id = api.create_run(experiment, rows.name_of(run), rows.start_of(run))
    api.post("runs/log-batch", rows.batch_of(run_id, run))
    return run_id


def check_run(scenario, server, found):
    """Holds a run that a search found against what rows.py says of it."""
    number = int(found["info"]["run_name"].removeprefix("run-"))
    params = {param["key"]: param["value"] for param in found["data"].get("params", [])}
    tags = {tag["key"]: tag["value"] for tag in found["data"].get("tags", []) if not tag["key"].startswith("mlflow.")}
    metrics = {metric["key"]: metric["value"] for metric in found["data"].get("metrics", [])}
    held = (params, metrics, tags)
    wanted = (rows.params_of(number), rows.metrics_of(number), rows.tags_of(number))
    scenario.expect(server, "what a run holds", held, wanted)

"""One log-metric after the other on one connection, as a training without batches; /health is the floor."""

from scenarios.scenario import Scenario, Stage
import rows


class LogMetric(Scenario):
    name = "log-metric"
    standard = {"rounds": 10, "calls": 50}
    smoke = {"rounds": 2, "calls": 10}

    def stages(self, servers):
        yield Stage("calls", self.sizes["rounds"], self.round, self.prepare, self.check, "log-metric")
        yield Stage("reads", self.sizes["rounds"], self.reads, self.warm, operation="runs/get")

    def prepare(self, server):
        api = server.connect()
        run_id = api.create_run(api.experiment(self.experiment_name()), "one", rows.FIRST_MS)
        self.state[server.name] = {"api": api, "run_id": run_id, "step": 0}
        for _ in range(self.sizes["calls"]):
            self._log(server)

    def _log(self, server):
        state = self.state[server.name]
        state["step"] += 1
        value, timestamp = rows.point_at(state["step"])
        body = {"run_id": state["run_id"], "key": "loss", "value": value, "timestamp": timestamp, "step": state["step"]}
        return state["api"].post("runs/log-metric", body)

    def round(self, server, _):
        for _ in range(self.sizes["calls"]):
            self.time("log-metric, one connection", server, lambda: self._log(server))
        return self.sizes["calls"]

    def check(self, server):
        state = self.state[server.name]
        self.expect(server, "latest step", state["api"].latest(state["run_id"])["loss"].get("step"), state["step"])

    def warm(self, server):
        state = self.state[server.name]
        for _ in range(3):
            state["api"].get("runs/get", run_id=state["run_id"])

    def reads(self, server, _):
        state, calls = self.state[server.name], max(5, self.sizes["calls"] // 5)
        for _ in range(calls):
            self.time("GET /health", server, lambda: state["api"].request("GET", "/health"))
        for _ in range(calls):
            self.time("runs/get", server, lambda: state["api"].get("runs/get", run_id=state["run_id"]))
        return None

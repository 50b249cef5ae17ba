"""What a user of the stock client does with a deployment. Run by the Python that has mlflow: walk.py write|read STATE."""

import json
import sys
import tempfile
from pathlib import Path

from mlflow import MlflowClient
from mlflow.entities import Metric, Param, RunTag

NAME = "deploy-check"
POINTS = 2_000


def write(state: dict) -> None:
    """An experiment, runs, a file, a registered model: remembered in `state`."""
    client = MlflowClient()
    experiment_id = client.create_experiment(NAME)
    runs = []
    for number in range(3):
        run_id = client.create_run(experiment_id, tags={"number": str(number)}).info.run_id
        client.log_batch(run_id, params=[Param("lr", str(number))], tags=[RunTag("team", "vision")])
        points = [Metric("loss", 1 / (1 + step), step, step) for step in range(POINTS)]
        for start in range(0, POINTS, 1000):
            client.log_batch(run_id, metrics=points[start : start + 1000])
        runs.append(run_id)
    text = "a line of a file\n" * 1000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "notes é.txt"
        path.write_text(text)
        client.log_artifact(runs[0], str(path), "docs")
    client.create_registered_model(NAME)
    source = f"{client.get_run(runs[0]).info.artifact_uri}/docs"
    version = client.create_model_version(NAME, source, runs[0])
    client.set_registered_model_alias(NAME, "champion", version.version)
    for run_id in runs[:2]:
        client.set_terminated(run_id)
    state.update(experiment_id=experiment_id, runs=runs, text=text, version=version.version)


def read(state: dict) -> None:
    """All that was written is found as it was, and goes on."""
    client = MlflowClient()
    runs = state["runs"]
    assert client.get_experiment_by_name(NAME).experiment_id == state["experiment_id"]
    found = client.search_runs([state["experiment_id"]], "params.lr = '1' and tags.team = 'vision' and metrics.loss < 1")
    assert [run.info.run_id for run in found] == [runs[1]], found
    history = client.get_metric_history(runs[2], "loss")
    assert [(point.step, point.value) for point in history] == [(step, 1 / (1 + step)) for step in range(POINTS)]
    assert [file.path for file in client.list_artifacts(runs[0], "docs")] == ["docs/notes é.txt"]
    with tempfile.TemporaryDirectory() as folder:
        assert Path(client.download_artifacts(runs[0], "docs/notes é.txt", folder)).read_text() == state["text"]
    assert client.get_model_version_by_alias(NAME, "champion").version == state["version"]
    client.log_metric(runs[2], "loss", 0.25, step=POINTS)
    assert client.get_run(runs[2]).data.metrics["loss"] == 0.25
    client.log_metric(runs[2], "loss", 1 / (1 + POINTS), step=POINTS + 1)


if __name__ == "__main__":
    task, file = sys.argv[1], Path(sys.argv[2])
    remembered = json.loads(file.read_text()) if file.exists() else {}
    {"write": write, "read": read}[task](remembered)
    file.write_text(json.dumps(remembered))

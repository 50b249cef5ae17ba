"""What the client of 3.17 does beside plain logging."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import mlflow
import numpy as np
import requests
from mlflow import MlflowClient
from mlflow.entities import Metric

NOW = 1_700_000_000_000


def test_logging_from_a_background_thread_loses_nothing(client, experiment_id):
    with mlflow.start_run() as run:
        for step in range(500):
            mlflow.log_metric("loss", 1 / (step + 1), step=step, synchronous=False)
        mlflow.log_params({f"p{number}": number for number in range(150)}, synchronous=False)
        operations = [mlflow.set_tag("t", "v", synchronous=False)]
        mlflow.flush_async_logging()
        for operation in operations:
            operation.wait()
    assert [point.step for point in client.get_metric_history(run.info.run_id, "loss")] == list(range(500))
    data = client.get_run(run.info.run_id).data
    assert len(data.params) == 150
    assert (data.metrics["loss"], data.tags["t"]) == (1 / 500, "v")


def test_threads_share_a_run(client, run_id):
    def write(worker: int) -> None:
        own = MlflowClient()
        for step in range(20):
            own.log_batch(run_id, [Metric(f"m{worker}", step, NOW, step), Metric("all", worker, NOW, step)])
            own.set_tag(run_id, f"t{worker}", str(step))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))
    run = client.get_run(run_id)
    assert run.data.metrics == {**{f"m{worker}": 19.0 for worker in range(8)}, "all": 7.0}
    assert {f"t{worker}": "19" for worker in range(8)}.items() <= run.data.tags.items()
    assert len(client.get_metric_history(run_id, "all")) == 160


def test_images_by_step(client, experiment_id):
    with mlflow.start_run() as run:
        for step in range(3):
            mlflow.log_image(np.zeros((4, 4, 3), dtype=np.uint8), key="dog/face", step=step)
        mlflow.flush_artifact_async_logging()
    files = client.list_artifacts(run.info.run_id, "images")
    assert len(files) == 6
    assert all("+step+" in file.path for file in files)
    assert "mlflow.loggedImages" in client.get_run(run.info.run_id).data.tags


def test_the_server_tells_its_version_and_abilities(client):
    server = client.tracking_uri
    assert requests.get(f"{server}/health", timeout=10).text == "OK"
    assert requests.get(f"{server}/version", timeout=10).text == "3.17.2"
    assert "store_type" in requests.get(f"{server}/api/3.0/mlflow/server-info", timeout=10).json()


def test_the_points_of_a_chart_are_sampled_evenly_and_end_with_the_last(client, run_id):
    client.log_batch(run_id, [Metric("m", step, NOW + step, step) for step in range(1000)])
    answer = requests.get(
        f"{client.tracking_uri}/ajax-api/2.0/mlflow/metrics/get-history-bulk-interval",
        params={"run_ids": run_id, "metric_key": "m", "max_results": 5},
        timeout=10,
    ).json()
    assert [point["step"] for point in answer["metrics"]] == [0, 200, 400, 600, 999]


def test_custom_run_ids_tags_and_times(client, experiment_id):
    run = client.create_run(experiment_id, start_time=1234, tags={"mlflow.user": "zoë", "n": "1"}, run_name="named")
    assert (run.info.start_time, run.info.run_name, run.data.tags["mlflow.user"]) == (1234, "named", "zoë")


def test_dataset_of_numpy_with_targets(client, experiment_id):
    dataset = mlflow.data.from_numpy(np.arange(12).reshape(4, 3), targets=np.arange(4), name="numbers")
    with mlflow.start_run() as run:
        mlflow.log_input(dataset, "eval")
    (logged,) = client.get_run(run.info.run_id).inputs.dataset_inputs
    assert logged.dataset.name == "numbers"
    assert '"targets"' in logged.dataset.schema

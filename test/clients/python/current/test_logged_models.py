"""Logged models: the life of one, and the search over many."""

from __future__ import annotations

import mlflow
import pytest
from mlflow.entities import LoggedModelOutput, LoggedModelParameter, LoggedModelStatus, Metric

NOW = 1_700_000_000_000


def test_a_model_from_pending_to_ready(client, experiment_id, run_id, unique):
    model = client.create_logged_model(
        experiment_id, name=f"m-{unique}", source_run_id=run_id, tags={"a": "ä", "gone": "x"}, model_type="forest"
    )
    assert model.model_id.startswith("m-")
    assert model.status == LoggedModelStatus.PENDING
    assert model.artifact_location.startswith("mlflow-artifacts:/")
    done = client.finalize_logged_model(model.model_id, LoggedModelStatus.READY)
    assert done.status == LoggedModelStatus.READY
    client.set_logged_model_tags(model.model_id, {"a": "2", "b": "é"})
    client.delete_logged_model_tag(model.model_id, "gone")
    found = client.get_logged_model(model.model_id)
    assert (found.name, found.source_run_id, found.model_type) == (f"m-{unique}", run_id, "forest")
    assert found.tags == {"a": "2", "b": "é"}
    assert found.last_updated_timestamp >= found.creation_timestamp > 1_500_000_000_000


def test_more_params_than_one_call_takes(client, experiment_id):
    params = {f"param {number}": f"välue {number}" for number in range(273)}
    model = client.create_logged_model(experiment_id, params=params)
    assert client.get_logged_model(model.model_id).params == params


def test_params_can_be_added_later(client, experiment_id, refusal):
    model = mlflow.initialize_logged_model(name="late")
    mlflow.log_model_params({"a": "1", "b": "2"}, model_id=model.model_id)
    assert client.get_logged_model(model.model_id).params == {"a": "1", "b": "2"}


def test_a_deleted_model_is_gone(client, experiment_id, refusal):
    model = client.create_logged_model(experiment_id, name="short lived")
    client.delete_logged_model(model.model_id)
    refusal("RESOURCE_DOES_NOT_EXIST", client.get_logged_model, model.model_id)
    assert client.search_logged_models([experiment_id]) == []
    refusal("RESOURCE_DOES_NOT_EXIST", client.get_logged_model, "m-" + "0" * 32)


@pytest.mark.parametrize("name", ["a/b", "a:b", "a.b", "a%b", "a\"b", "a'b"])
def test_a_name_that_urls_cannot_carry_is_refused(client, experiment_id, refusal, name):
    refusal("INVALID_PARAMETER_VALUE", client.create_logged_model, experiment_id, name=name)


def test_metrics_of_a_run_belong_to_the_model_and_its_dataset(client, experiment_id, run_id):
    import pandas as pd

    model = client.create_logged_model(experiment_id, name="measured", source_run_id=run_id)
    data = mlflow.data.from_pandas(pd.DataFrame({"x": [1, 2]}), name="held out")
    with mlflow.start_run(run_id=run_id):
        mlflow.log_metric("acc", 0.5, step=1, model_id=model.model_id, dataset=data)
        mlflow.log_metrics({"acc": 0.75, "f1": 0.7}, step=2, model_id=model.model_id, dataset=data)
    client.log_outputs(run_id, [LoggedModelOutput(model.model_id, step=2)])
    metrics = {metric.key: metric for metric in client.get_logged_model(model.model_id).metrics}
    assert metrics["f1"].value == 0.7
    assert (metrics["f1"].dataset_name, metrics["f1"].dataset_digest) == ("held out", data.digest)
    assert metrics["f1"].run_id == run_id
    (output,) = client.get_run(run_id).outputs.model_outputs
    assert (output.model_id, output.step) == (model.model_id, 2)


def test_search_filters_orders_and_pages(client, experiment_id, run_id):
    ids = []
    for number in range(13):
        model = client.create_logged_model(
            experiment_id, name=f"model {number:02}", source_run_id=run_id, params={"k": str(number % 3)}, tags={"t": "x"}
        )
        client.log_batch(run_id, [Metric("acc", number / 10, NOW, 0, model_id=model.model_id)])
        if number % 2 == 0:
            client.finalize_logged_model(model.model_id, LoggedModelStatus.READY)
        ids.append(model.model_id)

    def search(text: str, **named: object) -> list[int]:
        return [ids.index(model.model_id) for model in client.search_logged_models([experiment_id], text, **named)]

    by_name = {"order_by": [{"field_name": "name", "ascending": True}]}
    assert search("name = 'model 04'") == [4]
    assert search("params.k = '1' AND metrics.acc > 0.5", **by_name) == [7, 10]
    assert search("tags.t = 'x' AND name LIKE 'model 1%'", **by_name) == [10, 11, 12]
    assert search("status = 'READY'", **by_name) == list(range(0, 13, 2))
    by_score = {"order_by": [{"field_name": "metrics.acc", "ascending": False}]}
    assert search(f"source_run_id = '{run_id}'", **by_score) == list(range(12, -1, -1))

    found, token = [], None
    while token is not None or not found:
        page = client.search_logged_models([experiment_id], max_results=5, page_token=token, **by_name)
        found.append([ids.index(model.model_id) for model in page])
        token = page.token or None
    assert found == [[0, 1, 2, 3, 4], [5, 6, 7, 8, 9], [10, 11, 12]]

    frame = mlflow.search_logged_models([experiment_id], "metrics.acc >= 1.0")
    assert sorted(frame["name"]) == ["model 10", "model 11", "model 12"]


def test_a_wrong_filter_is_refused(client, experiment_id, refusal):
    refusal("INVALID_PARAMETER_VALUE", client.search_logged_models, [experiment_id], "colour = 'red'")


def test_artifacts_of_a_model(client, experiment_id, tmp_path):
    model = client.create_logged_model(experiment_id, name="with files")
    (tmp_path / "up" / "deep").mkdir(parents=True)
    (tmp_path / "up" / "deep" / "weights.bin").write_bytes(b"12345")
    (tmp_path / "up" / "README.md").write_text("hello")
    client.log_model_artifacts(model.model_id, str(tmp_path / "up"))
    listed = client.list_logged_model_artifacts(model.model_id)
    assert [(file.path, file.is_dir) for file in listed] == [("README.md", False), ("deep", True)]
    assert [file.path for file in client.list_logged_model_artifacts(model.model_id, "deep")] == ["deep/weights.bin"]
    folder = mlflow.artifacts.download_artifacts(artifact_uri=f"models:/{model.model_id}", dst_path=str(tmp_path / "down"))
    assert (tmp_path / "down" / "deep" / "weights.bin").read_bytes() == b"12345", folder

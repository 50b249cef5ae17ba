"""Runs: what is logged comes back as it was, whatever it is."""

from __future__ import annotations

import time

import mlflow
import pytest
from mlflow.entities import Metric, Param, RunTag
from mlflow.exceptions import MlflowException

NOW = int(time.time() * 1000)


def test_a_run_by_the_fluent_api(client, experiment_id):
    with mlflow.start_run(run_name="first steps", tags={"kind": "walk"}, description="**markdown**") as run:
        mlflow.log_param("learning rate", 0.01)
        mlflow.log_params({"depth": 5, "none": None, "list": [1, 2]})
        mlflow.log_metric("loss", 0.5, step=1)
        mlflow.log_metrics({"loss": 0.25, "acc/val": 0.75}, step=2)
        mlflow.set_tag("kind", "run")
        mlflow.set_tags({"a": 1, "b": True})
    logged = client.get_run(run.info.run_id)
    assert logged.info.status == "FINISHED"
    assert logged.info.run_name == "first steps"
    assert logged.info.end_time >= logged.info.start_time > 1_500_000_000_000
    assert logged.info.artifact_uri.startswith("mlflow-artifacts:/")
    assert logged.info.artifact_uri.endswith(f"/{run.info.run_id}/artifacts")
    assert logged.data.params == {"learning rate": "0.01", "depth": "5", "none": "None", "list": "[1, 2]"}
    assert logged.data.metrics == {"loss": 0.25, "acc/val": 0.75}
    tags = logged.data.tags
    assert (tags["kind"], tags["a"], tags["b"], tags["mlflow.note.content"]) == ("run", "1", "True", "**markdown**")
    assert tags["mlflow.runName"] == "first steps"


def test_nested_runs_find_their_parent(client, experiment_id):
    with mlflow.start_run(run_name="parent") as parent:
        for number in range(3):
            with mlflow.start_run(run_name=f"child {number}", nested=True) as child:
                mlflow.log_metric("number", number)
                with mlflow.start_run(nested=True) as grandchild:
                    pass
    children = client.search_runs(
        [experiment_id], f"tags.`mlflow.parentRunId` = '{parent.info.run_id}'", order_by=["metrics.number DESC"]
    )
    assert [run.info.run_name for run in children] == ["child 2", "child 1", "child 0"]
    assert client.get_run(grandchild.info.run_id).data.tags["mlflow.parentRunId"] == child.info.run_id
    assert mlflow.get_parent_run(grandchild.info.run_id).info.run_id == child.info.run_id
    assert client.get_parent_run(parent.info.run_id) is None


def test_a_run_without_a_name_gets_one(client, run_id):
    run = client.get_run(run_id)
    assert run.info.run_name
    assert run.data.tags["mlflow.runName"] == run.info.run_name


def test_a_failing_block_marks_the_run_failed_and_a_run_can_be_resumed(client, experiment_id):
    with pytest.raises(ZeroDivisionError):
        with mlflow.start_run() as run:
            raise ZeroDivisionError
    assert client.get_run(run.info.run_id).info.status == "FAILED"
    with mlflow.start_run(run_id=run.info.run_id):
        assert client.get_run(run.info.run_id).info.status == "RUNNING"
        mlflow.log_metric("again", 1)
    assert client.get_run(run.info.run_id).info.status == "FINISHED"


@pytest.mark.parametrize(
    "value",
    ["", " ", "ünï ✓ 日本語 🎉", "line one\nline two\ttab", "'quoted' \"twice\" `thrice`", "%2F/%00\\u0000", "x" * 6000, "🎉" * 3000],
    ids=["empty", "space", "unicode", "lines", "quotes", "escapes", "6000 characters", "surrogate pairs"],
)
def test_params_and_tags_come_back_letter_for_letter(client, run_id, value):
    client.log_param(run_id, "p", value)
    client.set_tag(run_id, "t", value)
    client.log_batch(run_id, params=[Param("batch p", value)], tags=[RunTag("batch t", value)])
    data = client.get_run(run_id).data
    assert data.params == {"p": value, "batch p": value}
    assert (data.tags["t"], data.tags["batch t"]) == (value, value)


def test_too_long_values_are_cut_as_the_stock_server_cuts_them(client, run_id):
    client.set_tag(run_id, "long", "y" * 8000)
    assert client.get_run(run_id).data.tags["long"] == "y" * 8000


@pytest.mark.parametrize("key", ["with space", "a/b/c", "dots.and-dashes_0", "colon:key", "ключ", "k" * 250])
def test_keys_of_all_kinds(client, run_id, key):
    client.log_metric(run_id, key, 1.5)
    client.log_param(run_id, key, "p")
    client.set_tag(run_id, key, "t")
    data = client.get_run(run_id).data
    assert (data.metrics[key], data.params[key], data.tags[key]) == (1.5, "p", "t")


def test_a_param_keeps_its_value(client, run_id, refusal):
    client.log_param(run_id, "p", "1")
    client.log_param(run_id, "p", "1")
    raised = refusal("INVALID_PARAMETER_VALUE", client.log_param, run_id, "p", "2")
    assert "was already logged with value='1'" in str(raised)
    conflict = [Param("new", "x"), Param("p", "3")]
    refusal("INVALID_PARAMETER_VALUE", client.log_batch, run_id, [Metric("m", 1, NOW, 0)], conflict)
    data = client.get_run(run_id).data
    assert (data.params, data.metrics) == ({"p": "1"}, {})


def test_the_largest_batch_is_taken_whole(client, run_id):
    metrics = [Metric(f"m{number}", number / 7, NOW, number) for number in range(800)]
    params = [Param(f"p{number}", str(number)) for number in range(100)]
    tags = [RunTag(f"t{number}", str(number)) for number in range(100)]
    client.log_batch(run_id, metrics, params, tags)
    data = client.get_run(run_id).data
    assert data.metrics == {metric.key: metric.value for metric in metrics}
    assert data.params == {param.key: param.value for param in params}
    assert {tag.key: tag.value for tag in tags}.items() <= data.tags.items()


def test_more_than_a_batch_is_split_by_the_client(client, experiment_id):
    with mlflow.start_run() as run:
        mlflow.log_params({f"p{number}": number for number in range(230)})
        mlflow.log_metrics({f"m{number}": number for number in range(1100)})
        mlflow.set_tags({f"t{number}": number for number in range(130)})
    data = client.get_run(run.info.run_id).data
    assert len(data.params) == 230
    assert len(data.metrics) == 1100
    assert {f"t{number}": str(number) for number in range(130)}.items() <= data.tags.items()


def test_status_name_and_deleted_tags(client, run_id, refusal):
    client.update_run(run_id, status="SCHEDULED", name="new name")
    run = client.get_run(run_id)
    assert (run.info.status, run.info.run_name, run.data.tags["mlflow.runName"]) == ("SCHEDULED", "new name", "new name")
    client.set_terminated(run_id, "KILLED", end_time=NOW)
    run = client.get_run(run_id)
    assert (run.info.status, run.info.end_time) == ("KILLED", NOW)
    client.set_tag(run_id, "gone", "soon")
    client.delete_tag(run_id, "gone")
    assert "gone" not in client.get_run(run_id).data.tags
    refusal("RESOURCE_DOES_NOT_EXIST", client.delete_tag, run_id, "gone")


def test_a_deleted_run_is_read_only_and_can_be_restored(client, experiment_id, run_id, refusal):
    client.log_metric(run_id, "m", 1)
    client.delete_run(run_id)
    assert client.get_run(run_id).info.lifecycle_stage == "deleted"
    assert client.search_runs([experiment_id]) == []
    assert len(client.search_runs([experiment_id], run_view_type=mlflow.entities.ViewType.DELETED_ONLY)) == 1
    refusal("INVALID_PARAMETER_VALUE", client.log_metric, run_id, "m", 2)
    refusal("INVALID_PARAMETER_VALUE", client.set_tag, run_id, "t", "x")
    client.restore_run(run_id)
    client.log_metric(run_id, "m", 3)
    assert client.get_run(run_id).data.metrics == {"m": 3}


def test_refusals_carry_the_code_of_the_stock_server(client, run_id, refusal, experiment_id):
    refusal("RESOURCE_DOES_NOT_EXIST", client.get_run, "0" * 32)
    refusal("RESOURCE_DOES_NOT_EXIST", client.log_metric, "0" * 32, "m", 1)
    refusal("RESOURCE_DOES_NOT_EXIST", client.delete_run, "0" * 32)
    refusal("RESOURCE_DOES_NOT_EXIST", client.create_run, "281474976710655")
    refusal("INVALID_PARAMETER_VALUE", client.log_batch, run_id, [Metric("a//b", 1, NOW, 0)])
    with pytest.raises(MlflowException):
        client.search_runs([experiment_id], max_results=50_001)


def test_datasets_are_logged_with_their_context(client, experiment_id):
    import pandas as pd

    frame = pd.DataFrame({"x": [1.0, 2.0, 3.0], "y": [0, 1, 0]})
    dataset = mlflow.data.from_pandas(frame, name="tiny ✓", targets="y")
    with mlflow.start_run() as run:
        mlflow.log_input(dataset, context="training", tags={"split": "a"})
        mlflow.log_input(dataset, context="again")
    (logged,) = client.get_run(run.info.run_id).inputs.dataset_inputs
    assert (logged.dataset.name, logged.dataset.digest) == ("tiny ✓", dataset.digest)
    assert "num_rows" in logged.dataset.profile
    assert {tag.key: tag.value for tag in logged.tags}["mlflow.data.context"] == "training"
    (found,) = client.search_runs([experiment_id], "dataset.name = 'tiny ✓' AND datasets.context = 'training'")
    assert found.info.run_id == run.info.run_id
    assert found.inputs.dataset_inputs[0].dataset.digest == dataset.digest

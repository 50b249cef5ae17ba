"""Experiments: their names, tags, life and search."""

from __future__ import annotations

import mlflow
import pytest
from mlflow.entities import ViewType
from mlflow.exceptions import MlflowException


def test_set_experiment_creates_once_and_finds_again(experiment_id, unique):
    first = mlflow.set_experiment(f"made by name {unique}")
    second = mlflow.set_experiment(f"made by name {unique}")
    assert first.experiment_id == second.experiment_id
    assert first.name == f"made by name {unique}"
    assert first.lifecycle_stage == "active"
    assert first.artifact_location.startswith("mlflow-artifacts:/")


def test_the_default_experiment_exists_from_the_start(client):
    assert client.get_experiment("0").name == "Default"


def test_an_experiment_comes_back_as_it_was_created(client, unique):
    tags = {"team": "naïve Bäyes", "empty": "", "Ünïcode key": "値"}
    created = client.create_experiment(f"déjà vu / {unique} 実験", tags=tags)
    found = client.get_experiment_by_name(f"déjà vu / {unique} 実験")
    assert found.experiment_id == created
    assert found.tags == tags
    assert found.creation_time > 1_500_000_000_000
    assert found.last_update_time >= found.creation_time


def test_an_unknown_name_is_none_and_an_unknown_id_is_refused(client, refusal, unique):
    assert client.get_experiment_by_name(f"nobody {unique}") is None
    refusal("RESOURCE_DOES_NOT_EXIST", client.get_experiment, "281474976710655")
    refusal("INVALID_PARAMETER_VALUE", client.get_experiment, "not-a-number")


def test_a_name_is_taken_once_even_by_a_deleted_experiment(client, refusal, unique):
    name = f"taken {unique}"
    created = client.create_experiment(name)
    refusal("RESOURCE_ALREADY_EXISTS", client.create_experiment, name)
    client.delete_experiment(created)
    refusal("RESOURCE_ALREADY_EXISTS", client.create_experiment, name)
    with pytest.raises(MlflowException, match="deleted"):
        mlflow.set_experiment(name)


def test_rename_and_tags(client, experiment_id, unique):
    client.rename_experiment(experiment_id, f"renamed {unique}")
    client.set_experiment_tag(experiment_id, "stage", "one")
    client.set_experiment_tag(experiment_id, "stage", "two")
    experiment = client.get_experiment(experiment_id)
    assert experiment.name == f"renamed {unique}"
    assert experiment.tags["stage"] == "two"
    assert client.get_experiment_by_name(f"renamed {unique}").experiment_id == experiment_id


def test_delete_takes_the_runs_along_and_restore_brings_them_back(client, experiment_id, run_id, refusal):
    client.delete_experiment(experiment_id)
    assert client.get_experiment(experiment_id).lifecycle_stage == "deleted"
    assert client.get_run(run_id).info.lifecycle_stage == "deleted"
    refusal("INVALID_PARAMETER_VALUE", client.create_run, experiment_id)
    refusal("RESOURCE_DOES_NOT_EXIST", client.delete_experiment, experiment_id)
    client.restore_experiment(experiment_id)
    assert client.get_experiment(experiment_id).lifecycle_stage == "active"
    assert client.get_run(run_id).info.lifecycle_stage == "active"
    refusal("RESOURCE_DOES_NOT_EXIST", client.restore_experiment, experiment_id)


def test_search_filters_orders_and_pages(client, unique):
    names = [f"{unique} {number:02}" for number in range(23)]
    ids = [client.create_experiment(name, tags={"set": unique, "odd": str(index % 2)}) for index, name in enumerate(names)]
    client.delete_experiment(ids[0])

    found = mlflow.search_experiments(filter_string=f"name LIKE '{unique}%'", order_by=["name ASC"])
    assert [experiment.name for experiment in found] == names[1:]

    odd = client.search_experiments(filter_string=f"tags.set = '{unique}' AND tags.odd = '1'", order_by=["name DESC"])
    assert [experiment.name for experiment in odd] == names[1::2][::-1]

    every = client.search_experiments(ViewType.ALL, filter_string=f"name ILIKE '{unique.upper()}%'")
    assert sorted(experiment.name for experiment in every) == names
    gone = client.search_experiments(ViewType.DELETED_ONLY, filter_string=f"tags.`set` = '{unique}'")
    assert [experiment.experiment_id for experiment in gone] == ids[:1]

    pages, token = [], None
    while token is not None or not pages:
        page = client.search_experiments(
            filter_string=f"tags.set = '{unique}'", order_by=["name"], max_results=5, page_token=token
        )
        pages.append([experiment.name for experiment in page])
        token = page.token or None
    assert [len(page) for page in pages] == [5, 5, 5, 5, 2]
    assert sum(pages, []) == names[1:]


@pytest.mark.parametrize("wrong", ["name = 5", "colour = 'red'", "name = 'a' OR name = 'b'", "name LIKE", "tags.a > 'b'"])
def test_a_wrong_filter_is_refused(client, refusal, wrong):
    refusal("INVALID_PARAMETER_VALUE", client.search_experiments, filter_string=wrong)

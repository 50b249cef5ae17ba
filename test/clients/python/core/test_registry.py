"""The model registry: models, versions, stages, aliases, tags and searches, by either client."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import mlflow
import numpy as np
import pytest
from mlflow.models import infer_signature
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression

X, Y = load_iris(return_X_y=True, as_frame=True)
SOURCE = "s3://bucket/model"
# Stages are deprecated, and meant to work.
pytestmark = pytest.mark.filterwarnings("ignore::FutureWarning")


@pytest.fixture
def name(client, unique):
    """A registered model of the test's own."""
    return client.create_registered_model(f"model {unique}", {"team": "x"}, "what it is").name


def train(c: float, **how: object):
    """Logs a model in a run of its own; gives it and what MLflow says of it."""
    model = LogisticRegression(C=c, max_iter=500).fit(X, Y)
    with mlflow.start_run():
        info = mlflow.sklearn.log_model(
            model,
            artifact_path="model",
            signature=infer_signature(X, model.predict(X)),
            pip_requirements=["scikit-learn"],
            **how,
        )
    return model, info


def test_a_model_is_registered_promoted_rolled_back_and_loaded(client, experiment_id, unique):
    name = f"iris {unique}"
    first, info = train(0.01)
    second, _ = train(10.0, registered_model_name=name)
    registered = mlflow.register_model(info.model_uri, name, tags={"c": "0.01"})
    assert (registered.version, registered.status, registered.tags) in (("2", "READY", {"c": "0.01"}), (2, "READY", {"c": "0.01"}))

    def predicts(uri: str, model: LogisticRegression) -> bool:
        return np.array_equal(mlflow.pyfunc.load_model(uri).predict(X), model.predict(X))

    assert predicts(f"models:/{name}/1", second)
    assert predicts(f"models:/{name}/2", first)
    assert predicts(f"models:/{name}/latest", first)

    client.transition_model_version_stage(name, "1", "Production")
    client.set_registered_model_alias(name, "champion", "1")
    assert predicts(f"models:/{name}/Production", second)
    assert predicts(f"models:/{name}@champion", second)

    client.transition_model_version_stage(name, "2", "production", archive_existing_versions=True)
    client.set_registered_model_alias(name, "champion", "2")
    assert client.get_model_version(name, "1").current_stage == "Archived"
    assert predicts(f"models:/{name}/Production", first)
    assert predicts(f"models:/{name}@champion", first)

    # Rolled back.
    client.transition_model_version_stage(name, "1", "Production", archive_existing_versions=True)
    client.set_registered_model_alias(name, "champion", "1")
    assert predicts(f"models:/{name}/production", second)
    assert predicts(f"models:/{name}@champion", second)

    copied = client.copy_model_version(f"models:/{name}@champion", f"{name} copy")
    assert (copied.name, int(copied.version)) == (f"{name} copy", 1)
    assert predicts(f"models:/{name} copy/1", second)
    assert copied.source == f"models:/{name}/1"
    assert copied.run_id == client.get_model_version(name, "1").run_id

    client.rename_registered_model(name, f"{name} renamed")
    assert predicts(f"models:/{name} renamed@champion", second)
    assert client.get_model_version_download_uri(f"{name} renamed", "1") == client.get_model_version_download_uri(f"{name} copy", "1")
    client.delete_registered_model(f"{name} renamed")
    assert predicts(f"models:/{name} copy/1", second)


def test_a_model_tells_what_it_is(client, name, unique):
    model = client.get_registered_model(name)
    assert (model.name, model.description, model.tags) == (name, "what it is", {"team": "x"})
    assert model.last_updated_timestamp == model.creation_timestamp > 1.7e12
    updated = client.update_registered_model(name, "something else")
    assert updated.description == "something else"
    assert updated.last_updated_timestamp >= model.creation_timestamp
    client.set_registered_model_tag(name, "stage of life", "young")
    client.delete_registered_model_tag(name, "team")
    client.delete_registered_model_tag(name, "never there")
    assert client.get_registered_model(name).tags == {"stage of life": "young"}


def test_names_are_unique_and_refusals_have_mlflow_s_codes(client, name, unique, refusal):
    refusal("RESOURCE_ALREADY_EXISTS", client.create_registered_model, name)
    refusal("RESOURCE_DOES_NOT_EXIST", client.get_registered_model, f"no {unique}")
    refusal("INVALID_PARAMETER_VALUE", client.create_registered_model, "a/b")
    refusal("INVALID_PARAMETER_VALUE", client.create_registered_model, "a:b")
    refusal("RESOURCE_DOES_NOT_EXIST", client.create_model_version, f"no {unique}", SOURCE)
    refusal("RESOURCE_DOES_NOT_EXIST", client.get_model_version, name, "1")
    refusal("INVALID_PARAMETER_VALUE", client.get_model_version, name, "one")
    refusal("INVALID_PARAMETER_VALUE", client.create_model_version, name, "/etc")
    refusal("INVALID_PARAMETER_VALUE", client.create_model_version, name, "s3://bucket/../other")
    refusal("INVALID_PARAMETER_VALUE", client.get_model_version_by_alias, name, "nobody")
    other = client.create_registered_model(f"other {unique}").name
    refusal("RESOURCE_ALREADY_EXISTS", client.rename_registered_model, name, other)
    refusal("RESOURCE_DOES_NOT_EXIST", client.rename_registered_model, f"no {unique}", f"new {unique}")


def test_versions_are_numbered_described_tagged_and_deleted(client, name, run_id, refusal):
    first = client.create_model_version(name, SOURCE, run_id, {"a": "1"}, description="the first")
    assert (int(first.version), first.run_id, first.tags) == (1, run_id, {"a": "1"})
    assert (first.description, first.source, first.status, first.current_stage) == ("the first", SOURCE, "READY", "None")
    for _ in range(2):
        client.create_model_version(name, SOURCE)
    client.update_model_version(name, "2", "the second")
    client.set_model_version_tag(name, "2", "b", "2")
    client.delete_model_version_tag(name, "1", "a")
    assert client.get_model_version(name, "2").description == "the second"
    assert client.get_model_version(name, "2").tags == {"b": "2"}
    assert client.get_model_version(name, "1").tags == {}
    client.delete_model_version(name, "3")
    refusal("RESOURCE_DOES_NOT_EXIST", client.get_model_version, name, "3")
    refusal("RESOURCE_DOES_NOT_EXIST", client.delete_model_version, name, "3")
    assert int(client.create_model_version(name, SOURCE).version) == 4
    assert [int(version.version) for version in client.get_latest_versions(name)] == [4]
    assert client.get_model_version_download_uri(name, "1") == SOURCE


def test_stages_and_aliases_follow_their_versions(client, name, refusal):
    for _ in range(3):
        client.create_model_version(name, SOURCE)
    for number, stage in ("1", "Staging"), ("2", "Production"), ("3", "archived"):
        assert client.transition_model_version_stage(name, number, stage).current_stage == stage.capitalize()
    latest = {version.current_stage: int(version.version) for version in client.get_latest_versions(name)}
    assert latest == {"Staging": 1, "Production": 2, "Archived": 3}
    assert [int(version.version) for version in client.get_latest_versions(name, ["production"])] == [2]
    refusal("INVALID_PARAMETER_VALUE", client.transition_model_version_stage, name, "1", "nonsense")
    refusal("INVALID_PARAMETER_VALUE", client.get_latest_versions, name, ["nonsense"])

    client.set_registered_model_alias(name, "Champion", "2")
    client.set_registered_model_alias(name, "best", "2")
    assert {alias: int(number) for alias, number in client.get_registered_model(name).aliases.items()} == {"Champion": 2, "best": 2}
    assert sorted(client.get_model_version(name, "2").aliases) == ["Champion", "best"]
    for alias in "latest", "v1", "a b":
        refusal("INVALID_PARAMETER_VALUE", client.set_registered_model_alias, name, alias, "1")
    refusal("RESOURCE_DOES_NOT_EXIST", client.set_registered_model_alias, name, "best", "9")
    client.delete_registered_model_alias(name, "Champion")
    client.delete_registered_model_alias(name, "Champion")
    assert int(client.get_model_version_by_alias(name, "best").version) == 2
    client.delete_model_version(name, "2")
    assert client.get_registered_model(name).aliases == {}


def test_searches_find_models_and_versions_page_by_page(client, unique, run_id):
    names = [f"search {unique} {number}" for number in range(5)]
    for at, name in enumerate(names):
        client.create_registered_model(name, {"n": str(at), "parity": str(at % 2)})
        for _ in range(at):
            client.create_model_version(name, f"{SOURCE}/{at}", run_id if at == 4 else None, {"of": name})

    found = client.search_registered_models(f"name LIKE 'search {unique}%'", max_results=2)
    pages = [[model.name for model in found]]
    while found.token:
        found = client.search_registered_models(f"name LIKE 'search {unique}%'", max_results=2, page_token=found.token)
        pages.append([model.name for model in found])
    assert pages == [names[:2], names[2:4], names[4:]]
    by_tag = client.search_registered_models(f"name ILIKE 'SEARCH {unique}%' AND tags.parity = '1'", order_by=["name DESC"])
    assert [model.name for model in by_tag] == [names[3], names[1]]
    assert [int(version.version) for version in by_tag[0].latest_versions] == [3]

    versions = client.search_model_versions(f"name = '{names[4]}'", order_by=["version_number ASC"])
    assert [int(version.version) for version in versions] == [1, 2, 3, 4]
    assert len(client.search_model_versions(f"run_id = '{run_id}'")) == 4
    assert len(client.search_model_versions(f"name LIKE 'search {unique}%'")) == 10
    assert len(client.search_model_versions(f"tags.of = '{names[2]}'")) == 2
    assert client.search_model_versions(f"name = 'no {unique}'") == []
    first = client.search_model_versions(f"name = '{names[4]}'", max_results=3)
    rest = client.search_model_versions(f"name = '{names[4]}'", max_results=3, page_token=first.token)
    assert [int(version.version) for version in [*first, *rest]] == [4, 3, 2, 1]
    assert not rest.token


def test_64_versions_made_at_once_have_64_numbers(client, name):
    with ThreadPoolExecutor(64) as pool:
        made = list(pool.map(lambda at: client.create_model_version(name, f"{SOURCE}/{at}"), range(64)))
    assert sorted(int(version.version) for version in made) == list(range(1, 65))
    kept = client.search_model_versions(f"name = '{name}'")
    assert {int(version.version): version.source for version in kept} == {int(version.version): version.source for version in made}


def test_a_deleted_model_leaves_its_name_and_nothing_else(client, name, refusal):
    for _ in range(3):
        client.create_model_version(name, SOURCE)
    client.set_registered_model_alias(name, "best", "2")
    client.delete_registered_model(name)
    refusal("RESOURCE_DOES_NOT_EXIST", client.get_registered_model, name)
    refusal("RESOURCE_DOES_NOT_EXIST", client.delete_registered_model, name)
    assert client.search_model_versions(f"name = '{name}'") == []
    again = client.create_registered_model(name)
    assert (again.tags, again.aliases, again.latest_versions) == ({}, {}, [])
    assert int(client.create_model_version(name, SOURCE).version) == 1

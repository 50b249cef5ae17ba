"""What the registry has since MLflow 3: versions of logged models, and prompts."""

from __future__ import annotations

import json

import mlflow
import pytest
from mlflow.genai import load_prompt, register_prompt, search_prompts, set_prompt_alias
from mlflow.models import infer_signature
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression

X, Y = load_iris(return_X_y=True, as_frame=True)


def test_a_logged_model_knows_the_versions_it_became(client, experiment_id, unique):
    name = f"logged {unique}"
    model = LogisticRegression(max_iter=500).fit(X, Y)
    with mlflow.start_run() as run:
        logged = mlflow.sklearn.log_model(
            model,
            name="classifier",
            signature=infer_signature(X, model.predict(X)),
            pip_requirements=["scikit-learn"],
            registered_model_name=name,
        )
    version = client.get_model_version(name, "1")
    assert (version.source, version.run_id) == (f"models:/{logged.model_id}", run.info.run_id)
    # The client notes the version once more, as a text.
    noted = json.loads(client.get_logged_model(logged.model_id).tags["mlflow.modelVersions"])
    assert {(entry["name"], int(entry["version"])) for entry in noted} == {(name, 1)}
    assert client.get_model_version_download_uri(name, "1") == client.get_logged_model(logged.model_id).artifact_location

    by_run = mlflow.register_model(f"runs:/{run.info.run_id}/classifier", name)
    assert (int(by_run.version), by_run.run_id) == (2, run.info.run_id)
    noted = json.loads(client.get_logged_model(logged.model_id).tags["mlflow.modelVersions"])
    assert {int(entry["version"]) for entry in noted} == {1, 2}
    assert mlflow.models.get_model_info(f"models:/{name}/2").signature.inputs.input_names() == list(X.columns)

    copied = client.copy_model_version(f"models:/{name}/1", f"{name} copy")
    assert client.get_model_version_download_uri(f"{name} copy", "1") == client.get_logged_model(logged.model_id).artifact_location
    assert copied.run_id == run.info.run_id
    assert {int(found.version) for found in client.search_model_versions(f"run_id = '{run.info.run_id}' AND name = '{name}'")} == {1, 2}


def test_a_prompt_is_registered_versioned_loaded_and_found(client, experiment_id, unique, refusal):
    name = f"prompt-{unique}"
    first = register_prompt(name, "Hello {{ name }}", commit_message="the first", tags={"language": "en"})
    assert (first.version, first.template, first.commit_message) == (1, "Hello {{ name }}", "the first")
    second = register_prompt(name, [{"role": "user", "content": "Hi {{ name }}"}])
    assert (second.version, second.is_text_prompt) == (2, False)

    assert load_prompt(f"prompts:/{name}/1").format(name="Ann") == "Hello Ann"
    assert load_prompt(name, version=2).format(name="Ann") == [{"role": "user", "content": "Hi Ann"}]
    set_prompt_alias(name, "production", 1)
    assert load_prompt(f"prompts:/{name}@production").version == 1
    set_prompt_alias(name, "production", 2)
    assert load_prompt(f"prompts:/{name}@production", cache_ttl_seconds=0).version == 2
    assert load_prompt(f"prompts:/{name}@latest", cache_ttl_seconds=0).version == 2

    found = search_prompts(f"name LIKE 'prompt-{unique}%'")
    assert [prompt.name for prompt in found] == [name]
    assert client.search_registered_models(f"name LIKE 'prompt-{unique}%'") == []
    assert client.search_model_versions(f"name = '{name}'") == []
    refusal("RESOURCE_ALREADY_EXISTS", client.create_registered_model, name)

    model = client.create_registered_model(f"model-{unique}").name
    assert [found.name for found in client.search_registered_models(f"name LIKE '%-{unique}'")] == [model]
    with pytest.raises(mlflow.MlflowException):
        register_prompt(model, "Hello")

    client.set_prompt_version_tag(name, "1", "tone", "warm")
    assert client.get_prompt_version(name, "1").tags["tone"] == "warm"
    client.delete_prompt_version(name, "1")
    with pytest.raises(mlflow.MlflowException):
        client.get_model_version(name, "1")
    client.delete_prompt_version(name, "2")
    client.delete_prompt(name)
    assert search_prompts(f"name = '{name}'") == []


def test_a_run_tells_which_prompts_it_used(client, experiment_id, unique):
    name = f"used-{unique}"
    register_prompt(name, "Hello {{ name }}")
    with mlflow.start_run() as run:
        load_prompt(f"prompts:/{name}/1")
    assert json.loads(client.get_run(run.info.run_id).data.tags["mlflow.linkedPrompts"]) == [{"name": name, "version": "1"}]

"""Models of scikit-learn: autologged, logged by hand, loaded again, and predicting."""

from __future__ import annotations

import mlflow
import numpy as np
import pytest
from mlflow.models import infer_signature
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeClassifier

X, Y = load_iris(return_X_y=True, as_frame=True)
# Given, for MLflow would start two more Pythons to find them out.
REQUIREMENTS = ["scikit-learn"]


@pytest.fixture
def autolog():
    mlflow.sklearn.autolog(silent=True, max_tuning_runs=None)
    yield
    mlflow.sklearn.autolog(disable=True)


def test_a_grid_search_is_autologged_as_nested_runs(client, experiment_id, autolog):
    grid = {"max_depth": [1, 2, 3], "criterion": ["gini", "entropy"]}
    search = GridSearchCV(DecisionTreeClassifier(random_state=0), grid, cv=3).fit(X, Y)

    (parent,) = client.search_runs([experiment_id], "tags.estimator_name = 'GridSearchCV'")
    assert parent.info.status == "FINISHED"
    assert parent.data.metrics["best_cv_score"] == pytest.approx(search.best_score_)
    assert parent.data.params["best_max_depth"] == str(search.best_params_["max_depth"])
    assert parent.inputs.dataset_inputs[0].dataset.name == "dataset"

    children = mlflow.search_runs(
        [experiment_id],
        f"tags.`mlflow.parentRunId` = '{parent.info.run_id}' and metrics.mean_test_score > 0.5",
        order_by=["metrics.mean_test_score DESC"],
    )
    assert 1 <= len(children) <= 6
    assert children["metrics.mean_test_score"].iloc[0] == pytest.approx(search.best_score_)
    assert list(children["metrics.mean_test_score"]) == sorted(children["metrics.mean_test_score"], reverse=True)
    assert {"params.max_depth", "params.criterion"} <= set(children.columns)

    files = {file.path for file in client.list_artifacts(parent.info.run_id)}
    assert {"cv_results.csv", "estimator.html", "training_confusion_matrix.png"} <= files
    names = {client.get_logged_model(output.model_id).name for output in parent.outputs.model_outputs}
    assert {"best_estimator", "model"} <= names
    for name in ("best_estimator", "model"):
        loaded = mlflow.pyfunc.load_model(f"runs:/{parent.info.run_id}/{name}")
        assert np.array_equal(loaded.predict(X), search.predict(X))


def test_a_logged_model_is_loaded_in_every_way(client, experiment_id):
    pipeline = make_pipeline(StandardScaler(), LogisticRegression()).fit(X, Y)
    with mlflow.start_run() as run:
        logged = mlflow.sklearn.log_model(
            pipeline,
            name="classifier",
            signature=infer_signature(X, pipeline.predict(X)),
            input_example=X.head(2),
            pip_requirements=REQUIREMENTS,
            params={"C": 1.0},
            tags={"kind": "test"},
        )
    uris = [logged.model_uri, f"models:/{logged.model_id}", f"runs:/{run.info.run_id}/classifier"]
    for uri in uris:
        assert np.array_equal(mlflow.pyfunc.load_model(uri).predict(X), pipeline.predict(X))
    assert np.array_equal(mlflow.sklearn.load_model(uris[0]).predict_proba(X), pipeline.predict_proba(X))

    model = client.get_logged_model(logged.model_id)
    assert (model.status.name, model.source_run_id, model.params) == ("READY", run.info.run_id, {"C": "1.0"})
    assert model.tags["kind"] == "test"
    listed = {file.path for file in client.list_logged_model_artifacts(logged.model_id)}
    assert {"MLmodel", "requirements.txt", "input_example.json"} <= listed
    assert mlflow.models.get_model_info(uris[1]).signature.inputs.input_names() == list(X.columns)
    (output,) = client.get_run(run.info.run_id).outputs.model_outputs
    assert output.model_id == logged.model_id
    (found,) = client.search_logged_models([experiment_id], "name = 'classifier' AND params.C = '1.0'")
    assert found.model_id == logged.model_id


def test_a_function_becomes_a_model(experiment_id):
    class Twice(mlflow.pyfunc.PythonModel):
        def predict(self, context, model_input: list[str]) -> list[str]:
            return [text * 2 for text in model_input]

    with mlflow.start_run():
        logged = mlflow.pyfunc.log_model(name="twice", python_model=Twice(), pip_requirements=[])
    assert mlflow.pyfunc.load_model(logged.model_uri).predict(["ab", "ü"]) == ["abab", "üü"]


def test_a_model_that_cannot_be_saved_is_marked_failed(client, experiment_id):
    class Stubborn(LogisticRegression):
        def __reduce__(self):
            raise RuntimeError("not today")

    with pytest.raises(Exception), mlflow.start_run():
        mlflow.sklearn.log_model(Stubborn(), name="stubborn", pip_requirements=[], serialization_format="cloudpickle")
    (model,) = client.search_logged_models([experiment_id], "name = 'stubborn'")
    assert model.status.name == "FAILED"


def test_metrics_of_a_fitted_model_arrive_after_its_training(client, experiment_id, autolog):
    with mlflow.start_run() as run:
        model = DecisionTreeClassifier(max_depth=2, random_state=0).fit(X, Y)
        model.score(X, Y)
    logged = client.get_run(run.info.run_id).data
    assert logged.params["max_depth"] == "2"
    assert logged.metrics["training_accuracy_score"] > 0.9
    assert any("score" in key and not key.startswith("training") for key in logged.metrics)

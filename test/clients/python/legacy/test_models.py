"""Models as a client of MLflow 2 logs them: files below the run, and their list in a tag."""

from __future__ import annotations

import json

import mlflow
import numpy as np
from mlflow.models import infer_signature
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression

X, Y = load_iris(return_X_y=True, as_frame=True)


def test_a_model_goes_up_and_comes_back(client, experiment_id):
    model = LogisticRegression(max_iter=500).fit(X, Y)
    with mlflow.start_run() as run:
        for path in ("model", "deep er/model"):
            signature = infer_signature(X, model.predict(X))
            mlflow.sklearn.log_model(model, path, signature=signature, pip_requirements=["scikit-learn"])
    history = json.loads(client.get_run(run.info.run_id).data.tags["mlflow.log-model.history"])
    assert [entry["artifact_path"] for entry in history] == ["model", "deep er/model"]
    assert [file.path for file in client.list_artifacts(run.info.run_id)] == ["deep er", "model"]
    for path in ("model", "deep er/model"):
        assert np.array_equal(mlflow.pyfunc.load_model(f"runs:/{run.info.run_id}/{path}").predict(X), model.predict(X))
    assert np.array_equal(mlflow.sklearn.load_model(f"{run.info.artifact_uri}/model").predict(X), model.predict(X))


def test_autologging_of_a_fit(client, experiment_id):
    mlflow.sklearn.autolog(silent=True, log_models=False)
    try:
        LogisticRegression(max_iter=500, C=0.5).fit(X, Y)
    finally:
        mlflow.sklearn.autolog(disable=True)
    (run,) = client.search_runs([experiment_id], "params.C = '0.5' and metrics.training_accuracy_score > 0.9")
    assert run.info.status == "FINISHED"
    assert run.inputs.dataset_inputs[0].dataset.name == "dataset"

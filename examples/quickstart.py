"""Tracks a grid search with stock MLflow, finds its best run by a filter, and predicts with the model that it logged.

    pip install "mlflow>=3.17" scikit-learn
    python examples/quickstart.py              # against http://127.0.0.1:5000, or set MLFLOW_TRACKING_URI
"""

import os

os.environ.setdefault("MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT", "true")  # a line for each of the runs would be many

import mlflow
from sklearn.datasets import load_breast_cancer
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import GridSearchCV, train_test_split

SERVER = os.environ.get("MLFLOW_TRACKING_URI", "http://127.0.0.1:5000")
GRID = {"n_estimators": [10, 40], "max_depth": [2, 4, 8], "criterion": ["gini", "entropy"]}

mlflow.set_tracking_uri(SERVER)
experiment = mlflow.set_experiment("quickstart")
mlflow.sklearn.autolog(silent=True, max_tuning_runs=None)
print(f"Tracking to {SERVER}, experiment '{experiment.name}' ({experiment.experiment_id})")

# 1. Train. Autolog makes a run of the search, a nested run of every candidate, and keeps the model.
features, labels = load_breast_cancer(return_X_y=True, as_frame=True)
train, test, train_labels, test_labels = train_test_split(features, labels, random_state=7)
with mlflow.start_run(run_name="forest search") as search_run:
    search = GridSearchCV(RandomForestClassifier(random_state=7), GRID, cv=3).fit(train, train_labels)
    mlflow.log_metric("test_accuracy", search.best_estimator_.score(test, test_labels))
print(f"Searched {len(search.cv_results_['params'])} forests; the best one: {search.best_params_}")

# 2. Ask. Filter by a metric and a param, order by a metric, get a DataFrame.
children = f"tags.mlflow.parentRunId = '{search_run.info.run_id}'"
found = mlflow.search_runs(
    [experiment.experiment_id],
    filter_string=f"metrics.mean_test_score > 0.9 and params.criterion = 'entropy' and {children}",
    order_by=["metrics.mean_test_score DESC"],
)
print(f"\n{len(found)} runs with metrics.mean_test_score > 0.9 and params.criterion = 'entropy', best first:")
columns = ["params.max_depth", "params.n_estimators", "metrics.mean_test_score", "metrics.mean_fit_time"]
print(found[["run_id", *columns]].to_string(index=False))

# 3. Load. The best search of this experiment, by what its model scores on data that it has not seen.
best = mlflow.search_runs(
    [experiment.experiment_id], filter_string="metrics.test_accuracy > 0", order_by=["metrics.test_accuracy DESC"]
).iloc[0]
model = mlflow.pyfunc.load_model(f"runs:/{best.run_id}/best_estimator")
right = (model.predict(test) == test_labels).mean()
print(f"\nLoaded the model of run {best.run_id}: right on {right:.1%} of {len(test)} test rows")
print(f"See it all at {SERVER}")

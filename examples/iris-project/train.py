"""Trains a classifier of iris flowers inside the run that `mlflow run` has made, and logs its model."""

import sys

import mlflow
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split

features, labels = load_iris(return_X_y=True)
train, test, train_labels, test_labels = train_test_split(features, labels, random_state=7)
with mlflow.start_run():
    classifier = LogisticRegression(C=float(sys.argv[1]), max_iter=1000).fit(train, train_labels)
    mlflow.log_metric("test_accuracy", classifier.score(test, test_labels))
    mlflow.sklearn.log_model(classifier, name="classifier", input_example=train[:2])

"""A promotion gate, walked with the stock client: what it shows of a refusal, and that an approved version gets through."""

from __future__ import annotations

import os
import time

import mlflow
import pytest
import requests
from mlflow import MlflowClient
from mlflow.models import infer_signature
from mlflow.server.auth.client import AuthServiceClient

SERVER = os.environ["MLFLOW_TRACKING_URI"]
PASSWORD = "correct horse battery"
ADMIN = (os.environ["MLFLOW_TRACKING_USERNAME"], os.environ["MLFLOW_TRACKING_PASSWORD"])
PROMOTIONS = f"{SERVER}/api/2.0/tracklet/promotions"

pytestmark = pytest.mark.skipif(
    "stock" in os.environ.get("TRACKLET_TEST_SERVER", ""), reason="promotion gates are Tracklet's own"
)


class Echo(mlflow.pyfunc.PythonModel):
    def predict(self, context, model_input, params=None):
        return model_input


def ask(who: str, path: str, **body) -> dict:
    answer = requests.post(f"{PROMOTIONS}/{path}", json=body, auth=(who, PASSWORD), timeout=30)
    return {"status": answer.status_code, **answer.json()}


@pytest.fixture
def people(unique: str) -> tuple[str, str]:
    """Ann, who makes models, and Bob, who may edit them."""
    auth = AuthServiceClient(SERVER)
    return tuple(auth.create_user(f"{name} {unique}", PASSWORD).username for name in ("ann", "bob"))


@pytest.fixture
def name(client: MlflowClient, experiment_id: str, unique: str, people, acting) -> str:
    """A model of Ann's with two versions, of which the second has all but an approval."""
    ann, bob = people
    auth = AuthServiceClient(SERVER)
    auth.grant_user_permission(ann, "experiment", experiment_id, "EDIT")
    model = f"churn {unique}"
    with acting(ann):
        client.create_registered_model(model)
        for accuracy, signature in [(0.8, None), (0.95, infer_signature([1], [1]))]:
            run_id = client.create_run(experiment_id).info.run_id
            client.log_metric(run_id, "accuracy", accuracy)
            with mlflow.start_run(run_id=run_id):
                info = mlflow.pyfunc.log_model(name="model", python_model=Echo(), signature=signature)
            client.create_model_version(model, info.model_uri, run_id, model_id=info.model_id)
        client.set_model_version_tag(model, "2", "validated", "yes")
    auth.grant_user_permission(bob, "registered_model", model, "EDIT")
    return model


def test_a_gate_is_walked_by_two_people(client, people, name, acting, refusal):
    ann, bob = people
    rule = {
        "stages": ["Production"],
        "aliases": ["champion"],
        "metrics": [{"key": "accuracy", "comparator": ">=", "value": 0.9}],
        "tags": [{"key": "validated", "value": "yes"}],
        "needs_signature": True,
        "approvals": {"count": 1},
    }
    with acting(ann):
        client.transition_model_version_stage(name, "1", "Production")
        assert ask(ann, "policy", name=name, rules=[rule])["status"] == 200

        # Refused with all that is missing, at once, and not tried again.
        began = time.monotonic()
        error = refusal("PERMISSION_DENIED", client.set_registered_model_alias, name, "champion", "1")
        assert time.monotonic() - began < 20
        for missing in (
            "metric 'accuracy' must be >= 0.9, and is 0.8",
            "tag 'validated' must be 'yes', and is not set",
            "the model must have a signature, and has none",
            "1 other than author and requester must approve, and nobody does",
            "/api/2.0/tracklet/promotions/requests",
        ):
            assert missing in str(error)
        error = refusal("PERMISSION_DENIED", client.transition_model_version_stage, name, "2", "Production", True)
        assert "must be >= 0.9" not in str(error)
        assert "nobody does; no request is open" in str(error)

        made = ask(ann, "requests", name=name, version="2", stage="Production", comment="better by far")
        request = f"requests/{made['request']['request_id']}"
        own = ask(ann, f"{request}/review", verdict="APPROVE")
        assert (own["status"], own["error_code"]) == (403, "PERMISSION_DENIED")
        assert own["message"] == f"'{ann}' made this version: somebody else must approve it."
        assert ask(ann, f"{request}/promote")["status"] == 403

    assert ask(bob, f"{request}/review", verdict="APPROVE", comment="fine")["status"] == 200
    with acting(ann):
        checked = requests.get(
            f"{PROMOTIONS}/check",
            params={"name": name, "version": "2", "stage": "Production"},
            auth=(ann, PASSWORD),
            timeout=30,
        ).json()
        assert checked["may_enter"] is True
        assert [demand["met"] for demand in checked["demands"]] == [True] * 4
        # MLflow's own call, which the gate now lets through.
        client.transition_model_version_stage(name, "2", "Production", archive_existing_versions=True)
        assert client.get_model_version(name, "2").current_stage == "Production"
        assert client.get_model_version(name, "1").current_stage == "Archived"

        # What is in use stays.
        assert "stage 'Production'" in str(refusal("PERMISSION_DENIED", client.delete_model_version, name, "2"))
        assert "stage 'Production'" in str(refusal("PERMISSION_DENIED", client.delete_registered_model, name))

        # Version 1 was in production when the gate was set up: it comes back as it was.
        back = ask(ann, "rollback", name=name, stage="Production", expected_version="2", comment="it fails")
        assert (back["status"], back["versions"]) == (200, ["1"])
        assert client.get_model_version(name, "1").current_stage == "Production"
        assert client.get_model_version(name, "2").current_stage == "Archived"

    audit = requests.get(
        f"{SERVER}/api/2.0/tracklet/audit", params={"max_results": 1000}, auth=ADMIN, timeout=30
    ).json()["entries"]
    told = [
        (entry["username"], entry["operation"].split("/")[-1], entry["outcome"], entry.get("detail", ""))
        for entry in reversed(audit)
        if entry.get("username") in people
    ]
    steps = [(who, what, outcome) for who, what, outcome, _ in told]
    for step in [
        (ann, "policy", "done"),
        (ann, "alias", "refused"),
        (ann, "transition-stage", "refused"),
        (ann, "requests", "done"),
        (ann, "review", "refused"),
        (ann, "promote", "refused"),
        (bob, "review", "done"),
        (ann, "transition-stage", "done"),
        (ann, "delete", "refused"),
        (ann, "rollback", "done"),
    ]:
        assert step in steps
    details = " | ".join(detail for *_, detail in told)
    assert "metric 'accuracy' must be >= 0.9, and is 0.8" in details
    assert "made this version: somebody else must approve it" in details
    assert f"version 2 of registered model '{name}' entered stage 'Production', by promotion request" in details
    assert f"rolled stage 'Production' of registered model '{name}' back from version 2 to version 1" in details


def test_admins_are_held_too(client, people, name, refusal):
    policy = {"name": name, "rules": [{"stages": ["Staging"], "needs_description": True}]}
    assert requests.post(f"{PROMOTIONS}/policy", json=policy, auth=ADMIN, timeout=30).status_code == 200
    error = refusal("PERMISSION_DENIED", client.transition_model_version_stage, name, "1", "Staging")
    assert "the version must have a description, and has none" in str(error)
    client.update_model_version(name, "1", description="the first")
    client.transition_model_version_stage(name, "1", "Staging")

"""MLflow's own client of users, permissions and roles, of 3.17, all of its calls."""

from __future__ import annotations

import os

import pytest
import requests
from mlflow import MlflowClient
from mlflow.exceptions import MlflowException
from mlflow.server.auth.client import AuthServiceClient

SERVER = os.environ["MLFLOW_TRACKING_URI"]
PASSWORD = "correct horse battery"
IS_STOCK = "stock" in os.environ.get("TRACKLET_TEST_SERVER", "")


@pytest.fixture
def auth() -> AuthServiceClient:
    return AuthServiceClient(SERVER)


@pytest.fixture
def user(auth: AuthServiceClient, unique: str) -> str:
    return auth.create_user(f"user {unique}", PASSWORD).username


def test_users(auth, unique, refusal, acting):
    name = f"user {unique}"
    made = auth.create_user(name, PASSWORD)
    assert (made.username, made.is_admin) == (name, False)
    assert auth.get_user(name).id == made.id
    refusal("RESOURCE_ALREADY_EXISTS", auth.create_user, name, PASSWORD)
    refusal("INVALID_PARAMETER_VALUE", auth.create_user, f"{name}2", "short")
    auth.update_user_admin(name, True)
    assert auth.get_user(name).is_admin is True
    with acting(name):
        assert auth.create_user(f"{name}3", PASSWORD).username == f"{name}3"
        refusal("BAD_REQUEST", auth.delete_user, name)
    auth.delete_user(name)
    refusal("RESOURCE_DOES_NOT_EXIST", auth.get_user, name)
    refusal("RESOURCE_DOES_NOT_EXIST", auth.delete_user, name)
    with acting(name), pytest.raises(MlflowException, match="401"):
        auth.get_user(name)


def test_password(auth, user, refusal, acting):
    auth.update_user_password(user, "another long password")
    with acting(user), pytest.raises(MlflowException, match="401"):
        auth.get_user(user)
    with acting(user, "another long password"):
        refusal("INVALID_PARAMETER_VALUE", auth.update_user_password, user, "a third long password")
        refusal("INVALID_PARAMETER_VALUE", auth.update_user_password, user, "a third long password", "wrong")
        auth.update_user_password(user, "a third long password", "another long password")
    with acting(user, "a third long password"):
        assert auth.get_user(user).username == user


def test_permissions_of_a_user(auth, client, experiment_id, user, refusal, acting):
    effective = auth.get_user_permission(user, "experiment", experiment_id)
    assert (effective.permission, effective.allowed) == ("READ", False)
    with acting(user), pytest.raises(MlflowException, match="403"):
        client.create_run(experiment_id)
    auth.grant_user_permission(user, "experiment", experiment_id, "EDIT")
    refusal("RESOURCE_ALREADY_EXISTS", auth.grant_user_permission, user, "experiment", experiment_id, "READ")
    refusal("INVALID_PARAMETER_VALUE", auth.grant_user_permission, user, "experiment", experiment_id, "NO_PERMISSIONS")
    refusal("INVALID_PARAMETER_VALUE", auth.grant_user_permission, user, "workspace", "*", "USE")
    effective = auth.get_user_permission(user, "experiment", experiment_id)
    assert (effective.permission, effective.allowed) == ("EDIT", True)
    with acting(user):
        run = client.create_run(experiment_id).info.run_id
        client.log_metric(run, "m", 1.0)
        with pytest.raises(MlflowException, match="403"):
            client.delete_run(run)
        with pytest.raises(MlflowException, match="403"):
            auth.grant_user_permission(user, "experiment", experiment_id, "MANAGE")
    auth.revoke_user_permission(user, "experiment", experiment_id)
    refusal("RESOURCE_DOES_NOT_EXIST", auth.revoke_user_permission, user, "experiment", experiment_id)
    auth.grant_user_permission(user, "experiment", experiment_id, "DENY")
    with acting(user):
        with pytest.raises(MlflowException, match="403"):
            client.get_run(run)
        assert experiment_id not in [found.experiment_id for found in client.search_experiments()]
        assert list(client.search_runs([experiment_id])) == []


def test_who_makes_an_experiment_manages_it(auth, client, user, unique, acting):
    with acting(user):
        made = client.create_experiment(f"of {unique}")
        client.delete_experiment(made)
        client.restore_experiment(made)
    assert auth.get_user_permission(user, "experiment", made).permission == "MANAGE"


def test_roles(auth, client, experiment_id, user, unique, refusal, acting):
    role = auth.create_role("default", f"role {unique}", "for tests")
    assert (role.name, role.workspace, role.description) == (f"role {unique}", "default", "for tests")
    refusal("RESOURCE_ALREADY_EXISTS", auth.create_role, "default", f"role {unique}")
    assert auth.get_role(role.id).name == role.name
    assert role.id in [listed.id for listed in auth.list_roles("default")]
    assert role.id in [listed.id for listed in auth.list_all_roles()]
    assert auth.list_roles(f"none {unique}") == []
    renamed = auth.update_role(role.id, name=f"renamed {unique}", description="still")
    assert (renamed.name, renamed.description) == (f"renamed {unique}", "still")

    permission = auth.add_role_permission(role.id, "experiment", experiment_id, "READ")
    assert (permission.role_id, permission.permission) == (role.id, "READ")
    refusal("RESOURCE_ALREADY_EXISTS", auth.add_role_permission, role.id, "experiment", experiment_id, "EDIT")
    refusal("INVALID_PARAMETER_VALUE", auth.add_role_permission, role.id, "run", "abc", "EDIT")
    assert auth.update_role_permission(permission.id, "EDIT").permission == "EDIT"
    assert [listed.permission for listed in auth.list_role_permissions(role.id)] == ["EDIT"]

    assignment = auth.assign_role(user, role.id)
    assert assignment.role_id == role.id
    refusal("RESOURCE_ALREADY_EXISTS", auth.assign_role, user, role.id)
    assert [held.id for held in auth.list_user_roles(user) if not held.name.startswith("__")] == [role.id]
    assert [found.user_id for found in auth.list_role_users(role.id)] == [auth.get_user(user).id]
    with acting(user):
        client.create_run(experiment_id)
        assert [held.id for held in auth.list_user_roles(user)] == [role.id]
        with pytest.raises(MlflowException, match="403"):
            auth.assign_role(user, role.id)

    auth.unassign_role(user, role.id)
    refusal("RESOURCE_DOES_NOT_EXIST", auth.unassign_role, user, role.id)
    with acting(user), pytest.raises(MlflowException, match="403"):
        client.create_run(experiment_id)
    auth.remove_role_permission(permission.id)
    refusal("RESOURCE_DOES_NOT_EXIST", auth.remove_role_permission, permission.id)
    auth.delete_role(role.id)
    refusal("RESOURCE_DOES_NOT_EXIST", auth.get_role, role.id)


def test_who_does_not_sign_in_is_told_how():
    answer = requests.get(f"{SERVER}/api/2.0/mlflow/experiments/get", params={"experiment_id": "0"}, timeout=30)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == 'Basic realm="mlflow"'
    assert answer.text == (
        "You are not authenticated. Please see "
        "https://www.mlflow.org/docs/latest/auth/index.html#authenticating-to-mlflow on how to authenticate."
    )
    assert requests.get(f"{SERVER}/health", timeout=30).status_code == 200
    assert requests.get(f"{SERVER}/api/3.0/mlflow/server-info", timeout=30).status_code == 200


def test_who_may_not_is_told_nothing_more(auth, user, experiment_id, acting):
    url = f"{SERVER}/api/2.0/mlflow/experiments/delete"
    answer = requests.post(url, json={"experiment_id": experiment_id}, auth=(user, PASSWORD), timeout=30)
    assert (answer.status_code, answer.text) == (403, "Permission denied")


@pytest.mark.skipif(IS_STOCK, reason="tokens are Tracklet's own")
def test_a_token_is_good_until_it_is_revoked(client, experiment_id, unique, acting):
    admin = (os.environ["MLFLOW_TRACKING_USERNAME"], os.environ["MLFLOW_TRACKING_PASSWORD"])
    tokens = f"{SERVER}/api/2.0/tracklet/tokens"
    wanted = {"name": unique, "role": "EDIT", "experiment_ids": [experiment_id]}
    made = requests.post(tokens, json=wanted, auth=admin, timeout=30).json()
    with acting(token=made["token"]):
        run = client.create_run(experiment_id).info.run_id
        client.log_metric(run, "m", 1.0)
        with pytest.raises(MlflowException, match="403"):
            client.delete_run(run)
        with pytest.raises(MlflowException, match="403"):
            client.create_run("0")
    listed = requests.get(tokens, auth=admin, timeout=30).json()["tokens"]
    assert made["token"] not in str(listed)
    assert [token["last_used_time"] > 0 for token in listed if token["name"] == unique] == [True]
    body = {"token_id": made["token_info"]["token_id"]}
    assert requests.delete(tokens, json=body, auth=admin, timeout=30).status_code == 200
    with acting(token=made["token"]), pytest.raises(MlflowException, match="401"):
        client.get_run(run)

"""MLflow's own client of users and permissions as it was until 3.10, of 2.22 and 3.6, all of its calls."""

from __future__ import annotations

import os

import pytest
from mlflow.exceptions import MlflowException
from mlflow.server.auth.client import AuthServiceClient

SERVER = os.environ["MLFLOW_TRACKING_URI"]
PASSWORD = "correct horse battery"


@pytest.fixture
def auth() -> AuthServiceClient:
    return AuthServiceClient(SERVER)


@pytest.fixture
def user(auth: AuthServiceClient, unique: str) -> str:
    return auth.create_user(f"user {unique}", PASSWORD).username


def test_users(auth, user, refusal, acting):
    assert auth.get_user(user).is_admin is False
    refusal("RESOURCE_ALREADY_EXISTS", auth.create_user, user, PASSWORD)
    auth.update_user_admin(user, True)
    assert auth.get_user(user).is_admin is True
    auth.update_user_password(user, "another long password")
    with acting(user, "another long password"):
        assert auth.get_user(user).username == user
    auth.delete_user(user)
    refusal("RESOURCE_DOES_NOT_EXIST", auth.get_user, user)


def test_permissions_on_an_experiment(auth, client, experiment_id, user, refusal, acting):
    made = auth.create_experiment_permission(experiment_id, user, "MANAGE")
    assert (made.experiment_id, made.user_id, made.permission) == (experiment_id, auth.get_user(user).id, "MANAGE")
    refusal("RESOURCE_ALREADY_EXISTS", auth.create_experiment_permission, experiment_id, user, "READ")
    refusal("INVALID_PARAMETER_VALUE", auth.update_experiment_permission, experiment_id, user, "WRITE")
    held = auth.get_user(user).experiment_permissions
    assert [(one.experiment_id, one.permission) for one in held] == [(experiment_id, "MANAGE")]
    with acting(user):
        assert auth.get_experiment_permission(experiment_id, user).permission == "MANAGE"
    auth.update_experiment_permission(experiment_id, user, "NO_PERMISSIONS")
    with acting(user), pytest.raises(MlflowException, match="403"):
        client.get_experiment(experiment_id)
    auth.delete_experiment_permission(experiment_id, user)
    for call in (auth.get_experiment_permission, auth.delete_experiment_permission):
        refusal("RESOURCE_DOES_NOT_EXIST", call, experiment_id, user)
    with acting(user):
        assert client.get_experiment(experiment_id).experiment_id == experiment_id
        with pytest.raises(MlflowException, match="403"):
            auth.create_experiment_permission(experiment_id, user, "MANAGE")


def test_permissions_on_a_registered_model(auth, user, unique, refusal, acting):
    name = f"model {unique}"
    made = auth.create_registered_model_permission(name, user, "EDIT")
    assert (made.name, made.user_id, made.permission) == (name, auth.get_user(user).id, "EDIT")
    refusal("RESOURCE_ALREADY_EXISTS", auth.create_registered_model_permission, name, user, "READ")
    auth.update_registered_model_permission(name, user, "READ")
    assert auth.get_registered_model_permission(name, user).permission == "READ"
    assert [one.name for one in auth.get_user(user).registered_model_permissions] == [name]
    with acting(user), pytest.raises(MlflowException, match="403"):
        auth.delete_registered_model_permission(name, user)
    auth.delete_registered_model_permission(name, user)
    refusal("RESOURCE_DOES_NOT_EXIST", auth.get_registered_model_permission, name, user)

"""Experiments whose artifacts the client opens in S3 by itself, with its own credentials, as MLflow does for s3:// roots."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
from mlflow import MlflowClient

SERVER = os.environ["MLFLOW_TRACKING_URI"]
BUCKET = "tracklet-artifacts"


@pytest.fixture
def s3_run(client: MlflowClient, run_id: str, unique: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A run below an s3:// root of the server's own bucket, and what `serve --artifact-access direct` tells clients to set."""
    url = f"{SERVER}/api/2.0/mlflow/artifacts/presigned-upload-url"
    answer = requests.post(url, json={"run_id": run_id, "path": "x"}, timeout=60)
    place = urlsplit(answer.json()["presigned_url"])
    if not place.path.startswith(f"/{BUCKET}/"):
        pytest.skip("the server is no laptop, whose S3 has known credentials")
    monkeypatch.setenv("MLFLOW_S3_ENDPOINT_URL", f"{place.scheme}://{place.netloc}")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "tracklet")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "tracklet")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    experiment_id = client.create_experiment(f"s3 {unique}", artifact_location=f"s3://{BUCKET}/artifacts/direct/{unique}")
    yield client.create_run(experiment_id).info.run_id


def listed_by_server(run_id: str) -> list[tuple[str, bool]]:
    answer = requests.get(f"{SERVER}/api/2.0/mlflow/artifacts/list", {"run_id": run_id}, timeout=60)
    return [(file["path"], file["is_dir"]) for file in answer.json().get("files", [])]


def test_the_client_uploads_lists_and_downloads_by_itself(client, s3_run, tmp_path):
    (tmp_path / "up/deep").mkdir(parents=True)
    tree = {"a b+c.txt": b"text", "deep/größe 100%.bin": bytes(range(256)) * 40_000, "deep/empty": b""}
    for path, content in tree.items():
        (tmp_path / "up" / path).write_bytes(content)
    client.log_artifacts(s3_run, str(tmp_path / "up"), "tree")
    assert client.get_run(s3_run).info.artifact_uri.startswith(f"s3://{BUCKET}/artifacts/direct/")
    assert [file.path for file in client.list_artifacts(s3_run, "tree")] == ["tree/a b+c.txt", "tree/deep"]
    root = Path(client.download_artifacts(s3_run, "tree"))
    assert {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()} == tree


def test_the_server_lists_and_serves_what_the_client_has_put_there(client, s3_run):
    client.log_text(s3_run, "by boto3", "notes/a.txt")
    assert listed_by_server(s3_run) == [("notes", True)]
    query = {"run_id": s3_run, "path": "notes/a.txt"}
    assert requests.get(f"{SERVER}/get-artifact", query, timeout=60).text == "by boto3"


def test_the_client_sees_what_the_server_has_put_there(client, s3_run):
    query = {"run_uuid": s3_run, "path": "up.txt"}
    answer = requests.post(f"{SERVER}/ajax-api/2.0/mlflow/upload-artifact", params=query, data=b"by the page", timeout=60)
    assert answer.status_code == 200
    assert Path(client.download_artifacts(s3_run, "up.txt")).read_text() == "by the page"


def test_a_bucket_of_somebody_else_is_never_opened_by_the_server(client, unique):
    experiment_id = client.create_experiment(f"foreign {unique}", artifact_location=f"s3://{BUCKET}-of-another/artifacts")
    run_id = client.create_run(experiment_id).info.run_id
    answer = requests.get(f"{SERVER}/get-artifact", {"run_id": run_id, "path": "x"}, timeout=60)
    assert (answer.status_code, answer.json()["error_code"]) == (400, "INVALID_PARAMETER_VALUE")
    assert "not kept by this server" in answer.json()["message"]

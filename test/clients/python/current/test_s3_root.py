"""Experiments whose artifacts the client opens in S3 by itself, with its own credentials, as MLflow does for s3:// roots."""

from __future__ import annotations

import re
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests
from mlflow import MlflowClient

COMMAND = Path(__file__).parents[4] / "bin" / "tracklet.js"
BUCKET = "tracklet-artifacts"


@dataclass
class Server:
    url: str
    # What it tells clients to set.
    variables: dict[str, str]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A server of these tests' own, whose experiments have s3:// roots."""
    options = ["--port", "0", "--ephemeral", "--artifact-access", "direct"]
    process = subprocess.Popen(["node", str(COMMAND), "serve", *options], stdout=subprocess.PIPE, text=True)
    try:
        said = ""
        while "Ctrl-C" not in said:
            line = process.stdout.readline()
            assert line, f"the server ended: {said}"
            said += line
        url = re.search(r"ready at (\S+)", said)[1]
        yield Server(url, dict(re.findall(r"export (\w+)=(\S+)", said)))
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)


@pytest.fixture
def client(server: Server, monkeypatch: pytest.MonkeyPatch) -> MlflowClient:
    for name, value in server.variables.items():
        monkeypatch.setenv(name, value)
    return MlflowClient(server.url)


@pytest.fixture
def s3_run(client: MlflowClient, unique: str) -> str:
    return client.create_run(client.create_experiment(f"s3 {unique}")).info.run_id


def listed_by_server(server: Server, run_id: str) -> list[tuple[str, bool]]:
    answer = requests.get(f"{server.url}/api/2.0/mlflow/artifacts/list", {"run_id": run_id}, timeout=60)
    return [(file["path"], file["is_dir"]) for file in answer.json().get("files", [])]


def test_the_client_uploads_lists_and_downloads_by_itself(client, s3_run, tmp_path):
    (tmp_path / "up/deep").mkdir(parents=True)
    tree = {"a b+c.txt": b"text", "deep/größe 100%.bin": bytes(range(256)) * 40_000, "deep/empty": b""}
    for path, content in tree.items():
        (tmp_path / "up" / path).write_bytes(content)
    client.log_artifacts(s3_run, str(tmp_path / "up"), "tree")
    assert client.get_run(s3_run).info.artifact_uri.startswith(f"s3://{BUCKET}/artifacts/")
    assert [file.path for file in client.list_artifacts(s3_run, "tree")] == ["tree/a b+c.txt", "tree/deep"]
    root = Path(client.download_artifacts(s3_run, "tree"))
    assert {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()} == tree


def test_the_server_lists_and_serves_what_the_client_has_put_there(server, client, s3_run):
    client.log_text(s3_run, "by boto3", "notes/a.txt")
    assert listed_by_server(server, s3_run) == [("notes", True)]
    query = {"run_id": s3_run, "path": "notes/a.txt"}
    assert requests.get(f"{server.url}/get-artifact", query, timeout=60).text == "by boto3"


def test_the_client_sees_what_the_server_has_put_there(server, client, s3_run):
    query = {"run_uuid": s3_run, "path": "up.txt"}
    answer = requests.post(f"{server.url}/ajax-api/2.0/mlflow/upload-artifact", params=query, data=b"by the page", timeout=60)
    assert answer.status_code == 200
    assert Path(client.download_artifacts(s3_run, "up.txt")).read_text() == "by the page"


def test_a_bucket_of_somebody_else_is_never_opened_by_the_server(server, client, unique):
    experiment_id = client.create_experiment(f"foreign {unique}", artifact_location=f"s3://{BUCKET}-of-another/artifacts")
    run_id = client.create_run(experiment_id).info.run_id
    answer = requests.get(f"{server.url}/get-artifact", {"run_id": run_id, "path": "x"}, timeout=60)
    assert (answer.status_code, answer.json()["error_code"]) == (400, "INVALID_PARAMETER_VALUE")
    assert "not kept by this server" in answer.json()["message"]

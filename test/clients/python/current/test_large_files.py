"""Files that pass by the server: uploads in parts, and downloads in ranges, both by presigned URLs."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests
from mlflow import MlflowClient
from mlflow.store.artifact.artifact_repository_registry import get_artifact_repository

MEBIBYTE = 1024 * 1024
PART = 5 * MEBIBYTE
"""The least that S3 takes for a part."""


def content_of(size: int) -> bytes:
    block = bytes(range(251)) * 4096
    return (block * (size // len(block) + 1))[:size]


def digest(path: str | Path) -> str:
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


@pytest.fixture
def in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The client asks the server whether it may upload so, as it does for large files; downloads are told to."""
    monkeypatch.setenv("MLFLOW_ENABLE_PROXY_MULTIPART_DOWNLOAD", "true")
    monkeypatch.setenv("MLFLOW_MULTIPART_UPLOAD_MINIMUM_FILE_SIZE", str(PART))
    monkeypatch.setenv("MLFLOW_MULTIPART_UPLOAD_CHUNK_SIZE", str(PART))
    monkeypatch.setenv("MLFLOW_MULTIPART_DOWNLOAD_CHUNK_SIZE", str(MEBIBYTE))


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[str, str]]]:
    """The methods and URLs of all requests, in the order in which they were answered."""
    seen: list[tuple[str, str]] = []
    send = requests.Session.send

    def record(session: requests.Session, request: requests.PreparedRequest, **options: object) -> requests.Response:
        response = send(session, request, **options)
        seen.append((request.method, request.url))
        return response

    monkeypatch.setattr(requests.Session, "send", record)
    yield seen


def puts_of_parts(sent: list[tuple[str, str]]) -> list[str]:
    return [url for method, url in sent if method == "PUT" and "partNumber=" in url]


@pytest.mark.parametrize("name", ["large.bin", "large + größe (1) 100%.bin"])
def test_a_file_goes_up_in_parts_and_comes_down_in_ranges(client, run_id, tmp_path, in_parts, sent, name):
    local = tmp_path / name
    local.write_bytes(content_of(4 * PART + 12345))
    client.log_artifact(run_id, str(local), "models/a b")
    assert len(puts_of_parts(sent)) == 5
    assert not [url for method, url in sent if method == "PUT" and "mlflow-artifacts/artifacts" in url]
    (file,) = client.list_artifacts(run_id, "models/a b")
    assert (file.path, file.file_size) == (f"models/a b/{name}", 4 * PART + 12345)
    sent.clear()
    downloaded = client.download_artifacts(run_id, f"models/a b/{name}")
    assert digest(downloaded) == digest(local)
    assert len([url for method, url in sent if method == "GET" and "X-Amz-Signature" in url]) == 21


def test_credentials_do_not_go_along_to_s3(client, run_id, tmp_path, in_parts, monkeypatch):
    monkeypatch.setenv("MLFLOW_TRACKING_TOKEN", "secret-of-the-user")
    seen: list[requests.PreparedRequest] = []
    send = requests.Session.send

    def record(session: requests.Session, request: requests.PreparedRequest, **options: object) -> requests.Response:
        seen.append(request)
        return send(session, request, **options)

    monkeypatch.setattr(requests.Session, "send", record)
    (tmp_path / "f.bin").write_bytes(content_of(PART + 1))
    client.log_artifact(run_id, str(tmp_path / "f.bin"))
    client.download_artifacts(run_id, "f.bin")
    signed = [request for request in seen if "X-Amz-Signature" in request.url]
    assert len(signed) == 2 + 6
    assert not [request for request in signed if "Authorization" in request.headers]


def uploaded_once(client: MlflowClient, run_id: str, local: Path) -> None:
    client.log_artifact(run_id, str(local))
    assert digest(client.download_artifacts(run_id, local.name)) == digest(local)


@pytest.fixture
def fail_part(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[str], requests.Response | None]], list[str]]:
    """`fail_part(instead)` lets `instead` answer the upload of part 2, or not; gives the URLs that were to be used."""

    def install(instead: Callable[[str], requests.Response | None]) -> list[str]:
        urls: list[str] = []
        put = requests.put

        def answer(url: str, **options: object) -> requests.Response:
            urls.append(url)
            failure = instead(url) if "partNumber=2&" in url else None
            return failure if failure is not None else put(url, **options)

        monkeypatch.setattr(requests, "put", answer)
        return urls

    return install


def assert_gone(urls: list[str]) -> None:
    """The upload is no more: S3 takes no part of it."""
    assert len(urls) == 3
    for url in urls:
        late = requests.request("PUT", url, data=b"late", timeout=60)
        assert (late.status_code, "NoSuchUpload" in late.text) == (404, True)


def server_error(url: str) -> requests.Response:
    response = requests.Response()
    response.status_code, response.url, response._content = 503, url, b"SlowDown"
    return response


def test_a_part_that_fails_leaves_nothing_and_a_second_try_is_whole(client, run_id, tmp_path, in_parts, fail_part):
    failures = [server_error]
    urls = fail_part(lambda url: failures.pop()(url) if failures else None)
    local = tmp_path / "model.bin"
    local.write_bytes(content_of(3 * PART))
    with pytest.raises(Exception, match="Failed to upload at least one part"):
        client.log_artifact(run_id, str(local))
    assert client.list_artifacts(run_id) == []
    assert_gone(urls)
    uploaded_once(client, run_id, local)


def test_a_part_that_breaks_off_leaves_nothing(client, run_id, tmp_path, in_parts, fail_part):
    def break_off(url: str) -> requests.Response:
        raise requests.ConnectionError("broken off")

    urls = fail_part(break_off)
    local = tmp_path / "model.bin"
    local.write_bytes(content_of(3 * PART))
    with pytest.raises(Exception, match="Failed to upload at least one part"):
        client.log_artifact(run_id, str(local))
    assert client.list_artifacts(run_id) == []
    assert_gone(urls)


def test_a_part_that_was_mixed_up_is_refused_and_leaves_nothing(client, run_id, tmp_path, in_parts, fail_part):
    def mix_up(url: str) -> requests.Response:
        response = requests.Response()
        response.status_code, response.url = 200, url
        response.headers["ETag"] = '"0123456789abcdef0123456789abcdef"'
        return response

    urls = fail_part(mix_up)
    local = tmp_path / "model.bin"
    local.write_bytes(content_of(3 * PART))
    with pytest.raises(requests.HTTPError, match="another etag"):
        client.log_artifact(run_id, str(local))
    assert client.list_artifacts(run_id) == []
    assert_gone(urls)


def test_an_upload_of_parts_that_are_too_small_says_what_to_set(client, run_id, tmp_path, in_parts, monkeypatch):
    monkeypatch.setenv("MLFLOW_MULTIPART_UPLOAD_CHUNK_SIZE", str(MEBIBYTE))
    local = tmp_path / "model.bin"
    local.write_bytes(content_of(PART))
    with pytest.raises(requests.HTTPError, match="MLFLOW_MULTIPART_UPLOAD_CHUNK_SIZE"):
        client.log_artifact(run_id, str(local))
    assert client.list_artifacts(run_id) == []


def test_many_files_at_once(client, run_id, tmp_path, in_parts):
    tree = {f"{at % 3}/file {at}.bin": content_of(PART + at) for at in range(9)}
    for path, content in tree.items():
        (tmp_path / "up" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "up" / path).write_bytes(content)
    client.log_artifacts(run_id, str(tmp_path / "up"), "tree")
    root = Path(client.download_artifacts(run_id, "tree"))
    assert {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()} == tree


def test_a_logged_model_of_any_size(client, experiment_id, tmp_path, in_parts):
    model = client.create_logged_model(experiment_id)
    local = tmp_path / "weights.bin"
    local.write_bytes(content_of(2 * PART + 1))
    repository = get_artifact_repository(model.artifact_location)
    repository.log_artifact(str(local), "data")
    assert digest(repository.download_artifacts("data/weights.bin")) == digest(local)

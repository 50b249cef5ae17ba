"""Artifacts through the proxy: any name, any content, up and down again."""

from __future__ import annotations

import json
from pathlib import Path

import mlflow
import pytest
from mlflow.exceptions import MlflowException

NAMES = [
    "plain.txt",
    "with space.txt",
    "a+b=c&d.txt",
    "naïve ✓ 値.txt",
    "100% sure.txt",
    "semi;colon,comma.txt",
    "(1) [x] {y}.txt",
    ".hidden",
    "~tilde'quote.txt",
]


def paths(client, run_id: str, below: str | None = None) -> list[tuple[str, bool, int | None]]:
    return [(file.path, file.is_dir, file.file_size) for file in client.list_artifacts(run_id, below)]


def test_text_dict_and_figure(client, experiment_id):
    from matplotlib.figure import Figure

    figure = Figure()
    figure.subplots().plot([1, 3, 2])
    with mlflow.start_run() as run:
        mlflow.log_text("ünï\nline", "notes/todo.md")
        mlflow.log_dict({"a": [1, "ä"]}, "notes/deep/er/data.json")
        mlflow.log_figure(figure, "plot.png")
    uri = run.info.artifact_uri
    assert mlflow.artifacts.load_text(f"{uri}/notes/todo.md") == "ünï\nline"
    assert mlflow.artifacts.load_dict(f"{uri}/notes/deep/er/data.json") == {"a": [1, "ä"]}
    found = paths(client, run.info.run_id)
    assert [(path, is_dir) for path, is_dir, _ in found] == [("notes", True), ("plot.png", False)]
    assert found[1][2] > 1000
    assert paths(client, run.info.run_id, "notes") == [("notes/deep", True, None), ("notes/todo.md", False, 10)]


@pytest.mark.parametrize("name", NAMES)
def test_names(client, run_id, tmp_path, name):
    local = tmp_path / name
    local.write_bytes(name.encode())
    client.log_artifact(run_id, str(local))
    client.log_artifact(run_id, str(local), "some folder+é")
    size = len(name.encode())
    assert paths(client, run_id) == sorted([(name, False, size), ("some folder+é", True, None)])
    assert paths(client, run_id, "some folder+é") == [(f"some folder+é/{name}", False, size)]
    for path in (name, f"some folder+é/{name}"):
        downloaded = client.download_artifacts(run_id, path)
        assert Path(downloaded).read_bytes() == name.encode()


def test_an_empty_file(client, run_id, tmp_path):
    (tmp_path / "empty.bin").touch()
    client.log_artifact(run_id, str(tmp_path / "empty.bin"))
    ((path, is_dir, size),) = paths(client, run_id)
    assert (path, is_dir, size or 0) == ("empty.bin", False, 0)
    assert Path(client.download_artifacts(run_id, "empty.bin")).read_bytes() == b""


def test_a_tree_goes_up_and_comes_down_the_same(client, run_id, tmp_path):
    tree = {f"level {depth}/" * depth + f"file {number}": bytes([depth, number]) * 999 for depth in range(4) for number in range(3)}
    for path, content in tree.items():
        (tmp_path / "up" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "up" / path).write_bytes(content)
    client.log_artifacts(run_id, str(tmp_path / "up"), "tree")
    (tmp_path / "down").mkdir()
    root = Path(client.download_artifacts(run_id, "tree", str(tmp_path / "down")))
    found = {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}
    assert found == tree


def test_a_file_of_twenty_megabytes(client, run_id, tmp_path):
    content = bytes(range(256)) * 4096 * 20
    (tmp_path / "big.bin").write_bytes(content)
    client.log_artifact(run_id, str(tmp_path / "big.bin"))
    assert paths(client, run_id) == [("big.bin", False, len(content))]
    assert Path(client.download_artifacts(run_id, "big.bin")).read_bytes() == content


def test_a_file_is_overwritten(client, run_id):
    client.log_text(run_id, "one", "it.txt")
    client.log_text(run_id, "and two", "it.txt")
    assert paths(client, run_id) == [("it.txt", False, 7)]
    assert Path(client.download_artifacts(run_id, "it.txt")).read_text() == "and two"


def test_files_and_folders_are_deleted_through_the_client(client, experiment_id, run_id):
    from mlflow.store.artifact.artifact_repository_registry import get_artifact_repository

    for path in ("keep.txt", "gone.txt", "folder/a.txt", "folder/deep/b.txt", "folder 2/c.txt"):
        client.log_text(run_id, path, path)
    repository = get_artifact_repository(client.get_run(run_id).info.artifact_uri)
    repository.delete_artifacts("gone.txt")
    repository.delete_artifacts("folder")
    assert [path for path, *_ in paths(client, run_id)] == ["folder 2", "keep.txt"]
    assert paths(client, run_id, "folder") == []


def test_what_is_not_there(client, run_id):
    assert paths(client, run_id) == []
    assert paths(client, run_id, "nowhere") == []
    with pytest.raises(MlflowException, match="path is correct|No such|nowhere"):
        client.download_artifacts(run_id, "nowhere/file.txt")


def test_a_table_grows(client, experiment_id):
    with mlflow.start_run() as run:
        mlflow.log_table({"q": ["a"], "n": [1]}, "table.json")
        mlflow.log_table({"q": ["b"], "n": [2]}, "table.json")
    assert "table.json" in json.loads(client.get_run(run.info.run_id).data.tags["mlflow.loggedArtifacts"])[0]["path"]
    table = mlflow.load_table("table.json", run_ids=[run.info.run_id])
    assert sorted(zip(table["q"], table["n"])) == [("a", 1), ("b", 2)]

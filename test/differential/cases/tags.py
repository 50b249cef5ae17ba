"""Tags of runs: set and delete, and the name of a run as a tag."""

from cases.params import KEYS
from dsl import group, new_run, post, show_run

UNKNOWN = "0123456789abcdef0123456789abcdef"


def tag(name: str, key: object, value: object, **fields: object) -> object:
    return post("runs/set-tag", {"run_id": "${run}", "key": key, "value": value, **fields}, name)


def untag(name: str, key: object, run: str = "${run}") -> object:
    return post("runs/delete-tag", {"run_id": run, "key": key}, name)


SET = group(
    "tags set",
    new_run("run"),
    tag("first", "t", "1"),
    tag("same again", "t", "1"),
    tag("another value", "t", "2"),
    tag("value empty", "empty", ""),
    tag("value in unicode", "unicode", "line\nline\té漢🎉"),
    tag("value of 8000", "long", "v" * 8000),
    tag("value of 8001", "longer", "v" * 8001),
    tag("value a number", "n", 41),
    tag("value false", "n", False),
    tag("value an object", "n", {"a": 1}),
    tag("value null", "null", None),
    tag("key of 250", "k" * 250, "v"),
    tag("key of 251", "k" * 251, "v"),
    tag("key a number", 5, "v"),
    [tag(f"key {key!r}", key, "v") for key in KEYS],
    tag("note", "mlflow.note.content", "# title"),
    tag("user", "mlflow.user", "bob"),
    tag("run unknown", "k", "v", run_id=UNKNOWN),
    post("runs/set-tag", {"run_id": "${run}", "key": "missing"}, "value missing"),
    post("runs/set-tag", {"run_id": "${run}", "value": "v"}, "key missing"),
    post("runs/set-tag", {"key": "k", "value": "v"}, "run missing"),
    post("runs/set-tag", {"run_uuid": "${run}", "key": "uuid", "value": "v"}, "by run_uuid"),
    show_run("run"),
)

DELETE = group(
    "tags delete",
    new_run("run", tags=[{"key": "t", "value": "1"}, {"key": "é 漢/x", "value": "2"}]),
    untag("there", "t"),
    untag("gone", "t"),
    untag("in unicode", "é 漢/x"),
    untag("never there", "absent"),
    untag("key empty", ""),
    untag("key a number", 5),
    untag("key odd", "a*b"),
    untag("run unknown", "t", UNKNOWN),
    post("runs/delete-tag", {"run_id": "${run}"}, "key missing"),
    post("runs/delete-tag", {"key": "t"}, "run missing"),
    post("runs/delete-tag", {"run_uuid": "${run}", "key": "t"}, "by run_uuid"),
    show_run("run"),
)

RUN_NAME = group(
    "tags run name",
    new_run("run"),
    tag("rename by tag", "mlflow.runName", "by tag"),
    show_run("run", "renamed by tag"),
    post("runs/log-batch", {"run_id": "${run}", "tags": [{"key": "mlflow.runName", "value": "by batch"}]}, "rename by batch"),
    show_run("run", "renamed by batch"),
    tag("rename to nothing", "mlflow.runName", ""),
    show_run("run", "renamed to nothing"),
    post("runs/update", {"run_id": "${run}", "run_name": "by update"}, "rename by update"),
    show_run("run", "renamed by update"),
    untag("delete the name", "mlflow.runName"),
    show_run("run", "name without tag"),
    post("runs/search", {"experiment_ids": ["${experiment}"], "filter": "run_name = 'by update'"}, "not found by name"),
    post("runs/update", {"run_id": "${run}", "run_name": "again"}, "name it again"),
    show_run("run", "named again"),
)

GROUPS = (SET, DELETE, RUN_NAME)

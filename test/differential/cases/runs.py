"""Runs: create, get, update, delete, restore."""

from dsl import get, group, metric, new_run, pairs, post, show_run

E = "${experiment}"
UNKNOWN = "0123456789abcdef0123456789abcdef"


def create(name: str, body: dict[str, object], **options: object) -> object:
    return post("runs/create", body, name, **options)


def update(name: str, run: str, **fields: object) -> object:
    return post("runs/update", {"run_id": run, **fields}, name)


CREATE = group(
    "runs create",
    create("bare", {"experiment_id": E}, save={"bare": "run.info.run_id"}),
    show_run("bare"),
    create("whole", {"experiment_id": E, "user_id": "ann", "run_name": "whole", "start_time": 1700000000123, "tags": pairs(a="1", b="")}, save={"whole": "run.info.run_id"}),
    show_run("whole"),
    create("same name again", {"experiment_id": E, "run_name": "whole"}),
    create("name by tag", {"experiment_id": E, "tags": [{"key": "mlflow.runName", "value": "by tag"}]}),
    create("name and equal tag", {"experiment_id": E, "run_name": "n", "tags": [{"key": "mlflow.runName", "value": "n"}]}),
    create("name and other tag", {"experiment_id": E, "run_name": "a", "tags": [{"key": "mlflow.runName", "value": "b"}]}),
    create("name empty", {"experiment_id": E, "run_name": ""}),
    create("name of blanks", {"experiment_id": E, "run_name": "   "}),
    create("name in unicode", {"experiment_id": E, "run_name": "é漢🎉"}),
    create("name long", {"experiment_id": E, "run_name": "n" * 250}),
    create("name longer", {"experiment_id": E, "run_name": "n" * 300}),
    create("name a number", {"experiment_id": E, "run_name": 5}),
    create("start time zero", {"experiment_id": E, "run_name": "z", "start_time": 0}),
    create("start time negative", {"experiment_id": E, "run_name": "z", "start_time": -5}),
    create("start time a word", {"experiment_id": E, "run_name": "z", "start_time": "now"}),
    create("start time as text", {"experiment_id": E, "run_name": "z", "start_time": "1700000000123"}),
    create("ill-typed: start time with fraction", {"experiment_id": E, "run_name": "z", "start_time": 1.5}),
    create("user empty", {"experiment_id": E, "run_name": "z", "user_id": ""}),
    create("ill-typed: user a number", {"experiment_id": E, "run_name": "z", "user_id": 7}),
    create("experiment missing", {"run_name": "z"}),
    create("experiment empty", {"experiment_id": "", "run_name": "z"}),
    create("experiment unknown", {"experiment_id": "987654", "run_name": "z"}),
    create("experiment a word", {"experiment_id": "abc", "run_name": "z"}),
    create("experiment a number", {"experiment_id": 1, "run_name": "z"}),
    create("tag key long", {"experiment_id": E, "run_name": "z", "tags": [{"key": "k" * 251, "value": "v"}]}),
    create("tag key odd", {"experiment_id": E, "run_name": "z", "tags": [{"key": "a*b//c", "value": "v"}]}),
    create("tag value of 8001", {"experiment_id": E, "run_name": "z", "tags": [{"key": "long", "value": "v" * 8001}]}),
    create("tag twice", {"experiment_id": E, "run_name": "z", "tags": [{"key": "k", "value": "1"}, {"key": "k", "value": "2"}]}),
    create("tag without value", {"experiment_id": E, "run_name": "z", "tags": [{"key": "k"}]}),
    create("tag without key", {"experiment_id": E, "run_name": "z", "tags": [{"value": "v"}]}),
    create("ill-typed: tags not a list", {"experiment_id": E, "run_name": "z", "tags": {"key": "k", "value": "v"}}),
    create("ill-typed: tag value a number", {"experiment_id": E, "run_name": "z", "tags": [{"key": "k", "value": 1}]}),
    create("parent tag of an unknown run", {"experiment_id": E, "run_name": "z", "tags": [{"key": "mlflow.parentRunId", "value": "nobody"}]}),
)

GET = group(
    "runs get",
    new_run("run"),
    show_run("run"),
    get("runs/get", {"run_uuid": "${run}"}, "by run_uuid"),
    get("runs/get", {"run_id": "${run}", "run_uuid": "${run}"}, "by both"),
    get("runs/get", {"run_id": "${run}", "run_uuid": UNKNOWN}, "by both, uuid unknown"),
    get("runs/get", {"run_id": UNKNOWN}, "unknown"),
    get("runs/get", {"run_uuid": UNKNOWN}, "unknown uuid"),
    get("runs/get", {}, "nothing"),
    get("runs/get", {"run_id": ""}, "empty"),
    get("runs/get", {"run_id": "../../etc"}, "hostile"),
    get("runs/get", "run_id=${run}&run_id=other", "two ids"),
    get("runs/get", "run_id=${run}&foo=bar", "unknown field"),
)

UPDATE = group(
    "runs update",
    new_run("run", user_id="ann"),
    update("nothing to change", "${run}"),
    update("finish", "${run}", status="FINISHED", end_time=2000),
    show_run("run", "finished"),
    update("rename only", "${run}", run_name="renamed"),
    show_run("run", "renamed, still finished"),
    update("name empty", "${run}", run_name=""),
    show_run("run", "name unchanged"),
    update("name of blanks", "${run}", run_name="  "),
    show_run("run", "after name of blanks"),
    [update(f"status {status}", "${run}", status=status) for status in ("RUNNING", "SCHEDULED", "FAILED", "KILLED", "FINISHED")],
    update("status as a number", "${run}", status=1),
    show_run("run", "after the number"),
    update("ill-typed: bogus status", "${run}", status="DONE"),
    update("ill-typed: lower-case status", "${run}", status="finished"),
    update("status out of range", "${run}", status=99),
    update("end time zero", "${run}", end_time=0),
    show_run("run", "end time zero"),
    update("end time before the start", "${run}", end_time=1),
    update("end time negative", "${run}", end_time=-1),
    update("end time as text", "${run}", end_time="3000"),
    update("end time a word", "${run}", end_time="later"),
    update("end time null", "${run}", end_time=None, status="RUNNING"),
    update("name a number", "${run}", run_name=5),
    update("name long", "${run}", run_name="n" * 250),
    update("unknown", UNKNOWN, status="FINISHED"),
    post("runs/update", {"run_uuid": "${run}", "status": "FAILED"}, "by run_uuid"),
    post("runs/update", {"status": "FAILED"}, "id missing"),
    post("runs/update", {"run_id": "${run}", "experiment_id": "0"}, "field of no use"),
    show_run("run", "at the end"),
)

LIFECYCLE = group(
    "runs lifecycle",
    new_run("run"),
    post("runs/log-batch", {"run_id": "${run}", "metrics": [metric("m", 1)], "params": pairs(p="1"), "tags": pairs(t="1")}, "fill"),
    post("runs/delete", {"run_id": "${run}"}, "delete"),
    post("runs/delete", {"run_id": "${run}"}, "delete again"),
    show_run("run", "deleted"),
    update("update", "${run}", status="FINISHED"),
    post("runs/log-metric", {"run_id": "${run}", "key": "m", "value": 1, "timestamp": 1}, "log-metric"),
    post("runs/log-parameter", {"run_id": "${run}", "key": "p", "value": "1"}, "log-parameter"),
    post("runs/set-tag", {"run_id": "${run}", "key": "t", "value": "1"}, "set-tag"),
    post("runs/delete-tag", {"run_id": "${run}", "key": "t"}, "delete-tag"),
    post("runs/log-batch", {"run_id": "${run}"}, "empty log-batch"),
    post("runs/log-batch", {"run_id": "${run}", "tags": pairs(t="2")}, "log-batch"),
    post("runs/log-inputs", {"run_id": "${run}", "datasets": []}, "empty log-inputs"),
    post("runs/log-inputs", {"run_id": "${run}", "datasets": [{"dataset": {"name": "d", "digest": "1", "source_type": "s", "source": "s"}}]}, "log-inputs"),
    post("runs/outputs", {"run_id": "${run}", "models": []}, "empty outputs"),
    post("runs/log-model", {"run_id": "${run}", "model_json": "{}"}, "log-model"),
    get("metrics/get-history", {"run_id": "${run}", "metric_key": "m"}, "history of a deleted run"),
    get("artifacts/list", {"run_id": "${run}"}, "artifacts of a deleted run"),
    post("runs/search", {"experiment_ids": [E]}, "search active"),
    post("runs/search", {"experiment_ids": [E], "run_view_type": "DELETED_ONLY"}, "search deleted"),
    post("runs/search", {"experiment_ids": [E], "run_view_type": "ALL"}, "search all"),
    post("runs/restore", {"run_id": "${run}"}, "restore"),
    post("runs/restore", {"run_id": "${run}"}, "restore again"),
    show_run("run", "restored"),
    [post(f"runs/{verb}", body, f"{verb} {name}") for verb in ("delete", "restore") for name, body in (("unknown", {"run_id": UNKNOWN}), ("nothing", {}), ("empty", {"run_id": ""}), ("by run_uuid", {"run_uuid": "${run}"}))],
)

GROUPS = (CREATE, GET, UPDATE, LIFECYCLE)

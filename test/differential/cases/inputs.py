"""Inputs and outputs of runs: datasets and models."""

from dsl import get, group, new_experiment, new_model, new_run, post, show_run

UNKNOWN = "0123456789abcdef0123456789abcdef"
UNKNOWN_MODEL = "m-0123456789abcdef0123456789abcdef"
SEARCH = "/ajax-api/2.0/mlflow/experiments/search-datasets"


def dataset(name: str = "d", digest: str = "1", **fields: object) -> dict[str, object]:
    return {"name": name, "digest": digest, "source_type": "local", "source": "{}", **fields}


def used(spec: dict[str, object], **tags: str) -> dict[str, object]:
    return {"dataset": spec, "tags": [{"key": key.replace("_", "."), "value": value} for key, value in tags.items()]}


def log(name: str, *datasets: object, run: str = "run") -> object:
    return post("runs/log-inputs", {"run_id": "${%s}" % run, "datasets": list(datasets)}, name)


def without(name: str, missing: str) -> object:
    spec = dataset(f"without {missing}")
    return log(name, used({key: value for key, value in spec.items() if key != missing}))


LIMITS = (("name", 500), ("digest", 36), ("source", 65535), ("schema", 1048575))

INPUTS = group(
    "inputs",
    new_run("run"),
    new_run("other"),
    log("first", used(dataset(schema="{}", profile="{}"), mlflow_data_context="training")),
    log("same again", used(dataset(schema="{}", profile="{}"), mlflow_data_context="training")),
    log("same with other tags", used(dataset(), mlflow_data_context="eval", more="x")),
    log("same with other source", used(dataset(source="other", schema="s2", profile="p2"))),
    show_run("run", "first write won"),
    log("in another run", used(dataset(source="third"), a="b"), run="other"),
    show_run("other", "shares the dataset"),
    log("two at once", used(dataset("x")), used(dataset("y"), k="v")),
    log("one twice at once", used(dataset("z"), k="1"), used(dataset("z"), k="2")),
    log("no tags", {"dataset": dataset("bare")}),
    log("other digest", used(dataset("d", "2"))),
    log("in unicode", used(dataset("é漢🎉", "é"), k="漢")),
    [without(f"without {name}", name) for name in ("name", "digest", "source_type", "source")],
    [log(f"{name} empty", used(dataset(**{"name": "empties", name: ""}))) for name in ("name", "digest", "source_type", "source", "schema")],
    [
        [log(f"{name} of {size + extra}", used({**dataset(f"{name[:3]}{extra}"), name: "v" * (size + extra)})) for extra in (0, 1)]
        for name, size in LIMITS
    ],
    log("tag key of 255", used(dataset("t"), **{"k" * 255: "v"})),
    log("tag key of 256", used(dataset("t2"), **{"k" * 256: "v"})),
    log("tag value of 500", used(dataset("t3"), k="v" * 500)),
    log("tag value of 501", used(dataset("t4"), k="v" * 501)),
    log("tag without value", {"dataset": dataset("t6"), "tags": [{"key": "k"}]}),
    post("runs/log-inputs", {"run_id": "${run}"}, "nothing"),
    post("runs/log-inputs", {"run_id": "${run}", "datasets": []}, "empty list"),
    post("runs/log-inputs", {"run_id": "${run}", "datasets": {}}, "not a list"),
    post("runs/log-inputs", {"datasets": []}, "run missing"),
    post("runs/log-inputs", {"run_id": UNKNOWN, "datasets": []}, "run unknown, empty list"),
    post("runs/log-inputs", {"run_id": UNKNOWN, "datasets": [used(dataset())]}, "run unknown"),
    post("runs/log-inputs", {"run_uuid": "${run}", "datasets": [used(dataset())]}, "by run_uuid"),
    post("runs/log-inputs", {"run_id": "${run}", "datasets": [used(dataset(f"many {index}")) for index in range(1001)]}, "1001 datasets"),
    post("runs/search", {"experiment_ids": ["${experiment}"], "order_by": ["run_name"]}, "in search"),
    log("tag twice", {"dataset": dataset("t5"), "tags": [{"key": "k", "value": "1"}, {"key": "k", "value": "2"}]}),
)


def outputs(name: str, models: object, run: str = "${run}") -> object:
    return post("runs/outputs", {"run_id": run, "models": models}, name)


MODELS = group(
    "inputs and outputs of models",
    new_run("run"),
    new_run("user"),
    new_model("model", source_run_id="${run}"),
    new_model("second"),
    outputs("first", [{"model_id": "${model}", "step": 5}]),
    outputs("same again", [{"model_id": "${model}", "step": 5}]),
    outputs("same with other step", [{"model_id": "${model}", "step": 6}]),
    outputs("without step", [{"model_id": "${second}"}]),
    outputs("one twice at once", [{"model_id": "${second}", "step": 1}, {"model_id": "${second}", "step": 2}], "${user}"),
    outputs("empty list", []),
    outputs("model unknown", [{"model_id": UNKNOWN_MODEL, "step": 1}]),
    outputs("not a list", {"model_id": "${model}"}),
    outputs("run unknown", [{"model_id": "${model}", "step": 1}], UNKNOWN),
    outputs("run unknown, empty list", [], UNKNOWN),
    post("runs/outputs", {"run_id": "${run}"}, "models missing"),
    post("runs/outputs", {"models": []}, "run missing"),
    post("runs/outputs", {"run_uuid": "${run}", "models": []}, "by run_uuid"),
    show_run("run", "its outputs"),
    post("runs/log-inputs", {"run_id": "${user}", "models": [{"model_id": "${model}"}]}, "model as input"),
    post("runs/log-inputs", {"run_id": "${user}", "models": [{"model_id": "${model}"}]}, "model as input again"),
    post("runs/log-inputs", {"run_id": "${user}", "models": [{"model_id": UNKNOWN_MODEL}]}, "unknown model as input"),
    post("runs/log-inputs", {"run_id": "${user}", "models": []}, "no models as input"),
    show_run("user", "its inputs"),
    post("runs/search", {"experiment_ids": ["${experiment}"], "order_by": ["run_name"]}, "in search"),
)

ILL_TYPED = group(
    "inputs and outputs of wrong types",
    new_run("run"),
    log("ill-typed: dataset missing", {"tags": []}),
    log("ill-typed: dataset null", {"dataset": None}),
    log("ill-typed: name a number", used(dataset(5))),  # type: ignore[arg-type]
    log("ill-typed: input a word", "d"),
    outputs("ill-typed: step a word", [{"model_id": "m", "step": "x"}]),
    outputs("ill-typed: model a word", ["m"]),
    post("runs/log-inputs", {"run_id": "${run}", "models": [{}]}, "ill-typed: model without id as input"),
    outputs("ill-typed: model id missing", [{"step": 1}]),
)

HISTORY = '{"artifact_path": "a", "flavors": {"python_function": {}}, "utc_time_created": "2024-01-01 00:00:00.000000", "run_id": "${run}"}'


def log_model(name: str, **body: object) -> object:
    return post("runs/log-model", {"run_id": "${run}", **body}, name)


LOG_MODEL = group(
    "log-model",
    new_run("run"),
    log_model("first", model_json=HISTORY),
    log_model("second", model_json=HISTORY.replace('"a"', '"b"')),
    log_model("not JSON", model_json="{"),
    log_model("empty object", model_json="{}"),
    log_model("a list", model_json="[]"),
    log_model("empty text", model_json=""),
    log_model("missing"),
    log_model("an object", model_json={"a": 1}),
    log_model("without flavors", model_json='{"artifact_path": "a", "utc_time_created": "x", "run_id": "${run}"}'),
    log_model("of another run", model_json=HISTORY.replace("${run}", UNKNOWN)),
    log_model("run unknown", run_id=UNKNOWN, model_json=HISTORY.replace("${run}", UNKNOWN)),
    post("runs/log-model", {"model_json": HISTORY}, "run missing"),
    show_run("run", "its history"),
)


def find(name: str, ids: object, path: str = SEARCH) -> object:
    return post(path, {"experiment_ids": ids}, name, any_order="dataset_summaries")


DATASETS = group(
    "search-datasets",
    new_experiment("other", "diff search-datasets 2"),
    new_run("a"),
    new_run("b"),
    new_run("c", "${other}"),
    log("a trains", used(dataset("iris"), mlflow_data_context="training"), run="a"),
    log("b evaluates", used(dataset("iris"), mlflow_data_context="eval"), run="b"),
    log("b trains", used(dataset("wine"), mlflow_data_context="training"), used(dataset("bare")), run="b"),
    log("c trains", used(dataset("iris"), mlflow_data_context="training"), run="c"),
    find("one experiment", ["${experiment}"]),
    find("two experiments", ["${experiment}", "${other}"]),
    find("unknown experiment", ["987654"]),
    find("none", []),
    post(SEARCH, {}, "ids missing"),
    find("20 experiments", [str(900000 + index) for index in range(20)]),
    find("21 experiments", [str(900000 + index) for index in range(21)]),
    find("a word", ["abc"]),
    find("ill-typed: number", [1]),
    find("not below api", ["${experiment}"], "experiments/search-datasets"),
    get(SEARCH, {"experiment_ids": "${experiment}"}, "by GET"),
    post("runs/delete", {"run_id": "${b}"}, "delete b"),
    find("with a deleted run", ["${experiment}"]),
)

GROUPS = (INPUTS, MODELS, ILL_TYPED, LOG_MODEL, DATASETS)

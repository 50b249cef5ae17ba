"""Metrics of runs, one at a time, and which one is the latest."""

from cases.params import KEYS
from dsl import get, group, metric, new_model, new_run, post, show_run

UNKNOWN = "0123456789abcdef0123456789abcdef"


def log(name: str, **fields: object) -> object:
    body = {"run_id": "${run}", "key": "m", "value": 1.0, "timestamp": 1, "step": 0, **fields}
    return post("runs/log-metric", body, name)


def without(name: str, missing: str) -> object:
    body = {"run_id": "${run}", "key": "less", "value": 1.5, "timestamp": 1, "step": 0}
    return post("runs/log-metric", {key: value for key, value in body.items() if key != missing}, name)


VALUES: tuple[tuple[str, object], ...] = (
    ("integer", 7), ("fraction", 0.1), ("negative", -2.5), ("zero", 0), ("minus zero", -0.0), ("tiny", 5e-324),
    ("greatest", 1.7976931348623157e308), ("beyond 2 to 53", 9007199254740993), ("1e20", 1e20), ("1e23", 1e23),
    ("text", "3.25"), ("text in exponent", "1e3"), ("text NaN", "NaN"), ("text Infinity", "Infinity"),
    ("text -Infinity", "-Infinity"), ("text inf", "inf"), ("text too great", "1e400"), ("word", "high"),
    ("empty", ""), ("blank", " 1 "), ("true", True), ("false", False), ("null", None),
)  # fmt: skip

INTEGERS: tuple[tuple[str, object], ...] = (
    ("zero", 0), ("negative", -1), ("float", 2.0), ("exponent", 1.7e12), ("text", "12"), ("text negative", "-12"),
    ("text float", "2.0"), ("word", "now"), ("null", None), ("beyond 2 to 53", 9007199254740993),
    ("text beyond 2 to 53", "9007199254740993"), ("greatest", 9223372036854775807), ("least", -9223372036854775808),
    ("hex", "0x10"),
)  # fmt: skip

# Stock answers 200 to most of these and stores zeros.
ILL_TYPED: tuple[tuple[str, object], ...] = (
    ("fraction", 2.5), ("true", True), ("too great", 9223372036854775808), ("too small", -9223372036854775809),
    ("text too great", "9223372036854775808"), ("list", [1]), ("object", {"a": 1}),
)  # fmt: skip

LOG = group(
    "metrics log",
    new_run("run"),
    [log(f"value {name}", key=f"value {name}", value=value) for name, value in VALUES],
    [log(f"timestamp {name}", key=f"timestamp {name}", timestamp=value) for name, value in INTEGERS],
    [log(f"step {name}", key=f"step {name}", step=value) for name, value in INTEGERS],
    [log(f"key {key!r}", key=key) for key in KEYS],
    log("key of 250", key="k" * 250),
    log("key of 251", key="k" * 251),
    log("key a number", key=5),
    log("run unknown", run_id=UNKNOWN),
    log("run empty", run_id=""),
    [without(f"without {name}", name) for name in ("run_id", "key", "value", "timestamp", "step")],
    post("runs/log-metric", {"run_uuid": "${run}", "key": "uuid", "value": 1, "timestamp": 1}, "by run_uuid"),
    log("model unknown", key="model", model_id="m-0123456789abcdef0123456789abcdef"),
    log("model empty", key="model empty", model_id=""),
    log("dataset", key="dataset", dataset_name="d", dataset_digest="1"),
    post("runs/update", {"run_id": "${run}", "status": "FINISHED", "end_time": 9}, "finish"),
    log("after the end", key="late"),
    show_run("run"),
)

LOG_ILL_TYPED = group(
    "metrics of wrong types",
    new_run("run"),
    [log(f"ill-typed: timestamp {name}", timestamp=value) for name, value in ILL_TYPED],
    [log(f"ill-typed: step {name}", step=value) for name, value in ILL_TYPED],
    log("timestamp empty", timestamp=""),
    log("step empty", step=""),
    [log(f"ill-typed: value {name!r}", value=value) for name, value in (("nan", "nan"), ("list", [1]), ("object", {"a": 1}))],
    log("ill-typed: model a number", model_id=5),
)

# Each row: (step, timestamp, value) points in order of arrival.
RACES: tuple[tuple[str, tuple[tuple[int, int, object], ...]], ...] = (
    ("later step wins", ((3, 1, 1), (5, 1, 2))),
    ("earlier step loses", ((5, 1, 1), (3, 9, 9))),
    ("later timestamp wins", ((1, 10, 5), (1, 20, 1))),
    ("earlier timestamp loses", ((1, 20, 1), (1, 10, 5))),
    ("greater value wins", ((1, 1, 1), (1, 1, 2))),
    ("smaller value loses", ((1, 1, 2), (1, 1, 1))),
    ("repeat", ((1, 1, 2), (1, 1, 2))),
    ("NaN after 1", ((1, 1, 1), (1, 1, "NaN"))),
    ("NaN after -1", ((1, 1, -1), (1, 1, "NaN"))),
    ("NaN after 0", ((1, 1, 0), (1, 1, "NaN"))),
    ("0 after NaN", ((1, 1, "NaN"), (1, 1, 0))),
    ("1 after NaN", ((1, 1, "NaN"), (1, 1, 1))),
    ("-1 after NaN", ((1, 1, "NaN"), (1, 1, -1))),
    ("NaN at a later step", ((1, 1, 5), (2, 1, "NaN"))),
    ("NaN twice", ((1, 1, "NaN"), (1, 1, "NaN"))),
    ("infinities", ((1, 1, "-Infinity"), (1, 1, "Infinity"))),
    ("greatest equals infinity", ((1, 1, "Infinity"), (1, 1, 1.7976931348623157e308))),
    ("negative steps", ((-5, 1, 1), (-3, 1, 2), (-4, 1, 3))),
    ("steps beyond 2 to 53", ((9007199254740993, 1, 1), (9007199254740992, 1, 2))),
    ("minus zero and zero", ((1, 1, 0.0), (1, 1, -0.0))),
    ("close doubles", ((1, 1, 0.1), (1, 1, 0.10000000000000002))),
)


def race(index: int, name: str, points: tuple[tuple[int, int, object], ...]) -> list[object]:
    single = [log(f"{name}: {point}", key=name, step=point[0], timestamp=point[1], value=point[2]) for point in points]
    return [single, get("metrics/get-history", {"run_id": "${run}", "metric_key": name}, f"{name}: history")]


def batch_of(name: str, points: tuple[tuple[int, int, object], ...]) -> list[dict[str, object]]:
    return [metric(name, value, timestamp, step) for step, timestamp, value in points]


LATEST = group(
    "metrics latest",
    new_run("run"),
    [race(index, name, points) for index, (name, points) in enumerate(RACES)],
    show_run("run"),
    new_run("batched"),
    [post("runs/log-batch", {"run_id": "${batched}", "metrics": batch_of(name, points)}, f"batch {name}") for name, points in RACES],
    show_run("batched"),
    [get("metrics/get-history", {"run_id": "${batched}", "metric_key": name}, f"batch {name}: history") for name, _ in RACES],
)

OF_MODELS = group(
    "metrics of models",
    new_run("run"),
    new_model("model", source_run_id="${run}"),
    log("with model", model_id="${model}", value=0.5, step=1),
    log("with model again", model_id="${model}", value=0.5, step=1),
    log("with model and dataset", model_id="${model}", value=0.7, step=2, dataset_name="d", dataset_digest="1"),
    post("runs/log-batch", {"run_id": "${run}", "metrics": [{**metric("b", 2, 5, 3), "model_id": "${model}"}, metric("c", 1)]}, "batch with model"),
    get("logged-models/${model}", None, "show model"),
    show_run("run"),
    get("metrics/get-history", {"run_id": "${run}", "metric_key": "m"}, "history"),
    post(
        "runs/log-batch",
        {"run_id": "${run}", "metrics": [{**metric("d", 2), "model_id": "m-0123456789abcdef0123456789abcdef"}]},
        "batch with unknown model",
    ),
    get("metrics/get-history", {"run_id": "${run}", "metric_key": "d"}, "what a refused batch left"),
)

GROUPS = (LOG, LOG_ILL_TYPED, LATEST, OF_MODELS)

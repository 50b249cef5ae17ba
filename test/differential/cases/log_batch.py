"""Batches: order, atomicity, limits."""

from dsl import get, group, metric, new_run, pairs, post, show_run

UNKNOWN = "0123456789abcdef0123456789abcdef"


def batch(name: str, **body: object) -> object:
    return post("runs/log-batch", {"run_id": "${run}", **body}, name)


def numbered(count: int, prefix: str = "k") -> list[dict[str, str]]:
    return [{"key": f"{prefix}{index}", "value": str(index)} for index in range(count)]


def metrics(count: int, prefix: str = "m") -> list[dict[str, object]]:
    return [metric(f"{prefix}{index % 10}", index, index, index) for index in range(count)]


BASIC = group(
    "log-batch",
    new_run("run"),
    batch("empty"),
    batch("empty lists", metrics=[], params=[], tags=[]),
    batch("null lists", metrics=None, params=None, tags=None),
    batch("all three", metrics=[metric("m", 1.5, 10, 2)], params=pairs(p="1"), tags=pairs(t="1")),
    batch("all three again", metrics=[metric("m", 1.5, 10, 2)], params=pairs(p="1"), tags=pairs(t="1")),
    show_run("run", "after repeats"),
    get("metrics/get-history", {"run_id": "${run}", "metric_key": "m"}, "one point"),
    batch("metric twice in one", metrics=[metric("d", 1, 1, 1), metric("d", 1, 1, 1)]),
    get("metrics/get-history", {"run_id": "${run}", "metric_key": "d"}, "again one point"),
    batch("metric without step", metrics=[{"key": "s", "value": 1, "timestamp": 1}]),
    batch("metric without timestamp", metrics=[{"key": "x", "value": 1, "step": 1}]),
    batch("metric without value", metrics=[{"key": "x", "timestamp": 1, "step": 1}]),
    batch("metric without key", metrics=[{"value": 1, "timestamp": 1, "step": 1}]),
    batch("second metric without timestamp", metrics=[metric("x1", 1), {"key": "x2", "value": 1}], params=pairs(x="1")),
    batch("metric with NaN and Infinity", metrics=[metric("nan", "NaN"), metric("inf", "Infinity"), metric("-inf", "-Infinity")]),
    batch("metric with text", metrics=[{"key": "text", "value": "1.5", "timestamp": "12", "step": "3"}]),
    batch("metric with bool", metrics=[metric("bool", True)]),
    batch("metric with negative timestamp", metrics=[metric("neg", 1, -1)]),
    batch("metric with bad key", metrics=[metric("a*b", 1)], params=pairs(fine="1")),
    batch("second metric with bad key", metrics=[metric("fine", 1), metric("../a", 1)]),
    batch("param with bad key", params=[{"key": "a*b", "value": "1"}]),
    batch("tag with bad key", tags=[{"key": "a//b", "value": "1"}]),
    batch("param without value", params=[{"key": "pv"}]),
    batch("param without key", params=[{"value": "1"}]),
    batch("tag without value", tags=[{"key": "tv"}]),
    batch("tag without key", tags=[{"value": "1"}]),
    batch("param key of 250", params=[{"key": "k" * 250, "value": "1"}]),
    batch("param key of 251", params=[{"key": "k" * 251, "value": "1"}]),
    batch("tag key of 251", tags=[{"key": "k" * 251, "value": "1"}]),
    batch("metric key of 251", metrics=[metric("k" * 251, 1)]),
    batch("param value of 6000", params=[{"key": "long", "value": "v" * 6000}]),
    batch("param value of 6001", params=[{"key": "longer", "value": "v" * 6001}]),
    batch("tag value of 8001", tags=[{"key": "longer", "value": "v" * 8001}]),
    batch("tag twice", tags=[{"key": "tt", "value": "1"}, {"key": "tt", "value": "2"}]),
    batch("param twice, same", params=[{"key": "pp", "value": "1"}, {"key": "pp", "value": "1"}]),
    batch("param twice, other", params=[{"key": "pp", "value": "1"}, {"key": "pp", "value": "2"}]),
    batch("empty values", params=pairs(pe=""), tags=pairs(te="")),
    batch("run unknown", run_id=UNKNOWN, tags=pairs(t="1")),
    batch("run unknown and empty", run_id=UNKNOWN),
    batch("run id hostile", run_id="../x"),
    batch("run id long", run_id="a" * 257),
    batch("run id empty", run_id=""),
    post("runs/log-batch", {"tags": pairs(t="1")}, "run missing"),
    post("runs/log-batch", {"run_uuid": "${run}", "tags": pairs(t="1")}, "by run_uuid"),
    show_run("run", "at the end"),
)

ATOMIC = group(
    "log-batch atomicity",
    new_run("run", tags=pairs(t="old")),
    batch("first", params=pairs(p="1", q="1")),
    batch("conflict", metrics=[metric("m", 1)], params=[*pairs(new="1"), *pairs(p="2")], tags=pairs(t="new")),
    show_run("run", "nothing of it stayed"),
    batch("two conflicts", params=pairs(p="2", q="2", r="2")),
    batch("conflict and bad key", params=pairs(p="2"), tags=[{"key": "a*b", "value": "1"}]),
    batch("conflict by truncation", params=[{"key": "z", "value": "v" * 6001}]),
    batch("no conflict after truncation", params=[{"key": "z", "value": "v" * 6000}]),
    show_run("run", "at the end"),
)

ILL_TYPED = group(
    "log-batch of wrong types",
    new_run("run"),
    batch("ill-typed: value a word", metrics=[metric("word", "high")]),
    batch("ill-typed: step a word", metrics=[metric("a", 1, 1, "x")]),  # type: ignore[arg-type]
    batch("ill-typed: timestamp a word", metrics=[metric("b", 1, "x")]),  # type: ignore[arg-type]
    batch("ill-typed: value a list", metrics=[metric("c", [1])]),
    batch("ill-typed: key a number", metrics=[metric(5, 1)]),  # type: ignore[arg-type]
    batch("ill-typed: step with fraction", metrics=[metric("d", 1, 1, 1.5)]),  # type: ignore[arg-type]
    batch("ill-typed: param value a number", params=[{"key": "p1", "value": 1}]),
    batch("ill-typed: param value true", params=[{"key": "p2", "value": True}]),
    batch("ill-typed: tag value a number", tags=[{"key": "t1", "value": 1}]),
    batch("ill-typed: tag value a list", tags=[{"key": "t2", "value": ["1"]}]),
    batch("ill-typed: metric a number", metrics=[5]),
    batch("ill-typed: param a word", params=["p"]),
    batch("ill-typed: tag null", tags=[None]),
    batch("metrics not a list", metrics={"key": "m"}),
    batch("params not a list", params="p"),
    batch("tags a number", tags=5),
    batch("unknown field", tags=[{"key": "t3", "value": "1", "more": 2}], more=3),
    batch("value null", params=[{"key": "p3", "value": None}], tags=[{"key": "t4", "value": None}]),
)

LIMITS = group(
    "log-batch limits",
    new_run("run"),
    batch("100 params", params=numbered(100)),
    batch("101 params", params=numbered(101)),
    batch("100 tags", tags=numbered(100)),
    batch("101 tags", tags=numbered(101)),
    batch("1000 metrics", metrics=metrics(1000)),
    batch("1001 metrics", metrics=metrics(1001)),
    batch("800 metrics, 100 params, 100 tags", metrics=metrics(800, "n"), params=numbered(100), tags=numbered(100)),
    batch("801 metrics, 100 params, 100 tags", metrics=metrics(801, "n"), params=numbered(100), tags=numbered(100)),
    batch("901 metrics, 100 tags", metrics=metrics(901, "n"), tags=numbered(100)),
    show_run("run", "show what fits"),
    get("metrics/get-history", {"run_id": "${run}", "metric_key": "m3"}, "history of a tenth"),
)

GROUPS = (BASIC, ATOMIC, ILL_TYPED, LIMITS)

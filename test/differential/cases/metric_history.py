"""History of metrics: of one run, of many, and thinned by interval."""

from dsl import get, group, metric, new_run, post

UNKNOWN = "0123456789abcdef0123456789abcdef"
BULK = "/ajax-api/2.0/mlflow/metrics/get-history-bulk"
INTERVAL = "/ajax-api/2.0/mlflow/metrics/get-history-bulk-interval"


def fill(run: str, points: list[dict[str, object]]) -> object:
    return post("runs/log-batch", {"run_id": "${%s}" % run, "metrics": points}, f"fill {run}")


def history(name: str, **query: object) -> object:
    return get("metrics/get-history", {"run_id": "${run}", "metric_key": "m", **query}, name)


DISORDER = [
    metric("m", 3, 30, 3), metric("m", 1, 10, 5), metric("m", 2, 20, 1), metric("m", 2, 20, 0), metric("m", 9, 20, 0),
    metric("m", "NaN", 20, 0), metric("m", "Infinity", 40, 0), metric("m", "-Infinity", 40, 0), metric("m", 0.1, 40, -7),
    metric("other", 5, 1, 1), metric("m m/é", 6, 1, 1),
]  # fmt: skip

ONE = group(
    "history of a run",
    new_run("run"),
    fill("run", DISORDER),
    history("whole"),
    history("key in unicode", metric_key="m m/é"),
    history("key unknown", metric_key="absent"),
    history("run unknown", run_id=UNKNOWN),
    get("metrics/get-history", {"run_uuid": "${run}", "metric_key": "m"}, "by run_uuid"),
    get("metrics/get-history", {"run_id": "${run}"}, "key missing"),
    get("metrics/get-history", {"metric_key": "m"}, "run missing"),
    get("metrics/get-history", {}, "nothing"),
    history("key empty", metric_key=""),
    [
        get("metrics/get-history", {"run_id": "${run}", "metric_key": "m", "max_results": size}, f"pages of {size}", pages_of="metrics")
        for size in (1, 4, 9, 10, 25000, 100000)
    ],
    [history(f"max_results {size}", max_results=size) for size in (0, -1, "")],
    [history(f"ill-typed: max_results {size!r}", max_results=size) for size in ("x", "2.5", "2147483648", " 2 ", "2.0")],
    history("token garbage", max_results=2, page_token="garbage!"),
    history("token of base64 garbage", max_results=2, page_token="Z2FyYmFnZQ=="),
    history("token without max_results", page_token="garbage!"),
    history("token empty", max_results=2, page_token=""),
    get("/ajax-api/2.0/mlflow/metrics/get-history", {"run_id": "${run}", "metric_key": "other"}, "by ajax"),
)


def bulk(name: str, query: object) -> object:
    return get(BULK, query, name)  # type: ignore[arg-type]


MANY = group(
    "history in bulk",
    new_run("a"),
    new_run("b"),
    new_run("c"),
    fill("a", [metric("m", step, 100 - step, step) for step in range(5)]),
    fill("b", [metric("m", 0.5, 1, 0), metric("m", 1, 1, 0), metric("m", 2, 0, 7), metric("n", "NaN")]),
    bulk("one run", {"run_id": "${a}", "metric_key": "m"}),
    get(BULK, {"run_id": ["${a}", "${b}", "${c}"], "metric_key": "m"}, "three runs", any_order="metrics", sorted_by=""),
    get(BULK, {"run_id": ["${b}", "${a}"], "metric_key": "m"}, "grouped by run", sorted_by="metrics: run_id"),
    bulk("same run twice", {"run_id": ["${a}", "${a}"], "metric_key": "m"}),
    bulk("NaN", {"run_id": "${b}", "metric_key": "n"}),
    bulk("run unknown", {"run_id": UNKNOWN, "metric_key": "m"}),
    bulk("key unknown", {"run_id": "${a}", "metric_key": "absent"}),
    bulk("runs missing", {"metric_key": "m"}),
    bulk("key missing", {"run_id": "${a}"}),
    bulk("run empty", {"run_id": "", "metric_key": "m"}),
    bulk("100 runs", {"run_id": ["${a}"] + [f"r{index}" for index in range(99)], "metric_key": "m"}),
    bulk("101 runs", {"run_id": [f"r{index}" for index in range(101)], "metric_key": "m"}),
    [bulk(f"max_results {size}", {"run_id": "${a}", "metric_key": "m", "max_results": size}) for size in (1, 3, 0, -1, 25000, 25001, "x")],
    bulk("plural name", {"run_ids": "${a}", "metric_key": "m"}),
    get("metrics/get-history-bulk", {"run_id": "${a}", "metric_key": "m"}, "not below api"),
)


def interval(name: str, query: dict[str, object], path: str = INTERVAL) -> object:
    return get(path, {"run_ids": "${a}", "metric_key": "m", **query}, name)


THINNED = group(
    "history by interval",
    new_run("a"),
    new_run("b"),
    new_run("c"),
    fill("a", [metric("m", step, 1, step) for step in range(10)]),
    fill("b", [metric("m", 0.5, 1, 0), metric("m", 1, 1, 0), metric("m", 2, 0, 0), metric("m", "NaN", 0, 7), metric("m", 3, 5, -3), metric("m", 4, 5, 9007199254740993)]),
    fill("c", [metric("m", index * index % 7, index * 31 % 11, index * 5 % 13) for index in range(40)]),
    interval("whole", {}),
    [interval(f"of a at most {size}", {"max_results": size}) for size in range(1, 12)],
    [interval(f"of b at most {size}", {"run_ids": "${b}", "max_results": size}) for size in (1, 2, 3, 4, 6, 7)],
    [interval(f"of c at most {size}", {"run_ids": "${c}", "max_results": size}) for size in (1, 2, 3, 7, 13, 39, 40, 320)],
    get(INTERVAL, {"run_ids": ["${a}", "${b}", "${c}"], "metric_key": "m", "max_results": 4}, "three runs", any_order="metrics"),
    get(INTERVAL, {"run_ids": ["${a}", "${b}"], "metric_key": "m", "max_results": 2500}, "greatest", any_order="metrics"),
    [interval(f"max_results {size}", {"max_results": size}) for size in (0, -1, 2500, 2501, "x", "")],
    [interval(f"steps {start} to {end}", {"start_step": start, "end_step": end, "max_results": 3}) for start, end in ((2, 7), (5, 5), (7, 2), (-5, 100), (100, 200), ("x", 3), (0, ""), ("0", "4"))],
    interval("start only", {"start_step": 1}),
    interval("end only", {"end_step": 1}),
    interval("run unknown", {"run_ids": UNKNOWN}),
    interval("known and unknown run", {"run_ids": ["${a}", UNKNOWN]}),
    interval("key unknown", {"metric_key": "absent"}),
    interval("key empty", {"metric_key": ""}),
    get(INTERVAL, {"metric_key": "m"}, "runs missing"),
    get(INTERVAL, {"run_ids": "${a}"}, "key missing"),
    get(INTERVAL, {"run_ids": [f"r{index}" for index in range(100)], "metric_key": "m"}, "100 runs"),
    get(INTERVAL, {"run_ids": [f"r{index}" for index in range(101)], "metric_key": "m"}, "101 runs"),
    get(INTERVAL, {"run_id": "${a}", "metric_key": "m"}, "singular name"),
    interval("below api", {"max_results": 3}, "metrics/get-history-bulk-interval"),
)

GROUPS = (ONE, MANY, THINNED)

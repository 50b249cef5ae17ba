"""Search of logged models: filters, orders, datasets, pages."""

from dsl import group, metric, new_experiment, new_model, new_run, pairs, patch, post

E = "${experiment}"
SEEDS: tuple[tuple[str, dict[str, object], tuple[dict[str, object], ...]], ...] = (
    ("m0", {"name": "alpha", "model_type": "agent", "source_run_id": "${run}", "params": pairs(lr="0.1", n="10"), "tags": pairs(team="red")},
     (metric("acc", 0.5, 1), {**metric("acc", 0.9, 2), "dataset_name": "iris", "dataset_digest": "1"})),
    ("m1", {"name": "Beta", "model_type": "model", "params": pairs(lr="0.01", n="9"), "tags": pairs(team="Red")},
     (metric("acc", 0.7, 1), {**metric("acc", 0.8, 2), "dataset_name": "iris", "dataset_digest": "2"})),
    ("m2", {"name": "gamma ray", "params": pairs(model="é漢"), "tags": [*pairs(team="blue"), {"key": "a b", "value": "x"}]}, (metric("acc", "NaN", 1),)),
    ("m3", {"name": "alphabet", "source_run_id": "${run}"}, (metric("loss", 3, 1),)),
    ("m4", {"name": "gone"}, (metric("acc", 0.6, 1),)),
)  # fmt: skip


def seed() -> list[object]:
    return [new_run("run"), [_seed_one(*spec) for spec in SEEDS]]


def _seed_one(variable: str, fields: dict[str, object], points: tuple[dict[str, object], ...]) -> list[object]:
    model_id = "${%s}" % variable
    measured = [{**point, "model_id": model_id} for point in points]
    return [
        new_model(variable, **fields),
        post("runs/log-batch", {"run_id": "${run}", "metrics": measured}, f"measure {variable}"),
    ]


def find(filter_string: str, name: str = "", **body: object) -> object:
    content = {"experiment_ids": [E], "filter": filter_string, **body}
    return post("logged-models/search", content, name or f"filter {filter_string}")


FILTERS = (
    "", "name = 'alpha'", "attributes.name = 'alpha'", "name != 'alpha'", "name LIKE 'alpha%'", "name ILIKE 'ALPHA%'",
    "name IN ('alpha', 'Beta')", "name NOT IN ('alpha')", "`name` = 'alpha'", "attributes.`name` = 'alpha'",
    "name = 'gamma ray'", "name = 'AND'", "model_id = '${m0}'", "model_id IN ('${m0}', '${m1}')",
    "attributes.model_id IN ('${m2}')", "model_id != '${m0}'", "model_type = 'agent'", "model_type != 'agent'",
    "model_type LIKE 'a%'", "source_run_id = '${run}'", "source_run_id != '${run}'",
    "experiment_id = '${experiment}'", "artifact_location LIKE '%/artifacts'", "lifecycle_stage = 'active'",
    "lifecycle_stage = 'deleted'", "creation_timestamp > 0", "creation_timestamp_ms > 0", "creation_time > 0",
    "creation_timestamp < 1000", "last_updated_timestamp > 0", "last_updated_timestamp_ms >= 1",
    "creation_timestamp != 5", "metrics.acc > 0.6", "metrics.acc < 0.6", "metrics.acc = 0.5", "metrics.acc != 0.5",
    "metrics.acc >= 0.7", "metrics.acc <= 0.5", "metrics.loss = 3", "metrics.absent > 0", "metrics.`acc` > 0.6",
    "metrics.acc > 0.6 AND metrics.acc < 0.85", "params.lr = '0.1'", "params.lr != '0.1'", "params.lr LIKE '0.%'",
    "params.lr IN ('0.1', '0.01')", "params.lr NOT IN ('0.1')", "params.model = 'é漢'", "params.`lr` = '0.1'",
    "tags.team = 'red'", "tags.team != 'red'", "tags.team ILIKE 'RED'", "tags.team LIKE 'R%'",
    "tags.team IN ('red', 'blue')", "tags.`a b` = 'x'", "tags.absent = 'x'",
    "name = 'alpha' AND tags.team = 'red' AND params.lr = '0.1' AND metrics.acc > 0.1",
    "name = 'alpha' and tags.team = 'red'", "name = 'alpha' AND ",
)  # fmt: skip

STATUS_FILTERS = (
    "status = 'READY'", "status = 'LOGGED_MODEL_READY'", "status != 'READY'", "status = 'PENDING'",
    "status IN ('READY')", "status = 1", "status = '1'",
)  # fmt: skip

ODD_FILTERS = (
    " ", "name", "name =", "name = alpha", "name = 5", "name == 'a'", "name > 'a'", "name IS NULL",
    "tags.team IS NULL", "tags.team IS NOT NULL", "params.lr IS NULL", "tag.team = 'red'", "metric.acc > 1",
    "param.lr = '0.1'", "attribute.name = 'a'", "attr.name = 'a'", "foo = 'a'", "attributes.foo = 'a'",
    "foo.bar = 'a'", "Name = 'alpha'", "metrics.acc = '0.5'", "metrics.acc LIKE '0%'", "metrics.acc > abc",
    "metrics.acc IN (0.5)", "params.lr = 0.1", "params.lr > '0.1'", "tags.team = red", "tags.team > 'a'",
    "creation_timestamp = '5'", "creation_timestamp > abc", "creation_timestamp LIKE '5'", "name = 'a' OR name = 'b'",
    "(name = 'a')", "NOT name = 'a'", "name IN ()", "name IN ('a'", "name IN (1)", "name = 'a", "name = \"alpha\"",
    "name = 'a';", "name BETWEEN 'a' AND 'b'", "name NOT LIKE 'a'", "AND", "datasets.name = 'iris'",
)  # fmt: skip


def order(*fields: object) -> list[object]:
    return [field if isinstance(field, dict) else {"field_name": field} for field in fields]


def down(field: object, **more: object) -> dict[str, object]:
    return {"field_name": field, "ascending": False, **more}


ORDERS: tuple[tuple[str, list[object]], ...] = (
    ("name", order("name")), ("name down", order(down("name"))),
    ("name up in words", order({"field_name": "name", "ascending": True})), ("creation_time", order("creation_time")),
    ("creation_time down", order(down("creation_time"))), ("creation_timestamp", order("creation_timestamp")),
    ("creation_timestamp_ms", order(down("creation_timestamp_ms"))),
    ("last_updated_timestamp", order("last_updated_timestamp")),
    ("last_updated_timestamp_ms down", order(down("last_updated_timestamp_ms"))),
    ("metrics.acc", order("metrics.acc")), ("metrics.acc down", order(down("metrics.acc"))),
    ("metrics.absent", order("metrics.absent")), ("metrics of iris", order(down("metrics.acc", dataset_name="iris"))),
    ("metrics of iris 1", order(down("metrics.acc", dataset_name="iris", dataset_digest="1"))),
    ("metrics of another", order({"field_name": "metrics.acc", "dataset_name": "absent"})),
    ("model_type then name", order("model_type", "name")),
    ("model_type down then name down", order(down("model_type"), down("name"))),
    ("source_run_id then name", order("source_run_id", down("name"))), ("status then name", order("status", "name")),
    ("empty list", []), ("experiment_id", order("experiment_id")),
    ("lifecycle_stage then name", order("lifecycle_stage", "name")),
)  # fmt: skip

ODD_ORDERS: tuple[tuple[str, object], ...] = (
    ("attributes.name", order("attributes.name")), ("tags.team", order("tags.team")),
    ("params.lr", order("params.lr")), ("foo", order("foo")), ("metrics.", order("metrics.")),
    ("empty name", order("")), ("no name", [{"ascending": True}]), ("name with direction", order("name DESC")),
    ("ill-typed: text", ["name"]), ("not a list", "name"),
    ("ill-typed: ascending a word", [{"field_name": "name", "ascending": "no"}]),
    ("dataset with an attribute", order({"field_name": "name", "dataset_name": "iris"})),
    ("digest without name", order({"field_name": "metrics.acc", "dataset_digest": "1"})),
    ("name twice", order("name", down("name"))),
)  # fmt: skip

DATASETS: tuple[tuple[str, object], ...] = (
    ("iris", [{"dataset_name": "iris"}]), ("iris 1", [{"dataset_name": "iris", "dataset_digest": "1"}]),
    ("iris 1 or 2", [{"dataset_name": "iris", "dataset_digest": "1"}, {"dataset_name": "iris", "dataset_digest": "2"}]),
    ("absent", [{"dataset_name": "absent", "dataset_digest": "1"}]), ("empty", []),
    ("without name", [{"dataset_digest": "1"}]), ("ill-typed: text", ["iris"]), ("not a list", "iris"),
)  # fmt: skip

FILTER = group(
    "logged model search filters",
    seed(),
    patch("logged-models/${m1}", {"model_id": "${m1}", "status": "LOGGED_MODEL_READY"}, "finish m1"),
    post("runs/log-metric", {"run_id": "${run}", "key": "free", "value": 1, "timestamp": 1}, "a metric of no model"),
    [find(text) for text in FILTERS],
    [find(text, f"status filter {text}") for text in STATUS_FILTERS],
    [find(text, f"odd filter {text}") for text in ODD_FILTERS],
)

ORDER = group(
    "logged model search orders",
    seed(),
    [find("", f"order by {name}", order_by=fields) for name, fields in ORDERS],
    [find("", f"odd order by {name}", order_by=fields) for name, fields in ODD_ORDERS],
    post("logged-models/search", {"experiment_ids": [E], "order_by": [{"field_name": "model_id"}]}, "order by model_id", sorted_by="models: info.model_id"),
    [find("metrics.acc > 0.6", f"datasets {name}", datasets=datasets) for name, datasets in DATASETS],
    [find("", f"datasets {name}, no filter", datasets=datasets) for name, datasets in DATASETS],
)


def page(name: str, **body: object) -> object:
    return post("logged-models/search", {"experiment_ids": [E], **body}, name)


PAGES = group(
    "logged model search pages",
    [new_model(f"leaf{index}") for index in range(7)],
    new_experiment("other", "diff logged model search pages 2"),
    new_model("elsewhere", "${other}"),
    [
        post("logged-models/search", {"experiment_ids": [E], "max_results": size, "order_by": fields}, f"pages of {size} by {fields}", pages_of="models")
        for size, fields in ((1, []), (3, order("name")), (7, order(down("name"))), (6, order("creation_time")), (1000, []))
    ],
    post("logged-models/search", {"experiment_ids": [E], "max_results": 2}, "first page", save={"token": "next_page_token"}),
    page("token with another filter", max_results=2, page_token="${token}", filter="name LIKE 'leaf%'"),
    page("token with another order", max_results=2, page_token="${token}", order_by=order("name")),
    page("token with another size", max_results=3, page_token="${token}"),
    post("logged-models/search", {"experiment_ids": ["${other}"], "max_results": 2, "page_token": "${token}"}, "token with another experiment"),
    page("token garbage", page_token="garbage!"),
    page("token of base64 garbage", page_token="Z2FyYmFnZQ=="),
    page("token empty", page_token="", max_results=1),
    [page(f"max_results {size}", max_results=size) for size in (0, -1, 1, 1000, "2", "x")],
    page("ill-typed: max_results 2.5", max_results=2.5),
    page("experiment unknown", experiment_ids=["987654"]),
    page("experiment a word", experiment_ids=["abc"]),
    page("no experiments", experiment_ids=[]),
    page("ill-typed: experiment a number", experiment_ids=[1]),
    post("logged-models/search", {}, "experiments missing"),
    page("both experiments", experiment_ids=[E, "${other}"]),
)

GROUPS = (FILTER, ORDER, PAGES)

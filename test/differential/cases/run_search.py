"""Search of runs: filters, orders, pages, views."""

from dsl import get, group, metric, new_experiment, new_run, pairs, post

E = "${experiment}"
SEEDS: tuple[dict[str, object], ...] = (
    {
        "run": {"run_name": "alpha", "user_id": "ann", "start_time": 1000},
        "metrics": [metric("loss", 0.5), metric("acc", 1), metric("a b", 3), metric("big", 9007199254740993)],
        "params": [*pairs(lr="0.1", model="cnn", n="10"), {"key": "with-dash", "value": "x"}],
        "tags": [*pairs(team="red"), {"key": "a b", "value": "spaced"}, {"key": "mlflow.parentRunId", "value": "parent"}],
        "end": {"status": "FINISHED", "end_time": 5000},
    },
    {
        "run": {"run_name": "Beta", "user_id": "bob", "start_time": 2000},
        "metrics": [metric("loss", 0.25), metric("acc", "NaN")],
        "params": pairs(lr="0.01", model="CNN", n="9"),
        "tags": pairs(team="Red"),
        "end": {"status": "FAILED", "end_time": 4000},
    },
    {
        "run": {"run_name": "gamma ray", "start_time": 3000},
        "metrics": [metric("loss", "NaN"), metric("acc", 0)],
        "params": pairs(lr="1e-3", model="é漢", empty=""),
        "tags": pairs(team="blue", note="50% off_now"),
        "end": {},
    },
    {
        "run": {"run_name": "alphabet", "user_id": "ann", "start_time": 4000},
        "metrics": [metric("loss", "Infinity"), metric("acc", -1)],
        "params": pairs(model="mlp"),
        "tags": pairs(),
        "end": {"status": "KILLED"},
    },
    {
        "run": {"run_name": "naked", "start_time": 5000},
        "metrics": [metric("loss", "-Infinity"), metric("loss", 0.25, 1, -1)],
        "params": [],
        "tags": pairs(team=""),
        "end": {"status": "SCHEDULED"},
    },
    {
        "run": {"run_name": "gone", "start_time": 6000},
        "metrics": [metric("loss", 0.5)],
        "params": pairs(lr="0.1"),
        "tags": pairs(team="red"),
        "end": {},
    },
)  # fmt: skip


def seed() -> list[object]:
    return [_seed_one(f"r{index}", spec) for index, spec in enumerate(SEEDS)]


def _seed_one(variable: str, spec: dict[str, object]) -> list[object]:
    run_id = "${%s}" % variable
    fields: dict[str, object] = spec["run"]  # type: ignore[assignment]
    batch = {"run_id": run_id, "metrics": spec["metrics"], "params": spec["params"], "tags": spec["tags"]}
    steps = [new_run(variable, **fields), post("runs/log-batch", batch, f"fill {variable}")]
    if spec["end"]:
        steps.append(post("runs/update", {"run_id": run_id, **spec["end"]}, f"end {variable}"))  # type: ignore[dict-item]
    return steps


def find(filter_string: str, name: str = "", **body: object) -> object:
    content = {"experiment_ids": [E], "filter": filter_string, **body}
    return post("runs/search", content, name or f"filter {filter_string}")


FILTERS = (
    "", "metrics.loss < 0.5", "metrics.loss <= 0.5", "metrics.loss = 0.5", "metrics.loss != 0.5",
    "metrics.loss > 0.25", "metrics.loss >= 0.25", "metric.loss = 0.25", "metrics.loss > -1e309",
    "metrics.loss = 5e-1", "metrics.loss > .3", "metrics.loss = +0.5", "metrics.acc = 1", "metrics.acc != 1",
    "metrics.acc < 0", "metrics.acc = -1", "metrics.acc >= 0", "metrics.`a b` = 3", "metrics.\"a b\" = 3",
    "metrics.absent > 0", "metrics.absent != 0", "metrics.big = 9007199254740993", "metrics.loss>0.3",
    "metrics.loss   >   0.3", "metrics.loss > 0.1 AND metrics.acc = 1", "metrics.loss > 0.1 and params.lr = '0.1'",
    "metrics.loss < 1 AND metrics.loss > 0.3",
    "metrics.loss < 1 AND tags.team LIKE '%e%' AND params.model ILIKE 'CNN'", "params.lr = '0.1'", "param.lr = '0.1'",
    "parameter.lr = '0.1'", "parameters.lr = '0.1'", "params.lr != '0.1'", "params.lr = \"0.1\"",
    "params.model LIKE 'c%'", "params.model LIKE 'C%'", "params.model ILIKE 'c%'", "params.model = 'é漢'",
    "params.model LIKE 'é_'", "params.model ILIKE 'É%'", "params.empty = ''", "params.lr IS NULL",
    "params.lr IS NOT NULL", "params.`with-dash` = 'x'", "params.\"with-dash\" = 'x'", "params.with-dash = 'x'",
    "params.absent != 'x'", "params.n LIKE '1_'", "params.lr LIKE '0._'", "params.lr LIKE ''", "tags.team = 'red'",
    "tag.team = 'red'", "tags.team != 'red'", "tags.team = ''", "tags.team LIKE '%e%'", "tags.team ILIKE 'RED'",
    "tags.team IS NULL", "tags.team IS NOT NULL", "tags.note LIKE '50%%'", "tags.note LIKE '50\\%%'",
    "tags.note LIKE '%off_now'", "tags.note LIKE '%offxnow'", "tags.`a b` = 'spaced'", "tags.\"a b\" = 'spaced'",
    "tags.`mlflow.parentRunId` = 'parent'", "tags.mlflow.parentRunId = 'parent'", "tags.`mlflow.runName` = 'alpha'",
    "tags.team = 'it\"s'", "attributes.run_id = '${r0}'", "attribute.run_id = '${r0}'", "attr.run_id = '${r0}'",
    "run.run_id = '${r0}'", "run_id = '${r0}'", "run_id != '${r0}'", "run_id IN ('${r0}')",
    "run_id IN ('${r0}','${r1}', '${r5}')", "run_id NOT IN ('${r0}','${r1}')", "run_id in ('${r0}')",
    "`run_id` = '${r0}'", "\"run_id\" = '${r0}'", "attributes.`run_id` = '${r0}'", "run_id LIKE '%'",
    "run_name = 'alpha'", "run_name LIKE 'alpha%'", "run_name ILIKE 'ALPHA%'", "run_name != 'alpha'",
    "attributes.`run name` = 'alpha'", "`run name` = 'alpha'", "`Run name` = 'alpha'", "`Run Name` = 'alpha'",
    "attributes.\"run name\" = 'gamma ray'", "status = 'FINISHED'", "status != 'FINISHED'", "status LIKE 'F%'",
    "status ILIKE 'f%'", "status = 'finished'", "status = 'BOGUS'", "user_id = 'ann'", "user_id != 'ann'",
    "user_id LIKE 'a%'", "user_id = ''", "artifact_uri LIKE '%/artifacts'", "artifact_uri = 'x'", "start_time > 2000",
    "start_time >= 2000", "start_time = 2000", "start_time != 2000", "start_time < 2000", "start_time <= 2000.5",
    "attributes.start_time > 2000", "created > 2000", "Created > 2000", "attributes.created > 2000", "end_time > 0",
    "end_time = 5000", "end_time != 5000", "end_time < 5000",
    "status = 'FINISHED' AND start_time < 2000 AND metrics.loss = 0.5 AND params.lr = '0.1' AND tags.team = 'red'",
    "params.lr = '0.1' AND ", "params.lr = '0.1' AND AND tags.team = 'red'", "params.model = 'AND'",
    "params.model = 'a AND b'", "params.model = 'a OR b'",
)  # fmt: skip

ODD_FILTERS = (
    " ", "params", "params.lr", "params.lr =", "= '0.1'", "'0.1' = params.lr", "metrics.loss = '0.5'",
    "metrics.loss = \"0.5\"", "metrics.loss > abc", "metrics.loss LIKE 1", "metrics.loss IN (1)",
    "metrics.loss IS NULL", "metrics.loss = NaN", "metrics.loss = 1 2", "params.lr = 0.1", "params.lr > '0.1'",
    "params.lr IN ('0.1')", "params.lr == '0.1'", "params.lr = `0.1`", "params.lr <> '0.1'", "tags.team = red",
    "tags.team = 1", "tags.team > 'red'", "tags.team IN ('red')", "tags.team NOT LIKE 'red'", "tags.team IS",
    "tags.team IS 'red'", "tags.team NOT NULL", "status IN ('FINISHED')", "status > 'A'", "status = FINISHED",
    "status IS NULL", "start_time = '2000'", "start_time = abc", "start_time LIKE '2%'", "start_time IN (1)",
    "start_time IS NULL", "run_id = 5", "run_id > '5'", "run_id IN ()", "run_id IN ('a', )", "run_id IN (1)",
    "run_id IN ('a'", "run_id IN 'a'", "run_id IN ('')", "run_id IS NULL", "experiment_id = '1'",
    "lifecycle_stage = 'active'", "attributes.foo = 'a'", "foo = 'a'", "foo.bar = 'a'", "Params.lr = '0.1'",
    "METRICS.loss = 1", "attributes.Run_ID = 'a'", "params.lr = '0.1' OR params.lr = '0.01'",
    "params.lr = '0.1' params.n = '9'", "(params.lr = '0.1')", "NOT params.lr = '0.1'",
    "metrics.loss BETWEEN 0 AND 1", "params.lr = '0.1';", "params.lr = '0.1'; tags.team = 'red'", "params.lr = '0.1",
    "params.lr = 0.1'", "params.model = 'it''s'", "params.model = 'it\\'s'", "params. = 'a'", ".lr = 'a'",
    "params.lr LIKE 5", "params.`lr = 'a'", "AND", "AND params.lr = '0.1'", "params.lr ! = '0.1'",
    "metrics.loss =< 1", "params.lr = 'a' # comment", "params.lr = 'a' -- comment", "tags.a.b.c > 1",
    "datasets.name > 'a'", "datasets.foo = 'a'", "dataset.name = 5", "datasets.name IS NULL", "models.name = 'a'",
)  # fmt: skip

ORDERS = (
    [], ["metrics.loss"], ["metrics.loss ASC"], ["metrics.loss DESC"], ["metrics.acc"], ["metrics.acc DESC"],
    ["metric.loss"], ["metrics.absent"], ["metrics.`a b` DESC"], ["metrics.\"a b\""], ["params.lr"],
    ["params.lr DESC"], ["params.model"], ["params.n ASC"], ["parameters.n DESC"], ["tags.team"], ["tags.team DESC"],
    ["tag.team desc"], ["start_time"], ["start_time DESC"], ["attributes.start_time ASC"],
    ["attribute.start_time asc"], ["attr.start_time"], ["run.start_time"], ["created"], ["Created DESC"],
    ["end_time"], ["end_time DESC"], ["status"], ["status DESC"], ["user_id"], ["user_id DESC"], ["run_name"],
    ["run_name DESC"], ["`Run Name` DESC"], ["attributes.`run name`"], ["tags.`mlflow.runName`"],
    ["tags.team", "metrics.loss DESC"], ["status DESC", "user_id", "start_time DESC"],
    ["params.lr ASC", "params.model DESC"], ["  metrics.loss   DESC  "], ["run_name", "start_time"],
)  # fmt: skip

ODD_ORDERS = (
    ["metrics.loss", "metrics.loss DESC"], ["start_time", "attributes.start_time DESC"], ["foo"], ["attributes.foo"],
    ["experiment_id"], ["lifecycle_stage"], ["metrics"], ["metrics."], ["metrics.loss UP"], ["metrics.loss DESC ASC"],
    ["metrics.a b"], [""], [" "], ["metrics.loss, params.lr"], ["datasets.name"], ["METRICS.loss"], "metrics.loss",
    ["run_id;"], ["metrics.loss DESC;"],
)  # fmt: skip

FILTER = group(
    "run search filters",
    seed(),
    post("runs/delete", {"run_id": "${r5}"}, "delete the last seed"),
    [find(text) for text in FILTERS],
)

ODD = group("run search odd filters", new_run("run"), [find(text, f"odd filter {text}") for text in ODD_FILTERS])

ORDER = group(
    "run search orders",
    seed(),
    [find("", f"order by {order}", order_by=order) for order in ORDERS],
    [find("", f"odd order by {order}", order_by=order) for order in ODD_ORDERS],
    find("", "ill-typed: order a number", order_by=[5]),
    find("", "ill-typed: order null", order_by=[None]),
    post("runs/search", {"experiment_ids": [E], "order_by": ["run_id"]}, "order by run_id", sorted_by="runs: info.run_id"),
)

VIEWS = group(
    "run search views",
    seed(),
    new_experiment("other", "diff run search views 2"),
    new_run("elsewhere", "${other}", start_time=900),
    post("runs/delete", {"run_id": "${r5}"}, "delete the last seed"),
    [find("", f"view {view}", run_view_type=view) for view in ("ACTIVE_ONLY", "DELETED_ONLY", "ALL", 1, 2, 3, None)],
    find("", "ill-typed: bogus view", run_view_type="SOME"),
    find("", "ill-typed: lower-case view", run_view_type="all"),
    find("", "no experiments", experiment_ids=[]),
    post("runs/search", {}, "nothing"),
    post("runs/search", {"filter": "params.lr = 5"}, "odd filter without experiments"),
    find("", "experiment unknown", experiment_ids=["987654"]),
    find("", "experiment a word", experiment_ids=["abc"]),
    find("", "experiment empty", experiment_ids=[""]),
    find("", "ill-typed: experiment a number", experiment_ids=[1]),
    find("", "experiments not a list", experiment_ids="1"),
    find("", "experiments null", experiment_ids=None),
    find("", "both experiments", experiment_ids=[E, "${other}"]),
    find("", "same experiment twice", experiment_ids=[E, E]),
    find("", "known and unknown", experiment_ids=["987654", "${other}"]),
    find("", "filter null", filter=None),
    find("", "filter a number", filter=5),
    get("runs/search", {"experiment_ids": E}, "by GET"),
)

TIED = [
    post("runs/create", {"experiment_id": E, "run_name": f"tie {index}", "start_time": 1000}, f"make tie {index}")
    for index in range(10)
]


def page(name: str, **body: object) -> object:
    return post("runs/search", {"experiment_ids": [E], **body}, name)


PAGES = group(
    "run search pages",
    TIED,
    [
        post("runs/search", {"experiment_ids": [E], "max_results": size}, f"pages of {size}", pages_of="runs", sorted_by="runs: info.run_id")
        for size in (4, 5, 10, 11)
    ],
    post("runs/search", {"experiment_ids": [E], "max_results": 3, "order_by": ["run_name DESC"]}, "pages by name", pages_of="runs"),
    post("runs/search", {"experiment_ids": [E], "max_results": 2, "filter": "run_name != 'tie 3'", "order_by": ["tags.`mlflow.runName`"]}, "pages of a filter", pages_of="runs"),
)

SIZES = group(
    "run search sizes",
    [new_run(f"r{index}", start_time=index) for index in range(4)],
    [page(f"max_results {size!r}", max_results=size) for size in (0, -1, 1, 50000, 50001, 123456789, "2", "x", 2.0)],
    [page(f"ill-typed: max_results {size!r}", max_results=size) for size in (2.5, True, 3000000000)],
    page("token garbage", max_results=2, page_token="garbage!"),
    page("token of base64 garbage", max_results=2, page_token="Z2FyYmFnZQ=="),
    page("ill-typed: token a number", max_results=2, page_token=5),
    page("token empty", max_results=1, page_token=""),
)

GROUPS = (FILTER, ODD, ORDER, VIEWS, PAGES, SIZES)

"""Search of experiments: filters, orders, pages."""

from dsl import get, group, post

PREFIX = "name LIKE 'search %'"
SEEDS = (
    ("search a", {"team": "red", "size": "10"}),
    ("search B", {"team": "blue", "size": "9"}),
    ("search ab", {"team": "Red", "note": ""}),
    ("search é漢", {"team": "rouge", "key with space": "x"}),
    ("search none", {}),
    ("search gone", {"team": "red"}),
)


def seed() -> list[object]:
    return [
        post(
            "experiments/create",
            {"name": name, "tags": [{"key": key, "value": value} for key, value in tags.items()]},
            f"make {name}",
            save={f"e{index}": "experiment_id"},
        )
        for index, (name, tags) in enumerate(SEEDS)
    ]


def find(filter_string: str, name: str = "", **body: object) -> object:
    """Looks among the seeds only, whatever other groups made."""
    whole = f"{PREFIX} AND {filter_string}" if filter_string else PREFIX
    content = {"max_results": 100, "filter": whole, **body}
    return post("experiments/search", content, name or f"filter {filter_string}")


FILTERS = (
    "name = 'search a'", "name = 'SEARCH A'", "name = \"search a\"", "name != 'search a'", "name LIKE '%a%'",
    "name ILIKE '%A%'", "name LIKE 'search _'", "attribute.name = 'search a'", "attributes.name = 'search a'",
    "attr.name = 'search a'", "`name` = 'search a'", "name = 'search é漢'", "name = ''", "name LIKE '%'",
    "tags.team = 'red'", "tag.team = 'red'", "tags.team != 'red'", "tags.team LIKE 'r%'", "tags.team ILIKE 'r%'",
    "tags.`team` = 'red'", "tags.\"team\" = 'red'", "tags.`key with space` = 'x'", "tags.note = ''",
    "tags.team IS NULL", "tags.team IS NOT NULL", "tags.team is null", "tags.absent IS NULL",
    "tags.`mlflow.experiment.isGateway` IS NULL", "tags.team = 'red' AND tags.size = '10'",
    "tags.team = 'red' and name LIKE '%a'", "tags.team = 'red' AND ", "experiment_id = '${e0}'",
    "experiment_id != '${e0}'", "experiment_id IN ('${e0}', '${e1}')", "experiment_id NOT IN ('${e0}')",
    "creation_time > 0", "creation_time >= 1.5", "creation_time < 1000", "last_update_time > 0",
    "last_update_time = 0", "creation_time != 0",
)  # fmt: skip

ODD_FILTERS = (
    "name", "name =", "= 'a'", "name = a", "name = 5", "name == 'a'", "name > 'a'", "name IN ('a')",
    "creation_time = 'x'", "creation_time = '5'", "creation_time LIKE '5'", "creation_time > abc",
    "experiment_id = 5", "experiment_id > '5'", "experiment_id = 'abc'", "experiment_id IN ()",
    "experiment_id IN ('a')", "experiment_id LIKE '1%'", "lifecycle_stage = 'active'", "foo = 'a'", "tags.team = red",
    "tags.team = 5", "tags.team > 'a'", "tags.team IN ('red')", "tags. = 'a'", "metrics.m > 1", "params.p = 'a'",
    "Tags.team = 'red'", "name = 'a' OR name = 'b'", "(name = 'a')", "NOT name = 'a'", "name = 'a' name = 'b'",
    "name IS NULL", "creation_time BETWEEN 1 AND 2", "name = 'a", "name = 'a';", "a.b.c = 'd'", "name NOT LIKE 'a'",
    "experiment_id IN ('1'", "tags.team IS", "AND", "name = 'it''s'",
)  # fmt: skip

ORDERS = (
    ["name"], ["name ASC"], ["name DESC"], ["name desc"], ["attribute.name DESC"], ["experiment_id"],
    ["experiment_id DESC"], ["creation_time"], ["creation_time DESC"], ["last_update_time DESC"],
    ["last_update_time ASC", "name DESC"], ["name", "name DESC"], ["`name` DESC"], [],
)  # fmt: skip

ODD_ORDERS = (
    ["foo"], ["tags.team"], ["name UP"], ["name ASC DESC"], [""], ["lifecycle_stage"], ["metrics.m"], "name",
    ["name, creation_time"], ["name;"],
)  # fmt: skip

FILTER = group(
    "experiment search filters",
    seed(),
    post("experiments/delete", {"experiment_id": "${e5}"}, "delete the last seed"),
    [find(text) for text in FILTERS],
    find("", "prefix only"),
    [find(text, f"odd filter {text}") for text in ODD_FILTERS],
    [find("", f"view {view}", view_type=view) for view in ("ACTIVE_ONLY", "DELETED_ONLY", "ALL")],
    find("", "view as a number", view_type=2),
    find("", "ill-typed: bogus view", view_type="SOME"),
    find("", "ill-typed: order a number", order_by=[5]),
    [find("", f"order by {order}", order_by=order) for order in ORDERS],
    find("", "order of all", order_by=["name DESC"], view_type="ALL"),
    [find("", f"odd order by {order}", order_by=order) for order in ODD_ORDERS],
    get("experiments/search", f"max_results=50&order_by=name%20DESC&order_by=creation_time&filter={PREFIX}".replace(" ", "%20").replace("%'", "%25'"), "by GET"),
    get("experiments/search", {"max_results": 50, "filter": PREFIX, "view_type": "DELETED_ONLY"}, "deleted by GET"),
    get("experiments/search", {"max_results": 50, "filter": "name = 5"}, "odd filter by GET"),
    get("experiments/search", {"filter": PREFIX}, "no max_results by GET"),
    get("experiments/search", {"max_results": "x", "filter": PREFIX}, "max_results a word by GET"),
    experiment="",
)  # fmt: skip

PAGE_SEED = [
    post("experiments/create", {"name": f"leaf {index}"}, f"make leaf {index}") for index in range(7)
]


def leaves(name: str, **body: object) -> object:
    return post("experiments/search", {"filter": "name LIKE 'leaf %'", **body}, name)


PAGES = group(
    "experiment search pages",
    PAGE_SEED,
    [
        post(
            "experiments/search",
            {"filter": "name LIKE 'leaf %'", "max_results": size, "order_by": order},
            f"pages of {size} by {order}",
            pages_of="experiments",
        )
        for size, order in ((1, []), (3, ["name"]), (7, ["name DESC"]), (6, ["creation_time"]), (100, []))
    ],
    get("experiments/search", {"filter": "name LIKE 'leaf %'", "max_results": 4}, "pages by GET", pages_of="experiments"),
    leaves("max_results missing"),
    [leaves(f"max_results {size}", max_results=size) for size in (0, -1, 1, 50000, 50001, "3", "x", 2.0)],
    [leaves(f"ill-typed: max_results {size}", max_results=size) for size in (2.5, True, 3000000000)],
    leaves("token garbage", max_results=2, page_token="garbage!"),
    leaves("token of base64 garbage", max_results=2, page_token="Z2FyYmFnZQ=="),
    leaves("token empty", max_results=2, page_token=""),
    leaves("filter of blanks", max_results=2, filter="   "),
    leaves("filter null", max_results=1, filter="name = 'leaf 3'", page_token=None),
    experiment="",
)

GROUPS = (FILTER, PAGES)

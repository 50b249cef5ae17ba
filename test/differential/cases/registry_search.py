"""Searches for registered models and for their versions: filters, orders, pages."""

from dsl import Step, call, get, group, new_run, pairs, post


def model(name: str, **tags: str) -> Step:
    return post("registered-models/create", {"name": name, "tags": pairs(**tags)}, f"make {name}")


def version(name: str, title: str, **body: object) -> Step:
    return post("model-versions/create", {"name": name, "source": "s3://bucket/model", **body}, title)


def models(query: str, **further: object) -> Step:
    return get("registered-models/search", {"filter": query, **further}, f"filter {query}")


MODEL_FILTERS = (
    *("name = 'rs alpha'", "name != 'rs alpha'", "name LIKE 'rs a%'", "name ILIKE 'RS A%'", "name LIKE 'RS A%'"),
    *("name LIKE '%_b%'", "name IN ('rs alpha', 'rs beta')", "name NOT IN ('rs alpha')", "name IN ('rs alpha',)"),
    *("attribute.name = 'rs alpha'", "attributes.name = 'rs alpha'", "name = \"rs alpha\"", "name='rs alpha'"),
    *("tags.team = 'x'", "tag.team = 'x'", "tags.team != 'x'", "tags.team LIKE 'X'", "tags.team ILIKE 'X'", "tags.none = 'x'"),
    *("tags.`team` = 'x'", "tags.\"team\" = 'x'", "tags.team = 'x' AND name LIKE '%beta'", "tags.team = 'x' and tags.size = '2'"),
    *("tags.team = 'x' AND tags.team = 'y'", "tags.team = 'x' AND tags.team != 'y'", "tags.team IS NULL", "tags.team IS NOT NULL"),
    *("tags.team IN ('x')", "tags.team > 'x'", "tags.team = x", "tags.team = 5", "name = 5", "name = alpha", "name = 1.5"),
    *("name > 'a'", "name == 'a'", "name IN ()", "name IN (1)", "name IN ('a', 1)", "name = ('a')", "name IS NULL"),
    *("creation_timestamp > 0", "aliases = 'x'", "version = '1'", "tags = 'x'", "Name = 'a'", "NAME = 'a'", "metrics.m > 1"),
    *("params.p = 'x'", "run_id = 'x'", "name = 'a' OR name = 'b'", "(name = 'a')", "NOT name = 'a'", "name BETWEEN 'a' AND 'b'"),
    *("name", "name =", "= 'a'", "'a' = name", "AND", " ", "name = 'a' AND", "name = 'a';", "name = 'a'; name = 'b'", "name = 'it''s'"),
    *("`name` = 'rs alpha'", "\"name\" = 'rs alpha'", "attribute.`name` = 'rs alpha'", "TAGS.team = 'x'", "name = ''", "name LIKE ''"),
)

ORDERS = (
    *("name", "name ASC", "name DESC", "name desc", "timestamp", "timestamp DESC", "last_updated_timestamp ASC"),
    *("creation_timestamp", "creation_timestamp DESC", "nonsense", "name nonsense", "name ASC DESC", "", " name", "`name` DESC"),
    *("attribute.name", "tags.team", "metrics.m", "NAME", "name,timestamp", "\"name\" ASC"),
)

MODELS = group(
    "registry search models",
    model("rs beta", team="x", size="2"),
    model("rs alpha", team="x"),
    model("rs_b", team="y", size="2"),
    model("RS Gamma", team="X"),
    model("rs é"),
    [models(query) for query in MODEL_FILTERS],
    [get("registered-models/search", {"filter": "name ILIKE 'rs%'", "order_by": order}, f"order {order}") for order in ORDERS],
    get("registered-models/search", {"filter": "name ILIKE 'rs%'", "order_by": ["timestamp DESC", "name"]}, "two orders"),
    get("registered-models/search", {"filter": "name ILIKE 'rs%'", "order_by": ["name", "name DESC"]}, "the same order twice"),
    get("registered-models/search", {"order_by": ["timestamp", "last_updated_timestamp"]}, "the same order by two names"),
    experiment="",
)

PAGES = group(
    "registry search pages",
    [model(f"page {number:02}") for number in range(7)],
    [version("page 00", f"make version {number}") for number in range(1, 8)],
    get("registered-models/search", {"filter": "name LIKE 'page%'", "max_results": 3}, "pages of models", pages_of="registered_models"),
    get("registered-models/search", {"filter": "name LIKE 'page%'", "max_results": 7}, "one page of models"),
    get(
        "model-versions/search",
        {"filter": "name = 'page 00'", "max_results": 3, "order_by": "version_number"},
        "pages of versions",
        pages_of="model_versions",
    ),
    [get("registered-models/search", {"max_results": size}, f"models: max_results {size}") for size in ("1000", "1001", "0", "-1", "abc", "1.5", "")],
    [get("model-versions/search", {"filter": "name = 'page 01'", "max_results": size}, f"versions: max_results {size}") for size in ("200000", "200001", "0", "-1", "abc", "1.5", "")],
    get("registered-models/search", {"page_token": "nonsense"}, "models: bad token"),
    get("model-versions/search", {"page_token": "nonsense"}, "versions: bad token"),
    call("POST", "registered-models/search", "models by POST"),
    experiment="",
)


def versions(query: str) -> Step:
    return get("model-versions/search", {"filter": query, "order_by": ["name", "version_number"]}, f"filter {query}")


VERSION_FILTERS = (
    *("name = 'vs a'", "name LIKE 'vs %'", "name ILIKE 'VS %'", "name != 'vs a' AND name LIKE 'vs %'", "name IN ('vs a', 'vs b')"),
    *("name NOT IN ('vs a') AND name LIKE 'vs %'", "name = 'unknown'", "name = 'a/b'", f"name = '{'n' * 3000}'"),
    *("run_id = '${run}'", "run_id='${run}'", "run_id IN ('${run}', 'x')", "run_id LIKE 'no%'", "run_id = 'no run'", "run_id = ''"),
    *("run_id != '' AND name LIKE 'vs %'", "run_id = '' AND name LIKE 'vs %'", "run_id NOT IN ('${run}') AND name LIKE 'vs %'"),
    *("source_path = 's3://bucket/model' AND name LIKE 'vs %'", "source_path LIKE '%other'", "source_path ILIKE '%OTHER'"),
    *("source_path != 's3://bucket/model' AND name LIKE 'vs %'", "source_path IN ('x')", "source = 's3://bucket/model'"),
    *("version_number = 2", "version_number = '2'", "version_number > 1", "version_number >= 2 AND name = 'vs a'", "version_number != 1"),
    *("version_number < 2 AND name LIKE 'vs %'", "version_number <= 1 AND name LIKE 'vs %'", "version_number = 1.5", "version_number = '1.5'"),
    *("version_number = 'abc'", "version_number = abc", "version_number LIKE '1'", "version_number IN (1)", "version_number IN ('1')"),
    *("version_number = ' 2 '", "version_number > -1 AND name = 'vs a'", "version = 1", "current_stage = 'None'"),
    *("tags.k = '1'", "tag.k = '1'", "tags.k != '1'", "tags.k LIKE '%'", "tags.k ILIKE 'A%'", "tags.`k` = '1'", "tags.k = '1' AND tags.l = 'x'"),
    *("tags.k IS NULL", "tags.k > '1'", "tags.k IN ('1')", "tags.k = 1", "aliases = 'x'", "alias = 'x'", "creation_timestamp > 0"),
    *("last_updated_timestamp > 0", "name = 5", "run_id = 5", "name > 'a'", "name = vs", "metrics.m > 1", "attributes.name = 'vs a'"),
    *("attribute.name = 'vs a'", "attribute.version_number = 1 AND name = 'vs a'", "name = 'vs a' OR name = 'vs b'", "(name = 'vs a')"),
    *(" ", "AND", "name", "name = 'vs a' AND run_id = '${run}'", "run_id = '${run}' AND name = 'vs b'", "`run_id` = 'x'"),
)

VERSION_ORDERS = (
    *("name", "name DESC", "version_number", "version_number DESC", "creation_timestamp", "creation_timestamp DESC"),
    *("last_updated_timestamp", "last_updated_timestamp DESC", "timestamp", "run_id", "source_path", "version", "nonsense"),
    *("attribute.name", "attributes.name", "tags.k", "metrics.m", "`name` DESC", "name nonsense", "", "NAME"),
)

VERSIONS = group(
    "registry search versions",
    new_run("run"),
    model("vs a"),
    model("vs b"),
    model("VS c"),
    version("vs a", "first", run_id="${run}", tags=pairs(k="1")),
    version("vs a", "second", tags=pairs(k="A", l="x")),
    version("vs b", "of another", source="s3://bucket/other", run_id="${run}", tags=pairs(k="1", l="x")),
    version("VS c", "third", run_id="no run"),
    version("vs a", "fourth"),
    [versions(query) for query in VERSION_FILTERS],
    [get("model-versions/search", {"filter": "name ILIKE 'vs %'", "order_by": order}, f"order {order}") for order in VERSION_ORDERS],
    get("model-versions/search", {"filter": "name ILIKE 'vs %'"}, "default order"),
    get("model-versions/search", {"filter": "name ILIKE 'vs %'", "order_by": ["name DESC", "version_number ASC"]}, "two orders"),
    get("model-versions/search", {"order_by": ["name", "name DESC"]}, "the same order twice"),
    call("POST", "model-versions/search", "by POST"),
)

GROUPS = (MODELS, PAGES, VERSIONS)

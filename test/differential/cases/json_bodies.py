"""Spellings of requests: numbers, names, nulls, content types, odd bodies."""

import json

from dsl import Raw, call, get, group, new_run, post, show_run, JSON_TYPE

E = "${experiment}"
TAG = '{"run_id": "${run}", "key": "%s", "value": "v"}'


def raw(path: str, text: str, name: str, content_type: str | None = JSON_TYPE) -> object:
    return post(path, Raw(text.encode(), content_type), name)


def tag(name: str, text: str, content_type: str | None = JSON_TYPE) -> object:
    return raw("runs/set-tag", text, name, content_type)


def metric(key: str, fields: str, name: str) -> object:
    text = '{"run_id": "${run}", "key": "%s", %s}' % (key, fields)
    return raw("runs/log-metric", text, name)


NUMBERS = (
    '"value": 1, "timestamp": 1, "step": 9007199254740993', '"value": 1, "timestamp": 1, "step": -9007199254740993',
    '"value": 1, "timestamp": 9223372036854775807', '"value": 1, "timestamp": "9223372036854775807"',
    '"value": 1e2, "timestamp": 1e3', '"value": 1E+2, "timestamp": 1.0', '"value": 0.1e-6, "timestamp": 1',
    '"value": 123456789012345678901234567890, "timestamp": 1', '"value": 1, "timestamp": 01',
    '"value": .5, "timestamp": 1', '"value": 5., "timestamp": 1', '"value": +1, "timestamp": 1',
    '"value": 0x10, "timestamp": 1', '"value": "0x10", "timestamp": 1', '"value": "1,5", "timestamp": 1',
    '"value": " 1.5 ", "timestamp": 1', '"value": "-0", "timestamp": 1', '"value": 1, "timestamp": "1e3"',
    '"value": 1, "timestamp": "+5"', '"value": 1, "timestamp": "007"', '"value": 1, "value": 2, "timestamp": 1',
)  # fmt: skip

# Python reads these as numbers; stock keeps some and stores zero for others.
ILL_TYPED_NUMBERS = (
    '"value": NaN, "timestamp": 1', '"value": Infinity, "timestamp": 1', '"value": -Infinity, "timestamp": 1',
    '"value": 1e400, "timestamp": 1', '"value": "1_000", "timestamp": 1', '"value": 1, "timestamp": " 5 "',
    '"value": 1, "timestamp": "1_000"', '"value": 1, "timestamp": 9223372036854775808',
)  # fmt: skip

METRIC_NUMBERS = group(
    "json numbers",
    new_run("run"),
    [metric(f"n{index}", fields, fields) for index, fields in enumerate(NUMBERS)],
    show_run("run"),
    [metric(f"i{index}", fields, f"ill-typed: {fields}") for index, fields in enumerate(ILL_TYPED_NUMBERS)],
)

NAMES = group(
    "json names",
    new_run("run"),
    post("runs/create", {"experimentId": E, "runName": "camel", "startTime": 5, "userId": "u"}, "camel case"),
    post("runs/create", {"experiment_id": E, "experimentId": E, "run_name": "both"}, "both spellings"),
    post("runs/search", {"experimentIds": [E], "maxResults": 5, "orderBy": ["run_name"], "runViewType": "ALL"}, "search in camel case"),
    get("runs/get", {"runId": "${run}"}, "GET in camel case"),
    get("metrics/get-history", {"runId": "${run}", "metricKey": "m"}, "history in camel case"),
    post("experiments/search", {"maxResults": 1, "filter": "name = 'diff json names'"}, "experiments in camel case"),
    new_run("other"),
    post("runs/set-tag", {"runId": "${other}", "key": "camel", "value": "v"}, "set-tag in camel case"),
    post("runs/set-tag", {"runUuid": "${other}", "key": "camel uuid", "value": "v"}, "set-tag with runUuid"),
    post("runs/log-batch", {"runId": "${other}", "tags": [{"key": "batch", "value": "v"}]}, "log-batch in camel case"),
    post("runs/set-tag", {"run_id": "${run}", "KEY": "k", "value": "v"}, "upper case"),
    post("runs/set-tag", {"run_id": "${run}", "key": "u", "value": "v", "unknown": {"a": [1]}}, "unknown field"),
    post("runs/set-tag", {"run_id": "${run}", "run_uuid": "${run}", "key": "two", "value": "v"}, "run_id and run_uuid"),
    post("runs/set-tag", {"run_id": "", "run_uuid": "${run}", "key": "two2", "value": "v"}, "run_id empty, run_uuid given"),
    post("runs/set-tag", {"run_id": None, "run_uuid": "${run}", "key": "two3", "value": "v"}, "run_id null, run_uuid given"),
    post("runs/set-tag", {"run_id": "0123456789abcdef0123456789abcdef", "run_uuid": "${run}", "key": "two4", "value": "v"}, "run_id unknown, run_uuid given"),
    show_run("run"),
)

ALIASED = group(
    "json run_uuid",
    new_run("run"),
    [
        post(path, {"run_uuid": "${run}", **body}, f"run_uuid in {path}")
        for path, body in (
            ("runs/update", {"status": "FAILED"}),
            ("runs/log-metric", {"key": "m", "value": 1, "timestamp": 1}),
            ("runs/log-parameter", {"key": "p", "value": "1"}),
            ("runs/set-tag", {"key": "t", "value": "1"}),
            ("runs/delete-tag", {"key": "t"}),
            ("runs/log-batch", {"tags": [{"key": "b", "value": "1"}]}),
            ("runs/log-inputs", {"datasets": []}),
            ("runs/outputs", {"models": []}),
            ("runs/log-model", {"model_json": "{}"}),
            ("runs/delete", {}),
            ("runs/restore", {}),
        )
    ],
    get("runs/get", {"run_uuid": "${run}"}, "run_uuid in runs/get"),
    get("artifacts/list", {"run_uuid": "${run}"}, "run_uuid in artifacts/list"),
    get("metrics/get-history", {"run_uuid": "${run}", "metric_key": "m"}, "run_uuid in get-history"),
)

NULLS = group(
    "json nulls",
    new_run("run"),
    post("runs/create", {"experiment_id": E, "run_name": "n", "user_id": None, "start_time": None, "tags": None}, "create with nulls"),
    post("runs/create", {"experiment_id": None, "run_name": "n"}, "experiment null"),
    post("runs/log-metric", {"run_id": "${run}", "key": "m", "value": 1, "timestamp": 1, "step": None, "model_id": None}, "metric with nulls"),
    post("runs/log-metric", {"run_id": "${run}", "key": None, "value": 1, "timestamp": 1}, "metric key null"),
    post("runs/log-metric", {"run_id": "${run}", "key": "m", "value": 1, "timestamp": None}, "metric timestamp null"),
    post("runs/search", {"experiment_ids": [E], "filter": None, "max_results": None, "order_by": None, "page_token": None}, "search with nulls"),
    post("experiments/create", {"name": "diff nulls", "artifact_location": None, "tags": None}, "experiment with nulls"),
    post("runs/update", {"run_id": "${run}", "status": None, "end_time": None, "run_name": None}, "update with nulls"),
    post("runs/log-batch", {"run_id": "${run}", "tags": [{"key": None, "value": "v"}]}, "batch with null key"),
    show_run("run"),
)

BODIES = group(
    "json bodies",
    new_run("run"),
    tag("plain", TAG % "plain"),
    tag("with charset", TAG % "charset", "application/json; charset=utf-8"),
    tag("type in upper case", TAG % "upper", "Application/JSON"),
    tag("type missing", TAG % "untyped", None),
    tag("type text", TAG % "text", "text/plain"),
    tag("type form", TAG % "form", "application/x-www-form-urlencoded"),
    tag("type json-like", TAG % "like", "application/vnd.api+json"),
    tag("type empty", TAG % "notype", ""),
    tag("encoded twice", json.dumps(TAG % "twice")),
    tag("encoded thrice", json.dumps(json.dumps(TAG % "thrice"))),
    tag("text that is not JSON", json.dumps("hello")),
    tag("not JSON", "{"),
    tag("single quotes", (TAG % "single").replace('"', "'")),
    tag("trailing comma", '{"run_id": "${run}", "key": "comma", "value": "v",}'),
    tag("comment", '{"run_id": "${run}", /* c */ "key": "comment", "value": "v"}'),
    tag("two values", TAG % "two" + "{}"),
    tag("blanks around", "\n\t " + TAG % "blanks" + " \n"),
    tag("byte order mark", "\ufeff" + TAG % "bom"),
    tag("key twice", '{"run_id": "${run}", "key": "first", "key": "second", "value": "v"}'),
    tag("escaped unicode", '{"run_id": "${run}", "key": "escaped", "value": "\\u00e9\\ud83c\\udf89"}'),
    tag("control character", '{"run_id": "${run}", "key": "control", "value": "a\nb"}'),
    tag("null character", '{"run_id": "${run}", "key": "nul", "value": "a\\u0000b"}'),
    [tag(f"body {text or 'empty'}", text) for text in ("", "null", "[]", "5", "true", '""', "{}", "[{}]")],
    post("runs/set-tag", Raw(b"\xff\xfe", JSON_TYPE), "not UTF-8"),
    call("POST", "runs/set-tag", "no body"),
    call("POST", "runs/set-tag", "no body, typed", headers={"Content-Type": JSON_TYPE}),
    post("runs/set-tag?run_id=${run}&key=q&value=v", {}, "fields in the query"),
    tag("fields in both", TAG % "both"),
    call("GET", "runs/get", "GET with a body", body={"run_id": "${run}"}, has_body=True),
    call("GET", "runs/get", "GET with query and body", query={"run_id": "${run}"}, body={"run_id": "x"}, has_body=True),
    get("runs/get", {"run_id": "${run}"}, "GET with a type", headers={"Content-Type": "text/plain"}),
    get("runs/get", {"run_id": "${run}"}, "GET that accepts only XML", headers={"Accept": "application/xml"}),
    show_run("run"),
    tag("ill-typed: lone surrogate", '{"run_id": "${run}", "key": "lone", "value": "\\ud83c"}'),
    post("runs/set-tag", Raw((TAG % "chunked").encode(), JSON_TYPE, is_chunked=True), "chunked"),
)

GROUPS = (METRIC_NUMBERS, NAMES, ALIASED, NULLS, BODIES)

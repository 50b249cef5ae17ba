"""Params of runs, one at a time."""

from dsl import group, new_run, post, show_run

KEYS = (
    "plain", "a/b.c-d_e f:g", "é漢", "", ".", "..", "../a", "/a", "a/", "a//b", "./a", "a/./b", "a*b", "a\nb", "a,b",
    "a'b", "a\"b", "a`b", "🎉", " lead", "trail ", "..a", ":",
)  # fmt: skip


def log(name: str, key: object, value: object, **fields: object) -> object:
    body = {"run_id": "${run}", "key": key, "value": value, **fields}
    return post("runs/log-parameter", body, name)


PARAMS = group(
    "params",
    new_run("run"),
    log("first", "p", "1"),
    log("same again", "p", "1"),
    log("another value", "p", "2"),
    log("another case", "P", "2"),
    log("empty for a value", "p", ""),
    log("value empty", "empty", ""),
    log("value empty again", "empty", ""),
    log("value for empty", "empty", "1"),
    log("value in unicode", "unicode", "é漢🎉\n\t'\"\\"),
    log("value of 6000", "long", "v" * 6000),
    log("value of 6001", "longer", "v" * 6001),
    log("value of 6001 again", "longer", "v" * 6001),
    log("value of 6000 for it", "longer", "v" * 6000),
    log("another long one for it", "longer", "v" * 6000 + "w"),
    log("value a number", "n", 1),
    log("value true", "n", True),
    log("value a list", "n", ["1"]),
    log("value null", "null", None),
    log("key a number", 5, "1"),
    log("key of 250", "k" * 250, "v"),
    log("key of 251", "k" * 251, "v"),
    [log(f"key {key!r}", key, "v") for key in KEYS],
    post("runs/log-parameter", {"run_id": "${run}", "key": "missing"}, "value missing"),
    post("runs/log-parameter", {"run_id": "${run}", "value": "v"}, "key missing"),
    post("runs/log-parameter", {"key": "k", "value": "v"}, "run missing"),
    log("run unknown", "k", "v", run_id="0123456789abcdef0123456789abcdef"),
    log("run empty", "k", "v", run_id=""),
    post("runs/log-parameter", {"run_uuid": "${run}", "key": "uuid", "value": "v"}, "by run_uuid"),
    post("runs/update", {"run_id": "${run}", "status": "FINISHED", "end_time": 2000}, "finish"),
    log("after the end", "late", "v"),
    show_run("run"),
)

GROUPS = (PARAMS,)

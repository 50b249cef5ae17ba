"""Logged models: create, get, finalize, tags, params, delete."""

from dsl import delete, get, group, new_model, new_run, pairs, patch, post

E = "${experiment}"
UNKNOWN = "m-0123456789abcdef0123456789abcdef"
ALIKE = {"model_id": "${model}"}


def create(title: str, **body: object) -> object:
    return post("logged-models", {"experiment_id": E, **body}, title)


def show(name: str, model: str = "${model}") -> object:
    return get(f"logged-models/{model}", None, name)


def numbered(count: int) -> list[dict[str, str]]:
    return [{"key": f"k{index:03}", "value": str(index)} for index in range(count)]


CREATE = group(
    "logged models create",
    new_run("run"),
    create("bare"),
    create("whole", name="whole", model_type="agent", source_run_id="${run}", params=pairs(p="1", empty=""), tags=pairs(t="1", empty="")),
    create("same name again", name="whole"),
    create("name empty", name=""),
    create("name in unicode", name="é漢🎉"),
    [create(f"name with {char}", name=f"a{char}b") for char in "/:.%\"'` -_#?"],
    create("name long", name="n" * 500),
    create("name longer", name="n" * 501),
    create("name a number", name=5),
    create("type empty", name="m", model_type=""),
    create("type long", name="m", model_type="t" * 501),
    create("run unknown", name="m", source_run_id="0123456789abcdef0123456789abcdef"),
    create("run empty", name="m", source_run_id=""),
    create("experiment unknown", name="m", experiment_id="987654"),
    create("experiment a word", name="m", experiment_id="abc"),
    create("experiment empty", name="m", experiment_id=""),
    post("logged-models", {"name": "m"}, "experiment missing"),
    create("param twice", name="m", params=[*pairs(p="1"), *pairs(p="2")]),
    create("tag twice", name="m", tags=[*pairs(t="1"), *pairs(t="2")]),
    create("param key of 250", name="m", params=[{"key": "k" * 250, "value": "v"}]),
    create("param key of 251", name="m", params=[{"key": "k" * 251, "value": "v"}]),
    create("param key odd", name="m", params=[{"key": "a*b", "value": "v"}]),
    create("param value of 6000", name="m", params=[{"key": "k", "value": "v" * 6000}]),
    create("param value of 6001", name="m", params=[{"key": "k", "value": "v" * 6001}]),
    create("tag key of 251", name="m", tags=[{"key": "k" * 251, "value": "v"}]),
    create("tag key odd", name="m", tags=[{"key": "a*b", "value": "v"}]),
    create("tag value of 8001", name="m", tags=[{"key": "k", "value": "v" * 8001}]),
    create("100 params", name="m", params=numbered(100)),
    create("150 params", name="m", params=numbered(150)),
    create("ill-typed: param value a number", name="m", params=[{"key": "k", "value": 1}]),
    create("params not a list", name="m", params="k"),
    create("param without value", name="m", params=[{"key": "k"}]),
    create("status sent along", name="m", status="LOGGED_MODEL_READY"),
)


def finalize(name: str, **body: object) -> object:
    return patch("logged-models/${model}", body, name)


LIFECYCLE = group(
    "logged models lifecycle",
    new_model("model", tags=pairs(t="1")),
    new_model("second"),
    new_model("odd"),
    show("show pending"),
    finalize("ready", model_id="${model}", status="LOGGED_MODEL_READY"),
    show("show ready"),
    [
        finalize(f"status {status}", model_id="${model}", status=status)
        for status in ("LOGGED_MODEL_UPLOAD_FAILED", "LOGGED_MODEL_PENDING", 2, None)
    ],
    [
        patch("logged-models/${odd}", {"model_id": "${odd}", "status": status}, f"ill-typed: status {status}")
        for status in ("LOGGED_MODEL_STATUS_UNSPECIFIED", 0, "READY", "nonsense", 99, True)
    ],
    finalize("without status", model_id="${model}"),
    finalize("without model id", status="LOGGED_MODEL_READY"),
    finalize("nothing"),
    patch(f"logged-models/{UNKNOWN}", {"model_id": UNKNOWN, "status": "LOGGED_MODEL_READY"}, "finalize unknown"),
    patch("logged-models/${model}", {"model_id": "${second}", "status": "LOGGED_MODEL_READY"}, "finalize with two ids"),
    show("show unknown", UNKNOWN),
    show("show hostile", "..%2f..%2fx"),
    delete("logged-models/${model}", None, "delete"),
    delete("logged-models/${model}", None, "delete again"),
    delete(f"logged-models/{UNKNOWN}", None, "delete unknown"),
    show("show deleted"),
    get("logged-models/${model}", {"allow_deleted": "true"}, "show deleted on purpose"),
    get("logged-models/${model}", {"allow_deleted": "false"}, "show deleted, not on purpose"),
    finalize("finalize deleted", model_id="${model}", status="LOGGED_MODEL_READY"),
    patch("logged-models/${model}/tags", {"tags": pairs(x="1")}, "tag deleted"),
    delete("logged-models/${model}/tags/t", None, "untag deleted"),
    post("logged-models/${model}/params", {"model_id": "${model}", "params": pairs(x="1")}, "params of deleted"),
    get("logged-models/${model}/artifacts/directories", None, "artifacts of deleted"),
    delete("logged-models/${second}", None, "delete the second"),
    delete("logged-models/${odd}", None, "delete the odd one"),
    new_model("left"),
    post("logged-models/search", {"experiment_ids": [E], "order_by": [{"field_name": "name"}]}, "deleted ones are not found"),
)


def tag(name: str, tags: object, model: str = "${model}") -> object:
    return patch(f"logged-models/{model}/tags", {"tags": tags}, name)


def untag(name: str, key: str, model: str = "${model}") -> object:
    return delete(f"logged-models/{model}/tags/{key}", None, name)


TAGS = group(
    "logged models tags",
    new_model("model", tags=pairs(t="1")),
    tag("set", [*pairs(t="2"), *pairs(u="3")]),
    tag("same again", pairs(t="2")),
    tag("value empty", pairs(e="")),
    tag("in unicode", [{"key": "é 漢", "value": "🎉\n"}]),
    tag("one twice", [*pairs(w="1"), *pairs(w="2")]),
    tag("key of 250", [{"key": "k" * 250, "value": "v"}]),
    tag("key of 251", [{"key": "k" * 251, "value": "v"}]),
    tag("key odd", [{"key": "a*b", "value": "v"}]),
    tag("key with slash", [{"key": "a/b", "value": "v"}]),
    tag("key empty", [{"key": "", "value": "v"}]),
    tag("value of 8000", [{"key": "long", "value": "v" * 8000}]),
    tag("value of 8001", [{"key": "longer", "value": "v" * 8001}]),
    tag("empty list", []),
    tag("not a list", {"key": "k"}),
    patch("logged-models/${model}/tags", {}, "nothing"),
    tag("model unknown", pairs(t="1"), UNKNOWN),
    show("show tags"),
    untag("delete", "t"),
    untag("delete again", "t"),
    untag("delete in unicode", "%C3%A9%20%E6%BC%A2"),
    untag("delete with plus", "a+b"),
    untag("delete with bare slash", "a/b"),
    untag("delete from unknown", "t", UNKNOWN),
    show("show what stayed"),
    untag("delete with encoded slash", "a%2Fb"),
    tag("ill-typed: value a number", [{"key": "n", "value": 5}]),
)


def log(name: str, **body: object) -> object:
    return post("logged-models/${model}/params", body, name)


PARAMS = group(
    "logged models params",
    new_model("model", params=pairs(p="1")),
    log("add", params=pairs(q="2"), **ALIKE),
    log("same again", params=pairs(q="2"), **ALIKE),
    log("another value", params=pairs(q="3"), **ALIKE),
    log("new and stored", params=pairs(n="1", p="2"), **ALIKE),
    log("value empty", params=pairs(e=""), **ALIKE),
    log("key odd", params=[{"key": "a*b", "value": "v"}], **ALIKE),
    log("key of 251", params=[{"key": "k" * 251, "value": "v"}], **ALIKE),
    log("value of 6001", params=[{"key": "long", "value": "v" * 6001}], **ALIKE),
    log("empty list", params=[], **ALIKE),
    log("without model id", params=pairs(x="1")),
    log("without params", **ALIKE),
    post(f"logged-models/{UNKNOWN}/params", {"model_id": UNKNOWN, "params": pairs(x="1")}, "model unknown"),
    show("show params"),
    log("one twice", params=[*pairs(d="1"), *pairs(d="1")], **ALIKE),
)

GROUPS = (CREATE, LIFECYCLE, TAGS, PARAMS)

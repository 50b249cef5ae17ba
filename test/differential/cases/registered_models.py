"""Registered models: create, get, update, rename, delete, tags, aliases, latest versions."""

from dsl import Step, call, delete, get, group, pairs, patch, post

RM = "registered-models"
SOURCE = "s3://bucket/model"


def create(title: str, **body: object) -> Step:
    return post(f"{RM}/create", body, title)


def model(name: str, **body: object) -> Step:
    return post(f"{RM}/create", {"name": name, **body}, f"make {name}")


def version(name: str, title: str = "", **body: object) -> Step:
    return post("model-versions/create", {"name": name, "source": SOURCE, **body}, title or f"make version of {name}")


def show(name: str, title: str = "") -> Step:
    return get(f"{RM}/get", {"name": name}, title or f"show {name}")


NAMES = (
    *("a/b", "a:b", ".", "..", "./a", "a\\b", " ", "\t", "a b", "a.b", "é漢🎉", "a'b", 'a"b', "a%2Fb", "-", "latest"),
    *("v1", "1", "@", "a@b", "n" * 256, "models", "#", "?", "a\nb", "__proto__"),
)

CREATE = group(
    "registered models create",
    create("bare", name="created"),
    create("again", name="created"),
    create("again with tags", name="created", tags=pairs(a="1")),
    create("again as prompt", name="created", tags=pairs(**{"mlflow.prompt.is_prompt": "true"})),
    create("whole", name="created whole", description="what it is", tags=pairs(a="1", empty="")),
    show("created whole"),
    create("description empty", name="no description", description=""),
    show("no description"),
    create("tag twice", name="doubled", tags=[*pairs(a="1"), *pairs(a="2")]),
    show("doubled"),
    create("name missing", description="x"),
    create("name empty", name=""),
    create("name null", name=None),
    create("name a number", name=5),
    create("tags not a list", name="odd tags", tags="a"),
    create("description a number", name="odd description", description=5),
    create("tag key of 250", name="tag key of 250", tags=[{"key": "k" * 250, "value": "v"}]),
    create("tag key of 251", name="tag key of 251", tags=[{"key": "k" * 251, "value": "v"}]),
    create("tag value of 100000", name="tag value of 100000", tags=[{"key": "k", "value": "v" * 100_000}]),
    create("tag value of 100001", name="tag value of 100001", tags=[{"key": "k", "value": "v" * 100_001}]),
    [create(f"tag key {key}", name="odd key", tags=[{"key": key, "value": "v"}]) for key in ("", "a*b", "/a", "..")],
    create("deployment job", name="with job", deployment_job_id="123"),
    [create(f"name {name}", name=name) for name in NAMES],
    [show(name, f"show {name}") for name in ("a b", "é漢🎉", "A B", "n" * 256, "created ", "")],
    create("in another case", name="CREATED"),
    get(f"{RM}/get", None, "get without name"),
    get(f"{RM}/get", {"name": "unknown"}, "get unknown"),
    get(f"{RM}/get", {"name": "a/b"}, "get bad name"),
    post(f"{RM}/get", {"name": "created"}, "get by POST"),
    experiment="",
)

LIMITS = group(
    "registered models limits",
    create("name of 257", name="n" * 257),
    delete(f"{RM}/delete", {"name": "n" * 257}, "delete name of 257"),
    experiment="",
)

UPDATE = group(
    "registered models update",
    model("updated"),
    patch(f"{RM}/update", {"name": "updated", "description": "first"}, "describe"),
    show("updated"),
    patch(f"{RM}/update", {"name": "updated"}, "take description away"),
    show("updated", "show without description"),
    patch(f"{RM}/update", {"name": "updated", "description": "é" * 5000}, "long description"),
    patch(f"{RM}/update", {"name": "updated", "description": None}, "description null"),
    patch(f"{RM}/update", {"name": "updated", "description": 5}, "description a number"),
    patch(f"{RM}/update", {"name": "unknown", "description": "x"}, "unknown"),
    patch(f"{RM}/update", {"name": "a/b", "description": "x"}, "bad name"),
    patch(f"{RM}/update", {"description": "x"}, "without name"),
    patch(f"{RM}/update", None, "empty"),
    experiment="",
)

RENAME = group(
    "registered models rename",
    model("old name", description="d", tags=pairs(a="1")),
    version("old name"),
    version("old name", "make second version", tags=pairs(b="2")),
    post(f"{RM}/alias", {"name": "old name", "alias": "champion", "version": "2"}, "alias"),
    model("other name"),
    post(f"{RM}/rename", {"name": "old name", "new_name": "other name"}, "to a name that is taken"),
    post(f"{RM}/rename", {"name": "old name", "new_name": "new name"}, "to a free name"),
    show("old name", "show old"),
    show("new name", "show new"),
    get("model-versions/get", {"name": "new name", "version": "1"}, "version under new name"),
    get("model-versions/get", {"name": "old name", "version": "1"}, "version under old name"),
    get(f"{RM}/alias", {"name": "new name", "alias": "champion"}, "alias under new name"),
    get("model-versions/search", {"filter": "name = 'new name'"}, "search under new name"),
    get("model-versions/search", {"filter": "name = 'old name'"}, "search under old name"),
    version("new name", "version after rename"),
    model("old name"),
    version("old name", "first version of the next with the old name"),
    post(f"{RM}/rename", {"name": "new name", "new_name": "new name"}, "to itself"),
    post(f"{RM}/rename", {"name": "unknown", "new_name": "x"}, "unknown"),
    post(f"{RM}/rename", {"name": "unknown", "new_name": "other name"}, "unknown to a name that is taken"),
    [post(f"{RM}/rename", {"name": "new name", "new_name": name}, f"to {name}") for name in ("", " ", "a/b", "a:b", ".", 5, None)],
    post(f"{RM}/rename", {"name": "new name"}, "without new name"),
    post(f"{RM}/rename", {"new_name": "x"}, "without name"),
    post(f"{RM}/rename", {"name": "a/b", "new_name": "x y"}, "from a bad name"),
    experiment="",
)

DELETE = group(
    "registered models delete",
    model("deleted", tags=pairs(a="1")),
    version("deleted"),
    version("deleted", "second version"),
    post(f"{RM}/alias", {"name": "deleted", "alias": "champion", "version": "1"}, "alias"),
    delete(f"{RM}/delete", {"name": "deleted"}, "delete"),
    show("deleted", "show gone"),
    delete(f"{RM}/delete", {"name": "deleted"}, "delete again"),
    get("model-versions/get", {"name": "deleted", "version": "1"}, "version of gone"),
    get(f"{RM}/alias", {"name": "deleted", "alias": "champion"}, "alias of gone"),
    get("model-versions/search", {"filter": "name = 'deleted'"}, "versions of gone"),
    version("deleted", "version for gone"),
    model("deleted"),
    show("deleted", "show made again"),
    version("deleted", "first version of made again"),
    get(f"{RM}/alias", {"name": "deleted", "alias": "champion"}, "alias of made again"),
    delete(f"{RM}/delete?name=deleted", {}, "delete with a query alone"),
    delete(f"{RM}/delete", {"name": "unknown"}, "delete unknown"),
    delete(f"{RM}/delete", {"name": "a/b"}, "delete bad name"),
    delete(f"{RM}/delete", {"name": ""}, "delete empty name"),
    post(f"{RM}/delete", {"name": "deleted"}, "delete by POST"),
    experiment="",
)


def set_tag(title: str, **body: object) -> Step:
    return post(f"{RM}/set-tag", {"name": "tagged", **body}, title)


def delete_tag(title: str, **body: object) -> Step:
    return delete(f"{RM}/delete-tag", {"name": "tagged", **body}, title)


TAGS = group(
    "registered models tags",
    model("tagged"),
    set_tag("set", key="a", value="1"),
    set_tag("set again", key="a", value="2"),
    set_tag("set empty", key="empty", value=""),
    set_tag("set without value", key="absent"),
    set_tag("set unicode", key="é 漢", value="🎉\n"),
    show("tagged"),
    [set_tag(f"set {key}", key=key, value="v") for key in ("a*b", "/a", "a//b", "..", "k" * 250, "k" * 251, "", 5, None)],
    set_tag("set value of 100000", key="long", value="v" * 100_000),
    set_tag("set value of 100001", key="longer", value="v" * 100_001),
    set_tag("set a number", key="n", value=5),
    set_tag("set for unknown", name="unknown", key="a", value="1"),
    set_tag("set for bad name", name="a/b", key="a", value="1"),
    set_tag("set bad key for unknown", name="unknown", key="a*b", value="1"),
    delete_tag("delete", key="a"),
    delete_tag("delete again", key="a"),
    delete_tag("delete bad key", key="a*b"),
    delete_tag("delete without key"),
    delete_tag("delete for unknown", name="unknown", key="a"),
    show("tagged", "show after delete"),
    experiment="",
)


def set_alias(title: str, alias: object, number: object = "1", name: str = "aliased") -> Step:
    return post(f"{RM}/alias", {"name": name, "alias": alias, "version": number}, title)


def get_alias(title: str, alias: str, name: str = "aliased") -> Step:
    return get(f"{RM}/alias", {"name": name, "alias": alias}, title)


def delete_alias(title: str, alias: object, name: str = "aliased") -> Step:
    return delete(f"{RM}/alias", {"name": name, "alias": alias}, title)


ALIASES = group(
    "registered models aliases",
    model("aliased"),
    get_alias("latest without versions", "latest"),
    [version("aliased", f"make version {number}") for number in (1, 2, 3)],
    set_alias("set", "champion"),
    set_alias("set second", "Challenger", "2"),
    set_alias("set a version's second alias", "a", "2"),
    show("aliased"),
    get_alias("get", "champion"),
    get_alias("get in another case", "Champion"),
    get_alias("get of two", "a"),
    get_alias("latest", "latest"),
    get_alias("Latest", "LATEST"),
    get("model-versions/get", {"name": "aliased", "version": "2"}, "version with two aliases"),
    set_alias("move", "champion", "3"),
    get_alias("get moved", "champion"),
    [set_alias(f"set {alias}", alias) for alias in ("latest", "LATEST", "v1", "V12", "v", "v1a", "é", "a b", "a.b", "a/b", "-", "_", "1", "", 5, None)],
    set_alias("set of 255", "a" * 255),
    set_alias("set of 256", "a" * 256),
    [set_alias(f"version {number}", "x", number) for number in ("9", "0", "-1", "abc", "1.0", " 1 ", "+1", "", 1)],
    set_alias("set for unknown", "x", "1", "unknown"),
    set_alias("set for bad name", "x", "1", "a/b"),
    set_alias("set bad version for unknown", "x", "abc", "unknown"),
    post(f"{RM}/alias", {"name": "aliased", "alias": "x"}, "set without version"),
    get_alias("get unknown alias", "unknown"),
    get_alias("get reserved alias", "v1"),
    get_alias("get bad alias", "a b"),
    get_alias("get of unknown", "champion", "unknown"),
    get_alias("latest of unknown", "latest", "unknown"),
    get(f"{RM}/alias", {"name": "aliased"}, "get without alias"),
    delete_alias("delete", "a"),
    delete_alias("delete again", "a"),
    delete_alias("delete bad", "a b"),
    delete_alias("delete reserved", "latest"),
    delete_alias("delete for unknown", "a", "unknown"),
    delete("model-versions/delete", {"name": "aliased", "version": "3"}, "delete aliased version"),
    get_alias("get of deleted version", "champion"),
    get_alias("latest after delete", "latest"),
    show("aliased", "show at the end"),
    experiment="",
)


def latest(title: str, *stages: object, name: str = "latest versions") -> Step:
    return post(f"{RM}/get-latest-versions", {"name": name, "stages": list(stages)}, title)


def move(number: str, stage: str, **body: object) -> Step:
    fields = {"name": "latest versions", "version": number, "stage": stage, **body}
    return post("model-versions/transition-stage", fields, f"move {number} to {stage}")


LATEST = group(
    "registered models latest versions",
    model("latest versions"),
    latest("none at all"),
    [version("latest versions", f"make version {number}") for number in range(1, 6)],
    latest("untouched"),
    move("2", "Production"),
    move("4", "production"),
    move("1", "Staging"),
    move("3", "Archived"),
    post(f"{RM}/alias", {"name": "latest versions", "alias": "x", "version": "4"}, "alias"),
    latest("all"),
    latest("Production", "Production"),
    latest("production and STAGING", "production", "STAGING"),
    latest("None", "None"),
    latest("unknown stage", "nonsense"),
    latest("one unknown stage", "Production", "Deleted_Internal"),
    latest("of unknown", name="unknown"),
    latest("of bad name", name="a/b"),
    latest("ill-typed: stage a number", 5),
    get(f"{RM}/get-latest-versions", {"name": "latest versions"}, "by GET"),
    get(f"{RM}/get-latest-versions", {"name": "latest versions", "stages": ["Staging", "None"]}, "two by GET"),
    post(f"{RM}/get-latest-versions", {"name": "latest versions"}, "without stages"),
    post(f"{RM}/get-latest-versions", {}, "without name"),
    show("latest versions"),
    delete("model-versions/delete", {"name": "latest versions", "version": "5"}, "delete highest"),
    latest("all after delete"),
    show("latest versions", "show after delete"),
    experiment="",
)

ROUTES = group(
    "registered models routes",
    call("GET", f"{RM}/create", "create by GET"),
    call("PUT", f"{RM}/update", "update by PUT"),
    get("/ajax-api/2.0/mlflow/registered-models/get", {"name": "unknown"}, "get under ajax"),
    get("/api/3.0/mlflow/registered-models/get", {"name": "unknown"}, "get under 3.0"),
    experiment="",
)

GROUPS = (CREATE, LIMITS, UPDATE, RENAME, DELETE, TAGS, ALIASES, LATEST, ROUTES)

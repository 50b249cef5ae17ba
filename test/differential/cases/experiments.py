"""Experiments: create, get, update, delete, restore, tags."""

from dsl import get, group, new_run, post, show_run

E = "${experiment}"


def create(name: str, body: object, **options: object) -> object:
    return post("experiments/create", body, name, **options)


def show(name: str = "show experiment", experiment: str = E) -> object:
    return get("experiments/get", {"experiment_id": experiment}, name)


LOCATIONS = (
    "s3://bucket/prefix", "gs://bucket/x", "wasbs://c@a.blob.core.windows.net/x", "dbfs:/x",
    "mlflow-artifacts:/elsewhere", "mlflow-artifacts://other-host/x", "http://127.0.0.1/x",
    "https://example.com/x", "ftp://example.com/x", "sftp://example.com/x", "hdfs://name/x", "r2://bucket@acc/x",
    "runs:/abc/x", "models:/m/1", "s3://bucket/x#part", "s3://bucket/x;param", "s3://bucket/x?query=1",
    "mlflow-artifacts:/x/../y", "unknown://host/x", "file:///tmp/x", "s3://",
)  # fmt: skip

CREATE = group(
    "experiments create",
    create("name missing", {}),
    create("name empty", {"name": ""}),
    create("name null", {"name": None}),
    create("name a number", {"name": 5}),
    create("name a list", {"name": ["a"]}),
    create("name blank", {"name": "   "}, save={"blank": "experiment_id"}),
    show("show the blank one", "${blank}"),
    create("name taken", {"name": "diff experiments create"}),
    create("name of 500 characters", {"name": "n" * 500}),
    create("name of 501 characters", {"name": "n" * 501}),
    create("name in unicode", {"name": "diff é 漢字 🎉"}, save={"unicode": "experiment_id"}),
    show("show the unicode one", "${unicode}"),
    get("experiments/get-by-name", {"experiment_name": "diff é 漢字 🎉"}, "unicode by name"),
    create("name with quotes and slashes", {"name": "diff '\"`/\\%_:;"}),
    get("experiments/get-by-name", {"experiment_name": "diff '\"`/\\%_:;"}, "quotes by name"),
    create("with tags", {"name": "diff tagged", "tags": [{"key": "b", "value": "2"}, {"key": "a", "value": ""}]}, save={"tagged": "experiment_id"}),
    show("show tags", "${tagged}"),
    create("same tag twice", {"name": "diff twice", "tags": [{"key": "a", "value": "1"}, {"key": "a", "value": "2"}]}),
    create("tag without value", {"name": "diff no value", "tags": [{"key": "a"}]}),
    create("tag without key", {"name": "diff no key", "tags": [{"value": "a"}]}),
    create("tag key of 250", {"name": "diff key 250", "tags": [{"key": "k" * 250, "value": "v"}]}),
    create("tag key of 251", {"name": "diff key 251", "tags": [{"key": "k" * 251, "value": "v"}]}),
    create("tag key with bad character", {"name": "diff key bad", "tags": [{"key": "a*b", "value": "v"}]}),
    create("tag value of 20000", {"name": "diff value 20000", "tags": [{"key": "k", "value": "v" * 20000}]}),
    create("tag value of 20001", {"name": "diff value 20001", "tags": [{"key": "k", "value": "v" * 20001}]}),
    create("location of 2048", {"name": "diff loc 2048", "artifact_location": "s3://b/" + "x" * 2041}),
    create("location of 2049", {"name": "diff loc 2049", "artifact_location": "s3://b/" + "x" * 2042}),
    create("location empty", {"name": "diff loc empty", "artifact_location": ""}, save={"plain": "experiment_id"}),
    show("show empty location", "${plain}"),
)

ARTIFACT_LOCATIONS = group(
    "experiments locations",
    [
        [
            create(f"location {location}", {"name": f"diff at {location}", "artifact_location": location}),
            get("experiments/get-by-name", {"experiment_name": f"diff at {location}"}, f"at {location}"),
        ]
        for location in LOCATIONS
    ],
    create("location relative", {"name": "diff at relative", "artifact_location": "relative/path"}),
)

GET = group(
    "experiments get",
    show(),
    get("experiments/get", {}, "id missing"),
    get("experiments/get", {"experiment_id": ""}, "id empty"),
    show("id unknown", "987654"),
    show("id a word", "abc"),
    show("id negative", "-1"),
    show("id with blanks", " 0 "),
    show("id a float", "1.0"),
    show("id leading zeros", "000987654"),
    show("id beyond int64", "99999999999999999999"),
    show("default experiment", "0"),
    get("experiments/get-by-name", {"experiment_name": "diff experiments get"}, "by name"),
    get("experiments/get-by-name", {"experiment_name": "DIFF experiments get"}, "by name in other case"),
    get("experiments/get-by-name", {"experiment_name": "no such"}, "name unknown"),
    get("experiments/get-by-name", {"experiment_name": ""}, "name empty"),
    get("experiments/get-by-name", {}, "name missing"),
    get("experiments/get-by-name", {"experiment_name": "Default"}, "default by name"),
)

UPDATE = group(
    "experiments update",
    post("experiments/update", {"experiment_id": E, "new_name": "diff renamed"}, "rename"),
    show(),
    get("experiments/get-by-name", {"experiment_name": "diff experiments update"}, "old name is gone"),
    post("experiments/update", {"experiment_id": E, "new_name": "diff renamed"}, "rename to the same"),
    post("experiments/update", {"experiment_id": E, "new_name": "Default"}, "rename to a taken name"),
    post("experiments/update", {"experiment_id": E}, "new name missing"),
    post("experiments/update", {"experiment_id": E, "new_name": ""}, "new name empty"),
    post("experiments/update", {"experiment_id": E, "new_name": "n" * 501}, "new name of 501"),
    post("experiments/update", {"new_name": "x"}, "id missing"),
    post("experiments/update", {"experiment_id": "987654", "new_name": "x"}, "id unknown"),
    post("experiments/update", {"experiment_id": "abc", "new_name": "x"}, "id a word"),
    post("experiments/update", {"experiment_id": E, "new_name": 5}, "new name a number"),
    show("show after the failures"),
)

LIFECYCLE = group(
    "experiments lifecycle",
    new_run("kept"),
    new_run("binned"),
    post("runs/delete", {"run_id": "${binned}"}, "delete one run"),
    post("experiments/delete", {"experiment_id": E}, "delete"),
    show("show deleted"),
    get("experiments/get-by-name", {"experiment_name": "diff experiments lifecycle"}, "deleted by name"),
    show_run("kept", "run of a deleted experiment"),
    post("runs/search", {"experiment_ids": [E]}, "its runs are not active"),
    post("runs/search", {"experiment_ids": [E], "run_view_type": "DELETED_ONLY", "order_by": ["run_name"]}, "its deleted runs"),
    post("experiments/delete", {"experiment_id": E}, "delete again"),
    post("experiments/create", {"name": "diff experiments lifecycle"}, "name stays taken"),
    post("runs/create", {"experiment_id": E}, "no run in it"),
    post("experiments/update", {"experiment_id": E, "new_name": "diff dead"}, "no rename of it"),
    post("experiments/set-experiment-tag", {"experiment_id": E, "key": "k", "value": "v"}, "no tag on it"),
    post("experiments/delete-experiment-tag", {"experiment_id": E, "key": "k"}, "no untagging of it"),
    post("logged-models", {"experiment_id": E, "name": "m"}, "no model in it"),
    post("runs/log-metric", {"run_id": "${kept}", "key": "m", "value": 1, "timestamp": 1}, "no metric in its run"),
    post("runs/restore", {"run_id": "${kept}"}, "restore a run of it"),
    show_run("kept", "restored run of a deleted experiment"),
    post("experiments/restore", {"experiment_id": E}, "restore"),
    show("show restored"),
    show_run("kept", "kept is active"),
    show_run("binned", "binned is active, too"),
    post("experiments/restore", {"experiment_id": E}, "restore an active one"),
    post("experiments/restore", {"experiment_id": "987654"}, "restore unknown"),
    post("experiments/delete", {"experiment_id": "987654"}, "delete unknown"),
    post("experiments/delete", {}, "delete without id"),
    post("experiments/restore", {}, "restore without id"),
    post("experiments/delete", {"experiment_id": "abc"}, "delete a word"),
    post("experiments/restore", {"experiment_id": "abc"}, "restore a word"),
)

DEFAULT = group(
    "experiments default",
    post("experiments/delete", {"experiment_id": "0"}, "delete the default one"),
    show("show it", "0"),
    post("experiments/restore", {"experiment_id": "0"}, "restore it"),
    show("show it again", "0"),
    experiment="",
)


def tag(name: str, key: object, value: object, experiment: str = E) -> object:
    body = {"experiment_id": experiment, "key": key, "value": value}
    return post("experiments/set-experiment-tag", body, name)


TAGS = group(
    "experiments tags",
    tag("set", "k", "v"),
    tag("set again", "k", "w"),
    tag("value empty", "empty", ""),
    tag("value of lines", "lines", "a\nb\tc\r\n"),
    tag("value in unicode", "unicode", "é漢🎉\u0000x"),
    tag("key with allowed characters", "a/b.c-d_e f:g é漢", "v"),
    [tag(f"key {key!r}", key, "v") for key in ("", ".", "..", "../a", "/a", "a/", "a//b", "./a", "a/./b", "a/../b", "a*b", "a#b", "a\nb", " ", "a ", "🎉", "..a", "...")],
    tag("key of 250", "k" * 250, "v"),
    tag("key of 251", "k" * 251, "v"),
    tag("value of 20000", "long", "v" * 20000),
    tag("value of 20001", "longer", "v" * 20001),
    tag("value a number", "n", 5),
    tag("value null", "n", None),
    tag("key a number", 5, "v"),
    tag("id unknown", "k", "v", "987654"),
    tag("id a word", "k", "v", "abc"),
    post("experiments/set-experiment-tag", {"key": "k", "value": "v"}, "id missing"),
    post("experiments/set-experiment-tag", {"experiment_id": E, "value": "v"}, "key missing"),
    post("experiments/set-experiment-tag", {"experiment_id": E, "key": "k"}, "value missing"),
    show("show tags"),
    post("experiments/delete-experiment-tag", {"experiment_id": E, "key": "k"}, "delete tag"),
    post("experiments/delete-experiment-tag", {"experiment_id": E, "key": "k"}, "delete tag again"),
    post("experiments/delete-experiment-tag", {"experiment_id": E}, "delete without key"),
    post("experiments/delete-experiment-tag", {"key": "k"}, "delete without id"),
    post("experiments/delete-experiment-tag", {"experiment_id": "987654", "key": "k"}, "delete in unknown"),
    show("show tags that stayed"),
)

GROUPS = (CREATE, ARTIFACT_LOCATIONS, GET, UPDATE, LIFECYCLE, DEFAULT, TAGS)

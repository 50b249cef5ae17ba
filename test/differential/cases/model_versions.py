"""Model versions: create and their sources, get, update, stages, delete, tags, files."""

from dsl import Raw, Step, delete, get, group, new_model, new_run, pairs, patch, post, put

MV = "model-versions"
SOURCE = "s3://bucket/model"
UNKNOWN_MODEL = "m-0123456789abcdef0123456789abcdef"
UNKNOWN_RUN = "0123456789abcdef0123456789abcdef"


def model(name: str, **body: object) -> Step:
    return post("registered-models/create", {"name": name, **body}, f"make {name}")


def show_model(name: str, title: str = "") -> Step:
    return get("registered-models/get", {"name": name}, title or f"show {name}")


def create(name: str, title: str, **body: object) -> Step:
    return post(f"{MV}/create", {"name": name, "source": SOURCE, **body}, title)


def show(name: str, number: object, title: str = "") -> Step:
    return get(f"{MV}/get", {"name": name, "version": number}, title or f"show {name} {number}")


def uri_of(name: str, number: object) -> Step:
    return get(f"{MV}/get-download-uri", {"name": name, "version": number}, f"download uri of {name} {number}")


CREATE = group(
    "model versions create",
    new_run("run"),
    model("versioned"),
    create("versioned", "bare"),
    create("versioned", "whole", run_id="${run}", run_link="http://host/run", description="d", tags=pairs(a="1", empty="")),
    create("versioned", "empty fields", run_id="", run_link="", description="", tags=[]),
    create("versioned", "null fields", run_id=None, run_link=None, description=None, tags=None),
    create("versioned", "unknown run", run_id=UNKNOWN_RUN),
    create("versioned", "odd run", run_id="no run"),
    create("versioned", "tag twice", tags=[*pairs(a="1"), *pairs(a="2")]),
    show_model("versioned"),
    [show("versioned", number) for number in range(1, 8)],
    uri_of("versioned", 1),
    create("unknown", "for unknown"),
    create("a/b", "for bad name"),
    create("", "for empty name"),
    post(f"{MV}/create", {"source": SOURCE}, "without name"),
    post(f"{MV}/create", {"name": "versioned"}, "without source"),
    create("versioned", "source empty", source=""),
    create("versioned", "source a number", source=5),
    create("versioned", "run a number", run_id=5),
    create("versioned", "tags not a list", tags="a"),
    create("versioned", "description a number", description=5),
    [create("versioned", f"tag key {key}", tags=[{"key": key, "value": "v"}]) for key in ("", "a*b", "/a", "k" * 251)],
    create("versioned", "tag value of 100000", tags=[{"key": "k", "value": "v" * 100_000}]),
    create("versioned", "tag value of 100001", tags=[{"key": "k", "value": "v" * 100_001}]),
    create("unknown", "bad tag for unknown", tags=[{"key": "a*b", "value": "v"}]),
    create("versioned", "long description", description="é" * 5000),
    create("versioned", "long source", source="s3://bucket/" + "p" * 480),
    show_model("versioned", "show at the end"),
)


def source(title: str, uri: str, **body: object) -> Step:
    return create("sourced", f"{title} {uri}", source=uri, **body)


HOSTILE = (
    *("s3://bucket/a/../b", "s3://bucket/..", "s3://bucket/%2e%2e/b", "s3://bucket/%252e%252e/b", "s3://bucket/a/./b"),
    *("s3://bucket", "s3://bucket/", "s3://bucket//a//b/", "s3://bucket/a%00", "s3://bucket/..%2fb", "s3:/bucket/a"),
    *("gs://bucket/a", "dbfs:/a/b", "wasbs://c@a.blob.core.windows.net/p", "foo://host/a", "s3://bucket/a+b"),
    *("/etc/passwd", "file:///etc/passwd", "file:/etc", "relative/path", "word", ".", "..", "C:\\models", "./a"),
    *("http://host/a", "https://host/api/2.0/mlflow-artifacts/artifacts/a", "ftp://host/a", "sftp://host/a"),
    *("hdfs://host/a", "mlflow-artifacts://host/a", "r2://b@h/a", "dummy-source", "prompt-template"),
    *("mlflow-artifacts:/models", "mlflow-artifacts:/", "mlflow-artifacts:/0/../1", "runs:", "runs:/", "models:", "models:/"),
)

SOURCES = group(
    "model versions sources",
    new_run("run"),
    new_run("other"),
    new_model("logged", source_run_id="${run}"),
    new_model("lone"),
    model("sourced"),
    [source("source", uri) for uri in HOSTILE],
    [source("source with run", uri, run_id="${run}") for uri in HOSTILE],
    source("run", "runs:/${run}/model"),
    source("own run", "runs:/${run}/model", run_id="${run}"),
    source("own run's root", "runs:/${run}", run_id="${run}"),
    source("own run's root with a slash", "runs:/${run}/", run_id="${run}"),
    source("another run", "runs:/${run}/model", run_id="${other}"),
    source("run on a host", "runs://host/${run}/model", run_id="${run}"),
    source("run with model", "runs:/${run}/model", run_id="${run}", model_id="${logged}"),
    source("unknown run", f"runs:/{UNKNOWN_RUN}/model", run_id=UNKNOWN_RUN),
    source("run upwards", "runs:/${run}/../model", run_id="${run}"),
    source("own artifacts", "mlflow-artifacts:/${experiment}/${run}/artifacts/model", run_id="${run}"),
    source("own artifact root", "mlflow-artifacts:/${experiment}/${run}/artifacts", run_id="${run}"),
    source("artifacts of another", "mlflow-artifacts:/${experiment}/${run}/artifacts/model", run_id="${other}"),
    source("artifacts of nobody", "mlflow-artifacts:/${experiment}/${run}/artifacts/model"),
    source("artifacts beside", "mlflow-artifacts:/${experiment}/${run}/artifactsx", run_id="${run}"),
    source("artifacts of unknown run", "mlflow-artifacts:/${experiment}/x", run_id=UNKNOWN_RUN),
    source("path of unknown run", "/a", run_id=UNKNOWN_RUN),
    source("artifacts of model", "mlflow-artifacts:/${experiment}/models/${logged}/artifacts", model_id="${logged}"),
    source("artifacts of other model", "mlflow-artifacts:/${experiment}/models/${logged}/artifacts", model_id="${lone}"),
    source("artifacts of unknown model", "mlflow-artifacts:/${experiment}/x", model_id=UNKNOWN_MODEL),
    source("path with model", "/a", model_id="${logged}"),
    source("path of unknown model", "/a", model_id=UNKNOWN_MODEL),
    source("bucket with model", SOURCE, model_id="${logged}"),
    source("bucket with unknown model", SOURCE, model_id=UNKNOWN_MODEL),
    source("bucket with model and run", SOURCE, model_id="${logged}", run_id="${other}"),
    source("model", "models:/${logged}"),
    source("own model", "models:/${logged}", model_id="${logged}"),
    source("own model and run", "models:/${logged}", model_id="${logged}", run_id="${other}"),
    source("lone model", "models:/${lone}", model_id="${lone}"),
    source("another model", "models:/${logged}", model_id="${lone}"),
    source("unknown model", f"models:/{UNKNOWN_MODEL}", model_id=UNKNOWN_MODEL),
    source("model on a host", "models://host/${logged}", model_id="${logged}"),
    source("three parts", "models:/a/1/x"),
    source("blank suffix", "models:/a/ "),
    source("empty suffix", "models:/a/"),
    source("empty alias", "models:/a@"),
    show_model("sourced"),
    get("logged-models/${logged}", None, "tags of the logged model"),
    get("logged-models/${lone}", None, "tags of the lone model"),
    get(f"{MV}/search", {"filter": "name = 'sourced' AND source_path LIKE 'models:%'", "order_by": ["version_number"]}, "versions of models"),
)

COPY = group(
    "model versions copy",
    new_run("run"),
    new_model("logged", source_run_id="${run}"),
    model("original"),
    create("original", "of logged model", source="models:/${logged}", model_id="${logged}"),
    create("original", "of run", source="runs:/${run}/model", run_id="${run}"),
    create("original", "of bucket"),
    post("registered-models/alias", {"name": "original", "alias": "champion", "version": "2"}, "alias"),
    post(f"{MV}/transition-stage", {"name": "original", "version": "1", "stage": "Production"}, "stage"),
    model("copy"),
    [create("copy", f"from {uri}", source=f"models:/original{uri}") for uri in ("/1", "/2", "/3", "/9", "/latest", "/LATEST", "/Production", "/production", "/Staging", "/nonsense", "@champion", "@latest", "@unknown", "@v1", "/01", "@a b")],
    create("copy", "from unknown", source="models:/unknown/1"),
    create("copy", "with the run", source="models:/original/1", run_id="${run}"),
    create("copy", "with another run", source="models:/original/3", run_id="${run}"),
    create("copy", "with empty run", source="models:/original/1", run_id=""),
    create("copy", "with the model", source="models:/original/1", model_id="${logged}"),
    create("copy", "with empty model", source="models:/original/1", model_id=""),
    create("copy", "of a copy", source="models:/copy/1"),
    [show("copy", number) for number in (1, 2, 3, 4)],
    [uri_of("copy", number) for number in (1, 2, 3)],
    uri_of("original", 1),
    get("logged-models/${logged}", None, "tags of the logged model"),
    show_model("copy"),
)

LOOK_UP = group(
    "model versions look up",
    model("looked up"),
    create("looked up", "make"),
    [show("looked up", number) for number in ("1", "01", " 1 ", "+1", "1_0", "-1", "0", "2", "1.0", "1e0", "abc", "", "latest", "99999999")],
    show("unknown", "1"),
    show("a/b", "1"),
    show("unknown", "abc"),
    show("a/b", "abc"),
    get(f"{MV}/get", {"name": "looked up"}, "get without version"),
    get(f"{MV}/get", {"version": "1"}, "get without name"),
    [get(f"{MV}/get-download-uri", {"name": "looked up", "version": number}, f"uri of {number}") for number in ("1", "2", "abc")],
    get(f"{MV}/get-download-uri", {"name": "looked up"}, "uri without version"),
    get(f"{MV}/get-download-uri", {"version": "1"}, "uri without name"),
    get(f"{MV}/get-download-uri", {"name": "unknown", "version": "1"}, "uri of unknown"),
    experiment="",
)


def update(title: str, **body: object) -> Step:
    return patch(f"{MV}/update", {"name": "described", "version": "1", **body}, title)


UPDATE = group(
    "model versions update",
    model("described"),
    create("described", "make", description="first"),
    update("describe", description="second"),
    show("described", 1),
    update("describe with nothing", description=""),
    show("described", 1, "show with nothing"),
    update("take description away"),
    show("described", 1, "show without description"),
    update("description null", description=None),
    update("description a number", description=5),
    update("of unknown version", version="9", description="x"),
    update("of bad version", version="abc", description="x"),
    update("of version as number", version=1, description="x"),
    update("of unknown model", name="unknown", description="x"),
    update("of bad name", name="a/b", description="x"),
    patch(f"{MV}/update", {"name": "described"}, "without version"),
    show_model("described"),
    experiment="",
)


def move(number: object, stage: object, title: str = "", name: str = "staged", **body: object) -> Step:
    fields = {"name": name, "version": number, "stage": stage, **body}
    return post(f"{MV}/transition-stage", fields, title or f"move {number} to {stage}")


STAGES = group(
    "model versions stages",
    model("staged"),
    [create("staged", f"make {number}") for number in range(1, 6)],
    post("registered-models/alias", {"name": "staged", "alias": "x", "version": "1"}, "alias"),
    move("1", "Staging"),
    move("2", "staging"),
    move("3", "PRODUCTION"),
    move("4", "Production", archive_existing_versions=False),
    show_model("staged"),
    move("5", "Production", "move 5 and archive", archive_existing_versions=True),
    [show("staged", number) for number in range(1, 6)],
    move("5", "Production", "move 5 again and archive", archive_existing_versions=True),
    show("staged", 5, "show 5 again"),
    move("1", "Staging", "move 1 again and archive", archive_existing_versions=True),
    show("staged", 2, "show 2 archived"),
    move("1", "None"),
    move("2", "Archived"),
    [move("1", stage, f"odd stage {stage}") for stage in ("nonsense", "Deleted_Internal", "", " Staging", 5, None)],
    move("1", "Archived", "archive for Archived", archive_existing_versions=True),
    move("1", "None", "archive for None", archive_existing_versions=True),
    move("1", "nonsense", "archive for nonsense", archive_existing_versions=True),
    move("9", "Staging", "unknown version"),
    move("9", "Production", "unknown version and archive", archive_existing_versions=True),
    show("staged", 5, "show 5 after unknown version"),
    move("abc", "Staging", "bad version"),
    move("abc", "nonsense", "bad version and stage"),
    move(1, "Staging", "version a number"),
    move("1", "Staging", "unknown model", name="unknown"),
    move("1", "Staging", "bad name", name="a/b"),
    move("1", "Staging", "flag a text", archive_existing_versions="maybe"),
    post(f"{MV}/transition-stage", {"name": "staged", "version": "1"}, "without stage"),
    get(f"{MV}/search", {"filter": "name = 'staged'"}, "search, last changed first"),
    show_model("staged", "show at the end"),
    experiment="",
)


def remove(number: object, title: str = "", name: str = "shrinking") -> Step:
    return delete(f"{MV}/delete", {"name": name, "version": number}, title or f"delete {number}")


DELETE = group(
    "model versions delete",
    model("shrinking"),
    [create("shrinking", f"make {number}", tags=pairs(n=str(number))) for number in range(1, 5)],
    post("registered-models/alias", {"name": "shrinking", "alias": "champion", "version": "2"}, "alias"),
    move("2", "Production", "move 2", name="shrinking"),
    remove("2"),
    show("shrinking", 2, "show deleted"),
    uri_of("shrinking", 2),
    remove("2", "delete again"),
    get("registered-models/alias", {"name": "shrinking", "alias": "champion"}, "alias of deleted"),
    show_model("shrinking"),
    get(f"{MV}/search", {"filter": "name = 'shrinking'", "order_by": ["version_number"]}, "search"),
    get(f"{MV}/search", {"filter": "tags.n = '2'"}, "search by tag of deleted"),
    patch(f"{MV}/update", {"name": "shrinking", "version": "2", "description": "x"}, "update deleted"),
    post(f"{MV}/set-tag", {"name": "shrinking", "version": "2", "key": "a", "value": "1"}, "tag deleted"),
    post("registered-models/alias", {"name": "shrinking", "alias": "a", "version": "2"}, "alias for deleted"),
    move("2", "Staging", "move deleted", name="shrinking"),
    remove("4", "delete highest"),
    create("shrinking", "next after highest was deleted"),
    create("shrinking", "copy of deleted", source="models:/shrinking/2"),
    remove("9", "delete unknown"),
    remove("abc", "delete bad version"),
    remove(1, "delete number"),
    remove("1", "delete of unknown", name="unknown"),
    remove("1", "delete of bad name", name="a/b"),
    remove("abc", "delete bad version of bad name", name="a/b"),
    delete(f"{MV}/delete", {"name": "shrinking"}, "delete without version"),
    delete(f"{MV}/delete?name=shrinking&version=1", {}, "delete with a query alone"),
    [remove(number) for number in ("1", "3", "5")],
    show_model("shrinking", "show without versions"),
    create("shrinking", "next after all were deleted"),
    experiment="",
)


def set_tag(title: str, **body: object) -> Step:
    return post(f"{MV}/set-tag", {"name": "labelled", "version": "1", **body}, title)


def delete_tag(title: str, **body: object) -> Step:
    return delete(f"{MV}/delete-tag", {"name": "labelled", "version": "1", **body}, title)


TAGS = group(
    "model versions tags",
    model("labelled"),
    create("labelled", "make"),
    set_tag("set", key="a", value="1"),
    set_tag("set again", key="a", value="2"),
    set_tag("set empty", key="empty", value=""),
    set_tag("set without value", key="absent"),
    show("labelled", 1),
    [set_tag(f"set {key}", key=key, value="v") for key in ("a*b", "/a", "..", "k" * 250, "k" * 251, "", 5, None)],
    set_tag("set value of 100000", key="long", value="v" * 100_000),
    set_tag("set value of 100001", key="longer", value="v" * 100_001),
    set_tag("set prompt text of 100001", key="mlflow.prompt.text", value="v" * 100_001),
    set_tag("set a number", key="n", value=5),
    set_tag("set for unknown version", version="9", key="a", value="1"),
    set_tag("set for bad version", version="abc", key="a", value="1"),
    set_tag("set for unknown model", name="unknown", key="a", value="1"),
    set_tag("set bad key for bad version", version="abc", key="a*b", value="1"),
    set_tag("set bad key for unknown", name="unknown", key="a*b", value="1"),
    delete_tag("delete", key="a"),
    delete_tag("delete again", key="a"),
    delete_tag("delete bad key", key="a*b"),
    delete_tag("delete for unknown version", version="9", key="a"),
    delete_tag("delete for bad version", version="abc", key="a"),
    delete_tag("delete without key"),
    show("labelled", 1, "show after delete"),
    show_model("labelled"),
    experiment="",
)


def artifact(title: str, **query: object) -> Step:
    return get("/model-versions/get-artifact", query, title)


FILES = group(
    "model versions files",
    new_run("run"),
    new_model("logged", source_run_id="${run}"),
    model("with files"),
    put(
        "/api/2.0/mlflow-artifacts/artifacts/${experiment}/models/${logged}/artifacts/MLmodel",
        Raw(b"flavors: {}\n"),
        "upload file of the model",
    ),
    put(
        "/api/2.0/mlflow-artifacts/artifacts/${experiment}/${run}/artifacts/folder/a.txt",
        Raw(b"text\n"),
        "upload file of the run",
    ),
    create("with files", "of model", source="models:/${logged}", model_id="${logged}"),
    create("with files", "of run's files", source="mlflow-artifacts:/${experiment}/${run}/artifacts/folder", run_id="${run}"),
    create("with files", "of bucket"),
    artifact("file of model", name="with files", version="1", path="MLmodel"),
    artifact("file of run", name="with files", version="2", path="a.txt"),
    artifact("missing file", name="with files", version="1", path="nope"),
    artifact("path upwards", name="with files", version="1", path="../MLmodel"),
    artifact("without path", name="with files", version="1"),
    artifact("without version", name="with files", path="MLmodel"),
    artifact("without name", version="1", path="MLmodel"),
    artifact("unknown version", name="with files", version="9", path="MLmodel"),
    artifact("bad version", name="with files", version="abc", path="MLmodel"),
    artifact("unknown model", name="unknown", version="1", path="MLmodel"),
)

GROUPS = (CREATE, SOURCES, COPY, LOOK_UP, UPDATE, STAGES, DELETE, TAGS, FILES)

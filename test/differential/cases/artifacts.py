"""Artifacts: the proxy (PUT, GET, LIST, DELETE), the listings of runs and models, downloads."""

from dsl import Raw, call, delete, get, group, new_model, new_run, post, put

PROXY = "/api/2.0/mlflow-artifacts/artifacts"
ROOT = "${experiment}/${run}/artifacts"
UNKNOWN = "0123456789abcdef0123456789abcdef"
UPLOAD = "/ajax-api/2.0/mlflow/upload-artifact"


def store(path: str, content: bytes = b"hello\n", name: str = "", **options: object) -> object:
    return put(f"{PROXY}/{ROOT}/{path}", Raw(content), name or f"PUT {path}", **options)


def load(path: str, name: str = "", **headers: str) -> object:
    named = {key.replace("_", "-"): value for key, value in headers.items()}
    return get(f"{PROXY}/{ROOT}/{path}", None, name or f"GET {path}", headers=named)


def listing(path: str, name: str = "") -> object:
    return get(PROXY, f"path={ROOT}{path}", name or f"LIST {path}")


# Percent-encoded, as clients send them.
NAMES = (
    "plain.txt", "dir/nested.txt", "dir/deep/er.json", "a+b.txt", "a%2Bb.txt", "a%20b.txt",
    "%C3%A9%E6%BC%A2%F0%9F%8E%89.txt", "100%25.txt", "quote%22s.txt", "quote's.txt", "semi;colon.txt", "comma,.csv",
    "amp&.txt", "equals=.txt", "at@.txt", "colon:.txt", "back%5Cslash.txt", "star*.txt", "%5Bbracket%5D.txt",
    ".hidden", "no-extension", "MLmodel", "a.tar.gz", "img.png", "data.parquet", "page.html", "pic.svg", "script.js",
    "conf.yaml", "notes.md", "table.csv", "x.unknownext", "images/k+step+1+timestamp+2.png",
)  # fmt: skip

NAMED = group(
    "artifacts names",
    new_run("run"),
    [[store(name), load(name)] for name in NAMES],
    listing("", "LIST root"),
    listing("/dir", "LIST dir"),
    listing("%2Fdir%2Fdeep", "LIST encoded slashes"),
    listing("/images"),
    get("artifacts/list", {"run_id": "${run}"}, "list of the run"),
    get("artifacts/list", {"run_id": "${run}", "path": "dir"}, "list of a folder"),
    [delete(f"{PROXY}/{ROOT}/{name}", None, f"DELETE {name}") for name in ("a+b.txt", "a%20b.txt", "100%25.txt")],
    listing("", "LIST what stayed"),
)

RANGES = (
    "bytes=0-4", "bytes=5-", "bytes=-3", "bytes=0-0", "bytes=9-9", "bytes=5-100", "bytes=10-", "bytes=100-200",
    "bytes=4-2", "bytes=abc", "chars=0-4", "bytes=-0", "bytes=-100", "bytes= 0-4",
)  # fmt: skip

CONTENT = group(
    "artifacts content",
    new_run("run"),
    store("digits.bin", b"0123456789"),
    load("digits.bin", "whole"),
    [load("digits.bin", f"range {text}", Range=text) for text in RANGES],
    call("HEAD", f"{PROXY}/{ROOT}/digits.bin", "HEAD"),
    put(f"{PROXY}/{ROOT}/typed.txt", Raw(b"{}", "application/json"), "PUT with JSON type"),
    load("typed.txt"),
    put(f"{PROXY}/{ROOT}/form.txt", Raw(b"a=1", "application/x-www-form-urlencoded"), "PUT with form type"),
    load("form.txt"),
    put(f"{PROXY}/{ROOT}/chunked.bin", Raw(b"x" * 2500, None, is_chunked=True), "PUT chunked"),
    load("chunked.bin"),
    put(f"{PROXY}/{ROOT}/empty.txt", Raw(b"", None, is_chunked=True), "PUT empty, chunked"),
    load("empty.txt"),
    put(f"{PROXY}/{ROOT}/empty2.txt", Raw(b""), "PUT empty, with length"),
    load("empty2.txt"),
    load("empty.txt", "range of an empty one", Range="bytes=0-4"),
    store("binary.bin", bytes(range(256))),
    load("binary.bin"),
    store("digits.bin", b"other"),
    load("digits.bin", "overwritten"),
    store("digits.bin", b""),
    load("digits.bin", "overwritten by nothing"),
    listing("", "LIST sizes"),
    get("artifacts/list", {"run_id": "${run}"}, "list sizes"),
)

FILE_AND_FOLDER = group(
    "artifacts file and folder",
    new_run("run"),
    store("dir/one.txt"),
    store("top.txt"),
    store("top.txt/x", b"x", "PUT below a file"),
    store("dir", b"x", "PUT onto a folder"),
    load("top.txt", "GET the file"),
    load("dir/one.txt", "GET in the folder"),
    store("lone/x.txt"),
    delete(f"{PROXY}/{ROOT}/lone/x.txt", None, "DELETE the only file of a folder"),
    get("artifacts/list", {"run_id": "${run}"}, "list of emptied folders"),
)

PROXIED = group(
    "artifacts proxy",
    new_run("run"),
    store("dir/one.txt"),
    store("dir/sub/two.txt"),
    store("top.txt"),
    listing("/dir"),
    listing("/dir/", "LIST with slash"),
    listing("/top.txt", "LIST a file"),
    listing("/absent"),
    listing("/di", "LIST a prefix of a name"),
    get(PROXY, "path=absent-root", "LIST absent root"),
    load("absent.txt"),
    load("dir", "GET a folder"),
    load("dir/", "GET a folder with slash"),
    load("top.txt/x", "GET below a file"),
    store("slash/", b"x", "PUT with slash"),
    delete(f"{PROXY}/{ROOT}/dir/one.txt", None, "DELETE a file"),
    delete(f"{PROXY}/{ROOT}/dir/one.txt", None, "DELETE it again"),
    load("dir/one.txt", "GET deleted"),
    delete(f"{PROXY}/{ROOT}/dir", None, "DELETE a folder"),
    load("dir/sub/two.txt", "GET in a deleted folder"),
    listing("", "LIST what stayed"),
    delete(f"{PROXY}/{ROOT}/absent", None, "DELETE absent"),
    post(f"{PROXY}/{ROOT}/top.txt", {}, "POST a file"),
    put(PROXY, Raw(b"x"), "PUT no path"),
    delete(PROXY, None, "DELETE no path"),
    get(f"/ajax-api/2.0/mlflow-artifacts/artifacts/{ROOT}/top.txt", None, "GET by ajax"),
    get("/ajax-api/2.0/mlflow-artifacts/artifacts", f"path={ROOT}", "LIST by ajax"),
    get(f"/api/3.0/mlflow-artifacts/artifacts/{ROOT}/top.txt", None, "GET by 3.0"),
)


def of_run(name: str, query: object) -> object:
    return get("artifacts/list", query, name)  # type: ignore[arg-type]


LISTED = group(
    "artifacts of a run",
    new_run("run"),
    of_run("empty run", {"run_id": "${run}"}),
    store("b.txt", b"12345"),
    store("a/inner.txt", b"1"),
    store("a/deep/x.txt", b"12"),
    store("Z.txt", b""),
    of_run("root", {"run_id": "${run}"}),
    of_run("by run_uuid", {"run_uuid": "${run}"}),
    of_run("folder", {"run_id": "${run}", "path": "a"}),
    of_run("folder with slash", {"run_id": "${run}", "path": "a/"}),
    of_run("deep folder", {"run_id": "${run}", "path": "a/deep"}),
    of_run("a file", {"run_id": "${run}", "path": "b.txt"}),
    of_run("absent", {"run_id": "${run}", "path": "absent"}),
    of_run("path empty", {"run_id": "${run}", "path": ""}),
    of_run("token", {"run_id": "${run}", "page_token": "x"}),
    of_run("run unknown", {"run_id": UNKNOWN}),
    of_run("run missing", {"path": "a"}),
    get("/get-artifact", {"run_id": "${run}", "path": "b.txt"}, "get-artifact"),
    get("/get-artifact", {"run_uuid": "${run}", "path": "a/deep/x.txt"}, "get-artifact by run_uuid"),
    get("/get-artifact", {"run_id": "${run}", "path": "absent.txt"}, "get-artifact absent"),
    get("/get-artifact", {"run_id": "${run}", "path": "a"}, "get-artifact of a folder"),
    get("/get-artifact", {"run_id": "${run}", "path": ""}, "get-artifact of nothing"),
    get("/get-artifact", {"run_id": "${run}"}, "get-artifact without path"),
    get("/get-artifact", {"path": "b.txt"}, "get-artifact without run"),
    get("/get-artifact", {"run_id": UNKNOWN, "path": "b.txt"}, "get-artifact of an unknown run"),
    get("/get-artifact", {"run_id": "${run}", "path": "b.txt"}, "get-artifact range", headers={"Range": "bytes=1-2"}),
    get("/ajax-api/2.0/mlflow/get-artifact", {"run_id": "${run}", "path": "b.txt"}, "get-artifact by ajax"),
    post("/get-artifact", {"run_id": "${run}", "path": "b.txt"}, "get-artifact by POST"),
    post(f"{UPLOAD}?run_uuid=${{run}}&path=up/loaded.txt", Raw(b"up", "text/plain"), "upload-artifact"),
    get("/get-artifact", {"run_id": "${run}", "path": "up/loaded.txt"}, "get what was uploaded"),
    post(f"{UPLOAD}?run_uuid=${{run}}&path=up/json.json", Raw(b"{}", "application/json"), "upload-artifact as JSON"),
    post(f"{UPLOAD}?run_uuid=${{run}}&path=up/none.txt", Raw(b"", "text/plain"), "upload-artifact of nothing"),
    post(f"{UPLOAD}?run_uuid=${{run}}", Raw(b"up", "text/plain"), "upload-artifact without path"),
    post(f"{UPLOAD}?path=x.txt", Raw(b"up", "text/plain"), "upload-artifact without run"),
    post(f"{UPLOAD}?run_uuid=${{run}}&path=../x.txt", Raw(b"up", "text/plain"), "upload-artifact hostile"),
    post(f"{UPLOAD}?run_uuid={UNKNOWN}&path=x.txt", Raw(b"up", "text/plain"), "upload-artifact of an unknown run"),
    of_run("after the uploads", {"run_id": "${run}", "path": "up"}),
)

MODEL_ROOT = f"{PROXY}/${{experiment}}/models/${{model}}/artifacts"
DIRECTORIES = "logged-models/${model}/artifacts/directories"
FILES = "/ajax-api/2.0/mlflow/logged-models/${model}/artifacts/files"

OF_MODELS = group(
    "artifacts of a model",
    new_model("model"),
    get(DIRECTORIES, None, "empty model"),
    put(f"{MODEL_ROOT}/MLmodel", Raw(b"flavors: {}\n"), "PUT MLmodel"),
    put(f"{MODEL_ROOT}/code/a.py", Raw(b"pass\n"), "PUT code"),
    get(DIRECTORIES, None, "root"),
    get(DIRECTORIES, {"artifact_directory_path": "code"}, "folder"),
    get(DIRECTORIES, {"artifact_directory_path": "code/"}, "folder with slash"),
    get(DIRECTORIES, {"artifact_directory_path": "MLmodel"}, "a file"),
    get(DIRECTORIES, {"artifact_directory_path": "absent"}, "absent"),
    get(DIRECTORIES, {"artifact_directory_path": "../.."}, "hostile"),
    get(DIRECTORIES, {"artifact_directory_path": ""}, "path empty"),
    get("logged-models/m-0123456789abcdef0123456789abcdef/artifacts/directories", None, "model unknown"),
    get(FILES, {"artifact_file_path": "MLmodel"}, "file"),
    get(FILES, {"artifact_file_path": "code/a.py"}, "nested file"),
    get(FILES, {"artifact_file_path": "absent"}, "file absent"),
    get(FILES, {"artifact_file_path": "../x"}, "file hostile"),
    get(FILES, {"artifact_file_path": "code"}, "file is a folder"),
    get(FILES, None, "file path missing"),
    get(FILES.replace("${model}", "m-0123456789abcdef0123456789abcdef"), {"artifact_file_path": "x"}, "file of an unknown model"),
    get(FILES.replace("/ajax-api", "/api"), {"artifact_file_path": "MLmodel"}, "file below api"),
)

MULTIPART = group(
    "artifacts multipart",
    new_run("run"),
    store("there.txt"),
    post(f"/api/2.0/mlflow-artifacts/mpu/create/{ROOT}", {"path": "/home/me/big.bin", "num_parts": 2}, "create"),
    post(f"/api/2.0/mlflow-artifacts/mpu/complete/{ROOT}", {"path": "big.bin", "upload_id": "u", "parts": []}, "complete unknown"),
    post(f"/api/2.0/mlflow-artifacts/mpu/abort/{ROOT}", {"path": "big.bin", "upload_id": "u"}, "abort unknown"),
    post("/api/2.0/mlflow-artifacts/mpu/create/../x", {"path": "big.bin", "num_parts": 2}, "create hostile"),
    post(f"/api/2.0/mlflow-artifacts/mpu/create/{ROOT}", {"path": "big.bin"}, "create without parts"),
    post(f"/api/2.0/mlflow-artifacts/mpu/create/{ROOT}", {"num_parts": 2}, "create without path"),
    get(f"/api/2.0/mlflow-artifacts/presigned/{ROOT}/there.txt", None, "presigned"),
    get(f"/api/2.0/mlflow-artifacts/presigned/{ROOT}/absent.txt", None, "presigned absent"),
    get("/api/2.0/mlflow-artifacts/presigned/../x", None, "presigned hostile"),
    post("artifacts/presigned-upload-url", {"run_id": "${run}", "path": "x.txt"}, "presigned upload"),
    post("artifacts/presigned-upload-url", {"run_id": "${run}"}, "presigned upload without path"),
    post("artifacts/presigned-upload-url", {"path": "x.txt"}, "presigned upload without run"),
    post("artifacts/presigned-upload-url", {"run_id": "${run}", "path": "../x"}, "presigned upload hostile"),
    post("artifacts/presigned-download-url", {"run_id": "${run}", "path": "there.txt"}, "presigned download"),
    post("artifacts/presigned-download-url", {"run_id": "${run}"}, "presigned download without path"),
    post("artifacts/presigned-download-url", {"run_id": UNKNOWN, "path": "x"}, "presigned download of an unknown run"),
    post("artifacts/presigned-download-url", {"run_id": "${run}", "path": "../x"}, "presigned download hostile"),
    post("artifacts/presigned-download-url", {"run_id": "${run}", "path": "x", "expiration": 0}, "presigned download for no time"),
    post("artifacts/presigned-download-url", {"run_id": "${run}", "path": "x", "expiration": 604801}, "presigned download for long"),
    post("artifacts/presigned-download-url", {"run_id": "${run}", "path": "x", "expiration": "a"}, "presigned download for a word"),
    post("artifacts/presigned-upload-url", {"run_id": "${run}", "model_id": "m", "path": "x"}, "presigned upload of both"),
    post("artifacts/presigned-upload-url", {"run_id": UNKNOWN, "path": "x"}, "presigned upload of an unknown run"),
    post("artifacts/presigned-upload-url", {"model_id": "m-" + UNKNOWN, "path": "x"}, "presigned upload of an unknown model"),
    post(f"/api/2.0/mlflow-artifacts/mpu/complete/{ROOT}", {"upload_id": "u", "parts": []}, "complete without path"),
    post(f"/api/2.0/mlflow-artifacts/mpu/abort/{ROOT}", {"upload_id": "u"}, "abort without path"),
    post("/ajax-api/2.0/mlflow-artifacts/mpu/create/%2e%2e%2fx", {"path": "big.bin", "num_parts": 2}, "create hostile by ajax"),
)

GROUPS = (NAMED, CONTENT, FILE_AND_FOLDER, PROXIED, LISTED, OF_MODELS, MULTIPART)

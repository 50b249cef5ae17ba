"""Routes: prefixes, methods, slashes."""

from dsl import call, get, group, new_run, post

SEARCH = {"max_results": 1, "filter": "name = 'diff routes'"}

ROUTES = group(
    "routes",
    new_run("run"),
    [get(path) for path in ("/api/2.0/mlflow/nothing", "/api/2.0/mlflow", "/api/2.0", "/api", "/nothing", "/ajax-api/2.0/mlflow/nothing", "/api/1.0/mlflow/runs/get", "/api/4.0/mlflow/runs/get", "/API/2.0/mlflow/runs/get", "/api/2.0/preview/mlflow/runs/get", "/api/2.0/mlflow/RUNS/get")],
    post("/api/2.0/mlflow/nothing", {}, "POST nothing"),
    [post(f"{prefix}/mlflow/experiments/search", SEARCH, f"search below {prefix}") for prefix in ("/api/2.0", "/ajax-api/2.0", "/api/3.0", "/ajax-api/3.0", "/api/2.0/preview")],
    [get(f"{prefix}/mlflow/runs/get", {"run_id": "${run}"}, f"run below {prefix}") for prefix in ("/api/2.0", "/ajax-api/2.0", "/api/3.0", "/ajax-api/3.0")],
    [call(method, "runs/get", f"{method} runs/get") for method in ("POST", "PUT", "PATCH", "DELETE", "HEAD")],
    [call(method, "runs/create", f"{method} runs/create") for method in ("GET", "PUT", "PATCH", "DELETE", "HEAD")],
    [call(method, "logged-models/search", f"{method} logged-models/search") for method in ("GET", "PUT", "DELETE")],
    call("GET", "logged-models", "GET logged-models"),
    call("PATCH", "experiments/update", "PATCH experiments/update"),
    get("runs/get/", {"run_id": "${run}"}, "trailing slash"),
    post("experiments/search/", SEARCH, "trailing slash in POST"),
    get("/api/2.0/mlflow//runs/get", {"run_id": "${run}"}, "double slash inside"),
    get("//api/2.0/mlflow/runs/get", {"run_id": "${run}"}, "double slash in front"),
    post("/api/2.0//mlflow/experiments/search", SEARCH, "double slash in POST"),
    get("/api/2.0/mlflow/./runs/get", {"run_id": "${run}"}, "dot segment"),
    get("/api/2.0/mlflow/runs%2Fget", {"run_id": "${run}"}, "encoded slash"),
    get("/api/2.0/mlflow/runs/g%65t", {"run_id": "${run}"}, "encoded letter"),
    get("runs/get?", None, "empty query"),
    get("runs/get", "run_id=${run}&", "trailing ampersand"),
    get("runs/get", "run_id=${run}&&x", "name without value"),
    get("runs/get", "run_id=%zz", "bad escape"),
    get("runs/get", "run_id=%ff", "escape that is not UTF-8"),
)

GROUPS = (ROUTES,)

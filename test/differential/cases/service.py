"""What the server says of itself."""

from dsl import call, get, group, post

SERVICE = group(
    "service",
    get("/health"),
    get("/version"),
    get("/api/3.0/mlflow/server-info"),
    get("/ajax-api/3.0/mlflow/server-info"),
    get("/api/2.0/mlflow/server-info"),
    get("/server-features"),
    get("/ajax-api/3.0/mlflow/ui-telemetry"),
    get("/ajax-api/2.0/mlflow/gateway-proxy", {"gateway_path": "api/2.0/endpoints"}),
    get("/api/2.0/mlflow/users/current"),
    call("HEAD", "/health"),
    post("/health", {}),
    post("/version", {}),
    experiment="",
)

GROUPS = (SERVICE,)

"""All groups of cases, in the order they are played."""

from cases import (
    artifacts,
    experiment_search,
    experiments,
    inputs,
    json_bodies,
    log_batch,
    logged_model_search,
    logged_models,
    metric_history,
    metrics,
    params,
    routes,
    run_search,
    runs,
    service,
    tags,
)

GROUPS = (
    *service.GROUPS,
    *experiments.GROUPS,
    *experiment_search.GROUPS,
    *runs.GROUPS,
    *run_search.GROUPS,
    *params.GROUPS,
    *tags.GROUPS,
    *metrics.GROUPS,
    *metric_history.GROUPS,
    *log_batch.GROUPS,
    *inputs.GROUPS,
    *logged_models.GROUPS,
    *logged_model_search.GROUPS,
    *artifacts.GROUPS,
    *json_bodies.GROUPS,
    *routes.GROUPS,
)

/** Metrics in one log-batch (MLflow: utils/validation.py, MAX_METRICS_PER_BATCH). */
export const MAX_METRICS_PER_BATCH = 1000;

/** Params in one log-batch (MLflow: utils/validation.py, MAX_PARAMS_TAGS_PER_BATCH). */
export const MAX_PARAMS_PER_BATCH = 100;

/** Tags in one log-batch (MLflow: utils/validation.py, MAX_PARAMS_TAGS_PER_BATCH). */
export const MAX_TAGS_PER_BATCH = 100;

/** Metrics, params and tags together in one log-batch (MLflow: utils/validation.py, MAX_ENTITIES_PER_BATCH). */
export const MAX_ENTITIES_PER_BATCH = 1000;

/** Characters of a metric, param or tag key (MLflow: utils/validation.py, MAX_ENTITY_KEY_LENGTH). */
export const MAX_KEY_LENGTH = 250;

/** Characters of a param value; the rest is cut off (MLflow: utils/validation.py, MAX_PARAM_VAL_LENGTH). */
export const MAX_PARAM_VALUE_LENGTH = 6000;

/** Characters of a run tag's value; the rest is cut off (MLflow: utils/validation.py, MAX_TAG_VAL_LENGTH). */
export const MAX_RUN_TAG_VALUE_LENGTH = 8000;

/** Characters of an experiment tag's value; more is refused (MLflow: utils/validation.py, MAX_EXPERIMENT_TAG_VAL_LENGTH). */
export const MAX_EXPERIMENT_TAG_VALUE_LENGTH = 20_000;

/** Custom views of one experiment (MLflow: utils/validation.py, MAX_CUSTOM_VIEWS_PER_EXPERIMENT). */
export const MAX_CUSTOM_VIEWS_PER_EXPERIMENT = 50;

/** Characters of a trace archival duration (MLflow: utils/validation.py, MAX_TRACE_ARCHIVAL_RETENTION_LENGTH). */
export const MAX_TRACE_ARCHIVAL_RETENTION_LENGTH = 32;

/** Characters of an experiment's name (MLflow: utils/validation.py, MAX_EXPERIMENT_NAME_LENGTH). */
export const MAX_EXPERIMENT_NAME_LENGTH = 500;

/** Characters of an artifact location (MLflow: environment_variables.py, MLFLOW_ARTIFACT_LOCATION_MAX_LENGTH's default). */
export const MAX_ARTIFACT_LOCATION_LENGTH = 2048;

/** Results of one page of a search for runs or experiments (MLflow: store/tracking, SEARCH_MAX_RESULTS_THRESHOLD). */
export const MAX_SEARCH_RESULTS = 50_000;

/** Runs of one bulk history request (MLflow: server/handlers.py, MAX_RUNS_GET_METRIC_HISTORY_BULK). */
export const MAX_HISTORY_RUNS = 100;

/** Points of one bulk history answer, all runs together (MLflow: server/handlers.py, MAX_HISTORY_RESULTS). */
export const MAX_HISTORY_RESULTS = 25_000;

/** Points per run of a sampled history (MLflow: server/handlers.py, MAX_RESULTS_PER_RUN). */
export const MAX_SAMPLED_RESULTS = 2500;

/** Metrics of one request for chart series; Tracklet's own, as are the limits of their points. */
export const MAX_CHART_METRICS = 10;

/** Points of one chart series when the request does not say, as many as MLflow's own charts ask for. */
export const DEFAULT_CHART_POINTS = 320;

/** Points of one chart series at most. */
export const MAX_CHART_POINTS = 2500;

/** Points of all chart series of one answer: about 5 MB, of the 6 that a Lambda function can answer. */
export const MAX_CHART_POINTS_IN_ALL = 100_000;

/** Characters of a dataset's name (MLflow: utils/validation.py, MAX_DATASET_NAME_SIZE). */
export const MAX_DATASET_NAME_LENGTH = 500;

/** Characters of a dataset's digest (MLflow: utils/validation.py, MAX_DATASET_DIGEST_SIZE). */
export const MAX_DATASET_DIGEST_LENGTH = 36;

/** Characters of a dataset's source (MLflow: utils/validation.py, MAX_DATASET_SOURCE_SIZE). */
export const MAX_DATASET_SOURCE_LENGTH = 65_535;

/** Characters of a dataset's schema (MLflow: utils/validation.py, MAX_DATASET_SCHEMA_SIZE). */
export const MAX_DATASET_SCHEMA_LENGTH = 1_048_575;

/** Characters of a dataset's profile (MLflow: utils/validation.py, MAX_DATASET_PROFILE_SIZE). */
export const MAX_DATASET_PROFILE_LENGTH = 16_777_215;

/** Characters of an input tag's key (MLflow: utils/validation.py, MAX_INPUT_TAG_KEY_SIZE). */
export const MAX_INPUT_TAG_KEY_LENGTH = 255;

/** Characters of an input tag's value (MLflow: utils/validation.py, MAX_INPUT_TAG_VALUE_SIZE). */
export const MAX_INPUT_TAG_VALUE_LENGTH = 500;

/** Experiments of one search for datasets (MLflow: server/handlers.py, MAX_EXPERIMENT_IDS_PER_REQUEST). */
export const MAX_DATASET_SEARCH_EXPERIMENTS = 20;

/** Summaries in the answer of a search for datasets (MLflow: sqlalchemy_store.py, MAX_DATASET_SUMMARIES_RESULTS). */
export const MAX_DATASET_SUMMARIES = 1000;

/** Parts of one upload (AWS: Amazon S3 multipart upload limits). */
export const MAX_UPLOAD_PARTS = 10_000;

/** Logged models of a page when the request does not say (MLflow: protos/service.proto, SearchLoggedModels.max_results). */
export const DEFAULT_LOGGED_MODEL_RESULTS = 50;

/** Logged models of a page at most; Tracklet's own, MLflow knows no bound here. */
export const MAX_LOGGED_MODEL_RESULTS = 1000;

/** Ids that one garbage collection may name, a limit of ours: each is looked at before the first is removed. */
export const MAX_COLLECTED_IDS = 1000;

/** Characters of a registered model's name (MLflow: dbmodels/models.py, SqlRegisteredModel.name; SQLite alone does not mind). */
export const MAX_REGISTERED_MODEL_NAME_LENGTH = 256;

/** Characters of a registry tag's value (MLflow: utils/validation.py, MAX_MODEL_REGISTRY_TAG_VALUE_LENGTH). */
export const MAX_REGISTRY_TAG_VALUE_LENGTH = 100_000;

/** Characters of an alias (MLflow: utils/validation.py, MAX_REGISTERED_MODEL_ALIAS_LENGTH). */
export const MAX_ALIAS_LENGTH = 255;

/** Registered models of a page when the request does not say (MLflow: model_registry.proto, SearchRegisteredModels.max_results). */
export const DEFAULT_REGISTERED_MODEL_RESULTS = 100;

/** Registered models of a page at most (MLflow: SEARCH_REGISTERED_MODEL_MAX_RESULTS_THRESHOLD). */
export const MAX_REGISTERED_MODEL_RESULTS = 1000;

/** Model versions of a page at most, and when the request does not say (MLflow: SEARCH_MODEL_VERSION_MAX_RESULTS_THRESHOLD). */
export const MAX_MODEL_VERSION_RESULTS = 200_000;

/** Webhooks of a page when the request does not say (MLflow: webhooks.proto, ListWebhooks.max_results). */
export const DEFAULT_WEBHOOK_RESULTS = 100;

/** Webhooks of a page at most (MLflow: sqlalchemy_store.py, list_webhooks). */
export const MAX_WEBHOOK_RESULTS = 1000;

/** Nodes of a lineage when the request does not say, a limit of ours. */
export const DEFAULT_LINEAGE_NODES = 200;

/** Nodes of a lineage at most, a limit of ours: each is read by itself. */
export const MAX_LINEAGE_NODES = 1000;

/** Rules of one promotion policy, a limit of ours, as are all that follow: a refusal names each demand that is not met. */
export const MAX_POLICY_RULES = 20;

/** Metrics of one rule, and tags of one rule. */
export const MAX_RULE_DEMANDS = 20;

/** Aliases of one rule, and protected aliases of one policy. */
export const MAX_GATED_ALIASES = 50;

/** Characters of a tag's value that a rule wants. */
export const MAX_POLICY_TAG_VALUE_LENGTH = 1000;

/** Approvals that one rule wants. */
export const MAX_APPROVALS = 20;

/** Users, and roles, who may approve by one rule. */
export const MAX_APPROVERS = 100;

/** Characters of a comment on a promotion. */
export const MAX_PROMOTION_COMMENT_LENGTH = 2000;

/** Reviews of one promotion request: all of them are kept. */
export const MAX_REVIEWS = 500;

/** Promotion requests, policies or promotions of a page when the request does not say. */
export const DEFAULT_PROMOTION_RESULTS = 100;

/** Promotion requests, policies or promotions of a page at most. */
export const MAX_PROMOTION_RESULTS = 1000;

/** Keys or values of one answer that tells in how many runs they are, a limit of ours: each key is a column to read. */
export const MAX_COUNTED_RESULTS = 1000;

/** Keys or values of one answer when the request does not say, a limit of ours. */
export const DEFAULT_COUNTED_RESULTS = 100;

/** Saved views of a page at most, and when the request does not say; a limit of ours. */
export const MAX_VIEW_RESULTS = 1000;

/** Experiments that a saved view shows at most, a limit of ours. */
export const MAX_VIEW_EXPERIMENTS = 100;

/** Characters of a saved view's name, a limit of ours. */
export const MAX_VIEW_NAME_LENGTH = 250;

/** Bytes of a saved view's state, a limit of ours: it must fit an item of the table. */
export const MAX_VIEW_STATE_BYTES = 65_536;

/**
 * Which fields of which operations are looked at: paths of texts in the decoded message, `[]` for each item of a list. The
 * key of a text is the `key` beside it, or else the name of the field.
 */
export const REDACTED_FIELDS: Readonly<Record<string, readonly string[]>> = {
  'POST /mlflow/experiments/create': ['tags[].value'],
  'POST /mlflow/experiments/set-experiment-tag': ['value'],
  'POST /mlflow/runs/create': ['run_name', 'tags[].value'],
  'POST /mlflow/runs/update': ['run_name'],
  'POST /mlflow/runs/log-parameter': ['value'],
  'POST /mlflow/runs/set-tag': ['value'],
  'POST /mlflow/runs/log-batch': ['params[].value', 'tags[].value'],
  'POST /mlflow/runs/log-inputs': ['datasets[].dataset.source', 'datasets[].tags[].value'],
  'POST /mlflow/logged-models': ['params[].value', 'tags[].value'],
  'PATCH /mlflow/logged-models/:model_id/tags': ['tags[].value'],
  'POST /mlflow/logged-models/:path_model_id/params': ['params[].value'],
  'POST /mlflow/registered-models/create': ['description', 'tags[].value'],
  'PATCH /mlflow/registered-models/update': ['description'],
  'POST /mlflow/registered-models/set-tag': ['value'],
  'POST /mlflow/model-versions/create': ['description', 'tags[].value'],
  'PATCH /mlflow/model-versions/update': ['description'],
  'POST /mlflow/model-versions/set-tag': ['value'],
  'POST /tracklet/promotions/requests': ['comment'],
  'POST /tracklet/promotions/requests/:request_id/review': ['comment'],
  'POST /tracklet/promotions/requests/:request_id/withdraw': ['comment'],
  'POST /tracklet/promotions/requests/:request_id/promote': ['comment'],
  'POST /tracklet/promotions/rollback': ['comment'],
};

import { PASSWORD } from '../../support/guarded-app.ts';

/** What the tests act on. */
export interface Subjects {
  readonly experimentId: string;
  readonly experimentName: string;
  readonly runId: string;
  readonly modelId: string;
  /** Of somebody who is not among the callers. */
  readonly requestId: string;
}

/**
 * Who gets in, written down apart from the table of requirements:
 *
 * | kind | who |
 * | everybody | also who did not sign in |
 * | users | who signed in |
 * | makers | who signed in, but by a token that only reads or is limited |
 * | READ, EDIT, MANAGE | who has this level, or a higher one, on the experiment |
 * | model READ … | the same on the registered model, which a token limited to experiments or other models has not |
 * | model reviewers | who may read the model, but by a token that only reads or is limited |
 * | model withdrawers | who manages the model, but by a token that is limited |
 * | owners | who manages the experiment, and changes permissions: not by a token that gives less than MANAGE or is limited |
 * | model owners | the same of the registered model |
 * | oneself | the user `somebody`, who is asked about, and admins |
 * | governors | who signed in, but by a token that gives less than MANAGE or is limited |
 * | EDIT everywhere | admins, also by a token that lets them EDIT and is not limited |
 * | admins | admins, by password or an ADMIN token |
 */
export type Admitted =
  | 'everybody'
  | 'users'
  | 'makers'
  | 'READ'
  | 'EDIT'
  | 'MANAGE'
  | 'model READ'
  | 'model EDIT'
  | 'model MANAGE'
  | 'model reviewers'
  | 'model withdrawers'
  | 'owners'
  | 'model owners'
  | 'oneself'
  | 'governors'
  | 'EDIT everywhere'
  | 'admins';

export interface Case {
  readonly call: string;
  /** Of a GET the query, else the body. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly admitted: Admitted;
}

/** One case of each operation, under its method and path as the operations declare it without a prefix. */
export const casesOf = ({
  experimentId,
  experimentName,
  runId,
  modelId,
  requestId,
}: Subjects): Readonly<Record<string, Case>> => {
  const experiment = { experiment_id: experimentId };
  const run = { run_id: runId };
  const aboutSomebody = { username: 'somebody' };
  const somebodysExperiment = { ...aboutSomebody, resource_type: 'experiment', resource_id: experimentId };
  const at = (version: '2.0' | '3.0', path: string) => `/api/${version}/mlflow/${path}`;
  const get = (path: string, fields: object, admitted: Admitted, version: '2.0' | '3.0' = '2.0') =>
    [`GET /mlflow/${path}`, { call: at(version, path), fields: { ...fields }, admitted }] as const;
  const send = (method: string, path: string, fields: object, admitted: Admitted, version: '2.0' | '3.0' = '2.0') =>
    [`${method} /mlflow/${path}`, { call: at(version, path), fields: { ...fields }, admitted }] as const;
  const post = (path: string, fields: object, admitted: Admitted, version: '2.0' | '3.0' = '2.0') =>
    send('POST', path, fields, admitted, version);
  const odd = (place: string, call: string, fields: object, admitted: Admitted) =>
    [place, { call, fields: { ...fields }, admitted }] as const;
  const ajax = (path: string) => `/ajax-api/2.0/mlflow/${path}`;
  const model = `logged-models/${modelId}`;
  const file = `${experimentId}/${runId}/artifacts/a.txt`;
  const proxied = (way: string) => `/api/2.0/mlflow-artifacts/${way}/${file}`;
  const inParts = (verb: string) => `/api/2.0/mlflow-artifacts/mpu/${verb}`;
  const parts = { parts: [{ part_number: 1, etag: 'x' }] };
  const ownTracklet = (path: string) => `/api/2.0/tracklet/${path}`;
  const noView = `views/${experimentId}-0123456789abcdef`;
  const ofRunName = { experiment_ids: [experimentId], kind: 'ATTRIBUTE', key: 'run_name' };
  const role = { role_id: 1 };
  const named = { name: 'm' };
  const events = [{ entity: 'MODEL_VERSION', action: 'CREATED' }];
  const hook = { name: 'hook', url: 'https://hooks.example.org/a', events };
  const version = { name: 'm', version: '1' };
  return Object.fromEntries<Case>([
    odd('GET /health', '/health', {}, 'everybody'),
    odd('GET /version', '/version', {}, 'everybody'),
    get('server-info', {}, 'everybody', '3.0'),
    odd('GET /tracklet/whoami', ownTracklet('whoami'), {}, 'users'),
    odd('GET /tracklet/session', ownTracklet('session'), {}, 'everybody'),
    odd('POST /tracklet/session', ownTracklet('session'), { username: 'somebody', password: PASSWORD }, 'everybody'),
    odd('DELETE /tracklet/session', ownTracklet('session'), {}, 'everybody'),
    odd('GET /tracklet/oidc/login', ownTracklet('oidc/login'), {}, 'everybody'),
    odd('GET /tracklet/oidc/callback', ownTracklet('oidc/callback'), {}, 'everybody'),

    post('experiments/create', { name: 'x' }, 'makers'),
    get('experiments/get', experiment, 'READ'),
    get('experiments/get-by-name', { experiment_name: experimentName }, 'READ'),
    post('experiments/search', { max_results: 10 }, 'users'),
    get('experiments/search', { max_results: 10 }, 'users'),
    post('experiments/delete', experiment, 'MANAGE'),
    post('experiments/restore', experiment, 'MANAGE'),
    post('experiments/update', { ...experiment, new_name: 'x' }, 'EDIT'),
    post('experiments/set-experiment-tag', { ...experiment, key: 'k', value: 'v' }, 'EDIT'),
    post('experiments/delete-experiment-tag', { ...experiment, key: 'k' }, 'EDIT'),
    odd(
      'POST /mlflow/experiments/search-datasets',
      ajax('experiments/search-datasets'),
      { experiment_ids: [experimentId] },
      'READ',
    ),

    post('runs/create', experiment, 'EDIT'),
    get('runs/get', run, 'READ'),
    post('runs/update', run, 'EDIT'),
    post('runs/delete', run, 'MANAGE'),
    post('runs/restore', run, 'MANAGE'),
    post('runs/search', { experiment_ids: [experimentId] }, 'users'),
    post('runs/log-metric', { ...run, key: 'm', value: 1, timestamp: 1 }, 'EDIT'),
    post('runs/log-batch', run, 'EDIT'),
    post('runs/log-parameter', { ...run, key: 'p', value: 'v' }, 'EDIT'),
    post('runs/set-tag', { ...run, key: 't', value: 'v' }, 'EDIT'),
    post('runs/delete-tag', { ...run, key: 't' }, 'EDIT'),
    post('runs/log-inputs', run, 'EDIT'),
    post('runs/outputs', { ...run, models: [] }, 'EDIT'),
    post('runs/log-model', { ...run, model_json: '{}' }, 'EDIT'),

    get('metrics/get-history', { ...run, metric_key: 'm' }, 'READ'),
    odd('GET /mlflow/metrics/get-history-bulk', ajax('metrics/get-history-bulk'), { ...run, metric_key: 'm' }, 'READ'),
    get('metrics/get-history-bulk-interval', { run_ids: [runId], metric_key: 'm' }, 'READ'),
    odd(
      'GET /tracklet/metrics/sample',
      ownTracklet('metrics/sample'),
      { run_ids: [runId], metric_keys: ['m'] },
      'READ',
    ),
    odd(
      'POST /tracklet/metrics/sample',
      ownTracklet('metrics/sample'),
      { run_ids: [runId], metric_keys: ['m'] },
      'READ',
    ),

    post('logged-models', experiment, 'EDIT'),
    post('logged-models/search', { experiment_ids: [experimentId] }, 'users'),
    odd('GET /mlflow/logged-models/:model_id', at('2.0', model), {}, 'READ'),
    odd(
      'PATCH /mlflow/logged-models/:path_model_id',
      at('2.0', model),
      { model_id: modelId, status: 'LOGGED_MODEL_READY' },
      'EDIT',
    ),
    odd('DELETE /mlflow/logged-models/:model_id', at('2.0', model), {}, 'MANAGE'),
    odd('PATCH /mlflow/logged-models/:model_id/tags', at('2.0', `${model}/tags`), { tags: [] }, 'EDIT'),
    odd('DELETE /mlflow/logged-models/:model_id/tags/:tag_key', at('2.0', `${model}/tags/t`), {}, 'MANAGE'),
    odd(
      'POST /mlflow/logged-models/:path_model_id/params',
      at('2.0', `${model}/params`),
      { model_id: modelId, params: [] },
      'EDIT',
    ),
    odd(
      'GET /mlflow/logged-models/:model_id/artifacts/directories',
      at('2.0', `${model}/artifacts/directories`),
      {},
      'READ',
    ),
    odd(
      'GET /mlflow/logged-models/:model_id/artifacts/files',
      ajax(`${model}/artifacts/files`),
      { artifact_file_path: 'f' },
      'READ',
    ),

    get('artifacts/list', run, 'READ'),
    odd('GET /get-artifact', '/get-artifact', { ...run, path: 'a.txt' }, 'READ'),
    odd('POST /mlflow/upload-artifact', `${ajax('upload-artifact')}?run_uuid=${runId}&path=a.txt`, {}, 'EDIT'),
    odd('GET /mlflow-artifacts/artifacts', '/api/2.0/mlflow-artifacts/artifacts', { path: experimentId }, 'READ'),
    odd('GET /mlflow-artifacts/artifacts/:artifact_path{.+}', proxied('artifacts'), {}, 'READ'),
    odd('PUT /mlflow-artifacts/artifacts/:artifact_path{.+}', proxied('artifacts'), {}, 'EDIT'),
    odd('DELETE /mlflow-artifacts/artifacts/:artifact_path{.+}', proxied('artifacts'), {}, 'MANAGE'),
    odd('GET /mlflow-artifacts/presigned/:artifact_path{.+}', proxied('presigned'), {}, 'READ'),
    odd('POST /mlflow-artifacts/mpu/create', inParts('create'), { path: 'a', num_parts: 1 }, 'EDIT everywhere'),
    odd(
      'POST /mlflow-artifacts/mpu/complete',
      inParts('complete'),
      { path: 'a', upload_id: 'x', ...parts },
      'EDIT everywhere',
    ),
    odd('POST /mlflow-artifacts/mpu/abort', inParts('abort'), { path: 'a', upload_id: 'x' }, 'EDIT everywhere'),
    odd(
      'POST /mlflow-artifacts/mpu/create/:artifact_path{.*}',
      proxied('mpu/create'),
      { path: 'a', num_parts: 1 },
      'EDIT',
    ),
    odd(
      'POST /mlflow-artifacts/mpu/complete/:artifact_path{.*}',
      proxied('mpu/complete'),
      { path: 'a', upload_id: 'x', ...parts },
      'EDIT',
    ),
    odd(
      'POST /mlflow-artifacts/mpu/abort/:artifact_path{.*}',
      proxied('mpu/abort'),
      { path: 'a', upload_id: 'x' },
      'EDIT',
    ),
    post('artifacts/presigned-download-url', { ...run, path: 'f' }, 'READ'),
    post('artifacts/presigned-upload-url', { ...run, path: 'f' }, 'EDIT'),
    odd('GET /artifacts/:artifact_path{.+}', `/artifacts/${file}`, {}, 'READ'),
    odd('POST /tracklet/runs/count', ownTracklet('runs/count'), { experiment_ids: [experimentId] }, 'users'),
    odd('POST /tracklet/runs/keys', ownTracklet('runs/keys'), { experiment_ids: [experimentId] }, 'users'),
    odd('POST /tracklet/runs/values', ownTracklet('runs/values'), ofRunName, 'users'),
    odd('POST /tracklet/views', ownTracklet('views'), { ...experiment, name: 'v', state: '{}' }, 'READ'),
    odd('GET /tracklet/views', ownTracklet('views'), experiment, 'READ'),
    odd('GET /tracklet/views/:view_id', ownTracklet(noView), {}, 'READ'),
    odd('PATCH /tracklet/views/:view_id', ownTracklet(noView), { name: 'v' }, 'READ'),
    odd('DELETE /tracklet/views/:view_id', ownTracklet(noView), {}, 'READ'),
    odd('POST /tracklet/gc', ownTracklet('gc'), { dry_run: true }, 'admins'),
    odd('GET /tracklet/lineage', ownTracklet('lineage'), run, 'READ'),
    odd('GET /mlflow/webhooks', at('2.0', 'webhooks'), {}, 'admins'),
    odd('POST /mlflow/webhooks', at('2.0', 'webhooks'), hook, 'admins'),
    odd('GET /mlflow/webhooks/:webhook_id', at('2.0', 'webhooks/w'), {}, 'admins'),
    odd('PATCH /mlflow/webhooks/:webhook_id', at('2.0', 'webhooks/w'), {}, 'admins'),
    odd('DELETE /mlflow/webhooks/:webhook_id', at('2.0', 'webhooks/w'), {}, 'admins'),
    odd('POST /mlflow/webhooks/:webhook_id/test', at('2.0', 'webhooks/w/test'), {}, 'admins'),
    odd('GET /tracklet/webhooks/dead-letters', ownTracklet('webhooks/dead-letters'), {}, 'admins'),
    odd(
      'POST /tracklet/webhooks/dead-letters/:dead_letter_id/redeliver',
      ownTracklet('webhooks/dead-letters/a.b/redeliver'),
      {},
      'admins',
    ),

    ...promotionCases(requestId),
    post('registered-models/create', { name: 'taken' }, 'makers'),
    get('registered-models/get', named, 'model READ'),
    post('registered-models/rename', { ...named, new_name: 'taken' }, 'model EDIT'),
    send('PATCH', 'registered-models/update', named, 'model EDIT'),
    send('DELETE', 'registered-models/delete', named, 'model MANAGE'),
    get('registered-models/search', {}, 'users'),
    post('registered-models/search', {}, 'users'),
    get('registered-models/get-latest-versions', named, 'model READ'),
    post('registered-models/get-latest-versions', named, 'model READ'),
    post('registered-models/set-tag', { ...named, key: 'k', value: 'v' }, 'model EDIT'),
    send('DELETE', 'registered-models/delete-tag', { ...named, key: 'k' }, 'model EDIT'),
    post('registered-models/alias', { ...named, alias: 'a', version: '1' }, 'model EDIT'),
    send('DELETE', 'registered-models/alias', { ...named, alias: 'a' }, 'model MANAGE'),
    get('registered-models/alias', { ...named, alias: 'a' }, 'model READ'),
    post('model-versions/create', { ...named, source: 's3://b/m' }, 'model EDIT'),
    get('model-versions/get', version, 'model READ'),
    send('PATCH', 'model-versions/update', version, 'model EDIT'),
    post('model-versions/transition-stage', { ...version, stage: 'Staging' }, 'model EDIT'),
    send('DELETE', 'model-versions/delete', version, 'model MANAGE'),
    get('model-versions/search', {}, 'users'),
    post('model-versions/search', {}, 'users'),
    get('model-versions/get-download-uri', version, 'model READ'),
    post('model-versions/set-tag', { ...version, key: 'k', value: 'v' }, 'model EDIT'),
    send('DELETE', 'model-versions/delete-tag', { ...version, key: 'k' }, 'model MANAGE'),
    odd('GET /model-versions/get-artifact', '/model-versions/get-artifact', { ...version, path: 'f' }, 'model READ'),

    post('users/create', { username: 'new', password: 'short' }, 'admins'),
    get('users/get', aboutSomebody, 'oneself'),
    get('users/list', {}, 'users'),
    get('users/current', {}, 'users'),
    send('PATCH', 'users/update-password', { username: 'somebody', password: 'short' }, 'oneself'),
    send('PATCH', 'users/update-admin', { username: 'nobody knows', is_admin: true }, 'admins'),
    send('DELETE', 'users/delete', { username: 'nobody knows' }, 'admins'),
    get('users/current/permissions', {}, 'users', '3.0'),
    get('users/permissions/list', aboutSomebody, 'oneself', '3.0'),
    get('users/permissions/get', somebodysExperiment, 'oneself', '3.0'),
    post('users/permissions/grant', { ...somebodysExperiment, permission: 'READ' }, 'owners', '3.0'),
    post('users/permissions/revoke', somebodysExperiment, 'owners', '3.0'),
    get('users/roles/list', aboutSomebody, 'oneself', '3.0'),
    post('roles/create', { name: 'r', workspace: 'default' }, 'admins', '3.0'),
    get('roles/get', role, 'admins', '3.0'),
    get('roles/list', {}, 'admins', '3.0'),
    send('PATCH', 'roles/update', { ...role, description: 'd' }, 'admins', '3.0'),
    send('DELETE', 'roles/delete', { role_id: 99 }, 'admins', '3.0'),
    post(
      'roles/permissions/add',
      { ...role, resource_type: 'experiment', resource_pattern: '0', permission: 'READ' },
      'admins',
      '3.0',
    ),
    send('DELETE', 'roles/permissions/remove', { role_permission_id: 99 }, 'admins', '3.0'),
    get('roles/permissions/list', role, 'admins', '3.0'),
    send('PATCH', 'roles/permissions/update', { role_permission_id: 99, permission: 'READ' }, 'admins', '3.0'),
    post('roles/assign', { username: 'nobody knows', ...role }, 'admins', '3.0'),
    send('DELETE', 'roles/unassign', { username: 'nobody knows', ...role }, 'admins', '3.0'),
    get('roles/users/list', role, 'admins', '3.0'),

    post('experiments/permissions/create', { ...experiment, ...aboutSomebody, permission: 'READ' }, 'owners'),
    get('experiments/permissions/get', { ...experiment, ...aboutSomebody }, 'MANAGE'),
    send('PATCH', 'experiments/permissions/update', { ...experiment, ...aboutSomebody, permission: 'READ' }, 'owners'),
    send('DELETE', 'experiments/permissions/delete', { ...experiment, ...aboutSomebody }, 'owners'),
    post('registered-models/permissions/create', { name: 'm', ...aboutSomebody, permission: 'READ' }, 'model owners'),
    get('registered-models/permissions/get', { name: 'm', ...aboutSomebody }, 'model MANAGE'),
    send(
      'PATCH',
      'registered-models/permissions/update',
      { name: 'm', ...aboutSomebody, permission: 'READ' },
      'model owners',
    ),
    send('DELETE', 'registered-models/permissions/delete', { name: 'm', ...aboutSomebody }, 'model owners'),

    odd('GET /tracklet/audit', ownTracklet('audit'), {}, 'admins'),
    odd('POST /tracklet/tokens', ownTracklet('tokens'), { name: 't', role: 'READ' }, 'governors'),
    odd('GET /tracklet/tokens', ownTracklet('tokens'), {}, 'users'),
    odd('DELETE /tracklet/tokens', ownTracklet('tokens'), { token_id: 'none' }, 'governors'),
  ]);
};

/** The operations on promotions. Nothing that is set here stays: other cases are of the same model. */
function promotionCases(requestId: string): readonly (readonly [string, Case])[] {
  const version = { name: 'm', version: '1', stage: 'Staging' };
  const at = (method: string, path: string, fields: object, admitted: Admitted) => {
    const call = `/api/2.0/tracklet/promotions/${path.replace(':request_id', requestId)}`;
    return [`${method} /tracklet/promotions/${path}`, { call, fields: { ...fields }, admitted }] as const;
  };
  return [
    at('POST', 'policy', { name: 'm', rules: [] }, 'model MANAGE'),
    at('GET', 'policy', { name: 'm' }, 'model READ'),
    at('DELETE', 'policy', { name: 'm' }, 'model MANAGE'),
    at('GET', 'policies', {}, 'users'),
    at('POST', 'requests', version, 'model EDIT'),
    at('GET', 'requests', {}, 'users'),
    at('GET', 'requests/:request_id', {}, 'model READ'),
    at('POST', 'requests/:request_id/review', { verdict: 'ABSTAIN' }, 'model reviewers'),
    at('POST', 'requests/:request_id/promote', {}, 'model EDIT'),
    at('POST', 'requests/:request_id/withdraw', {}, 'model withdrawers'),
    at('GET', 'check', version, 'model READ'),
    at('GET', 'history', { name: 'm' }, 'model READ'),
    at('POST', 'rollback', { ...version, version: '7' }, 'model MANAGE'),
  ];
}

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { placeOf } from '../../functions/api/guard/guard.ts';
import {
  artifactOperations,
  callerOperations,
  identityOperations,
  registryOperations,
  serviceOperations,
  trackingOperations,
} from '../../functions/api/index.ts';
import { homeOfRun, runDocumentKey } from '../../functions/store/dynamo/keys.ts';
import { keyItem } from '../../functions/store/dynamo/table.ts';
import { casesOf } from '../api/guard/matrix.ts';
import { httpApiEvent } from '../entry/http-api-event.ts';
import { describeEngine } from '../local/dynamodb/describe-engine.ts';
import { type FakeCloudFormation, startCloudFormation } from '../site/cloudformation.ts';
import { basic } from '../support/guarded-app.ts';
import { streamRecord } from '../support/stream-records.ts';
import { callsOf, JSON_TYPE, mlflow } from './calls.ts';
import { findRuntime, type LambdaRuntime } from './find-runtime.ts';
import { openRoleGate } from './role-gate.ts';
import { type Deployment, startDeployment } from './start-deployment.ts';

const OPERATIONS = {
  TrackingService: [...serviceOperations, ...callerOperations, ...trackingOperations],
  ArtifactService: artifactOperations,
  RegistryService: registryOperations,
  IdentityService: [...callerOperations, ...identityOperations],
} as const;
const SERVICES = ['TrackingService', 'ArtifactService', 'RegistryService', 'IdentityService'] as const;

const ALL_SERVICES = [...SERVICES, 'IdentityUpkeepService', 'WriteNoter', 'Upkeep', 'Deliverer'];

/** Rights that these tests do not come to need. */
const HARD_TO_NEED = [
  // So that what is not there is 404 and not 403, which the embedded S3 does not imitate.
  /^s3:ListBucket on /,
  // Uploads are given up after a week.
  /^s3:AbortMultipartUpload on .*\/artifacts\/\*$/,
];

/** Lines come through a pipe, after the answer. */
const PATIENCE = { timeout: 10_000 };

const LONG_AGO = new Date('2026-01-01T00:00:00Z').getTime();

describeFunctions(await findRuntime());

function describeFunctions(runtime: LambdaRuntime | { readonly missing: string }): void {
  const name = "the functions under Amazon's runtime interface client";
  if ('missing' in runtime) describeEngine(name, runtime.missing, () => undefined);
  else describeEngine(name, undefined, () => describeDeployment(runtime));
}

function describeDeployment(runtime: LambdaRuntime): void {
  let deployment: Deployment;
  let cloudFormation: FakeCloudFormation;
  let authorization: string;

  beforeAll(async () => {
    // The edge's store of keys speaks a protocol of its own: test/entry/edge-store.test.ts.
    const settings = {
      'tracklet:auth': 'users',
      'tracklet:events': 'on',
      'tracklet:web': 'off',
      'tracklet:costReport': 'metrics',
    };
    // A webhook of this machine may be made; the function that delivers does not go there.
    const extra = { RegistryService: { MLFLOW_WEBHOOK_ALLOW_PRIVATE_IPS: 'true' } };
    deployment = await startDeployment(runtime, settings, extra);
    cloudFormation = await startCloudFormation();
    authorization = basic('admin', deployment.password);
  });
  afterAll(async () => {
    await Promise.all([deployment.stop(), cloudFormation.close()]);
  });

  const { ask, asked, newRun, send } = callsOf(() => deployment);

  describe('are deployed', () => {
    test('and the first admin is made', async () => {
      await send('IdentityUpkeepService', {
        ResponseURL: cloudFormation.url,
        RequestType: 'Create',
        StackId: 's',
        RequestId: 'r',
        LogicalResourceId: 'Users',
        ResourceType: 'Custom::Users',
      });
      expect(cloudFormation.answers.at(-1)?.body).toMatchObject({ Status: 'SUCCESS' });
      await send('IdentityUpkeepService', {});
    }, 60_000);

    test.each(SERVICES)('and answer whether they are well: %s', async (service) => {
      const { status, body } = await deployment.ask(service, { path: '/health' });
      expect([status, body.toString()]).toEqual([200, 'OK']);
    });

    test('and fail by what is told, not with a dead process', async () => {
      const tracking = await deployment.start('TrackingService');
      const outcome = await tracking.invoke({ something: 'else' });
      expect(outcome.kind).toBe('error');
      expect((await deployment.ask('TrackingService', { path: '/health' })).status).toBe(200);
    });
  });

  describe('take what the gateway sends', () => {
    test('a run from its start to a search', async () => {
      const { experiment_id } = await asked('TrackingService', 'POST', mlflow('experiments/create'), { name: 'walk' });
      const run_id = await newRun(experiment_id);
      const metrics = [{ key: 'loss', value: 0.25, timestamp: 1, step: 1 }];
      await asked('TrackingService', 'POST', mlflow('runs/log-batch'), { run_id, metrics });
      const search = { experiment_ids: [experiment_id], filter: 'metrics.loss < 0.5' };
      const { runs } = await asked('TrackingService', 'POST', mlflow('runs/search'), search);
      expect(runs[0].data.metrics).toEqual([{ key: 'loss', value: 0.25, timestamp: 1, step: 1 }]);
    });

    test('errors are MLflow’s, with the status and what the client waits for', async () => {
      const { status, body, headers } = await ask('TrackingService', 'GET', mlflow('runs/get'), { run_id: 'none' });
      expect([status, JSON.parse(body.toString()).error_code]).toEqual([404, 'RESOURCE_DOES_NOT_EXIST']);
      expect(headers['content-type']).toBe('application/json');
      const nobody = await deployment.ask('TrackingService', { path: mlflow('experiments/search') });
      expect(nobody.status).toBe(401);
      expect(nobody.headers['www-authenticate']).toContain('Basic');
    });

    test('bodies in base64, byte for byte, and files that the role alone may open', async () => {
      const bytes = Uint8Array.from({ length: 256 }, (_, at) => at);
      const path = `/api/2.0/mlflow-artifacts/artifacts/0/${await newRun()}/artifacts/bytes of all kinds.bin`;
      const headers = { authorization, 'content-type': 'application/octet-stream' };
      expect((await deployment.ask('ArtifactService', { method: 'PUT', path, body: bytes, headers })).status).toBe(200);
      const answer = await deployment.ask('ArtifactService', { path, headers: { authorization } });
      expect(answer.status).toBe(302);
      const stored = await fetch(answer.headers.location ?? '');
      expect(Buffer.from(await stored.arrayBuffer()).equals(bytes)).toBe(true);
    });

    test('presigned links, which open what the role may open', async () => {
      const run_id = await newRun();
      const file = { run_id, path: 'a.bin' };
      const upload = await asked('ArtifactService', 'POST', mlflow('artifacts/presigned-upload-url'), file);
      const put = await fetch(upload.presigned_url, { method: 'PUT', body: 'kept' });
      expect(put.status).toBe(200);
      const download = await asked('ArtifactService', 'POST', mlflow('artifacts/presigned-download-url'), file);
      expect(await (await fetch(download.presigned_url)).text()).toBe('kept');
      const { status, headers } = await ask('ArtifactService', 'GET', '/get-artifact', {
        run_uuid: run_id,
        path: 'a.bin',
      });
      expect(status).toBe(302);
      expect(await (await fetch(headers.location ?? '')).text()).toBe('kept');
    });

    test('cookies in both directions, and headers of several values', async () => {
      const credentials = { username: 'admin', password: deployment.password };
      const headers = { ...JSON_TYPE, origin: 'https://abc123.execute-api.us-east-1.amazonaws.com' };
      const signedIn = await deployment.ask('IdentityService', {
        method: 'POST',
        path: '/api/2.0/tracklet/session',
        headers,
        body: JSON.stringify(credentials),
      });
      expect(signedIn.status, signedIn.body.toString()).toBe(200);
      const [cookie = ''] = signedIn.cookies.map((text) => text.split(';')[0] ?? '');
      const { status, body } = await deployment.ask('TrackingService', {
        path: '/api/2.0/tracklet/whoami',
        headers: { accept: 'application/json, text/plain', 'accept-encoding': 'gzip,br' },
        cookies: ['theme=dark', cookie],
      });
      expect([status, JSON.parse(body.toString()).username]).toEqual([200, 'admin']);
    });

    test('a version, an alias and the way back to it', async () => {
      const model = { name: 'walked' };
      await asked('RegistryService', 'POST', mlflow('registered-models/create'), model);
      const source = { ...model, source: 's3://b/m' };
      const { model_version } = await asked('RegistryService', 'POST', mlflow('model-versions/create'), source);
      const alias = { ...model, alias: 'champion', version: model_version.version };
      await asked('RegistryService', 'POST', mlflow('registered-models/alias'), alias);
      const found = await asked('RegistryService', 'GET', mlflow('registered-models/alias'), {
        ...model,
        alias: 'champion',
      });
      expect(found.model_version.version).toBe('1');
    });
  });

  describe('log', () => {
    test('lines of JSON that name the request as its answer does, and the trace', async () => {
      const tracking = await deployment.start('TrackingService');
      const traceId = '1-5759e988-bd862e3fe1be46a994272793';
      const path = mlflow('experiments/get');
      const headers = { authorization: basic('admin', deployment.password) };
      const event = httpApiEvent({ path, query: 'experiment_id=0', headers });
      const { payload } = await tracking.invoke(event, `Root=${traceId};Parent=53995c3f42cd8ad8;Sampled=1`);
      expect(payload).toMatchObject({ headers: { 'x-request-id': event.requestContext.requestId } });
      const linesOfTrace = () => tracking.log.filter((line) => line.includes(traceId));
      await vi.waitFor(() => expect(linesOfTrace()).toHaveLength(1), PATIENCE);
      expect(JSON.parse(linesOfTrace()[0] ?? '')).toMatchObject({
        level: 'INFO',
        service: 'tracking',
        operation: `GET ${path}`,
        request_id: event.requestContext.requestId,
        function_request_id: expect.stringMatching(/^invocation-\d+$/),
        xray_trace_id: traceId,
      });
    });

    test('nothing without need', async () => {
      const artifacts = await deployment.start('ArtifactService');
      await deployment.ask('ArtifactService', { path: '/health' });
      await ask('ArtifactService', 'GET', mlflow('artifacts/list'), { run_id: await newRun() });
      await vi.waitFor(() => expect(artifacts.log.at(-1)).toContain('artifacts/list'), PATIENCE);
      expect(artifacts.log.filter((line) => line.includes('/health'))).toEqual([]);
    });
  });

  describe('do all their work under their roles', () => {
    const subjects = async () => {
      const name = { name: `of ${Math.random()}` };
      const { experiment_id: experimentId } = await asked(
        'TrackingService',
        'POST',
        mlflow('experiments/create'),
        name,
      );
      const ofExperiment = { experiment_id: experimentId };
      const made = await asked('TrackingService', 'POST', mlflow('logged-models'), ofExperiment);
      await ask('RegistryService', 'POST', mlflow('registered-models/create'), { name: 'm' });
      await asked('RegistryService', 'POST', mlflow('model-versions/create'), { name: 'm', source: 's3://b/m' });
      const promotion = { name: 'm', version: '1', alias: `of-${experimentId}` };
      const path = '/api/2.0/tracklet/promotions/requests';
      const { request } = await asked('RegistryService', 'POST', path, promotion);
      const [runId, modelId, requestId] = [await newRun(experimentId), made.model.info.model_id, request.request_id];
      return { experimentId, experimentName: 'none', runId, modelId, requestId };
    };

    test.each(SERVICES)(
      'each operation of the %s',
      async (service) => {
        const places = new Set(OPERATIONS[service].map(placeOf));
        const cases = Object.entries(casesOf(await subjects())).filter(([place]) => places.has(place));
        expect(cases.length).toBe(places.size);
        for (const [place, { call: url, fields }] of cases) {
          const method = place.slice(0, place.indexOf(' '));
          const [path = '', query = ''] = url.split('?');
          const answer =
            method === 'GET'
              ? await ask(service, method, path, fields)
              : await deployment.ask(service, {
                  method,
                  path,
                  query,
                  headers: { ...JSON_TYPE, authorization },
                  body: JSON.stringify(fields),
                });
          // 501: what the artifact repository does not do.
          const isFine = answer.status === 501 || answer.status < 500;
          expect(isFine, `${place} answered ${answer.status}: ${answer.body}`).toBe(true);
        }
      },
      60_000,
    );

    test('tokens, whose key is a secret', async () => {
      const made = await asked('IdentityService', 'POST', '/api/2.0/tracklet/tokens', { name: 'ci', role: 'ADMIN' });
      for (const service of SERVICES.filter((name) => name !== 'IdentityService')) {
        const path = { TrackingService: 'experiments/search', ArtifactService: 'artifacts/list' };
        const query = { max_results: '1', run_id: await newRun() };
        const place = mlflow(
          Object.entries(path).find(([name]) => name === service)?.[1] ?? 'registered-models/search',
        );
        const { status } = await ask(service, 'GET', place, query, { authorization: `Bearer ${made.token}` });
        expect([service, status]).toEqual([service, 200]);
      }
    });

    test('a gate that wants the signature of a version, which stands in a file', async () => {
      const rules = [{ aliases: ['signed'], needs_signature: true }];
      await asked('RegistryService', 'POST', '/api/2.0/tracklet/promotions/policy', { name: 'm', rules });
      const run_id = await newRun();
      const version = { name: 'm', source: `mlflow-artifacts:/0/${run_id}/artifacts/m`, run_id };
      const { model_version } = await asked('RegistryService', 'POST', mlflow('model-versions/create'), version);
      const alias = { name: 'm', alias: 'signed', version: model_version.version };
      const { status, body } = await ask('RegistryService', 'POST', mlflow('registered-models/alias'), alias);
      expect([status, body.toString()]).toEqual([expect.any(Number), expect.stringContaining('signature')]);
    });

    /** Three runs that ended long ago, from the stream to the archive; gives the experiment and them. */
    const newArchive = async (name: string) => {
      const { experiment_id } = await asked('TrackingService', 'POST', mlflow('experiments/create'), { name });
      const runs = [await newRun(experiment_id), await newRun(experiment_id), await newRun(experiment_id)];
      const path = `/api/2.0/mlflow-artifacts/artifacts/${experiment_id}/${runs[0]}/artifacts/a.txt`;
      await asked('ArtifactService', 'PUT', path);
      for (const run_id of runs) {
        await asked('TrackingService', 'POST', mlflow('runs/update'), {
          run_id,
          status: 'FINISHED',
          end_time: LONG_AGO,
        });
      }
      const records = runs.map((runId) => {
        const home = homeOfRun(runId) ?? { experimentId: '', shard: 0 };
        return streamRecord({ after: keyItem(runDocumentKey(home, runId)), at: LONG_AGO });
      });
      expect(await send('WriteNoter', { Records: records })).toEqual({ batchItemFailures: [] });
      await send('Upkeep', { task: 'tidy' });
      const search = { experiment_ids: [experiment_id] };
      expect((await asked('TrackingService', 'POST', mlflow('runs/search'), search)).runs).toHaveLength(3);
      return { experiment_id, runs };
    };
    const remove = (kind: string, fields: object) => asked('TrackingService', 'POST', mlflow(`${kind}/delete`), fields);

    test('an archive, from the stream to its end by the schedule', async () => {
      const { experiment_id, runs } = await newArchive('collected');
      await remove('runs', { run_id: runs[0] });
      await send('Upkeep', { task: 'collect', olderThanDays: 0 });
      await send('Upkeep', { task: 'rebuild', experimentId: experiment_id });
      await send('Upkeep', { task: 'sweep' });
      await remove('experiments', { experiment_id });
      await send('Upkeep', { task: 'collect', olderThanDays: 0 });
    }, 60_000);

    test('an archive that an admin has removed', async () => {
      const { experiment_id, runs } = await newArchive('removed');
      const path = '/api/2.0/tracklet/gc';
      await remove('runs', { run_id: runs[0] });
      await asked('ArtifactService', 'POST', path, { run_ids: [runs[0]] });
      await remove('experiments', { experiment_id });
      await asked('ArtifactService', 'POST', path, { experiment_ids: [experiment_id] });
    }, 60_000);

    test('deliveries: to the bus, to a webhook that nobody may call, and to nobody', async () => {
      const { webhooks = [] } = await asked('RegistryService', 'GET', mlflow('webhooks'));
      for (const { webhook_id } of webhooks) {
        await asked('RegistryService', 'DELETE', mlflow(`webhooks/${webhook_id}`), {});
      }
      const events = [{ entity: 'REGISTERED_MODEL', action: 'CREATED' }];
      const hook = { name: 'hook', url: 'https://127.0.0.1/hook', events, secret: 'whsec_canary' };
      await asked('RegistryService', 'POST', mlflow('webhooks'), hook);
      await asked('RegistryService', 'POST', mlflow('registered-models/create'), { name: 'heard' });
      await send('Deliverer', {});
      expect((await deployment.start('Deliverer')).gate.events).toContain('registered_model.created');
      const path = '/api/2.0/tracklet/webhooks/dead-letters';
      const { dead_letters } = await asked('RegistryService', 'GET', path);
      expect(dead_letters).toHaveLength(1);
    }, 60_000);

    test('which refuse what they do not allow', async () => {
      const { deployed } = await deployment.start('WriteNoter');
      const table = deployed.variables.TRACKLET_TABLE ?? '';
      const { statements } = deployed;
      const arns = { table: `arn:${table}`, bucket: '' };
      const gate = await openRoleGate({ statements, arns, stores: deployment.stores, secrets: new Map() });
      const send = async (operation: string, pk: string) => {
        const body = JSON.stringify({ TableName: table, Key: { pk: { S: pk }, sk: { S: 'x' } } });
        const headers = { 'x-amz-target': `DynamoDB_20120810.${operation}` };
        return (await fetch(gate.url, { method: 'POST', headers, body })).text();
      };
      expect(await send('UpdateItem', 'RUNS#0#0')).toContain('AccessDenied');
      expect(await send('DeleteItem', 'WORK#0')).toContain('AccessDenied');
      expect(await send('UpdateItem', 'WORK#0')).not.toContain('AccessDenied');
      expect(gate.refused).toHaveLength(2);
      await gate.close();
    });

    test('nobody is refused anything', () => {
      const refused = deployment.started().map(({ deployed, gate }) => [deployed.service, gate.refused]);
      expect(refused).toEqual(refused.map(([service]) => [service, []]));
    });

    test.each(ALL_SERVICES)('each right of %s to files, secrets and the bus was needed', async (service) => {
      const { deployed, gate } = await deployment.start(service);
      const granted = deployed.statements.flatMap(({ actions, resources }) =>
        actions.flatMap((action) => resources.map((resource) => `${action} on ${resource}`)),
      );
      const unused = granted.filter((right) => /^(s3|secretsmanager|events):/.test(right) && !gate.used.has(right));
      expect(unused.filter((right) => !HARD_TO_NEED.some((pattern) => pattern.test(right)))).toEqual([]);
    });
  });
}

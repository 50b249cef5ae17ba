import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { NO_COST } from '../../functions/domain/cost.ts';
import { type MeteredAnswer, meteredServerAroundTests } from '../support/metered-server.ts';

const call = meteredServerAroundTests('dynalite');
const API = '/api/2.0/mlflow';
const FILES = '/api/2.0/mlflow-artifacts/artifacts';

const createdRun = z.object({ run: z.object({ info: z.object({ run_id: z.string() }) }) });

async function newRun(): Promise<string> {
  const { body } = await call('POST', `${API}/runs/create`, { experiment_id: '0' });
  return createdRun.parse(JSON.parse(body)).run.info.run_id;
}

const logMetric = async (runId: string) =>
  call('POST', `${API}/runs/log-metric`, { run_id: runId, key: 'loss', value: 0.5, timestamp: 1, step: 1 });
const getRun = async (runId: string) => call('GET', `${API}/runs/get?run_id=${runId}`);
const putFile = async (runId: string) => call('PUT', `${FILES}/0/${runId}/artifacts/f.bin`, new Uint8Array(1_000));
const listFiles = async (runId: string) => call('GET', `${FILES}?path=0/${runId}/artifacts`);
const health = async () => call('GET', '/health');

const OPERATIONS: readonly ((runId: string) => Promise<MeteredAnswer>)[] = [
  logMetric,
  getRun,
  putFile,
  listFiles,
  health,
];

describe('the cost of requests', () => {
  test('counts units of DynamoDB and requests to S3', async () => {
    const runId = await newRun();
    expect((await logMetric(runId)).cost.writeUnits).toBeGreaterThan(0);
    expect((await getRun(runId)).cost).toMatchObject({
      writeUnits: 0,
      readUnits: expect.toSatisfy((units) => units > 0),
    });
    expect((await putFile(runId)).cost).toMatchObject({ s3Puts: 1 });
    expect((await listFiles(runId)).cost).toMatchObject({ s3Lists: 1 });
    expect((await health()).cost).toEqual(NO_COST);
  });

  test('is told of requests that fail, too', async () => {
    const missing = await getRun('f'.repeat(32));
    expect([missing.status, missing.cost.readUnits > 0]).toEqual([404, true]);
    const refused = await call('POST', `${API}/runs/log-metric`, { key: 'loss' });
    expect([refused.status, refused.cost]).toEqual([400, NO_COST]);
  });

  test('does not mix when requests come at once', async () => {
    const [alone, ...others] = await Promise.all(Array.from({ length: 9 }, newRun));
    // Reading a run without metrics takes a look at the archive, too.
    await Promise.all([alone ?? '', ...others].map(logMetric));
    const expected = [];
    for (const operate of OPERATIONS) expected.push((await operate(alone ?? '')).cost);
    const together = await Promise.all(
      others.map((runId) => Promise.all(OPERATIONS.map(async (operate) => (await operate(runId)).cost))),
    );
    for (const costs of together) expect(costs).toEqual(expected);
  });
});

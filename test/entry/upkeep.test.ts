import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operations } from '../../functions/api/index.ts';
import { deleteKeys } from '../../functions/artifacts/s3-objects.ts';
import { QUIET_TIMES } from '../../functions/entry/core.ts';
import { UNMETERED } from '../../functions/entry/metering.ts';
import { damageNoter } from '../../functions/entry/note-damage.ts';
import { createScheduledCollect } from '../../functions/entry/scheduled-collect.ts';
import { type Backend, type BackendOptions, createBackend } from '../../functions/entry/services.ts';
import { createUpkeepHandler, type UpkeepTask } from '../../functions/entry/upkeep-handler.ts';
import { createApp } from '../../functions/http/app.ts';
import { noteWrites, RUN_WRITE_PATTERNS } from '../../functions/store/archive/run-writes.ts';
import { createScheduledUpkeep } from '../../functions/store/archive/scheduled-upkeep.ts';
import { type EmbeddedStores, startStores } from '../../local/stores.ts';
import { connectionTo, openSdkClient, scanAll } from '../store/open-test-store.ts';
import { matches, streamOf } from '../support/stream-records.ts';
import { callers, column } from '../support/test-app.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let stores: EmbeddedStores;
let s3: S3Client;
let sdk: DynamoDBClient;
let time = 1_800_000_000_000;

beforeAll(async () => {
  stores = await startStores({ dataDir: undefined, engine: undefined, log: () => undefined });
  s3 = new S3Client(stores.connections.s3);
  sdk = openSdkClient(connectionTo(String(stores.connections.dynamodb.endpoint)));
});

afterAll(async () => {
  s3.destroy();
  sdk.destroy();
  await stores.stop();
});

/** A process of its own, one of many, as a function on AWS. */
const openProcess = (options: BackendOptions = {}): Backend =>
  createBackend(stores, { ...stores.connections, isOnlyWriter: false }, { clock: () => time, ...options });

/** The functions of the upkeep stack. */
function openUpkeep() {
  const next = streamOf(() => scanAll(sdk, stores.tableName));
  const { services, upkeep, workList } = openProcess();
  const told: object[] = [];
  const report = (message: string, cause: unknown) => {
    throw new Error(message, { cause });
  };
  const scheduled = createScheduledUpkeep({
    store: services.store,
    upkeep,
    workList,
    quietTimes: QUIET_TIMES,
    clock: () => time,
    report,
    metered: UNMETERED.metered,
  });
  const collect = createScheduledCollect({
    collector: services.collector,
    clock: () => time,
    tell: (_, details) => told.push(details),
    metered: UNMETERED.metered,
  });
  const handle = createUpkeepHandler(scheduled, collect);
  return {
    workList,
    told,
    /** What the event source mapping does. */
    note: async () => {
      const records = await next(time);
      const passed = records.filter((record) => RUN_WRITE_PATTERNS.some((pattern) => matches(record, pattern)));
      expect(await noteWrites(passed, workList, report)).toEqual([]);
    },
    /** What a schedule does. */
    invoke: (event: UpkeepTask) => handle(event, { getRemainingTimeInMillis: () => 14 * MINUTE }),
  };
}

/** Calls to an app, and the search whose answers are compared. */
function openClient({ services }: Backend) {
  const app = createApp(operations, services, { report: () => undefined });
  const client = callers(async (request) => app.fetch(request));
  const search = async (experimentId: string) => {
    const query = { experiment_ids: [experimentId], filter: 'metrics.loss < 5', order_by: ['metrics.loss'] };
    const { headers: _, ...answer } = await client.post('runs/search', query);
    return answer;
  };
  return { ...client, search };
}

const segmentsOf = async (experimentId: string) =>
  (
    (await s3.send(new ListObjectsV2Command({ Bucket: stores.bucketName, Prefix: `segments/${experimentId}/` })))
      .Contents ?? []
  ).map(({ Key: key }) => String(key));

/** An experiment with ten runs that have ended and one that goes on, and what searches find in it. */
async function openTrained(name: string) {
  const upkeep = openUpkeep();
  const client = openClient(openProcess());
  const experimentId = await client.newExperiment({ name });
  for (let at = 0; at <= 10; at += 1) {
    const run_id = await client.newRun({ experiment_id: experimentId, start_time: time });
    await client.post('runs/log-metric', { run_id, key: 'loss', value: at, timestamp: time });
    if (at > 0) await client.post('runs/update', { run_id, status: 'FINISHED', end_time: time });
  }
  await upkeep.note();
  const found = await client.search(experimentId);
  expect(column({ ...found, headers: new Headers() }, ['runs'], 'info', 'run_id')).toHaveLength(5);
  return { ...upkeep, client, experimentId, found };
}

describe('the upkeep on AWS', () => {
  it('archives runs six minutes after they ended and those that go on after a day, and searches find the same', async () => {
    const { client, experimentId, found, note, invoke, workList } = await openTrained('trained');
    time += 5 * MINUTE;
    await invoke({ task: 'tidy' });
    expect(await segmentsOf(experimentId)).toEqual([]);

    time += MINUTE;
    await invoke({ task: 'tidy' });
    expect(await segmentsOf(experimentId)).toHaveLength(1);
    expect(await client.search(experimentId)).toEqual(found);
    expect(await workList.list()).toHaveLength(1);

    await note();
    time += 5 * MINUTE;
    await invoke({ task: 'tidy' });
    expect(await segmentsOf(experimentId)).toHaveLength(1);

    time += 24 * HOUR;
    await invoke({ task: 'tidy' });
    expect(await segmentsOf(experimentId)).toHaveLength(2);
    expect(await client.search(experimentId)).toEqual(found);
    await note();
    expect(await workList.list()).toEqual([]);
  });

  it('takes up runs that are older than the notes', async () => {
    const { client, experimentId, found, invoke, workList } = await openTrained('before');
    for (const item of await workList.list()) await workList.done(item);
    await invoke({ task: 'sweep' });
    time += 6 * MINUTE;
    await invoke({ task: 'tidy' });
    expect(await segmentsOf(experimentId)).toHaveLength(1);
    expect(await client.search(experimentId)).toEqual(found);
  });
});

describe('garbage collection by the clock', () => {
  it('removes what was deleted long enough ago, and says how much that was', async () => {
    const { client, invoke, told, note } = await openTrained('forgotten');
    // Deletions are told by the real clock, as this process has it.
    time = Date.now();
    const experiment_id = await client.newExperiment({ name: 'garbage' });
    const run_id = await client.newRun({ experiment_id });
    await client.post('runs/delete', { run_id });
    await note();
    await invoke({ task: 'collect', olderThanDays: 1 });
    expect((await client.get('runs/get', { run_id })).status).toBe(200);
    time = Date.now() + 25 * HOUR;
    await invoke({ task: 'collect', olderThanDays: 1 });
    expect((await client.get('runs/get', { run_id })).status).toBe(404);
    expect(told).toMatchObject([
      { runs: { found: 0 } },
      { runs: { found: 1, removed: 1, failed: 0 }, isFinished: true },
    ]);
  });
});

describe('a search that meets a damaged archive', () => {
  /** A search fails over a segment that is gone; gives what it reported, too. */
  const failOver = async (name: string, noteDamage?: () => Promise<void>) => {
    const trained = await openTrained(name);
    time += 6 * MINUTE;
    await trained.invoke({ task: 'tidy' });
    await deleteKeys(s3, stores.bucketName, await segmentsOf(trained.experimentId));
    const reports: string[] = [];
    const workListOf = ({ workList }: Backend) => (noteDamage ? { noteDamage } : workList);
    const backend: Backend = openProcess({
      onDamaged: damageNoter(
        () => workListOf(backend),
        (message) => reports.push(message),
      ),
    });
    const answer = await openClient(backend).search(trained.experimentId);
    expect(answer.status).toBe(500);
    return { ...trained, reports };
  };

  it('has noted it by the time it answers, and the next schedule mends it', async () => {
    const { client, experimentId, found, invoke, workList, reports } = await failOver('gone');
    expect(await workList.listDamaged()).toEqual([experimentId]);
    expect(reports).toEqual([]);
    await invoke({ task: 'tidy' });
    expect(await client.search(experimentId)).toEqual(found);
  });

  it('answers with the damage when the note fails, which is told; an operator may have it mended', async () => {
    const { client, experimentId, found, invoke, reports } = await failOver('unnoted', () =>
      Promise.reject(new Error('throttled')),
    );
    expect(reports).toEqual([`the damaged archive of experiment ${experimentId} was not noted`]);
    await invoke({ task: 'rebuild', experimentId });
    expect(await client.search(experimentId)).toEqual(found);
  });
});

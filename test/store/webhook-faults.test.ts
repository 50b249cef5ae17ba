import { describe, expect, test } from 'vitest';
import { EVENT_BUS_ID, type Webhook } from '../../functions/domain/webhook.ts';
import { MAX_ATTEMPTS } from '../../functions/store/dynamo/client/create-dynamo-client.ts';
import type { Store } from '../../functions/store/store.ts';
import type { Announce } from '../../functions/store/webhook-store.ts';
import { createDeliverer } from '../../functions/webhooks/deliverer.ts';
import { killedAt } from './fault-scenario.ts';
import { faultEngine } from './fault-suite.ts';
import {
  createFaultyClient,
  type FaultPlan,
  failingFirst,
  randomFaults,
  serverError,
  throttledFirst,
  throughputExceeded,
  unanswered,
} from './faulty-client.ts';
import { openStore, type TestStore } from './open-test-store.ts';
import { addRegisteredModel, addVersion, newVersion, upTo, withTag } from './samples.ts';

const OPTIONS = { hasEventBus: true } as const;
const engine = faultEngine(OPTIONS);

const START = 1_700_000_000_000;
const EVENT = { entity: 'MODEL_VERSION', action: 'CREATED' } as const;
const MAX_RETRIES = 2;
/** Whose receiver takes everything, and whose takes nothing. */
const [GOOD, BAD] = ['good', 'bad'];

const webhook = (webhookId: string): Webhook => ({
  webhookId,
  name: webhookId,
  description: undefined,
  url: `https://${webhookId}.example/`,
  events: [EVENT],
  status: 'ACTIVE',
  sealedSecret: undefined,
  creationTime: START,
  lastUpdateTime: START,
});

const announce: Announce<unknown> = () => ({ event: EVENT, body: '{"is": "told"}', time: START });

/** Receivers outlive the processes that deliver to them. */
function receivers() {
  const got = new Map<string, string[]>([GOOD, BAD, EVENT_BUS_ID].map((name) => [name, []]));
  const taken = (name: string, deliveryId: string | undefined) => got.get(name)?.push(deliveryId ?? 'none');
  let time = START;
  /** One look into the queue by a process of its own; true when nothing was left to wait for. */
  const deliver = async (store: Store): Promise<boolean> => {
    const { deliverDue } = createDeliverer({
      store,
      send: async ({ url, headers }) => {
        const name = new URL(url).hostname.split('.')[0] ?? '';
        taken(name, headers['X-MLflow-Delivery-Id']);
        return { status: name === GOOD ? 200 : 503, body: '', retryAfter: undefined };
      },
      putEvent: async ({ deliveryId }) => {
        taken(EVENT_BUS_ID, deliveryId);
      },
      settings: { maxRetries: MAX_RETRIES, timeoutMs: 1000 },
      openSecret: async () => undefined,
      clock: () => time,
      random: () => 0,
      report: () => undefined,
    });
    return (await deliverDue(new AbortController().signal)) === undefined;
  };
  /** Lets time pass until the queue is empty. */
  const deliverAll = async (store: Store) => {
    for (const _ of upTo(30)) {
      time += 40_000;
      if (await deliver(store)) return;
    }
    expect.fail('The queue is never empty');
  };
  return { got: (name: string) => got.get(name) ?? [], deliver, deliverAll };
}

type Receivers = ReturnType<typeof receivers>;

async function openQueue(): Promise<TestStore> {
  const opened = await engine.openTable();
  for (const name of [GOOD, BAD]) await opened.store.createWebhook(webhook(name));
  return opened;
}

/** A process that things happen to. */
function troubled({ tableName }: TestStore, plan: FaultPlan) {
  const { client, countCalls } = createFaultyClient(engine.connection(), plan);
  return { store: openStore(client, tableName, OPTIONS), countCalls };
}

/** So many events, and each one was told to everybody: the good ones have it, the bad one's is on record. */
async function expectTold({ got }: Receivers, store: Store, atLeast: number): Promise<void> {
  const letters = await store.listDeadLetters();
  expect(new Set(letters.map(({ webhookId }) => webhookId))).toEqual(new Set(atLeast > 0 ? [BAD] : []));
  const events = letters.length;
  expect(events).toBeGreaterThanOrEqual(atLeast);
  // Told twice or more, under one id for each event and receiver.
  for (const name of [GOOD, BAD, EVENT_BUS_ID]) expect(new Set(got(name)).size, name).toBe(events);
  expect(got(BAD).length).toBeGreaterThanOrEqual(events * (MAX_RETRIES + 1));
  expect((await store.claimDeliveries({ now: START * 2, leaseMs: 1 })).deliveries).toEqual([]);
}

const FAULTS: readonly (readonly [string, (call: number) => FaultPlan])[] = [
  ['its process dies', killedAt],
  [
    'a call is throttled for good',
    (call) =>
      ({ number }) =>
        number === call ? throughputExceeded() : undefined,
  ],
  [
    'a call fails for good',
    (call) =>
      ({ number }) =>
        number === call ? serverError() : undefined,
  ],
  [
    'a call is never answered',
    (call) =>
      ({ number }) =>
        number === call ? unanswered() : undefined,
  ],
  [
    'all answers of a call are lost',
    (call) =>
      ({ number }) =>
        number === call ? { kind: 'answer lost', times: MAX_ATTEMPTS } : undefined,
  ],
  [
    'a call is throttled at first',
    (call) =>
      ({ number }) =>
        number === call ? throttledFirst(2) : undefined,
  ],
  [
    'a call fails at first',
    (call) =>
      ({ number }) =>
        number === call ? failingFirst(2) : undefined,
  ],
  [
    'the first answer of a call is lost',
    (call) =>
      ({ number }) =>
        number === call ? { kind: 'answer lost', times: 1 } : undefined,
  ],
];

/** Verbs that tell of what they do; each gives something when it was done. */
const WRITES: readonly (readonly [string, (store: Store) => Promise<unknown>])[] = [
  [
    'a new model',
    (store) => store.createRegisteredModel({ name: 'n', description: '', tags: new Map(), now: START }, announce),
  ],
  ['a new version', (store) => store.createModelVersion('m', newVersion({}), announce)],
  ['a changed version', (store) => store.updateModelVersion({ name: 'm', versionNumber: 1 }, withTag('new'), announce)],
  ['a changed model', (store) => store.updateRegisteredModel('m', withTag('new'), announce)],
];

async function openRegistry(): Promise<TestStore> {
  const opened = await openQueue();
  await addRegisteredModel(opened.store, 'm');
  await addVersion(opened.store, 'm');
  return opened;
}

describe.each(WRITES)('%s', (_, write) => {
  const countCalls = async () => {
    const victim = troubled(await openRegistry(), () => undefined);
    await write(victim.store);
    return victim.countCalls();
  };

  test.each(FAULTS)(
    'that was acknowledged is told to everybody, whatever call it is at which %s',
    async (__, planFor) => {
      const calls = await countCalls();
      for (const call of upTo(calls).map((at) => at + 1)) {
        const opened = await openRegistry();
        const acknowledged = await write(troubled(opened, planFor(call)).store).catch(() => undefined);
        // A client tries again; of a model that is there by then the first try has told.
        if (!acknowledged) await write(opened.reopen());
        const all = receivers();
        await all.deliverAll(opened.reopen());
        await expectTold(all, opened.reopen(), 1);
      }
    },
  );
});

describe('an event in the queue', () => {
  const queueOne = async () => {
    const opened = await openRegistry();
    await opened.store.createModelVersion('m', newVersion({}), announce);
    return opened;
  };

  /** The calls that it takes to tell everybody, and to give up who does not listen. */
  const countCalls = async () => {
    const victim = troubled(await queueOne(), () => undefined);
    await receivers().deliverAll(victim.store);
    return victim.countCalls();
  };

  test.each(FAULTS)('comes to everybody or on record, whatever call it is at which %s', async (_, planFor) => {
    const calls = await countCalls();
    for (const call of upTo(calls).map((at) => at + 1)) {
      const opened = await queueOne();
      const all = receivers();
      const victim = troubled(opened, planFor(call)).store;
      await all.deliverAll(victim).catch(() => undefined);
      await all.deliverAll(opened.reopen());
      await expectTold(all, opened.reopen(), 1);
    }
  });

  test('comes to everybody through faults of all kinds, with several who deliver', async () => {
    for (const seed of upTo(6)) {
      const opened = await queueOne();
      const all = receivers();
      const victims = upTo(3).map((at) => troubled(opened, randomFaults(seed * 10 + at)).store);
      await Promise.allSettled(victims.map((victim) => all.deliver(victim)));
      await all.deliverAll(opened.reopen());
      await expectTold(all, opened.reopen(), 1);
    }
  });
});

import { describe, expect, test } from 'vitest';
import { EVENT_BUS_ID, type Webhook } from '../../functions/domain/webhook.ts';
import type { Store } from '../../functions/store/store.ts';
import { createDeliverer } from '../../functions/webhooks/deliverer.ts';
import type { BusEvent, PutEvent } from '../../functions/webhooks/event-bus.ts';
import { DeliveryRefused } from '../../functions/webhooks/guard.ts';
import type { Parcel, Reply, Send } from '../../functions/webhooks/send.ts';
import { deliveryIdOf } from '../../functions/webhooks/sign.ts';
import { startDynamoDb } from '../../local/dynamodb/index.ts';
import { engineAroundTests } from '../store/test-engine.ts';
import { openTestApp } from '../support/test-app.ts';

const { services } = await openTestApp();
const { store } = services;

const engine = engineAroundTests(() => startDynamoDb({ log: () => undefined }), { hasEventBus: true });

const openStoreWithBus = async (): Promise<Store> => (await engine.openTable()).store;

const START = 1_700_000_000_000;
const GOOD: Reply = { status: 200, body: 'ok', retryAfter: undefined };
const BUSY: Reply = { status: 503, body: '', retryAfter: undefined };

/** Answers in turn, then well. */
function sendInTurn(...answers: readonly (Reply | Error)[]) {
  const sent: Parcel[] = [];
  const left = [...answers];
  const send: Send = async (parcel) => {
    sent.push(parcel);
    const answer = left.shift() ?? GOOD;
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { sent, send };
}

let webhooks = 0;

/** A webhook of its own that is told of one event at `START`. */
async function tellOne(part: Partial<Webhook> = {}): Promise<Webhook> {
  webhooks += 1;
  const event = { entity: 'REGISTERED_MODEL', action: 'CREATED' } as const;
  const webhook: Webhook = {
    webhookId: `w${webhooks}`,
    name: 'hook',
    description: undefined,
    url: 'https://receiver.example/hook',
    events: [event],
    status: 'ACTIVE',
    sealedSecret: undefined,
    creationTime: START,
    lastUpdateTime: START,
    ...part,
  };
  await store.createWebhook(webhook);
  const model = { name: webhook.webhookId, description: '', tags: new Map<string, string>(), now: START };
  await store.createRegisteredModel(model, () => ({ event, body: `{"of": "${webhook.webhookId}"}`, time: START }));
  return webhook;
}

/** A deliverer whose clock stands where it is set. */
function delivererOf(send: Send, queue: Store = store, putEvent?: PutEvent) {
  let time = START;
  const reports: unknown[] = [];
  const { deliverDue } = createDeliverer({
    store: queue,
    send,
    settings: { maxRetries: 2, timeoutMs: 1000 },
    openSecret: async ({ sealedSecret }) => sealedSecret,
    putEvent,
    clock: () => time,
    random: () => 0,
    report: (_, cause) => reports.push(cause),
  });
  const deliverAt = (now: number, signal = new AbortController().signal) => {
    time = now;
    return deliverDue(signal);
  };
  return { deliverAt, reports };
}

/** What is still known of a webhook's deliveries; takes the webhook away, so that nobody else hears of it. */
async function lettersOf({ webhookId }: Webhook) {
  await store.deleteWebhook(webhookId);
  return (await store.listDeadLetters()).filter((letter) => letter.webhookId === webhookId);
}

describe('what goes to the event bus', () => {
  const CREATED = { entity: 'REGISTERED_MODEL', action: 'CREATED' } as const;

  /** A bus that refuses so many events, and what it was given. */
  function busThatRefuses(times: number) {
    const given: BusEvent[] = [];
    const putEvent: PutEvent = async (event) => {
      given.push(event);
      if (given.length <= times) throw new Error('EventBridge answered 200: InternalFailure: ');
    };
    return { given, putEvent };
  }

  /** Tells the bus of one event and nobody else, in a table of its own. */
  async function tellBus() {
    const queue = await openStoreWithBus();
    const model = { name: 'm', description: '', tags: new Map<string, string>(), now: START };
    await queue.createRegisteredModel(model, () => ({ event: CREATED, body: '{"of": "m"}', time: START }));
    return queue;
  }

  test('is put there once, and is then done with', async () => {
    const { given, putEvent } = busThatRefuses(0);
    const queue = await tellBus();
    const { deliverAt } = delivererOf(sendInTurn().send, queue, putEvent);
    expect(await deliverAt(START)).toBeUndefined();
    await deliverAt(START + 1e6);
    expect(given).toEqual([
      { deliveryId: expect.stringMatching(/^[0-9a-f-]{36}$/), event: CREATED, body: '{"of": "m"}' },
    ]);
    expect(await queue.listDeadLetters()).toEqual([]);
  });

  test('is put there again after a failure, under the same id', async () => {
    const { given, putEvent } = busThatRefuses(1);
    const { deliverAt } = delivererOf(sendInTurn().send, await tellBus(), putEvent);
    expect(await deliverAt(START)).toBe(START + 1000);
    expect(await deliverAt(START + 1000)).toBeUndefined();
    expect(given).toHaveLength(2);
    expect(given[1]).toEqual(given[0]);
  });

  test('is recorded as given up when it keeps failing, and can be put there once more', async () => {
    const { given, putEvent } = busThatRefuses(3);
    const queue = await tellBus();
    const { deliverAt } = delivererOf(sendInTurn().send, queue, putEvent);
    for (const after of [0, 1000, 3000]) await deliverAt(START + after);
    const [letter] = await queue.listDeadLetters();
    expect(letter).toMatchObject({
      webhookId: EVENT_BUS_ID,
      tries: 3,
      failure: 'EventBridge answered 200: InternalFailure: ',
    });
    await queue.redeliver({ eventId: letter?.eventId ?? '', webhookId: EVENT_BUS_ID }, START + 9000);
    await deliverAt(START + 9000);
    expect(new Set(given.map(({ deliveryId }) => deliveryId)).size).toBe(1);
    expect(given).toHaveLength(4);
    expect(await queue.listDeadLetters()).toEqual([]);
  });

  test('is not lost silently when the bus was turned off meanwhile', async () => {
    const queue = await tellBus();
    await delivererOf(sendInTurn().send, queue).deliverAt(START);
    expect(await queue.listDeadLetters()).toMatchObject([{ failure: 'There is no event bus any more.', tries: 1 }]);
  });
});

describe('a delivery', () => {
  test('is made once it is due, signed, and is then done with', async () => {
    const webhook = await tellOne({ sealedSecret: 'secret' });
    const { sent, send } = sendInTurn();
    const { deliverAt } = delivererOf(send);
    expect(await deliverAt(START)).toBeUndefined();
    expect(sent).toMatchObject([{ url: webhook.url, body: `{"of": "${webhook.webhookId}"}`, timeoutMs: 1000 }]);
    expect(sent[0]?.headers['X-MLflow-Signature']).toMatch(/^v1,/);
    await deliverAt(START + 1e6);
    expect(sent).toHaveLength(1);
    expect(await lettersOf(webhook)).toEqual([]);
  });

  test('is tried again after 1 s and 2 s, under the same id, and then recorded as given up', async () => {
    const webhook = await tellOne();
    const { sent, send } = sendInTurn(BUSY, new Error('no route'), { ...BUSY, status: 500 });
    const { deliverAt } = delivererOf(send);
    expect(await deliverAt(START)).toBe(START + 1000);
    expect(await deliverAt(START + 999)).toBe(START + 1000);
    expect(await deliverAt(START + 1000)).toBe(START + 3000);
    expect(await deliverAt(START + 3000)).toBeUndefined();
    expect(new Set(sent.map(({ headers }) => headers['X-MLflow-Delivery-Id'])).size).toBe(1);
    expect(sent.map(({ headers }) => headers['X-MLflow-Timestamp'])).toEqual([
      '1700000000',
      '1700000001',
      '1700000003',
    ]);
    const [letter] = await lettersOf(webhook);
    expect(letter).toMatchObject({ tries: 3, failure: 'The receiver answered 500.', responseStatus: 500 });
    expect(sent[0]?.headers['X-MLflow-Delivery-Id']).toBe(deliveryIdOf(letter?.eventId ?? '', webhook.webhookId));
  });

  test('waits as long as its receiver asks for', async () => {
    const webhook = await tellOne();
    const { deliverAt } = delivererOf(sendInTurn({ status: 429, body: '', retryAfter: '90' }).send);
    expect(await deliverAt(START)).toBe(START + 90_000);
    expect(await deliverAt(START + 90_000)).toBeUndefined();
    expect(await lettersOf(webhook)).toEqual([]);
  });

  test.each([
    [{ ...GOOD, status: 404 }, 'The receiver answered 404.', 404],
    [new DeliveryRefused('blocked'), 'blocked', undefined],
  ])('that cannot come to anything is given up at once', async (answer, failure, responseStatus) => {
    const webhook = await tellOne();
    const { sent, send } = sendInTurn(answer);
    expect(await delivererOf(send).deliverAt(START)).toBeUndefined();
    expect(sent).toHaveLength(1);
    expect(await lettersOf(webhook)).toMatchObject([{ tries: 1, failure, responseStatus }]);
  });

  test('to a webhook that was disabled meanwhile is given up, to one that was deleted it is dropped', async () => {
    const { sent, send } = sendInTurn();
    const disabled = await tellOne();
    await store.updateWebhook(disabled.webhookId, (webhook) => ({ ...webhook, status: 'DISABLED' }));
    await delivererOf(send).deliverAt(START);
    expect(await lettersOf(disabled)).toMatchObject([{ failure: 'The webhook was disabled before the delivery.' }]);
    const deleted = await tellOne();
    await store.deleteWebhook(deleted.webhookId);
    await delivererOf(send).deliverAt(START);
    expect(await lettersOf(deleted)).toEqual([]);
    expect(sent).toEqual([]);
  });

  test('that is cut short is kept and costs no try', async () => {
    const webhook = await tellOne();
    const stopping = new AbortController();
    const cut: Send = async () => {
      stopping.abort();
      throw new Error('aborted');
    };
    await delivererOf(cut).deliverAt(START, stopping.signal);
    const { sent, send } = sendInTurn();
    await delivererOf(send).deliverAt(START);
    expect(sent).toHaveLength(1);
    expect(await lettersOf(webhook)).toEqual([]);
  });

  test('whose deliverer dies is made by another one, once the claim has ended', async () => {
    const webhook = await tellOne();
    const dead: Store = {
      ...store,
      endDelivery: async () => {
        throw new Error('died');
      },
    };
    const first = sendInTurn();
    const { deliverAt, reports } = delivererOf(first.send, dead);
    await deliverAt(START);
    expect(reports).toEqual([new Error('died')]);
    const second = sendInTurn();
    await delivererOf(second.send).deliverAt(START + 30_999);
    expect(second.sent).toEqual([]);
    await delivererOf(second.send).deliverAt(START + 31_000);
    expect(second.sent.map(({ headers }) => headers['X-MLflow-Delivery-Id'])).toEqual(
      first.sent.map(({ headers }) => headers['X-MLflow-Delivery-Id']),
    );
    expect(await lettersOf(webhook)).toEqual([]);
  });
});

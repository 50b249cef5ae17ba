import { describe, expect, test } from 'vitest';
import type { Webhook, WebhookEvent } from '../../../functions/domain/webhook.ts';
import type { WebhookMessage } from '../../../functions/domain/webhook-message.ts';
import type { Store } from '../../../functions/store/store.ts';
import { randomText } from '../random-text.ts';
import { addRegisteredModel, addVersion, newVersion, upTo, withTag } from '../samples.ts';
import type { OpenStore } from '../store-suite.ts';

const CREATED: WebhookEvent = { entity: 'REGISTERED_MODEL', action: 'CREATED' };
const TAGGED: WebhookEvent = { entity: 'MODEL_VERSION_TAG', action: 'SET' };
const NOW = 1_700_000_000_000;

const newWebhook = (webhookId: string, part: Partial<Webhook> = {}): Webhook => ({
  webhookId,
  name: 'hook',
  description: undefined,
  url: 'https://example.com/hook',
  events: [CREATED],
  status: 'ACTIVE',
  sealedSecret: undefined,
  creationTime: 10,
  lastUpdateTime: 10,
  ...part,
});

const messageOf = (event: WebhookEvent, body = 'b'): WebhookMessage => ({ event, body, time: NOW });

const create = (store: Store, name: string, body?: string) =>
  store.createRegisteredModel({ name, description: '', tags: new Map(), now: NOW }, () => messageOf(CREATED, body));

/** All that is due then, which stays claimed for a second. */
const claim = async (store: Store, now = NOW) => (await store.claimDeliveries({ now, leaseMs: 1000 })).deliveries;

/** Claims and ends what is due until nothing is left; gives the bodies by webhook. */
async function drain(store: Store, now = NOW): Promise<readonly string[]> {
  const all: string[] = [];
  for (;;) {
    const { deliveries, nextDueTime } = await store.claimDeliveries({ now, leaseMs: 1000 });
    for (const delivery of deliveries) {
      all.push(`${delivery.webhookId} ${delivery.body}`);
      await store.endDelivery(delivery);
    }
    if (nextDueTime === undefined || nextDueTime > now) return all.toSorted();
  }
}

/** Webhooks and the queue of what they are to be told. */
export function describeWebhooks(open: OpenStore): void {
  describe('a webhook', () => {
    test('comes back as it was created, for other processes too, until it is deleted', async () => {
      const { store, reopen } = await open();
      const webhook = newWebhook('w', { description: 'é', sealedSecret: 'sealed' });
      await store.createWebhook(webhook);
      expect(await reopen().findWebhook('w')).toStrictEqual(webhook);
      expect(await store.listWebhooks()).toEqual([webhook]);
      const changed = await store.updateWebhook('w', (current) => ({ ...current, status: 'DISABLED' }));
      expect(changed).toEqual({ ...webhook, status: 'DISABLED' });
      expect(await store.listWebhooks()).toEqual([changed]);
      expect(await store.deleteWebhook('w')).toBe(true);
      expect(await store.findWebhook('w')).toBeUndefined();
      expect(await reopen().listWebhooks()).toEqual([]);
    });

    test('that is not there is undefined, and cannot be written or deleted', async () => {
      const { store } = await open();
      expect(await store.findWebhook('w')).toBeUndefined();
      expect(await store.updateWebhook('w', (webhook) => webhook)).toBeUndefined();
      expect(await store.deleteWebhook('w')).toBe(false);
    });

    test('larger than an item leaves nothing behind', async () => {
      const { store, keys } = await open();
      await store.createWebhook(newWebhook('w', { description: randomText(900_000, 1) }));
      expect(await store.deleteWebhook('w')).toBe(true);
      expect(await keys()).toEqual([]);
    });
  });

  describe('a message', () => {
    test('is kept for those alone who hear of it, and for nobody without a webhook', async () => {
      const { store, another, keys } = await open();
      await create(store, 'unheard');
      expect((await keys()).filter(({ pk }) => pk === 'DELIVERIES')).toEqual([]);
      await store.createWebhook(newWebhook('a'));
      await store.createWebhook(newWebhook('b', { events: [TAGGED, CREATED] }));
      await store.createWebhook(newWebhook('deaf', { events: [TAGGED] }));
      await store.createWebhook(newWebhook('disabled', { status: 'DISABLED' }));
      await create(another(), 'm', 'told');
      expect(await drain(store)).toEqual(['a told', 'b told']);
      expect((await keys()).filter(({ pk }) => pk === 'DELIVERIES')).toEqual([]);
    });

    test('of a write that was refused is not told', async () => {
      const { store } = await open();
      await store.createWebhook(newWebhook('w', { events: [CREATED, TAGGED] }));
      await addRegisteredModel(store, 'm');
      expect(await create(store, 'm')).toBeUndefined();
      expect(await store.updateRegisteredModel('none', withTag('a'), () => messageOf(TAGGED))).toBeUndefined();
      const version = { name: 'm', versionNumber: 9 };
      expect(
        await store.updateModelVersion(
          version,
          (same) => same,
          () => messageOf(TAGGED),
        ),
      ).toBeUndefined();
      expect(await store.createModelVersion('none', newVersion(), () => messageOf(TAGGED))).toBeUndefined();
      const refuse = store.updateRegisteredModel(
        'm',
        () => {
          throw new Error('refused');
        },
        () => messageOf(TAGGED),
      );
      await expect(refuse).rejects.toThrow('refused');
      expect(await drain(store)).toEqual([]);
    });

    test('goes with each verb of the registry, also when there was nothing to change', async () => {
      const { store } = await open();
      await store.createWebhook(newWebhook('w', { events: [TAGGED] }));
      await addRegisteredModel(store, 'm');
      await store.updateRegisteredModel('m', withTag('a'), ({ tags }) => messageOf(TAGGED, `model ${tags.size}`));
      await store.updateRegisteredModel(
        'm',
        (same) => same,
        () => messageOf(TAGGED, 'same model'),
      );
      await store.updateRegisteredModel('m', withTag('b'), () => undefined);
      await store.createModelVersion('m', newVersion(), ({ versionNumber }) =>
        messageOf(TAGGED, `made ${versionNumber}`),
      );
      const first = { name: 'm', versionNumber: 1 };
      await store.updateModelVersion(first, withTag('a'), ({ name }) => messageOf(TAGGED, `version of ${name}`));
      await store.updateModelVersion(
        first,
        (same) => same,
        () => messageOf(TAGGED, 'same version'),
      );
      expect(await drain(store)).toEqual(['w made 1', 'w model 1', 'w same model', 'w same version', 'w version of m']);
    });

    test('is told once by each of 16 concurrent writers', async () => {
      const { store, another } = await open();
      await store.createWebhook(newWebhook('w', { events: [TAGGED] }));
      await addRegisteredModel(store, 'm');
      await addVersion(store, 'm');
      await Promise.all(
        upTo(16).map((at) =>
          another().updateRegisteredModel('m', withTag(`t${at}`), () => messageOf(TAGGED, `t${at}`)),
        ),
      );
      expect(await drain(store)).toEqual(
        upTo(16)
          .map((at) => `w t${at}`)
          .toSorted(),
      );
    });

    test('may have more receivers than a transaction has room for', async () => {
      const { store, keys } = await open();
      for (const at of upTo(210)) await store.createWebhook(newWebhook(`w${at}`));
      await create(store, 'm');
      expect(await drain(store)).toEqual(
        upTo(210)
          .map((at) => `w${at} b`)
          .toSorted(),
      );
      expect((await keys()).filter(({ pk }) => pk === 'DELIVERIES')).toEqual([]);
    });

    test('larger than an item comes to each of its receivers and leaves nothing behind', async () => {
      const { store, keys } = await open();
      for (const webhookId of ['a', 'b']) await store.createWebhook(newWebhook(webhookId));
      const body = randomText(900_000, 2);
      await create(store, 'm', body);
      expect(await drain(store)).toEqual([`a ${body}`, `b ${body}`]);
      expect((await keys()).filter(({ pk }) => pk === 'DELIVERIES')).toEqual([]);
    });
  });

  describe('a delivery', () => {
    test('is claimed by one of many, and due again when its claim has ended', async () => {
      const { store, another } = await open();
      await store.createWebhook(newWebhook('w'));
      await create(store, 'm');
      expect(await claim(store, NOW - 1)).toEqual([]);
      const claimed = await Promise.all(upTo(8).map(() => claim(another())));
      expect(claimed.flat()).toHaveLength(1);
      expect(await store.claimDeliveries({ now: NOW + 999, leaseMs: 1 })).toEqual({
        deliveries: [],
        nextDueTime: NOW + 1000,
      });
      const again = await claim(another(), NOW + 1000);
      expect(again).toMatchObject([{ webhookId: 'w', tries: 0, dueTime: NOW + 2000 }]);
      expect(again[0]?.eventId).toBe(claimed.flat()[0]?.eventId);
    });

    test('is put back as it is told, and what its claimer does too late does no harm', async () => {
      const { store } = await open();
      await store.createWebhook(newWebhook('w'));
      await create(store, 'm');
      const [first] = await claim(store);
      if (!first) throw new Error('nothing was claimed');
      await store.postponeDelivery(first, { tries: 1, dueTime: NOW + 5000 });
      await store.postponeDelivery(first, { tries: 7, dueTime: NOW });
      await store.buryDelivery(first, { tries: 7, failedTime: NOW, failure: 'late', responseStatus: undefined });
      expect(await claim(store, NOW + 4999)).toEqual([]);
      expect(await claim(store, NOW + 5000)).toMatchObject([{ tries: 1 }]);
      expect(await store.listDeadLetters()).toEqual([]);
    });

    test('that was given up is listed, and can be made again, once', async () => {
      const { store, reopen, items } = await open();
      await store.createWebhook(newWebhook('w'));
      await create(store, 'm', 'told');
      const [delivery] = await claim(store);
      if (!delivery) throw new Error('nothing was claimed');
      const failure = { tries: 4, failedTime: NOW, failure: 'no answer', responseStatus: undefined };
      await store.buryDelivery(delivery, failure);
      const { eventId, webhookId, event, body } = delivery;
      expect(await reopen().listDeadLetters()).toStrictEqual([{ eventId, webhookId, event, body, ...failure }]);
      expect(await claim(store, NOW + 10_000)).toEqual([]);
      const [letter] = (await items()).filter(({ pk }) => pk?.S === 'DEAD-LETTERS');
      expect(letter?.ttl?.N).toBe(String(NOW / 1000 + 30 * 86_400));

      expect(await store.redeliver({ eventId, webhookId: 'another' }, NOW)).toBe(false);
      const made = await Promise.all(upTo(4).map(() => store.redeliver({ eventId, webhookId }, NOW)));
      expect(made.filter(Boolean)).toHaveLength(1);
      expect(await store.listDeadLetters()).toEqual([]);
      expect(await claim(store)).toMatchObject([{ eventId, webhookId, body, tries: 0 }]);
    });
  });
}

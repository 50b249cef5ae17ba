import { describe, expect, test } from 'vitest';
import { doesNotExist, MlflowError } from '../../../functions/domain/errors.ts';
import { protectionsOf } from '../../../functions/domain/promotion/policy.ts';
import { decided, standingReviews } from '../../../functions/domain/promotion/request.ts';
import { holdersOf, type PromotionTarget, withEntrance } from '../../../functions/domain/promotion/target.ts';
import { stageOfVersion } from '../../../functions/domain/version-stages.ts';
import type { Decide, NewPromotionRequest, Situation } from '../../../functions/store/promotion-store.ts';
import type { Keep } from '../../../functions/store/registry-store.ts';
import type { Store } from '../../../functions/store/store.ts';
import { policyWith, reviewBy, ruleWith } from '../../domain/promotion/samples.ts';
import { randomText } from '../random-text.ts';
import { addRegisteredModel, addVersion, upTo } from '../samples.ts';
import type { OpenStore } from '../store-suite.ts';

const PRODUCTION: PromotionTarget = { kind: 'stage', stage: 'Production' };
const CHAMPION: PromotionTarget = { kind: 'alias', alias: 'champion' };
const POLICY = policyWith([ruleWith({ aliases: ['champion'], needsDescription: true })]);
const RECORD = { kind: 'direct', by: 'ann', time: 50, comment: 'c', undoes: undefined } as const;

const refused = new MlflowError('PERMISSION_DENIED', 'refused');

/** Puts a version into a target, whatever is demanded. */
const entering =
  (
    versionNumber: number,
    target: PromotionTarget,
    look: (situation: Situation) => Promise<unknown> = async () => true,
  ) =>
  async (situation: Situation) => {
    const { model } = situation;
    if (stageOfVersion(model.stages, versionNumber) === undefined) throw doesNotExist('no such version');
    await look(situation);
    return { model: withEntrance(model, target, { versionNumber, archivesOthers: true, now: 50 }), record: RECORD };
  };

/** Puts a version into production by its open request, when somebody approves and nobody refuses. */
const promoting =
  (versionNumber: number): Decide =>
  async (situation) => {
    const wanted = { registeredModelId: situation.model.registeredModelId, versionNumber, target: PRODUCTION };
    const request = await situation.findOpenRequest(wanted);
    const verdicts = request ? standingReviews(request).map(({ verdict }) => verdict) : [];
    if (!request || verdicts.length === 0 || verdicts.includes('REFUSE')) throw refused;
    const placed = await entering(versionNumber, PRODUCTION)(situation);
    return { ...placed, ends: decided(request, 'PROMOTED', { by: 'ann', time: 50, comment: '' }) };
  };

const keep: Keep = (model, policies) => {
  if (protectionsOf(model, policies).length > 0) throw refused;
};

/** A model with three versions, and its id. */
async function addModel(store: Store): Promise<string> {
  const { registeredModelId } = await addRegisteredModel(store, 'm');
  for (const _ of upTo(3)) await addVersion(store, 'm');
  return registeredModelId;
}

const newRequest = (registeredModelId: string, versionNumber = 1, target = PRODUCTION): NewPromotionRequest => ({
  registeredModelId,
  modelName: 'm',
  versionNumber,
  target,
  archivesOthers: false,
  comment: '',
  requester: { username: 'bob', userId: 2 },
  creationTime: 30,
});

async function addRequest(store: Store, registeredModelId: string, versionNumber = 1): Promise<string> {
  const request = await store.createPromotionRequest(newRequest(registeredModelId, versionNumber));
  if (!request) throw new Error('It is asked for already');
  return request.requestId;
}

const review = (store: Store, requestId: string, verdict: 'APPROVE' | 'REFUSE') =>
  store.updatePromotionRequest(requestId, (request) => ({
    ...request,
    reviews: [...request.reviews, reviewBy('cat', verdict)],
  }));

const outcomeOf = async (act: Promise<unknown>): Promise<unknown> =>
  act.then(
    (value) => (value ? 'done' : 'nothing'),
    (error: unknown) => (error instanceof MlflowError ? error.code : error),
  );

/** Policies, requests and promotions. */
export function describePromotions(open: OpenStore): void {
  describe('the promotion policy of all models', () => {
    test('is set, replaced and taken away, for other processes too', async () => {
      const { store, reopen } = await open();
      expect(await store.findDefaultPolicy()).toBeUndefined();
      await store.setDefaultPolicy(undefined);
      for (const policy of [POLICY, policyWith([], ['a']), undefined, POLICY]) {
        await store.setDefaultPolicy(policy);
        expect(await reopen().findDefaultPolicy()).toEqual(policy);
      }
    });

    test('is seen by a promotion that was decided under another one', async () => {
      const { store, another } = await open();
      await addModel(store);
      for (const policy of [POLICY, undefined]) {
        const seen: number[] = [];
        await store.placeVersions('m', async (situation) => {
          seen.push(situation.policies.length);
          if (seen.length === 1) await another().setDefaultPolicy(policy);
          return entering(1, CHAMPION)(situation);
        });
        expect(seen).toEqual(policy ? [0, 1] : [1, 0]);
      }
    });

    test('is seen by a deletion that was decided under another one', async () => {
      const { store, another } = await open();
      await addModel(store);
      await store.placeVersions('m', entering(1, PRODUCTION));
      let isFirst = true;
      const deletion = {
        by: undefined,
        keep: (async (model, policies) => {
          if (isFirst) await another().setDefaultPolicy(POLICY);
          isFirst = false;
          await keep(model, policies);
        }) satisfies Keep,
      };
      const deleted = await outcomeOf(store.deleteModelVersion({ name: 'm', versionNumber: 1 }, 60, deletion));
      // Whichever came first, all agree on it.
      const model = await store.findRegisteredModel('m');
      expect(deleted).toBe(model && holdersOf(model, PRODUCTION).length > 0 ? 'PERMISSION_DENIED' : 'done');
    });
  });

  test('the policy of a model stays with it', async () => {
    const { store, reopen } = await open();
    await addModel(store);
    await store.updateRegisteredModel('m', (model) => ({ ...model, policy: POLICY }));
    await store.updateRegisteredModel('m', (model) => ({ ...model, name: 'n' }));
    expect((await reopen().findRegisteredModel('n'))?.policy).toEqual(POLICY);
    expect((await store.listRegisteredModels())[0]?.policy).toEqual(POLICY);
  });

  test('a version tells who made it', async () => {
    const { store, reopen } = await open();
    await addModel(store);
    await addVersion(store, 'm', { author: 'ann' });
    const authors = (await reopen().listVersionsOfModel('m')).map(({ version }) => [
      version.versionNumber,
      version.author,
    ]);
    expect(new Map(authors as [number, string | undefined][])).toEqual(
      new Map<number, string | undefined>([
        [1, undefined],
        [2, undefined],
        [3, undefined],
        [4, 'ann'],
      ]),
    );
  });

  describe('a promotion request', () => {
    test('is made once for a version and a target, until it ends', async () => {
      const { store, another, reopen } = await open();
      const id = await addModel(store);
      const made = await Promise.all(upTo(8).map(() => another().createPromotionRequest(newRequest(id))));
      const [request, ...others] = made.filter((one) => one !== undefined);
      expect(others).toEqual([]);
      if (!request) return expect.fail('none was made');
      expect(await reopen().findPromotionRequest(request.requestId)).toEqual(request);
      expect(await store.findOpenRequest(request)).toEqual(request);
      expect(await store.findOpenRequest({ ...request, target: CHAMPION })).toBeUndefined();
      const decision = { by: 'bob', time: 40, comment: '' };
      await store.updatePromotionRequest(request.requestId, (current) => decided(current, 'WITHDRAWN', decision));
      expect(await store.findOpenRequest(request)).toBeUndefined();
      expect(await store.createPromotionRequest(newRequest(id))).toBeDefined();
    });

    test('is found among those of its model, and of all, also when the model is gone', async () => {
      const { store, reopen } = await open();
      const id = await addModel(store);
      const other = await addRegisteredModel(store, 'o');
      const ids = [await addRequest(store, id, 1), await addRequest(store, id, 2)];
      const elsewhere = await addRequest(store, other.registeredModelId, 1);
      const idsOf = async (of: string | undefined) =>
        (await reopen().listPromotionRequests(of)).map(({ requestId }) => requestId).toSorted();
      expect(await idsOf(id)).toEqual(ids.toSorted());
      await store.deleteRegisteredModel('m');
      expect(await idsOf(undefined)).toEqual([...ids, elsewhere].toSorted());
      expect(await store.findModelById(id)).toBeUndefined();
      expect((await store.findModelById(other.registeredModelId))?.name).toBe('o');
    });

    test('that nobody made is none', async () => {
      const { store } = await open();
      for (const id of ['', 'x', `${'0'.repeat(20)}-${'0'.repeat(32)}`]) {
        expect(await store.findPromotionRequest(id)).toBeUndefined();
        expect(await store.updatePromotionRequest(id, (request) => request)).toBeUndefined();
      }
    });

    test('keeps every review of many at once', async () => {
      const { store, another } = await open();
      const requestId = await addRequest(store, await addModel(store));
      await Promise.all(upTo(12).map(() => review(another(), requestId, 'APPROVE')));
      expect((await store.findPromotionRequest(requestId))?.reviews).toHaveLength(12);
    });
  });

  describe('a promotion', () => {
    test('takes effect with the end of its request, and is kept', async () => {
      const { store, reopen } = await open();
      const id = await addModel(store);
      await store.placeVersions('m', entering(2, PRODUCTION));
      const requestId = await addRequest(store, id);
      await review(store, requestId, 'APPROVE');
      const model = await store.placeVersions('m', promoting(1));
      expect(model?.stages).toBe('PA-');
      expect(await reopen().findPromotionRequest(requestId)).toMatchObject({
        state: 'PROMOTED',
        decision: { by: 'ann' },
      });
      const history = await reopen().listPromotions(id);
      expect(history).toMatchObject([
        { by: 'ann', time: 50, comment: 'c', changes: [{ target: PRODUCTION, entered: [2], left: [] }] },
        { requestId, changes: [{ target: PRODUCTION, entered: [1], left: [2] }] },
      ]);
      await store.deleteRegisteredModel('m');
      expect(await store.listPromotions(id)).toEqual(history);
    });

    test('that is refused changes nothing', async () => {
      const { store, snapshot } = await open();
      await addRequest(store, await addModel(store));
      const before = await snapshot();
      await expect(store.placeVersions('m', promoting(1))).rejects.toBe(refused);
      expect(await snapshot()).toEqual(before);
      expect(await store.placeVersions('nobody', promoting(1))).toBeUndefined();
    });

    test('sees an approval that is taken back before it takes effect', async () => {
      const { store, another } = await open();
      const requestId = await addRequest(store, await addModel(store));
      await review(store, requestId, 'APPROVE');
      let isFirst = true;
      const late: Decide = async (situation) => {
        const placement = await promoting(1)(situation);
        if (isFirst) await review(another(), requestId, 'REFUSE');
        isFirst = false;
        return placement;
      };
      await expect(store.placeVersions('m', late)).rejects.toBe(refused);
      expect((await store.findRegisteredModel('m'))?.stages).toBe('---');
      expect((await store.findPromotionRequest(requestId))?.state).toBe('OPEN');
    });

    test('sees a version that changes before it takes effect', async () => {
      const { store, another } = await open();
      await addModel(store);
      const seen: (string | undefined)[] = [];
      await store.placeVersions('m', async (situation) => {
        seen.push((await situation.findVersion(1))?.tags.get('ok'));
        if (seen.length === 1) {
          const tags = new Map([['ok', 'no more']]);
          await another().updateModelVersion({ name: 'm', versionNumber: 1 }, (version) => ({ ...version, tags }));
        }
        return entering(1, CHAMPION)(situation);
      });
      expect(seen).toEqual([undefined, 'no more']);
    });

    test('happens once, however many want it at the same time', async () => {
      const { store, another } = await open();
      const id = await addModel(store);
      const requestId = await addRequest(store, id);
      await review(store, requestId, 'APPROVE');
      const outcomes = await Promise.all(upTo(6).map(() => outcomeOf(another().placeVersions('m', promoting(1)))));
      expect(outcomes.toSorted()).toEqual([...new Array(5).fill('PERMISSION_DENIED'), 'done']);
      expect(await store.listPromotions(id)).toHaveLength(1);
    });

    test('and others of the same alias are a chain: each replaces the one before', async () => {
      const { store, another } = await open();
      const id = await addModel(store);
      await Promise.all([1, 2, 3, 1, 2, 3].map((version) => another().placeVersions('m', entering(version, CHAMPION))));
      const history = await store.listPromotions(id);
      const model = await store.findRegisteredModel('m');
      expect(history.map(({ promotionId }) => Number(promotionId))).toEqual(upTo(history.length).map((at) => at + 1));
      const steps = history.flatMap(({ changes }) => changes.map(({ entered, left }) => [left, entered]));
      const holders = [[], ...steps.map(([, entered]) => entered)];
      expect(steps.map(([left]) => left)).toEqual(holders.slice(0, -1));
      expect(holders.at(-1)).toEqual([model?.aliases.get('champion')]);
    });

    test('and a deletion of the version that races with it agree', async () => {
      const { store, another } = await open();
      for (const at of upTo(6)) {
        const name = `m${at}`;
        await addRegisteredModel(store, name);
        await store.updateRegisteredModel(name, (model) => ({ ...model, policy: POLICY }));
        await addVersion(store, name);
        const deletion = { keep, by: undefined };
        const [placed, deleted] = await Promise.all([
          outcomeOf(another().placeVersions(name, entering(1, PRODUCTION))),
          outcomeOf(another().deleteModelVersion({ name, versionNumber: 1 }, 60, deletion)),
        ]);
        expect([
          ['done', 'PERMISSION_DENIED'],
          ['RESOURCE_DOES_NOT_EXIST', 'done'],
        ]).toContainEqual([placed, deleted]);
        expect((await store.findRegisteredModel(name))?.stages).toBe(placed === 'done' ? 'P' : 'x');
      }
    });

    test('and a deletion of the model that races with it agree', async () => {
      const { store, another } = await open();
      for (const at of upTo(6)) {
        const name = `m${at}`;
        await addRegisteredModel(store, name);
        await addVersion(store, name);
        await store.updateRegisteredModel(name, (model) => ({ ...model, policy: POLICY }));
        const [placed, deleted] = await Promise.all([
          outcomeOf(another().placeVersions(name, entering(1, PRODUCTION))),
          outcomeOf(another().deleteRegisteredModel(name, keep)),
        ]);
        expect([
          ['done', 'PERMISSION_DENIED'],
          ['nothing', 'done'],
        ]).toContainEqual([placed, deleted]);
        expect(await store.findRegisteredModel(name)).toEqual(placed === 'done' ? expect.anything() : undefined);
      }
    });

    test('of a request that no item could hold leaves nothing behind of the one before', async () => {
      const { store, keys } = await open();
      const requestId = await addRequest(store, await addModel(store));
      const large = upTo(8).map((at) => ({ ...reviewBy('cat', 'APPROVE'), comment: randomText(100_000, at) }));
      await store.updatePromotionRequest(requestId, (request) => ({ ...request, reviews: large }));
      const partsOf = async () => (await keys()).filter(({ sk }) => sk.includes('~')).length;
      const before = await partsOf();
      expect(before).toBeGreaterThan(0);
      await store.placeVersions('m', promoting(1));
      expect(await partsOf()).toBe(before);
      expect(await store.findPromotionRequest(requestId)).toMatchObject({ state: 'PROMOTED', reviews: large });
    });

    test('that changes nothing is not kept', async () => {
      const { store } = await open();
      const id = await addModel(store);
      await store.placeVersions('m', async ({ model }) => ({ model, record: RECORD }));
      await store.placeVersions('m', entering(1, CHAMPION));
      await store.placeVersions('m', entering(1, CHAMPION));
      expect(await store.listPromotions(id)).toHaveLength(1);
    });

    test('ends with the version whose alias is deleted with it', async () => {
      const { store } = await open();
      const id = await addModel(store);
      await store.placeVersions('m', entering(1, CHAMPION));
      await store.deleteModelVersion({ name: 'm', versionNumber: 1 }, 60, { keep, by: 'ann' });
      expect((await store.listPromotions(id)).at(-1)).toMatchObject({
        by: 'ann',
        changes: [{ target: CHAMPION, entered: [], left: [1] }],
      });
    });
  });
}

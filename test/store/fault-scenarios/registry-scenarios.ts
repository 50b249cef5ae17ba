import { MlflowError } from '../../../functions/domain/errors.ts';
import { withTransition } from '../../../functions/domain/model-version.ts';
import { decided } from '../../../functions/domain/promotion/request.ts';
import { IS_PROMPT_TAG } from '../../../functions/domain/prompt.ts';
import { renamed } from '../../../functions/domain/registered-model.ts';
import type { Decide } from '../../../functions/store/promotion-store.ts';
import type { Store } from '../../../functions/store/store.ts';
import { policyWith, requestWith, reviewBy, ruleWith } from '../../domain/promotion/samples.ts';
import type { FaultScenario } from '../fault-scenario.ts';
import { randomText } from '../random-text.ts';
import { addRegisteredModel, addVersion, newVersion, upTo, withTag } from '../samples.ts';

const NAMES = ['a', 'b'];
const LARGE = new Map(upTo(6).map((at) => [`t${at}`, randomText(100_000, at)]));
const PROMPT = new Map([[IS_PROMPT_TAG, 'true']]);

const withoutId = <T extends { readonly registeredModelId: string }>({ registeredModelId: _, ...rest }: T) => rest;

type Views = Awaited<ReturnType<Store['listModelVersions']>>;

const namedVersions = (views: Views) =>
  views
    .map(({ model, version, stage }) => ({ ...withoutId(version), name: model.name, stage }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1) || a.versionNumber - b.versionNumber);

/** All models by name with their versions, as each way to look at them shows them; ids are drawn anew. */
async function observe(store: Store): Promise<unknown> {
  const found = await Promise.all(NAMES.map((name) => store.findRegisteredModel(name)));
  const ofModels = await Promise.all(NAMES.map((name) => store.listVersionsOfModel(name)));
  return {
    listed: (await store.listRegisteredModels()).map(withoutId).toSorted((x, y) => (x.name < y.name ? -1 : 1)),
    found: found.map((model) => model && withoutId(model)),
    versions: namedVersions(await store.listModelVersions()),
    ofModels: ofModels.map(namedVersions),
    ofRun: namedVersions(await store.listVersionsOfRun('r')),
    ofLoggedModel: namedVersions(await store.listVersionsOfLoggedModel('m-1')),
  };
}

/** What a version that was made twice changes besides being there twice: a retry of its creation makes another one. */
async function observeSources(store: Store): Promise<unknown> {
  const views = await store.listModelVersions();
  const numbers = views.map(({ version }) => version.versionNumber).toSorted((x, y) => x - y);
  const model = await store.findRegisteredModel('a');
  return {
    contents: new Set(views.map(({ version: { source, runId, tags } }) => JSON.stringify([source, runId, [...tags]]))),
    areNumbered: numbers.every((number, at) => number === at + 1),
    areKnown: model?.stages.length === numbers.length,
    areReferred: (await store.listVersionsOfRun('r')).length === numbers.length,
  };
}

/** Undefined and false are what the operations answer 404 to. */
async function expectDone(outcome: Promise<unknown>): Promise<void> {
  if (!(await outcome)) throw new MlflowError('RESOURCE_DOES_NOT_EXIST', 'not there');
}

/** A verb on model `a`, which has three versions, the second of them in production and under an alias. */
const onModel = (
  name: string,
  act: (store: Store) => Promise<unknown>,
  rest: Partial<FaultScenario> = {},
): FaultScenario => ({
  name,
  isAtomic: true,
  prepare: async (store) => {
    await addRegisteredModel(store, 'a', new Map([['t', '1']]));
    for (const at of upTo(3))
      await addVersion(store, 'a', { runId: 'r', loggedModelId: 'm-1', source: `s3://b/${at}` });
    await store.updateRegisteredModel('a', (model) => ({ ...toProduction(2)(model), aliases: new Map([['x', 2]]) }));
    return { act: (victim) => expectDone(act(victim)), observe };
  },
  ...rest,
});

const toProduction = (versionNumber: number) => (model: Parameters<typeof withTransition>[0]) =>
  withTransition(model, { versionNumber, stage: 'Production', archivesOthers: true, now: 30 });

const creation = (name: string, tags: ReadonlyMap<string, string>): FaultScenario => ({
  name,
  isAtomic: true,
  prepare: async (store) => {
    await addRegisteredModel(store, 'a');
    return {
      act: (victim) => expectDone(victim.createModelVersion('a', newVersion({ runId: 'r', tags }))),
      observe: observeSources,
    };
  },
});

/** What promotions leave, without ids. */
async function observePromotions(store: Store): Promise<unknown> {
  const model = await store.findRegisteredModel('a');
  const requests = await store.listPromotionRequests(undefined);
  const history = model ? await store.listPromotions(model.registeredModelId) : [];
  return {
    ...((await observe(store)) as object),
    requests: requests.map(({ requestId: _, registeredModelId: __, ...rest }) => rest),
    history: history.map(({ changes, by, time, requestId }) => ({
      changes,
      by,
      time,
      isOfRequest: Boolean(requestId),
    })),
  };
}

const wantsSecond = { versionNumber: 2, target: { kind: 'stage', stage: 'Production' } } as const;

/** Puts version 2 of model `a` into production, by its open request, under a policy of all models. */
const promoteSecond: Decide = async (situation) => {
  const { registeredModelId } = situation.model;
  const request = await situation.findOpenRequest({ registeredModelId, ...wantsSecond });
  if (!request) throw new MlflowError('RESOURCE_CONFLICT', 'the request has ended');
  await situation.findVersion(2);
  return {
    model: toProduction(2)(situation.model),
    ends: decided(request, 'PROMOTED', { by: 'ann', time: 30, comment: '' }),
    record: { kind: 'request', by: 'ann', time: 30, comment: '', undoes: undefined },
  };
};

const promotion = (name: string, size: 'small' | 'large'): FaultScenario => ({
  name,
  isAtomic: true,
  prepare: async (store) => {
    const { registeredModelId } = await addRegisteredModel(store, 'a');
    for (const at of upTo(3)) await addVersion(store, 'a', { source: `s3://b/${at}` });
    await store.updateRegisteredModel('a', toProduction(1));
    await store.setDefaultPolicy(policyWith([ruleWith({ approvals: { count: 1, users: [], roles: [] } })]));
    const request = await store.createPromotionRequest(requestWith({ registeredModelId, ...wantsSecond }));
    const comment = size === 'small' ? '' : randomText(600_000, 1);
    await store.updatePromotionRequest(request?.requestId ?? '', (current) => ({
      ...current,
      reviews: [{ ...reviewBy('cat', 'APPROVE'), comment }],
    }));
    return { act: (victim) => expectDone(victim.placeVersions('a', promoteSecond)), observe: observePromotions };
  },
  doneBefore: 'RESOURCE_CONFLICT',
});

const second = { name: 'a', versionNumber: 2 };

/** The verbs that write the model registry. */
export const registryScenarios: readonly FaultScenario[] = [
  {
    name: 'createRegisteredModel',
    isAtomic: true,
    prepare: async () => ({
      act: (store) => store.createRegisteredModel({ name: 'a', description: '', tags: new Map(), now: 10 }),
      observe,
    }),
  },
  {
    name: 'createRegisteredModel beyond an item',
    isAtomic: true,
    prepare: async () => ({
      act: (store) => store.createRegisteredModel({ name: 'a', description: '', tags: LARGE, now: 10 }),
      observe,
    }),
  },
  creation('createModelVersion', new Map([['t', '1']])),
  creation('createModelVersion beyond an item', LARGE),
  onModel('updateRegisteredModel', (store) => store.updateRegisteredModel('a', withTag('new'))),
  onModel('a transition that archives', (store) => store.updateRegisteredModel('a', toProduction(3))),
  onModel('a rename of a model', (store) => store.updateRegisteredModel('a', (model) => renamed(model, 'b', 50)), {
    doneBefore: 'RESOURCE_DOES_NOT_EXIST',
  }),
  onModel('deleteRegisteredModel', (store) => store.deleteRegisteredModel('a'), {
    doneBefore: 'RESOURCE_DOES_NOT_EXIST',
  }),
  onModel('updateModelVersion', (store) => store.updateModelVersion(second, withTag('new'))),
  onModel(
    'updateModelVersion to a prompt',
    (store) => store.updateModelVersion(second, (version) => ({ ...version, tags: PROMPT })),
    { isAtomic: false },
  ),
  onModel('deleteModelVersion', (store) => store.deleteModelVersion(second, 40), {
    doneBefore: 'RESOURCE_DOES_NOT_EXIST',
  }),
  promotion('a promotion by a request', 'small'),
  promotion('a promotion by a request beyond an item', 'large'),
  {
    name: 'createPromotionRequest',
    isAtomic: true,
    prepare: async (store) => {
      const { registeredModelId } = await addRegisteredModel(store, 'a');
      const fresh = requestWith({ registeredModelId });
      const create = async (victim: Store) => {
        if (await victim.createPromotionRequest(fresh)) return;
        throw new MlflowError('RESOURCE_ALREADY_EXISTS', 'asked for already');
      };
      return { act: create, observe: observePromotions };
    },
    doneBefore: 'RESOURCE_ALREADY_EXISTS',
  },
  {
    name: 'setDefaultPolicy',
    isAtomic: true,
    prepare: async () => ({
      act: (store) => store.setDefaultPolicy(policyWith([ruleWith({ needsDescription: true })])),
      observe: (store) => store.findDefaultPolicy(),
    }),
  },
];

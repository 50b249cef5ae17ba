import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { ModelVersion, ModelVersionView, RegisteredModel } from '../../domain/entities.ts';
import { viewOfVersion, withoutVersion, withVersion } from '../../domain/model-version.ts';
import { isHiddenPrompt } from '../../domain/prompt.ts';
import { stageOfVersion } from '../../domain/version-stages.ts';
import type { Deletion, NewModelVersion, RegistryStore, VersionName } from '../registry-store.ts';
import type { Announce } from '../webhook-store.ts';
import type { Outbox } from './deliveries.ts';
import { partsGenerationOf } from './document-item.ts';
import type { DocumentPlatform } from './documents.ts';
import type { Gate, GatedTry } from './gate.ts';
import {
  type Key,
  modelVersionKey,
  parseVersionSortKey,
  type ReferenceKind,
  referencesPrefix,
  registeredModelKey,
  type VersionPlace,
} from './keys.ts';
import { type RegistryReader, versionId } from './registry-reader.ts';
import { referenceKeysOf } from './remove-models.ts';
import { type Item, keyItem, keyOf } from './table.ts';
import { listVersionsUnderModels, viewsUnderModels } from './versions-under-models.ts';

type ModelVersionVerbs = Pick<
  RegistryStore,
  | 'createModelVersion'
  | 'findModelVersion'
  | 'readModelVersions'
  | 'listModelVersions'
  | 'listVersionsOfModel'
  | 'listVersionsOfRun'
  | 'listVersionsOfLoggedModel'
  | 'updateModelVersion'
  | 'deleteModelVersion'
>;

interface ModelVersionVerbsProps {
  readonly platform: DocumentPlatform;
  readonly reader: RegistryReader;
  readonly gate: Gate;
  readonly outbox: Outbox;
}

const FIRST = { version: 1, replaces: undefined } as const;

/**
 * Versions of registered models. Which there are, and in which stage, their model says; a version has a document beside it,
 * written in the transaction in which the model gives the number, with the items that lead from its run and its logged
 * model to it.
 */
export function createModelVersionVerbs({ platform, reader, gate, outbox }: ModelVersionVerbsProps): ModelVersionVerbs {
  const { table, retry } = platform;
  const { models, versions, findModel, findModelId, modelList, versionList, versionsOf, readVersions } = reader;
  const listAll = listVersionsUnderModels(reader);

  const putItem = (item: Item): TransactWriteItem => ({ Put: { TableName: table.name, Item: { ...item } } });
  const deleteKey = (key: Key): TransactWriteItem => ({ Delete: { TableName: table.name, Key: keyItem(key) } });

  /** Changes a model together with one of its versions, and tells the searches when that has come to an end. */
  const writing = async <T>(registeredModelId: string, write: Promise<T>, numberOf: () => number): Promise<T> => {
    try {
      return await write;
    } finally {
      modelList.touch(registeredModelId);
      versionList.touch(versionId({ registeredModelId, versionNumber: numberOf() }));
    }
  };

  const create = async (registeredModelId: string, fresh: NewModelVersion, announce?: Announce<ModelVersion>) => {
    const telling = outbox.tell(announce);
    let version = newVersion(registeredModelId, 0, fresh);
    let parts: readonly Key[] = [];
    const abandoned: Key[] = [];
    const update = models.update(
      registeredModelKey(registeredModelId),
      (model) => withVersion(model, fresh),
      async (_, { stages }) => {
        abandoned.push(...parts);
        version = newVersion(registeredModelId, stages.length, fresh);
        const items = versions.layOut(modelVersionKey(registeredModelId, stages.length), version, FIRST);
        parts = items.parts.map(keyOf);
        if (parts.length > 0) await table.writeMany(items.parts, []);
        const puts = [items.main, ...referenceKeysOf(items.main).map(keyItem)].map(putItem);
        return [...puts, ...(await telling.writesFor(version))];
      },
    );
    const model = await writing(registeredModelId, update, () => version.versionNumber);
    const isMade = model !== undefined && model !== 'taken';
    const leftovers = isMade ? abandoned : [...abandoned, ...parts];
    if (leftovers.length > 0) await table.writeMany([], leftovers);
    if (!isMade) return undefined;
    await telling.end(version);
    return viewOfVersion(model, version);
  };

  const remove = async (
    { registeredModelId, versionNumber }: VersionPlace,
    now: number,
    { keep, by }: Partial<Deletion> = {},
  ) => {
    const key = modelVersionKey(registeredModelId, versionNumber);
    const record = { kind: 'direct', by, time: now, comment: '', undoes: undefined } as const;
    let tried: GatedTry | undefined;
    let isSpilled = false;
    const update = () =>
      models.update(
        registeredModelKey(registeredModelId),
        async (model) => {
          await tried?.end(false);
          tried = undefined;
          if (stageOfVersion(model.stages, versionNumber) === undefined) return model;
          tried = await gate.begin(model);
          await keep?.(model, tried.situation.policies);
          return tried.counted(withoutVersion(model, versionNumber, now));
        },
        async (_, after) => {
          const item = await table.get(key);
          isSpilled = item !== undefined && partsGenerationOf(item) !== undefined;
          const deletions = [key, ...(item ? referenceKeysOf(item) : [])].map(deleteKey);
          return [...deletions, ...((await tried?.writesFor(after, { record })) ?? [])];
        },
      );
    const outcome = retry(async () => {
      const model = await update();
      // The policy of all models was changed meanwhile.
      if (model === 'taken') return 'again';
      return { done: model !== undefined && tried !== undefined };
    });
    const isDone = await writing(registeredModelId, outcome, () => versionNumber);
    await tried?.end(isDone);
    // The number is never used again.
    if (isSpilled) await versions.sweepGone(key, Number.POSITIVE_INFINITY);
    return isDone;
  };

  const viewsOf = (model: RegisteredModel, found: readonly ModelVersion[]): readonly ModelVersionView[] =>
    found.map((version) => viewOfVersion(model, version)).filter((view) => view !== undefined);

  const listReferring = async (kind: ReferenceKind, id: string) => {
    const all = await listAll.fromMemory();
    if (all) return all.views;
    const places = (await table.query(referencesPrefix(kind, id))).map((item) => parseVersionSortKey(keyOf(item).sk));
    const ids = [...new Set(places.map(({ registeredModelId }) => registeredModelId))];
    const [found, known] = await Promise.all([
      readVersions(places),
      Promise.all(ids.map((registeredModelId) => models.find(registeredModelKey(registeredModelId)))),
    ]);
    return viewsUnderModels(
      known.filter((model) => model !== undefined),
      found,
    );
  };

  const findModelVersion = ({ name, versionNumber }: VersionName) =>
    retry<ModelVersionView | undefined>(async () => {
      const model = await findModel(name);
      const isThere = model && stageOfVersion(model.stages, versionNumber) !== undefined;
      if (!isThere) return { done: undefined };
      const version = await versions.find(modelVersionKey(model.registeredModelId, versionNumber));
      // Between the two reads it may have been deleted.
      return version ? { done: viewOfVersion(model, version) } : 'again';
    });

  /** Says on the model whether any of its versions is a prompt's. */
  const notePrompts = async (name: string) => {
    const model = await findModel(name);
    if (!model) return;
    const hasPrompts = (await versionsOf(model)).some(({ tags }) => isHiddenPrompt(tags));
    const { registeredModelId } = model;
    await models.update(registeredModelKey(registeredModelId), (current) =>
      current.hasPrompts === hasPrompts ? current : { ...current, hasPrompts },
    );
    modelList.touch(registeredModelId);
  };

  return {
    createModelVersion: async (name, fresh, announce) => {
      const registeredModelId = await findModelId(name);
      return registeredModelId === undefined ? undefined : create(registeredModelId, fresh, announce);
    },
    findModelVersion,
    readModelVersions: async (wanted) => {
      const places = wanted.flatMap(({ model: { registeredModelId }, versionNumbers }) =>
        versionNumbers.map((versionNumber) => ({ registeredModelId, versionNumber })),
      );
      return viewsUnderModels(
        wanted.map(({ model }) => model),
        await readVersions(places),
      );
    },
    listModelVersions: async () => (await listAll.list()).views,
    listVersionsOfModel: async (name) => {
      const model = await findModel(name);
      if (!model) return [];
      const all = await listAll.fromMemory();
      return all ? all.ofModel(model.registeredModelId) : viewsOf(model, await versionsOf(model));
    },
    listVersionsOfRun: async (runId) =>
      (await listReferring('run', runId)).filter(({ version }) => version.runId === runId),
    listVersionsOfLoggedModel: async (modelId) =>
      (await listReferring('model', modelId)).filter(({ version }) => version.loggedModelId === modelId),
    updateModelVersion: async (wanted, change, announce) => {
      const view = await findModelVersion(wanted);
      if (!view) return undefined;
      const { model, version } = view;
      const { registeredModelId, versionNumber } = version;
      const telling = outbox.tell(announce);
      const update = versions.update(
        modelVersionKey(registeredModelId, versionNumber),
        (current) => {
          telling.begin();
          return change(current);
        },
        () => telling.writesFor(model),
      );
      const changed = await writing(registeredModelId, update, () => versionNumber);
      if (!changed || changed === 'taken') return undefined;
      await telling.end(model);
      // Not compared with the version before: a try that was cut short may have written it already.
      if (isHiddenPrompt(changed.tags) !== model.hasPrompts) await notePrompts(wanted.name);
      return viewOfVersion(model, changed);
    },
    deleteModelVersion: async ({ name, versionNumber }, now, deletion) => {
      const registeredModelId = await findModelId(name);
      return registeredModelId !== undefined && remove({ registeredModelId, versionNumber }, now, deletion);
    },
  };
}

const newVersion = (registeredModelId: string, versionNumber: number, fresh: NewModelVersion): ModelVersion => {
  const { now, ...content } = fresh;
  return { ...content, registeredModelId, versionNumber, creationTime: now, lastUpdateTime: now };
};

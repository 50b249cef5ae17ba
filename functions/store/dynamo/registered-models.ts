import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { RegisteredModel } from '../../domain/entities.ts';
import { alreadyExists } from '../../domain/errors.ts';
import type { Keep, RegistryStore } from '../registry-store.ts';
import type { Outbox } from './deliveries.ts';
import type { DocumentPlatform, StoredDocument } from './documents.ts';
import { lostRace } from './failures.ts';
import type { Gate } from './gate.ts';
import { registeredModelKey, registeredModelNameKey, removedModelKey } from './keys.ts';
import type { RegistryReader } from './registry-reader.ts';
import { listRemoved, removedItem, removeModel } from './remove-models.ts';
import { keyItem } from './table.ts';

type RegisteredModelVerbs = Pick<
  RegistryStore,
  | 'createRegisteredModel'
  | 'findRegisteredModel'
  | 'listRegisteredModels'
  | 'updateRegisteredModel'
  | 'deleteRegisteredModel'
  | 'removeDeletedModels'
>;

interface RegisteredModelVerbsProps {
  readonly platform: DocumentPlatform;
  readonly reader: RegistryReader;
  readonly newModelId: () => string;
  readonly gate: Gate;
  readonly outbox: Outbox;
}

/**
 * Registered models: a document under an id that stays, and an item that claims the name for it. So a rename is one
 * transaction however many versions there are, and a delete takes everything out of sight at once: versions without a
 * model are no versions. What is left of them is removed afterwards, if need be by whoever deletes a model next.
 */
export function createRegisteredModelVerbs(props: RegisteredModelVerbsProps): RegisteredModelVerbs {
  const { platform, reader, gate, newModelId, outbox } = props;
  const { table, retry, inTurn, newWriteId } = platform;
  const { models, modelList, versionList, findModel, findModelId } = reader;

  /** Writes to a model, and tells the searches when that has come to an end. */
  const writing = async <T>(registeredModelId: string, write: Promise<T>): Promise<T> => {
    try {
      return await write;
    } finally {
      modelList.touch(registeredModelId);
    }
  };

  /** What a deletion depends on. Throws what keeps the model. */
  const conditionsOf = async ({ value: model, version }: StoredDocument<RegisteredModel>, keep: Keep | undefined) => {
    if (!keep) return { checks: [], version: undefined };
    const { policies, check } = await gate.policiesFor(model);
    await keep(model, policies);
    // Only under a policy does it matter what becomes of its versions meanwhile: to wait for each write would be to wait long.
    return { checks: [check], version: policies.length > 0 ? version : undefined };
  };

  /** Takes a model and its name away; whether it was still there under this name, and as it was. */
  const takeAway = ({ registeredModelId, name }: RegisteredModel, keep: Keep | undefined) =>
    retry(async () => {
      const writeId = newWriteId();
      const stored = await models.findStored(registeredModelKey(registeredModelId));
      if (stored?.value.name !== name) return { done: false };
      const model = stored.value;
      const { checks, version } = await conditionsOf(stored, keep);
      const removed = { Put: putRemoved(table.name, model, writeId) };
      try {
        await table.transact([...deletionOf(table.name, model, version), removed, ...checks]);
        return { done: true };
      } catch (error) {
        const codes = lostRace(error);
        // The client tried twice and the first try had taken effect.
        const removed = await table.get(removedModelKey(model.registeredModelId));
        if (removed?.w?.S === writeId) return { done: true };
        return codes.includes('ConditionalCheckFailed') ? { done: false } : 'again';
      }
    });

  const remove = (registeredModelId: string) => removeModel(table, registeredModelId, versionList.touch);

  /** Ends deletions of a model of this name that were cut short; whether there were any. */
  const finishRemoval = async (name: string): Promise<boolean> => {
    const unfinished = (await listRemoved(table)).filter((removed) => removed.name === name);
    for (const { registeredModelId } of unfinished) await remove(registeredModelId);
    return unfinished.length > 0;
  };

  const deleteRegisteredModel = async (name: string, keep?: Keep): Promise<boolean> => {
    const model = await findModel(name);
    if (!model) return finishRemoval(name);
    const { registeredModelId } = model;
    const deletion = inTurn(registeredModelKey(registeredModelId), () => takeAway(model, keep));
    // It may have been renamed or deleted meanwhile.
    if (!(await writing(registeredModelId, deletion))) return deleteRegisteredModel(name, keep);
    await remove(registeredModelId);
    return true;
  };

  return {
    createRegisteredModel: async ({ name, description, tags, now }, announce) => {
      const registeredModelId = newModelId();
      const model: RegisteredModel = {
        registeredModelId,
        name,
        description,
        creationTime: now,
        lastUpdateTime: now,
        renameTime: 0,
        tags,
        aliases: new Map(),
        stages: '',
        stageTimes: new Map(),
        hasPrompts: false,
      };
      const telling = outbox.tell(announce);
      const companions = [claimName(table.name, model), ...(await telling.writesFor(model))];
      const creation = models.createIfAbsent(registeredModelKey(registeredModelId), model, companions);
      if (!(await writing(registeredModelId, creation))) return undefined;
      await telling.end(model);
      return model;
    },
    findRegisteredModel: findModel,
    listRegisteredModels: modelList.list,
    updateRegisteredModel: async (name, change, announce) => {
      const registeredModelId = await findModelId(name);
      if (registeredModelId === undefined) return undefined;
      let wanted = name;
      const telling = outbox.tell(announce);
      const update = models.update(
        registeredModelKey(registeredModelId),
        (current) => {
          telling.begin();
          const next = change(current);
          wanted = next.name;
          return next;
        },
        async (before, after) => [...moveName(table.name, before, after), ...(await telling.writesFor(after))],
      );
      const outcome = await writing(registeredModelId, update);
      if (outcome === 'taken') throw alreadyExists(`Registered Model (name=${wanted}) already exists.`);
      if (outcome) await telling.end(outcome);
      return outcome;
    },
    deleteRegisteredModel,
    removeDeletedModels: async () => {
      for (const { registeredModelId } of await listRemoved(table)) await remove(registeredModelId);
    },
  };
}

const claimName = (tableName: string, { name, registeredModelId }: RegisteredModel): TransactWriteItem => ({
  Put: {
    TableName: tableName,
    Item: { ...keyItem(registeredModelNameKey(name)), id: { S: registeredModelId } },
    ConditionExpression: 'attribute_not_exists(pk)',
  },
});

/** A renamed model gives its old name free in the transaction that claims the new one. */
function moveName(tableName: string, before: RegisteredModel, after: RegisteredModel): readonly TransactWriteItem[] {
  if (before.name === after.name) return [];
  const release: TransactWriteItem = {
    Delete: { TableName: tableName, Key: keyItem(registeredModelNameKey(before.name)) },
  };
  return [claimName(tableName, after), release];
}

/**
 * The claim says whose the name is, so the document needs no condition but where it matters what it says: who changes it
 * afterwards finds none.
 */
const deletionOf = (
  tableName: string,
  model: RegisteredModel,
  version: number | undefined,
): readonly TransactWriteItem[] => [
  {
    Delete: {
      TableName: tableName,
      Key: keyItem(registeredModelNameKey(model.name)),
      ConditionExpression: 'id = :id',
      ExpressionAttributeValues: { ':id': { S: model.registeredModelId } },
    },
  },
  {
    Delete: {
      TableName: tableName,
      Key: keyItem(registeredModelKey(model.registeredModelId)),
      ...(version !== undefined && {
        ConditionExpression: 'v = :v',
        ExpressionAttributeValues: { ':v': { N: String(version) } },
      }),
    },
  },
];

const putRemoved = (tableName: string, model: RegisteredModel, writeId: string) => ({
  TableName: tableName,
  Item: { ...removedItem(model, writeId) },
});

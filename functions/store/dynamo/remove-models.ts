import { referencesOf } from './codecs/model-version-codec.ts';
import {
  type Key,
  parseVersionSortKey,
  REMOVED_MODELS,
  referenceKey,
  removedModelKey,
  versionsOfModel,
} from './keys.ts';
import { versionId } from './registry-reader.ts';
import { type Item, keyItem, keyOf, type Table } from './table.ts';

/** A registered model that is deleted, while something of it is left. */
interface RemovedModel {
  readonly registeredModelId: string;
  readonly name: string;
}

/** The item that tells of a deleted model until nothing of it is left. */
export const removedItem = ({ registeredModelId, name }: RemovedModel, writeId: string): Item => ({
  ...keyItem(removedModelKey(registeredModelId)),
  name: { S: name },
  w: { S: writeId },
});

/** Models whose removal is not done. */
export async function listRemoved(table: Table): Promise<readonly RemovedModel[]> {
  const items = await table.query(REMOVED_MODELS);
  return items.map((item) => ({ registeredModelId: keyOf(item).sk, name: item.name?.S ?? '' }));
}

/** Items that are deleted at once. */
const MAX_AT_ONCE = 500;

/** Removes all that is left of a deleted model; may be cut short anywhere, and run several times at once. */
export async function removeModel(
  table: Table,
  registeredModelId: string,
  onRemoved: (versionId: string) => void,
): Promise<void> {
  await Promise.all(
    versionsOfModel(registeredModelId).map(async (prefix) => {
      const items = await table.query(prefix);
      // The version tells of its references: they go first.
      await deleteAll(table, items.flatMap(referenceKeysOf));
      await deleteAll(table, items.map(keyOf));
      for (const item of items) onRemoved(versionId(parseVersionSortKey(keyOf(item).sk)));
    }),
  );
  await table.writeMany([], [removedModelKey(registeredModelId)]);
}

async function deleteAll(table: Table, keys: readonly Key[]): Promise<void> {
  for (let at = 0; at < keys.length; at += MAX_AT_ONCE) await table.writeMany([], keys.slice(at, at + MAX_AT_ONCE));
}

/** The items that lead from what a version was made of to the version. */
export function referenceKeysOf(item: Item): readonly Key[] {
  const place = parseVersionSortKey(keyOf(item).sk);
  const { runId, loggedModelId } = referencesOf(item);
  return [
    ...(runId === undefined ? [] : [referenceKey('run', runId, place)]),
    ...(loggedModelId === undefined ? [] : [referenceKey('model', loggedModelId, place)]),
  ];
}

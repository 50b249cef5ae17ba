import type { QueryClient } from '@tanstack/react-query';
import { queryKeys } from '../../api/query-keys.ts';
import {
  deleteAlias,
  getRegisteredModel,
  type ModelStage,
  type ModelVersion,
  setAlias,
  transitionStage,
} from '../../api/registered-models.ts';
import { orTell, undoBy } from '../../ui/toasts/or-tell.ts';
import { tell } from '../../ui/toasts/toast-store.ts';

/** Reads all that is shown of registered models again, and of their gates, which look at them. */
export async function refreshModels(client: QueryClient): Promise<void> {
  await Promise.all([
    client.invalidateQueries({ queryKey: queryKeys.promotions }),
    client.invalidateQueries({ queryKey: queryKeys.registeredModels }),
  ]);
}

/** As `refreshModels` when a model, or one of its versions, is no more under its name: that one is forgotten, not asked for. */
export async function forgetModel(client: QueryClient, name: string, version?: string): Promise<void> {
  const isGone = ({ queryKey: [, kind, ofName, ofVersion] }: { readonly queryKey: readonly unknown[] }): boolean =>
    ofName === name && (version === undefined || (kind === 'version' && ofVersion === version));
  client.removeQueries({ queryKey: queryKeys.registeredModels, predicate: isGone });
  await client.invalidateQueries({ queryKey: queryKeys.registeredModels, predicate: (query) => !isGone(query) });
}

/**
 * Moves a version to a stage, and offers to move it back; throws what the server refuses. With `archivesOthers` the ones
 * that were there are archived, and undoing brings them back, too.
 */
export async function moveToStage(
  client: QueryClient,
  version: ModelVersion,
  { stage, archivesOthers, others }: StageMove,
): Promise<void> {
  const { name, version: number, stage: before } = version;
  await transitionStage(name, number, { stage, archivesOthers });
  await refreshModels(client);
  const undo = async () => {
    await transitionStage(name, number, { stage: before, archivesOthers: false });
    for (const other of archivesOthers ? others : [])
      await transitionStage(name, other, { stage, archivesOthers: false });
    await refreshModels(client);
  };
  tell(`Version ${number} of “${name}” is now in ${stage}.`, undoBy(undo));
}

export interface StageMove {
  readonly stage: ModelStage;
  readonly archivesOthers: boolean;
  /** Numbers of the versions that are archived with it. */
  readonly others: readonly string[];
}

/** Lets an alias stand for a version, and offers to undo it; throws what the server refuses. */
export async function moveAlias(client: QueryClient, name: string, alias: string, version: string): Promise<void> {
  const before = (await getRegisteredModel(name)).aliases.get(alias);
  await setAlias(name, alias, version);
  await refreshModels(client);
  const undo = async () => {
    await (before === undefined ? deleteAlias(name, alias) : setAlias(name, alias, before));
    await refreshModels(client);
  };
  const from = before === undefined || before === version ? '' : ` instead of version ${before}`;
  tell(`@${alias} now stands for version ${version}${from}.`, undoBy(undo));
}

/** Takes an alias away, and offers to bring it back. */
export function removeAlias(client: QueryClient, name: string, alias: string, version: string): Promise<void> {
  return orTell(async () => {
    await deleteAlias(name, alias);
    await refreshModels(client);
    const undo = async () => {
      await setAlias(name, alias, version);
      await refreshModels(client);
    };
    tell(`Removed @${alias} from version ${version}.`, undoBy(undo));
  });
}

import type { QueryClient } from '@tanstack/react-query';
import { sentenceOf } from '../../api/api-error.ts';
import { deleteExperiment, type Experiment, restoreExperiment } from '../../api/experiments.ts';
import { queryKeys } from '../../api/query-keys.ts';
import { inTurns } from '../../ui/actions/in-turns.ts';
import { formatCount } from '../../ui/format/number.ts';
import { tell, tellTrouble } from '../../ui/toasts/toast-store.ts';

/** Moves experiments to the trash, and offers to bring them back. */
export const trashExperiments = (client: QueryClient, experiments: readonly Experiment[]): Promise<void> =>
  change(client, experiments, deleteExperiment, 'Deleted', () => void recoverExperiments(client, experiments));

/** Brings experiments back from the trash, and offers to put them there again. */
export const recoverExperiments = (client: QueryClient, experiments: readonly Experiment[]): Promise<void> =>
  change(client, experiments, restoreExperiment, 'Restored', () => void trashExperiments(client, experiments));

async function change(
  client: QueryClient,
  experiments: readonly Experiment[],
  act: (experimentId: string) => Promise<object>,
  done: string,
  undo: () => void,
): Promise<void> {
  const { failures } = await inTurns(experiments, ({ experimentId }) => act(experimentId));
  await client.invalidateQueries({ queryKey: queryKeys.experiments });
  const [failure] = failures;
  if (failure !== undefined) tellTrouble(`${failure.item.name}: ${sentenceOf(failure.error)}`);
  if (failures.length < experiments.length) tell(`${done} ${nameOf(experiments)}.`, { label: 'Undo', run: undo });
}

const nameOf = (experiments: readonly Experiment[]): string =>
  experiments.length === 1 ? `“${experiments[0]?.name}”` : formatCount(experiments.length, 'experiment');

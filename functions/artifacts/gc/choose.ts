import { formatDuration } from '../../domain/duration.ts';
import type { Experiment, LoggedModel, Run } from '../../domain/entities.ts';
import { doesNotExist, invalidParameter, type MlflowError } from '../../domain/errors.ts';
import { deletionTimeOfRun } from '../../domain/lifecycle.ts';
import { pythonReprOfList } from '../../domain/messages.ts';
import type { MayRemoveModel, MayRemoveRun, Removals } from '../../store/removals.ts';
import type { Store } from '../../store/store.ts';

/** What is asked for; without any ids, all that was deleted. */
export interface CollectRequest {
  /** How long ago it must have been deleted, in ms. */
  readonly olderThanMs: number | undefined;
  readonly runIds: readonly string[];
  readonly experimentIds: readonly string[];
  readonly modelIds: readonly string[];
  readonly isDryRun: boolean;
}

/** Which deleted things a request means. */
export interface Choice {
  readonly run: MayRemoveRun;
  readonly model: MayRemoveModel;
  readonly experiment: (experiment: Experiment) => boolean;
}

/** The bounds are MLflow's: `<=` for runs and models, `<` for experiments (SqlAlchemyStore._get_deleted_runs; cli, gc). */
export function choiceOf({ olderThanMs }: CollectRequest, now: number): Choice {
  const bound = now - (olderThanMs ?? 0);
  return {
    run: (run, experiment) => run.stage === 'deleted' && deletionTimeOfRun(run, experiment) <= bound,
    model: ({ isDeleted, lastUpdateTime }) => isDeleted && lastUpdateTime <= bound,
    experiment: ({ stage, lastUpdateTime }) =>
      stage === 'deleted' && (olderThanMs === undefined || lastUpdateTime < bound),
  };
}

interface Stores {
  readonly store: Pick<Store, 'getRun' | 'getExperiment' | 'findLoggedModel'>;
  readonly removals: Removals;
}

/**
 * Refuses a request that names what is not there, not deleted, or not for long enough, in MLflow's words (cli, gc) and
 * before anything is removed. What is being removed already passes.
 */
export async function checkNamed(stores: Stores, request: CollectRequest, choice: Choice): Promise<void> {
  await checkExperiments(stores, request, choice);
  for (const id of request.runIds) await checkRun(stores, id, request, choice);
  for (const id of request.modelIds) await checkModel(stores, id, request, choice);
}

async function checkExperiments(
  { store, removals }: Stores,
  { experimentIds, olderThanMs }: CollectRequest,
  choice: Choice,
): Promise<void> {
  if (experimentIds.length === 0) return;
  const begun = new Set(await removals.listBegunExperiments());
  const experiments: Experiment[] = [];
  for (const id of experimentIds) if (!begun.has(id)) experiments.push(await store.getExperiment(id));
  const active = experiments.filter(({ stage }) => stage !== 'deleted').map(idOfExperiment);
  if (active.length > 0) {
    throw invalidParameter(
      `Experiments ${pythonReprOfList(active)} are not in the deleted lifecycle stage. ` +
        'Only experiments in the deleted lifecycle stage can be hard-deleted.',
    );
  }
  const young = experiments.filter((experiment) => !choice.experiment(experiment)).map(idOfExperiment);
  if (young.length > 0) {
    throw invalidParameter(
      `Experiments ${pythonReprOfList(young)} are not older than the required age. ` +
        `Only experiments older than ${formatDuration(olderThanMs ?? 0)} can be deleted.`,
    );
  }
}

const idOfExperiment = ({ experimentId }: Experiment): string => experimentId;

async function checkRun(
  { store, removals }: Stores,
  id: string,
  { olderThanMs }: CollectRequest,
  choice: Choice,
): Promise<void> {
  if (await removals.findBegunRun(id)) return;
  const { run, stage } = await store.getRun(id);
  if (stage !== 'deleted') throw notDeleted(`Run ${id}`, 'runs');
  const experiment = await store.getExperiment(run.experimentId);
  const seen: Run = { ...run, stage };
  if (!choice.run(seen, experiment)) throw tooYoung(`Run ${id}`, 'runs', olderThanMs);
}

async function checkModel(
  { store, removals }: Stores,
  id: string,
  { olderThanMs }: CollectRequest,
  choice: Choice,
): Promise<void> {
  if (await removals.findBegunModel(id)) return;
  const model: LoggedModel | undefined = (await store.findLoggedModel(id))?.model;
  if (!model) throw doesNotExist(`Logged model with ID '${id}' not found.`);
  if (!model.isDeleted) throw notDeleted(`Logged model ${id}`, 'logged models');
  const experiment = await store.getExperiment(model.experimentId);
  if (!choice.model(model, experiment)) throw tooYoung(`Logged model ${id}`, 'logged models', olderThanMs);
}

// MLflow gives no code with this sentence, so INTERNAL_ERROR; but nothing inside went wrong.
const notDeleted = (what: string, kinds: string): MlflowError =>
  invalidParameter(
    `${what} is not in \`deleted\` lifecycle stage. Only ${kinds} in \`deleted\` lifecycle stage can be deleted.`,
  );

const tooYoung = (what: string, kinds: string, olderThanMs = 0): MlflowError =>
  invalidParameter(
    `${what} is not older than the required age. Only ${kinds} older than ${formatDuration(olderThanMs)} can be deleted.`,
  );

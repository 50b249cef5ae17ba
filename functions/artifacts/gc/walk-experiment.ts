import type { Experiment, Run } from '../../domain/entities.ts';
import { parseFilter } from '../../search/parse-filter.ts';
import { parseOrderBy } from '../../search/parse-order-by.ts';
import type { SortKey } from '../../search/sort-key.ts';
import type { Begun, MayRemoveModel, MayRemoveRun, Removals } from '../../store/removals.ts';
import type { Store } from '../../store/store.ts';
import type { Choice } from './choose.ts';
import { CHANGED_MEANWHILE, type Outcome, type Removing } from './removing.ts';
import type { ReportBuilder } from './report.ts';
import type { IsTimeUp } from './stored-files.ts';

/** Where a walk through an experiment goes on; JSON. */
export interface ExperimentPosition {
  /** Runs behind this key of the search were not looked at; undefined for all. */
  readonly afterRun: SortKey | undefined;
  /** Whether all runs were looked at. */
  readonly hasRuns: boolean;
  /** Logged models behind this id were not looked at. */
  readonly afterModel: string;
  /** Runs and models that were begun with, and for which there was no time. */
  readonly left: readonly string[];
  /** Whether something in it stays, so that the experiment does. */
  readonly isBlocked: boolean;
}

export interface WalkProps {
  readonly store: Pick<Store, 'searchRuns' | 'listLoggedModels'>;
  readonly removals: Removals;
  readonly removing: Removing;
  readonly report: ReportBuilder;
  readonly choice: Choice;
  /** Whether only experiments are wanted that are removed themselves. */
  readonly isNamed: boolean;
  readonly isDryRun: boolean;
  readonly isTimeUp: IsTimeUp;
}

const START: ExperimentPosition = {
  afterRun: undefined,
  hasRuns: false,
  afterModel: '',
  left: [],
  isBlocked: false,
};

const RUNS_FOUND_AT_ONCE = 1000;
/** Begun with together: what there is no time for goes into the position. */
const AT_ONCE = 40;
/** What an experiment's segments may hold to be written again in passing, a second or two; larger ones are the upkeep's. */
export const MAX_ROWS = 50_000;

const EVERY_RUN = parseFilter('runs', '');
const NEWEST_FIRST = parseOrderBy('runs', []);

/**
 * Removes what an experiment has that is chosen: its runs, then its logged models, then, when it is chosen itself and
 * nothing in it stays, the experiment. Gives where to go on when the time is up, undefined at the end.
 */
export type WalkExperiment = (
  target: string | Experiment,
  position: ExperimentPosition | undefined,
) => Promise<ExperimentPosition | undefined>;

export function createExperimentWalk(props: WalkProps): WalkExperiment {
  const { store, removals, removing, report, choice, isNamed, isDryRun, isTimeUp } = props;

  const finishLeft = async (experimentId: string, from: ExperimentPosition | undefined) => {
    if (from) {
      const runs = await Promise.all(from.left.map(removals.findBegunRun));
      const models = await Promise.all(from.left.map(removals.findBegunModel));
      return joined(await removing.finishRuns(present(runs)), await removing.finishModels(present(models)));
    }
    const { begun } = await removals.listUnfinishedRuns(experimentId);
    const models = await removals.listBegunModels(experimentId);
    report.found('runs', begun.length);
    report.found('loggedModels', models.length);
    return joined(await removing.finishRuns(begun), await removing.finishModels(models));
  };

  /** Looks at the next runs; gives where it came to. */
  const walkRuns = async (experiment: Experiment, isWhole: boolean, from: ExperimentPosition) => {
    const mayRemove: MayRemoveRun = isWhole ? (_, current) => choice.experiment(current) : choice.run;
    const { sortKeys, hasMore, read } = await store.searchRuns({
      experimentIds: [experiment.experimentId],
      view: isWhole ? 'ALL' : 'DELETED_ONLY',
      filter: EVERY_RUN,
      orderBy: NEWEST_FIRST,
      limit: RUNS_FOUND_AT_ONCE,
      after: from.afterRun,
    });
    let position = from;
    for (let start = 0; start < sortKeys.length; start += AT_ONCE) {
      if (isTimeUp()) return position;
      const places = [...sortKeys.keys()].slice(start, start + AT_ONCE);
      const seen = (await read(places)).map(({ run, stage }): Run => ({ ...run, stage }));
      const chosen = seen
        .filter((run) => mayRemove(run, experiment))
        .map(({ runId, artifactUri }) => ({ id: runId, artifactUri }));
      const outcome = await removing.removeRuns(experiment.experimentId, chosen, mayRemove);
      position = after({ ...position, afterRun: sortKeys[start + places.length - 1] }, outcome);
      if (position.left.length > 0) return position;
    }
    return hasMore ? position : { ...position, hasRuns: true };
  };

  const walkModels = async (experiment: Experiment, isWhole: boolean, from: ExperimentPosition) => {
    const mayRemove: MayRemoveModel = isWhole ? (_, current) => choice.experiment(current) : choice.model;
    const models = (await store.listLoggedModels(experiment.experimentId)).map(({ model }) => model);
    const chosen = models
      .filter((model) => model.modelId > from.afterModel && mayRemove(model, experiment))
      .map(({ modelId, artifactUri }): Begun => ({ id: modelId, artifactUri }))
      .toSorted((a, b) => (a.id < b.id ? -1 : 1));
    let position = from;
    for (let start = 0; start < chosen.length; start += AT_ONCE) {
      if (isTimeUp()) return { position, isDone: false };
      const some = chosen.slice(start, start + AT_ONCE);
      const outcome = await removing.removeModels(some, mayRemove);
      position = after({ ...position, afterModel: some.at(-1)?.id ?? '' }, outcome);
      if (position.left.length > 0) return { position, isDone: false };
    }
    return { position, isDone: true };
  };

  const removeExperiment = async (experimentId: string) => {
    if (!isDryRun) {
      if (!(await removals.beginExperiment(experimentId, choice.experiment))) {
        report.kept('experiments', experimentId, CHANGED_MEANWHILE);
        return;
      }
      await removals.removeExperiment(experimentId);
    }
    report.removed('experiments', experimentId);
  };

  const forgetRuns = async (experimentId: string) => {
    if (isDryRun || !(await removals.listUnfinishedRuns(experimentId)).hasEmptied) return;
    await removals.forgetRuns(experimentId, MAX_ROWS);
  };

  const end = async (experimentId: string, isWhole: boolean, isBlocked: boolean) => {
    if (isWhole && !isBlocked) return removeExperiment(experimentId);
    if (isWhole) report.kept('experiments', experimentId, 'Some of its runs or logged models were not removed.');
    return forgetRuns(experimentId);
  };

  return async (target, position) => {
    const experiment = typeof target === 'string' ? undefined : target;
    const experimentId = typeof target === 'string' ? target : target.experimentId;
    const isWhole = experiment === undefined || choice.experiment(experiment);
    if ((isWhole || isNamed) && !position) report.found('experiments', 1);
    if (isNamed && !isWhole) {
      report.kept('experiments', experimentId, CHANGED_MEANWHILE);
      return undefined;
    }
    let here = after(position ?? START, await finishLeft(experimentId, position));
    if (here.left.length > 0) return here;
    while (experiment && !here.hasRuns) {
      if (isTimeUp()) return here;
      here = await walkRuns(experiment, isWhole, here);
      if (here.left.length > 0) return here;
    }
    if (experiment) {
      const { position: there, isDone } = await walkModels(experiment, isWhole, here);
      if (!isDone) return there;
      here = there;
    }
    await end(experimentId, isWhole, here.isBlocked);
    return undefined;
  };
}

const present = <T>(things: readonly (T | undefined)[]): readonly T[] => things.filter((thing) => thing !== undefined);

const joined = (a: Outcome, b: Outcome): Outcome => ({
  left: [...a.left, ...b.left],
  isClean: a.isClean && b.isClean,
});

const after = (position: ExperimentPosition, { left, isClean }: Outcome): ExperimentPosition => ({
  ...position,
  left,
  isBlocked: position.isBlocked || !isClean,
});

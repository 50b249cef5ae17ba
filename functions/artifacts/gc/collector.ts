import type { Experiment } from '../../domain/entities.ts';
import { MlflowError } from '../../domain/errors.ts';
import type { Removals } from '../../store/removals.ts';
import type { Store } from '../../store/store.ts';
import { type Choice, type CollectRequest, checkNamed, choiceOf } from './choose.ts';
import { createRemoving, type IsReferredTo, type PathOf, type Removing, sentenceOf } from './removing.ts';
import { type CollectReport, createReport, type ReportBuilder } from './report.ts';
import type { IsTimeUp, StoredFiles } from './stored-files.ts';
import { createExperimentWalk, type ExperimentPosition, MAX_ROWS, type WalkExperiment } from './walk-experiment.ts';

/** Where a collection goes on; JSON. The stops come in the order of their kinds. */
export type CollectPosition =
  | { readonly stop: 'runs' | 'models'; readonly done: number; readonly left: readonly string[] }
  | { readonly stop: 'experiment'; readonly experimentId: string; readonly inside: ExperimentPosition | undefined }
  | { readonly stop: 'uploads' };

export interface CollectStep {
  readonly report: CollectReport;
  /** Undefined at the end. */
  readonly next: CollectPosition | undefined;
}

export interface Collector {
  /**
   * Removes what a request means until the time is up; the next step goes on at `from`. The first one refuses a request
   * that names what may not be removed (see `checkNamed`). What fails is in the report, and may be tried again.
   */
  readonly collect: (
    request: CollectRequest,
    from: CollectPosition | undefined,
    time: CollectTime,
  ) => Promise<CollectStep>;
}

export interface CollectTime {
  /** In ms. */
  readonly now: number;
  readonly isTimeUp: IsTimeUp;
}

export interface CollectorProps {
  readonly store: Pick<
    Store,
    'listExperiments' | 'getExperiment' | 'getRun' | 'searchRuns' | 'findLoggedModel' | 'listLoggedModels'
  >;
  readonly removals: Removals;
  readonly files: StoredFiles;
  readonly pathOf: PathOf;
  readonly isReferredTo: IsReferredTo;
  /** Hears of what failed and was reported. */
  readonly onFailure: (message: string, cause: unknown) => void;
  /** How old an unfinished upload is when it is given up, in ms. @default 7 days */
  readonly staleUploadMs?: number;
}

const STALE_UPLOAD_MS = 7 * 86_400_000;
const NAMED_AT_ONCE = 40;

export function createCollector(props: CollectorProps): Collector {
  return {
    collect: async (request, from, time) => {
      const { now } = time;
      const choice = choiceOf(request, now);
      if (!from) await checkNamed(props, request, choice);
      const report = createReport();
      // Each step takes at least one piece of work along: however slow the way there is, the last one comes.
      const isTimeUp = () => report.hasProgress() && time.isTimeUp();
      const { isDryRun } = request;
      const removing = createRemoving({ ...props, report, isDryRun, isTimeUp });
      const isNamed = request.runIds.length + request.modelIds.length + request.experimentIds.length > 0;
      const walk = createExperimentWalk({ ...props, removing, report, choice, isNamed, isDryRun, isTimeUp });
      const step = { ...props, request, now, choice, report, removing, walk, isTimeUp };
      const next = await (isNamed ? collectNamed(step, from) : collectAll(step, from));
      return { report: report.build(), next };
    },
  };
}

interface Step extends CollectorProps {
  readonly request: CollectRequest;
  readonly now: number;
  readonly choice: Choice;
  readonly report: ReportBuilder;
  readonly removing: Removing;
  readonly walk: WalkExperiment;
  readonly isTimeUp: IsTimeUp;
}

/** Every experiment, by number, then the uploads that nobody finished. */
async function collectAll(step: Step, from: CollectPosition | undefined): Promise<CollectPosition | undefined> {
  if (from?.stop !== 'uploads') {
    const begun = await step.removals.listBegunExperiments();
    const targets = [...begun, ...(await step.store.listExperiments())];
    const next = await walkAll(step, targets, from);
    if (next) return next;
  }
  return abortUploads(step);
}

/** What is named and nothing else: runs, then logged models, then experiments. */
async function collectNamed(step: Step, from: CollectPosition | undefined): Promise<CollectPosition | undefined> {
  const { runIds, modelIds, experimentIds } = step.request;
  if (!from || from.stop === 'runs') {
    const next = await collectInOrder(step, { stop: 'runs', named: runIds, remove: removeNamedRuns }, from);
    if (next) return next;
  }
  if (from?.stop !== 'experiment') {
    const at = from?.stop === 'models' ? from : undefined;
    const next = await collectInOrder(step, { stop: 'models', named: modelIds, remove: removeNamedModels }, at);
    if (next) return next;
  }
  if (experimentIds.length === 0) return undefined;
  const wanted = new Set(experimentIds);
  const begun = await step.removals.listBegunExperiments();
  const others = await step.store.listExperiments();
  return walkAll(
    step,
    [...begun, ...others].filter((target) => wanted.has(idOf(target))),
    from,
  );
}

interface Named {
  readonly stop: 'runs' | 'models';
  readonly named: readonly string[];
  /** Removes those with these ids; gives what has begun and there was no time for. */
  readonly remove: (step: Step, ids: readonly string[], isFirst: boolean) => Promise<readonly string[]>;
}

async function collectInOrder(
  step: Step,
  { stop, named, remove }: Named,
  from: { readonly done: number; readonly left: readonly string[] } | undefined,
): Promise<CollectPosition | undefined> {
  const ids = [...new Set(named)];
  let left = from ? await remove(step, from.left, false) : [];
  let done = from?.done ?? 0;
  while (left.length === 0 && done < ids.length && !step.isTimeUp()) {
    left = await remove(step, ids.slice(done, done + NAMED_AT_ONCE), true);
    done = Math.min(done + NAMED_AT_ONCE, ids.length);
  }
  return left.length > 0 || done < ids.length ? { stop, done, left } : undefined;
}

async function removeNamedRuns(step: Step, ids: readonly string[], isFirst: boolean): Promise<readonly string[]> {
  const { store, removals, removing, choice, report, request } = step;
  const begun = present(await Promise.all(ids.map(removals.findBegunRun)));
  const known = new Set(begun.map(({ id }) => id));
  const views = await Promise.all(ids.filter((id) => !known.has(id)).map((id) => orGone(store.getRun(id))));
  const deleted = present(views).map(({ run }) => ({ ...run, id: run.runId }));
  if (isFirst) report.found('runs', begun.length);
  const left = [...(await removing.finishRuns(begun)).left];
  for (const experimentId of new Set(deleted.map((run) => run.experimentId))) {
    const runs = deleted.filter((run) => run.experimentId === experimentId);
    left.push(...(await removing.removeRuns(experimentId, runs, choice.run)).left);
  }
  const touched = request.isDryRun ? [] : [...begun, ...deleted].map(({ experimentId }) => experimentId);
  for (const experimentId of new Set(touched)) await removals.forgetRuns(experimentId, MAX_ROWS);
  return left;
}

async function removeNamedModels(step: Step, ids: readonly string[], isFirst: boolean): Promise<readonly string[]> {
  const { store, removals, removing, choice, report } = step;
  const begun = present(await Promise.all(ids.map(removals.findBegunModel)));
  const views = present(await Promise.all(ids.map(store.findLoggedModel)));
  if (isFirst) report.found('loggedModels', begun.length);
  const finished = await removing.finishModels(begun);
  const deleted = views.map(({ model }) => ({ id: model.modelId, artifactUri: model.artifactUri }));
  const removed = await removing.removeModels(deleted, choice.model);
  return [...finished.left, ...removed.left];
}

const present = <T>(things: readonly (T | undefined)[]): readonly T[] => things.filter((thing) => thing !== undefined);

/** Undefined for what somebody else removed since it was checked. */
async function orGone<T>(found: Promise<T>): Promise<T | undefined> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof MlflowError && error.code === 'RESOURCE_DOES_NOT_EXIST') return undefined;
    throw error;
  }
}

async function walkAll(
  step: Step,
  targets: readonly (string | Experiment)[],
  from: CollectPosition | undefined,
): Promise<CollectPosition | undefined> {
  const at = from?.stop === 'experiment' ? from : undefined;
  const first = Number(at?.experimentId ?? 0);
  const rest = targets.filter((target) => numberOf(target) >= first);
  for (const target of rest.toSorted((a, b) => numberOf(a) - numberOf(b))) {
    const experimentId = idOf(target);
    const inside = at?.experimentId === experimentId ? at.inside : undefined;
    if (step.isTimeUp()) return { stop: 'experiment', experimentId, inside };
    const next = await walkOne(step, target, inside);
    if (next) return { stop: 'experiment', experimentId, inside: next };
    step.report.passed();
  }
  return undefined;
}

const idOf = (target: string | Experiment): string => (typeof target === 'string' ? target : target.experimentId);
const numberOf = (target: string | Experiment): number => Number(idOf(target));

/** An experiment that fails, such as one whose archive is damaged, keeps no other from its turn. */
async function walkOne({ walk, report, onFailure }: Step, target: string | Experiment, from?: ExperimentPosition) {
  try {
    return await walk(target, from);
  } catch (error) {
    report.failed('experiments', idOf(target), sentenceOf(error));
    onFailure(`collecting experiment ${idOf(target)} failed`, error);
    return undefined;
  }
}

async function abortUploads({ files, now, staleUploadMs = STALE_UPLOAD_MS, ...step }: Step) {
  const { report, request, isTimeUp, onFailure } = step;
  if (isTimeUp()) return { stop: 'uploads' } as const;
  try {
    const { found, aborted } = await files.abortUploads(now - staleUploadMs, request.isDryRun, isTimeUp);
    report.uploads({ found, aborted, failed: [] });
    return !request.isDryRun && aborted < found ? ({ stop: 'uploads' } as const) : undefined;
  } catch (error) {
    report.uploads({ found: 0, aborted: 0, failed: [sentenceOf(error)] });
    onFailure('aborting unfinished uploads failed', error);
    return undefined;
  }
}

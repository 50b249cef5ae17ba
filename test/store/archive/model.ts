import { datasetContextOf } from '../../../functions/domain/dataset.ts';
import type { Run, RunView } from '../../../functions/domain/entities.ts';
import { type StageMark, stageMatches, stageOfRun } from '../../../functions/domain/lifecycle.ts';
import { isNewer, type MetricPoint } from '../../../functions/domain/metric.ts';
import { compileFilter } from '../../../functions/search/compile-filter.ts';
import { runRow } from '../../../functions/search/run-row.ts';
import { compareSortKeys, compileSortKey } from '../../../functions/search/sort-key.ts';
import type { RunChoice, RunKey } from '../../../functions/store/run-survey.ts';
import type { DatasetUse, RunQuery } from '../../../functions/store/store.ts';

/** What a store must hold, in plain memory. */
export interface Model {
  readonly runs: Map<string, Run>;
  readonly latest: Map<string, Map<string, MetricPoint>>;
  readonly marks: Map<string, StageMark>;
}

export const createModel = (): Model => ({ runs: new Map(), latest: new Map(), marks: new Map() });

const UNTOUCHED: StageMark = { stage: 'active', stageGeneration: 0 };

export const markOf = ({ marks }: Model, experimentId: string): StageMark => marks.get(experimentId) ?? UNTOUCHED;

export function logPoints({ latest }: Model, runId: string, points: readonly MetricPoint[]): void {
  const ofRun = latest.get(runId) ?? new Map<string, MetricPoint>();
  latest.set(runId, ofRun);
  for (const point of points) {
    const known = ofRun.get(point.key);
    if (!known || isNewer(point, known)) ofRun.set(point.key, point);
  }
}

export function viewIn(model: Model, run: Run): RunView {
  const metrics = [...(model.latest.get(run.runId)?.values() ?? [])].sort((a, b) => (a.key < b.key ? -1 : 1));
  return { run, stage: stageOfRun(run, markOf(model, run.experimentId)), metrics };
}

/** What a search must find, by looking at each run. */
export function findIn(
  model: Model,
  query: RunQuery,
): { readonly runs: readonly RunView[]; readonly hasMore: boolean } {
  const matches = compileFilter(query.filter);
  const keyOf = compileSortKey(query.orderBy);
  const found = [...model.runs.values()]
    .filter(({ experimentId }) => query.experimentIds.includes(experimentId))
    .map((run) => viewIn(model, run))
    .filter((view) => stageMatches(query.view, view.stage) && matches(runRow(view)))
    .map((view) => ({ view, sortKey: keyOf(runRow(view)) }))
    .filter(({ sortKey }) => query.after === undefined || compareSortKeys(query.orderBy, sortKey, query.after) > 0)
    .sort((a, b) => compareSortKeys(query.orderBy, a.sortKey, b.sortKey));
  return { runs: found.slice(0, query.limit).map(({ view }) => view), hasMore: found.length > query.limit };
}

export function datasetUsesIn(model: Model, experimentId: string): readonly DatasetUse[] {
  const uses = new Map<string, DatasetUse>();
  for (const run of model.runs.values()) {
    if (run.experimentId !== experimentId) continue;
    for (const { name, digest, tags } of run.datasets) {
      const context = datasetContextOf(tags);
      uses.set(JSON.stringify([name, digest, context]), { name, digest, context });
    }
  }
  return [...uses.values()];
}

/** What the chosen runs hold under a key, by looking at each run. */
export function valuesIn(model: Model, choice: RunChoice, { kind, key }: RunKey): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { run, metrics } of chosenIn(model, choice)) {
    const row = runRow({ run, metrics });
    const value = row[kind](key);
    if (value !== undefined) counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
  }
  return counts;
}

/** The chosen runs, in no order. */
export const chosenIn = (model: Model, { experimentIds, filter, view }: RunChoice): readonly RunView[] => {
  const matches = compileFilter(filter);
  return [...model.runs.values()]
    .filter(({ experimentId }) => experimentIds.includes(experimentId))
    .map((run) => viewIn(model, run))
    .filter((found) => stageMatches(view, found.stage) && matches(runRow(found)));
};

/** The keys that runs of experiments have, of any stage. */
export const keysIn = (model: Model, experimentIds: readonly string[]): ReadonlySet<string> =>
  new Set(
    [...model.runs.values()]
      .filter(({ experimentId }) => experimentIds.includes(experimentId))
      .flatMap((run) => [
        ...viewIn(model, run).metrics.map(({ key }) => `metric ${key}`),
        ...[...run.params.keys()].map((key) => `param ${key}`),
        ...[...run.tags.keys()].map((key) => `tag ${key}`),
      ]),
  );

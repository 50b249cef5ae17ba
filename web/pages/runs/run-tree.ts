import type { Run } from '../../api/runs.ts';
import type { GridRow } from '../../grid/grid-types.ts';
import { type ColumnId, formatColumnId, sortKeyOf } from './column-id.ts';
import { runValue } from './run-values.ts';

/** The tag that names a nested run's parent (MLflow: mlflow_tags.py, MLFLOW_PARENT_RUN_ID). */
const PARENT_TAG = 'mlflow.parentRunId';

export const parentIdOf = ({ tags }: Run): string | undefined => tags.get(PARENT_TAG);

/** A run; its children lie folded below it. */
export interface SingleRow extends GridRow<RunRow> {
  readonly kind: 'run';
  readonly run: Run;
  /** Shown for its children alone: the filter did not find it. */
  readonly isContext: boolean;
  /** How many of its children are shown, where they are not all. */
  readonly family: { readonly shown: number; readonly total: number } | undefined;
}

interface GroupRow extends GridRow<RunRow> {
  readonly kind: 'group';
  readonly runs: readonly Run[];
  /** Whether all runs of the group are loaded. */
  readonly isComplete: boolean;
}

/** A row of the table: a run, or the heading of a group of runs. */
export type RunRow = SingleRow | GroupRow;

interface TreeProps {
  /** As the search found them, in its order. */
  readonly runs: readonly Run[];
  /** Parents that the search did not find. */
  readonly parents: ReadonlyMap<string, Run>;
  /** Children that were asked for because their parent was unfolded, by its id, and how many there are in all. */
  readonly children: ReadonlyMap<string, { readonly runs: readonly Run[]; readonly total: number }>;
}

/** Runs as rows; nested ones lie folded under their parents, at the place of the first of the family. */
export function nestRuns({ runs, parents, children }: TreeProps): readonly RunRow[] {
  const found = new Map(runs.map((run) => [run.runId, run]));
  const below = new Map<string, Map<string, Run>>();
  const put = (parentId: string, run: Run) => {
    const family = below.get(parentId) ?? new Map<string, Run>();
    below.set(parentId, family.set(run.runId, run));
  };
  for (const run of [...runs, ...parents.values()]) {
    const parentId = parentIdOf(run);
    if (parentId !== undefined && (found.has(parentId) || parents.has(parentId))) put(parentId, run);
  }
  for (const [parentId, family] of children) for (const run of family.runs) put(parentId, run);
  const roots = new Set<string>();
  for (const run of runs) roots.add(rootOf(run, found, parents));
  const rowOf = (run: Run, ancestors: ReadonlySet<string>): RunRow => {
    const isContext = ancestors.size === 0 && !found.has(run.runId);
    const family = below.get(run.runId);
    if (family === undefined) return singleRow({ run, isContext });
    const line = new Set(ancestors).add(run.runId);
    const rows = [...family.values()].filter(({ runId }) => !line.has(runId)).map((child) => rowOf(child, line));
    const total = children.get(run.runId)?.total ?? 0;
    return singleRow({
      run,
      isContext,
      children: rows.length > 0 ? rows : undefined,
      family: total > rows.length ? { shown: rows.length, total } : undefined,
    });
  };
  return [...roots].flatMap((id) => {
    const run = found.get(id) ?? parents.get(id);
    return run === undefined ? [] : [rowOf(run, new Set())];
  });
}

/** The eldest ancestor that is known. Of a family that goes round in a circle, as tags can say, the first by its id. */
function rootOf(run: Run, found: ReadonlyMap<string, Run>, parents: ReadonlyMap<string, Run>): string {
  const line = [run.runId];
  let root = run;
  for (;;) {
    const parentId = parentIdOf(root);
    const parent = parentId === undefined ? undefined : (found.get(parentId) ?? parents.get(parentId));
    if (parent === undefined) return root.runId;
    const met = line.indexOf(parent.runId);
    if (met >= 0) return line.slice(met).sort()[0] ?? root.runId;
    line.push(parent.runId);
    root = parent;
  }
}

/** Runs as rows in the order they were found. */
export const flatRuns = (runs: readonly Run[]): readonly RunRow[] =>
  runs.map((run) => singleRow({ run, isContext: false }));

interface GroupProps {
  /** In the order they are shown in. */
  readonly runs: readonly Run[];
  readonly by: ColumnId;
  /** The last run that the server gave, when it has more. */
  readonly lastBeforeMore: Run | undefined;
  readonly experimentNames: ReadonlyMap<string, string>;
}

/** Runs under one heading for each value of a column; the headings stand in the order of their first runs. */
export function groupRuns({ runs, by, lastBeforeMore, experimentNames }: GroupProps): readonly RunRow[] {
  const groups = new Map<string, Run[]>();
  for (const run of runs) {
    const value = groupValueOf(run, by);
    const members = groups.get(value);
    if (members === undefined) groups.set(value, [run]);
    else members.push(run);
  }
  return [...groups].map(
    ([value, members]): GroupRow => ({
      kind: 'group',
      id: `${formatColumnId(by)}=${value}`,
      label: labelOfGroup(value, by, experimentNames),
      isSelectable: false,
      children: flatRuns(members),
      runs: members,
      isComplete: lastBeforeMore === undefined || isPassed(value, by, lastBeforeMore),
    }),
  );
}

/** Whether the server, which sorts by the group where it can, is past a value: an empty text may be one, or none, which come apart. */
const isPassed = (value: string, by: ColumnId, last: Run): boolean =>
  isSortedAsShown(by) && value !== '' && value !== groupValueOf(last, by);

/** A user is shown by a tag, and sorted by an attribute. */
const isSortedAsShown = (by: ColumnId): boolean =>
  sortKeyOf(by) !== undefined && !(by.kind === 'attribute' && by.name === 'user');

const groupValueOf = (run: Run, by: ColumnId): string => String(runValue(run, by) ?? '');

/** The heading of the group that a run belongs to. */
export const groupLabelOf = (run: Run, by: ColumnId, experimentNames: ReadonlyMap<string, string>): string =>
  labelOfGroup(groupValueOf(run, by), by, experimentNames);

function labelOfGroup(value: string, by: ColumnId, experimentNames: ReadonlyMap<string, string>): string {
  if (value === '') return `without ${formatColumnId(by)}`;
  const isOfExperiments = by.kind === 'attribute' && by.name === 'experiment';
  return (isOfExperiments ? experimentNames.get(value) : undefined) ?? value;
}

/** Rows without children by their runs: the same object for the same run, so that a page that comes in draws only its own. */
const leaves = new WeakMap<Run, SingleRow>();

type SingleProps = Pick<SingleRow, 'run' | 'isContext'> & Partial<Pick<SingleRow, 'children' | 'family'>>;

function singleRow({ run, isContext, children, family }: SingleProps): SingleRow {
  const isLeaf = children === undefined && family === undefined && !isContext;
  const known = isLeaf ? leaves.get(run) : undefined;
  if (known !== undefined) return known;
  const label = run.runName || run.runId;
  const row: SingleRow = { kind: 'run', id: run.runId, label, isSelectable: true, children, run, isContext, family };
  if (isLeaf) leaves.set(run, row);
  return row;
}

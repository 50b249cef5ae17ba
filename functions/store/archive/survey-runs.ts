import { type StageMark, stageMatches, stageOfRun } from '../../domain/lifecycle.ts';
import { compileFilter } from '../../search/compile-filter.ts';
import type { AttributeValue } from '../../search/row.ts';
import { runRow } from '../../search/run-row.ts';
import type { RunRecord } from '../dynamo/run-reader.ts';
import { RUN_ATTRIBUTES, type RunChoice, type RunKey, type RunKeyKind, type RunSurvey } from '../run-survey.ts';
import type { Column, TextColumn } from '../segments/column.ts';
import type { Segment } from '../segments/segment.ts';
import type { AllRuns, ArchivedRuns } from './archived-runs.ts';
import { type ChosenRows, chosenRows } from './chosen-rows.ts';
import { inParallel } from './in-parallel.ts';

/** As many as a search reads at once. */
const EXPERIMENTS_AT_ONCE = 32;
/** A column of 100,000 rows takes a megabyte. */
const COLUMNS_AT_ONCE = 8;
const KEPT_KINDS: readonly RunKeyKind[] = ['metric', 'param', 'tag'];

export interface RunSurveyProps {
  readonly archivedRuns: ArchivedRuns;
  readonly markOf: (experimentId: string) => Promise<StageMark>;
}

/** The chosen runs of an experiment: live ones, and rows of segments. */
interface Chosen {
  readonly live: readonly RunRecord[];
  readonly rows: readonly { readonly segment: Segment; readonly chosen: ChosenRows }[];
}

/** Makes the verbs that tell what live and archived runs hold: of archived ones they read columns, and never runs. */
export function createRunSurvey({ archivedRuns, markOf }: RunSurveyProps): RunSurvey {
  const inAll = async <T>(
    experimentIds: readonly string[],
    read: (experimentId: string) => Promise<T | undefined>,
  ): Promise<readonly T[]> => {
    const found = await inParallel(experimentIds, EXPERIMENTS_AT_ONCE, read);
    archivedRuns.trim();
    return found.filter((one) => one !== undefined);
  };

  const withChosen = <T>(choice: RunChoice, read: (chosen: Chosen) => Promise<T>): Promise<readonly T[]> =>
    inAll(choice.experimentIds, async (experimentId) => {
      const mark = await markOf(experimentId);
      if (mark.removal) return undefined;
      return archivedRuns.withAll(experimentId, async (all) => read(await choose(all, choice, mark)));
    });

  return {
    countRuns: async (choice) => {
      const counts = await withChosen(choice, async ({ live, rows }) =>
        rows.reduce((sum, { chosen }) => sum + chosen.count, live.length),
      );
      return counts.reduce((sum, count) => sum + count, 0);
    },
    listRunKeys: async (experimentIds) => {
      const found = await inAll(experimentIds, async (experimentId) =>
        (await markOf(experimentId)).removal
          ? undefined
          : archivedRuns.withAll(experimentId, async (all) => keysOf(all)),
      );
      return KEPT_KINDS.flatMap((kind) =>
        [...new Set(found.flatMap((keys) => [...keys[kind]]))].map((key): RunKey => ({ kind, key })),
      );
    },
    countRunKeys: async (choice, keys) => {
      const counts = await withChosen(choice, (chosen) => countKeys(chosen, keys));
      return keys.map((_, at) => counts.reduce((sum, ofExperiment) => sum + Number(ofExperiment[at]), 0));
    },
    countRunValues: async (choice, key) => sumOf(await withChosen(choice, (chosen) => countValues(chosen, key))),
  };
}

async function choose(all: AllRuns, { filter, view }: RunChoice, mark: StageMark): Promise<Chosen> {
  const isVisible = (own: StageMark) => stageMatches(view, stageOfRun(own, mark));
  const matches = compileFilter(filter);
  const rows = all.segments.map(async (segment, index) => {
    const chosen = await chosenRows(all, index, { filter, isVisible });
    return { segment, chosen };
  });
  return {
    live: all.live.filter((record) => isVisible(record.run) && matches(runRow(record))),
    rows: await Promise.all(rows),
  };
}

type KeySets = Readonly<Record<RunKeyKind, ReadonlySet<string>>>;

function keysOf({ live, segments }: AllRuns): KeySets {
  const keys = {
    attribute: new Set<string>(),
    metric: new Set<string>(),
    param: new Set<string>(),
    tag: new Set<string>(),
  };
  for (const segment of segments)
    for (const kind of KEPT_KINDS) for (const key of segment.keys(kind)) keys[kind].add(key);
  for (const { run, metrics } of live) {
    for (const { key } of metrics) keys.metric.add(key);
    for (const key of run.params.keys()) keys.param.add(key);
    for (const key of run.tags.keys()) keys.tag.add(key);
  }
  return keys;
}

/** How many of the runs have each key. */
async function countKeys({ live, rows }: Chosen, keys: readonly RunKey[]): Promise<readonly number[]> {
  const ofLive = countLive(live);
  return inParallel(keys, COLUMNS_AT_ONCE, async ({ kind, key }) => {
    let count = ofLive[kind].get(key) ?? 0;
    for (const { segment, chosen } of rows) {
      if (segment.has({ kind, key })) count += countEntries(await segment.loadColumn({ kind, key }), chosen);
    }
    return count;
  });
}

type Counts = Map<string, number>;

const addTo = (counts: Counts, text: string, count = 1) => counts.set(text, (counts.get(text) ?? 0) + count);

function countLive(live: readonly RunRecord[]): Readonly<Record<RunKeyKind, Counts>> {
  const counts = { attribute: new Map(), metric: new Map(), param: new Map(), tag: new Map() };
  for (const { run, metrics } of live) {
    const row = runRow({ run, metrics });
    for (const name of RUN_ATTRIBUTES) if (row.attribute(name) !== undefined) addTo(counts.attribute, name);
    for (const { key } of metrics) addTo(counts.metric, key);
    for (const key of run.params.keys()) addTo(counts.param, key);
    for (const key of run.tags.keys()) addTo(counts.tag, key);
  }
  return counts;
}

async function countValues({ live, rows }: Chosen, key: RunKey): Promise<Counts> {
  const counts: Counts = new Map();
  for (const record of live) {
    const value = valueIn(record, key);
    if (value !== undefined) addTo(counts, String(value));
  }
  for (const { segment, chosen } of rows) {
    const column = await segment.column(key);
    if (column) addValues(column, chosen, counts);
  }
  return counts;
}

function sumOf(all: readonly Counts[]): Counts {
  const [first = new Map<string, number>(), ...others] = all;
  for (const counts of others) for (const [value, count] of counts) addTo(first, value, count);
  return first;
}

/** In how many rows a column has a value; columns of these kinds have one in a row at most. */
function countEntries(column: Column, { has }: ChosenRows): number {
  if (column.type === 'text') return countsByCode(column, has).reduce((sum, count) => sum + count, 0);
  if (has === undefined) return column.values.length;
  let count = 0;
  for (let at = 0; at < column.values.length; at += 1) if (has(rowOf(column, at))) count += 1;
  return count;
}

const rowOf = ({ rows }: Column, at: number): number => (rows === undefined ? at : Number(rows[at]));

/** In how many rows each text of a column is. The code behind the last one fills rows that have none. */
function countsByCode(column: TextColumn, has: ChosenRows['has']): Uint32Array {
  const { codes, dictionary } = column;
  const counts = new Uint32Array(dictionary.size + 1);
  for (let at = 0; at < codes.length; at += 1) {
    const code = Number(codes[at]);
    if (has === undefined || has(rowOf(column, at))) counts[code] = Number(counts[code]) + 1;
  }
  return counts.subarray(0, dictionary.size);
}

function addValues(column: Column, { has }: ChosenRows, counts: Counts): void {
  if (column.type === 'number') {
    for (const [at, value] of column.values.entries()) {
      if (has === undefined || has(rowOf(column, at))) addTo(counts, String(value));
    }
    return;
  }
  for (const [code, count] of countsByCode(column, has).entries()) {
    if (count > 0) addTo(counts, column.dictionary.at(code), count);
  }
}

function valueIn({ run, metrics }: RunRecord, { kind, key }: RunKey): AttributeValue | undefined {
  switch (kind) {
    case 'metric':
      return metrics.find((point) => point.key === key)?.value;
    case 'param':
      return run.params.get(key);
    case 'tag':
      return run.tags.get(key);
    case 'attribute':
      return runRow({ run, metrics }).attribute(key);
    default: {
      const never: never = kind;
      return never;
    }
  }
}

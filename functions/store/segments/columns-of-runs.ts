import { datasetContextOf } from '../../domain/dataset.ts';
import type { DatasetLink, Run } from '../../domain/entities.ts';
import type { StageMark } from '../../domain/lifecycle.ts';
import type { NewRow } from './archived-run.ts';
import { type ColumnKind, type ColumnName, REPLACES, STAGE_MARK } from './column.ts';
import { NumberBuilder, TextBuilder } from './column-builders.ts';
import type { ColumnData } from './column-data.ts';

const TEXT_ATTRIBUTES: Readonly<Record<string, (run: Run) => string>> = {
  run_id: (run) => run.runId,
  run_name: (run) => run.runName,
  user_id: (run) => run.userId,
  status: (run) => run.status,
  artifact_uri: (run) => run.artifactUri,
};

const DATASET_PARTS: Readonly<Record<string, (dataset: DatasetLink) => string | undefined>> = {
  name: ({ name }) => name,
  digest: ({ digest }) => digest,
  context: ({ tags }) => datasetContextOf(tags),
};

/** A stage mark as one text. */
const textOfMark = ({ stage, stageGeneration }: StageMark): string => `${stage} ${stageGeneration}`;

/** Reads what textOfMark wrote. */
export function markOfText(text: string): StageMark {
  const [stage, generation] = text.split(' ');
  return { stage: stage === 'active' ? 'active' : 'deleted', stageGeneration: Number(generation) };
}

type Builder = NumberBuilder | TextBuilder;

/** Takes runs apart, row by row, into the columns that searches read (the attributes of RunRow). */
export class RunColumns {
  private readonly builders = new Map<ColumnKind, Map<string, Builder>>();

  add(row: number, { run, metrics, replaces }: NewRow): void {
    for (const [key, read] of Object.entries(TEXT_ATTRIBUTES)) this.texts('attribute', key).add(row, read(run));
    this.numbers('attribute', 'start_time').add(row, run.startTime);
    if (run.endTime !== undefined) this.numbers('attribute', 'end_time').add(row, run.endTime);
    this.texts(STAGE_MARK.kind, STAGE_MARK.key).add(row, textOfMark(run));
    if (replaces !== undefined) this.numbers(REPLACES.kind, REPLACES.key).add(row, replaces);
    for (const { key, value } of metrics) this.numbers('metric', key).add(row, value);
    for (const [key, value] of run.params) this.texts('param', key).add(row, value);
    for (const [key, value] of run.tags) this.texts('tag', key).add(row, value);
    for (const dataset of run.datasets) {
      for (const [key, read] of Object.entries(DATASET_PARTS)) this.texts('dataset', key).add(row, read(dataset));
    }
  }

  *names(): Iterable<ColumnName> {
    for (const [kind, builders] of this.builders) for (const key of builders.keys()) yield { kind, key };
  }

  build({ kind, key }: ColumnName, rowCount: number): ColumnData {
    const builder = this.builders.get(kind)?.get(key);
    if (builder === undefined) throw new Error(`No column of ${kind} ${key}`);
    return builder.build(rowCount);
  }

  private numbers(kind: ColumnKind, key: string): NumberBuilder {
    return this.builder(kind, key, NumberBuilder);
  }

  private texts(kind: ColumnKind, key: string): TextBuilder {
    return this.builder(kind, key, TextBuilder);
  }

  private builder<B extends Builder>(kind: ColumnKind, key: string, Kind: new () => B): B {
    const builders = this.builders.get(kind) ?? new Map<string, Builder>();
    this.builders.set(kind, builders);
    const known = builders.get(key);
    if (known instanceof Kind) return known;
    const builder = new Kind();
    builders.set(key, builder);
    return builder;
  }
}

import type { Int64 } from '../../domain/int64.ts';
import type { ArchivedRun } from './archived-run.ts';
import { toPlanes } from './byte-planes.ts';
import type { ColumnKind } from './column.ts';
import { isNarrow, PackedWriter } from './packed-writer.ts';
import { encodeText, formOf } from './text-bytes.ts';

/** In the order of their numbers in a segment. */
export const STATUSES = ['RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED'] as const;

/** The bits of a run's flags. */
export const RunFlag = { Deleted: 1, HasEndTime: 2, HasDeletedTime: 4 } as const;

/** Gives the code of a key among the columns of a kind. */
export type CodeOfKey = (kind: ColumnKind, key: string) => number;

interface Extent {
  readonly numbers: number;
  readonly values: number;
  readonly units: number;
}

/**
 * A few whole runs side by side. Each is spread over three streams, which compress better apart: integers (codes of
 * keys, lengths of texts, steps, times), doubles (values), and all texts as one.
 *
 *   runBlock := runCount { numbersLength valueCount textUnits }* form numbers doubles text     doubles by planes of bytes
 */
export class RunBlockWriter {
  private readonly numbers = new PackedWriter();
  private readonly values = new PackedWriter();
  private readonly codeOf: CodeOfKey;
  private texts: string[] = [];
  private units = 0;
  private extents: Extent[] = [];

  constructor(codeOf: CodeOfKey) {
    this.codeOf = codeOf;
  }

  get runCount(): number {
    return this.extents.length;
  }

  get sizeBytes(): number {
    return this.numbers.length + this.values.length + this.units;
  }

  add(archived: ArchivedRun): void {
    const before = this.position();
    this.writeInfo(archived.run);
    this.writeMaps(archived.run);
    this.writeMetrics(archived);
    this.writeLinks(archived.run);
    const after = this.position();
    this.extents.push({
      numbers: after.numbers - before.numbers,
      values: after.values - before.values,
      units: after.units - before.units,
    });
  }

  /** The block; the writer is empty afterwards. */
  finish(): Uint8Array {
    const block = new PackedWriter();
    block.unsigned(this.extents.length);
    for (const { numbers, values, units } of this.extents) for (const n of [numbers, values, units]) block.unsigned(n);
    const text = this.texts.join('');
    const form = formOf(text);
    block.unsigned(form);
    block.append(this.numbers.finish());
    block.append(toPlanes(this.values.finish()));
    block.append(encodeText(text, form));
    this.clear();
    return block.finish();
  }

  private clear(): void {
    this.numbers.clear();
    this.values.clear();
    this.texts = [];
    this.units = 0;
    this.extents = [];
  }

  private position(): Extent {
    return { numbers: this.numbers.length, values: this.values.length / 8, units: this.units };
  }

  private text(text: string): void {
    this.numbers.unsigned(text.length);
    this.texts.push(text);
    this.units += text.length;
  }

  /** info := texts{5} flags status generation startTime endTime? ; when it was deleted is among the values. */
  private writeInfo(run: ArchivedRun['run']): void {
    for (const text of [run.runId, run.experimentId, run.runName, run.userId, run.artifactUri]) this.text(text);
    this.numbers.unsigned(
      (run.stage === 'deleted' ? RunFlag.Deleted : 0) |
        (run.endTime === undefined ? 0 : RunFlag.HasEndTime) |
        (run.deletedTime === undefined ? 0 : RunFlag.HasDeletedTime),
    );
    this.numbers.unsigned(STATUSES.indexOf(run.status));
    this.numbers.unsigned(run.stageGeneration);
    this.numbers.int64(run.startTime);
    if (run.endTime !== undefined) this.numbers.int64(run.endTime, baseOf(run.startTime));
    if (run.deletedTime !== undefined) this.values.double(run.deletedTime);
  }

  /** maps := params tags ; each := count { key text }* */
  private writeMaps({ params, tags }: ArchivedRun['run']): void {
    for (const [kind, map] of [
      ['param', params],
      ['tag', tags],
    ] as const) {
      this.numbers.unsigned(map.size);
      for (const [key, value] of map) {
        this.numbers.unsigned(this.codeOf(kind, key));
        this.text(value);
      }
    }
  }

  /** metrics := count { key step timestamp }* ; timestamps as differences to the run's start. */
  private writeMetrics({ run, metrics }: ArchivedRun): void {
    const base = baseOf(run.startTime);
    this.numbers.unsigned(metrics.length);
    for (const { key, step, timestamp, value } of metrics) {
      this.numbers.unsigned(this.codeOf('metric', key));
      this.numbers.int64(step);
      this.numbers.int64(timestamp, base);
      this.values.double(value);
    }
  }

  /** links := datasetCount { name digest tagCount { key value }* }* inputCount text* outputCount { text step }* */
  private writeLinks({ datasets, modelInputs, modelOutputs }: ArchivedRun['run']): void {
    this.numbers.unsigned(datasets.length);
    for (const { name, digest, tags } of datasets) {
      this.text(name);
      this.text(digest);
      this.numbers.unsigned(tags.length);
      for (const { key, value } of tags) for (const text of [key, value]) this.text(text);
    }
    this.numbers.unsigned(modelInputs.length);
    for (const modelId of modelInputs) this.text(modelId);
    this.numbers.unsigned(modelOutputs.length);
    for (const { modelId, step } of modelOutputs) {
      this.text(modelId);
      this.numbers.int64(step);
    }
  }
}

/** What times near a run's start are written as differences to. */
export const baseOf = (startTime: Int64): number => (isNarrow(startTime) ? startTime : 0);

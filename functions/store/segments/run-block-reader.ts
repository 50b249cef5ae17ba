import type { DatasetLink, ModelOutput, Run, RunStatus, TextMap } from '../../domain/entities.ts';
import type { Int64 } from '../../domain/int64.ts';
import type { MetricPoint } from '../../domain/metric.ts';
import type { ArchivedRun } from './archived-run.ts';
import { fromPlanes } from './byte-planes.ts';
import type { ColumnKind } from './column.ts';
import { PackedReader } from './packed-reader.ts';
import { baseOf, RunFlag, STATUSES } from './run-block-writer.ts';
import { decodeText, textFormOf, textSizeBytes } from './text-bytes.ts';

/** Gives the keys of the columns of a kind, by their codes. */
type KeysOfKind = (kind: ColumnKind) => readonly string[];

/** Gives the runs at these places of a block that RunBlockWriter wrote; throws RangeError where that cannot be. */
export function readRunBlock(bytes: Uint8Array, places: readonly number[], keysOf: KeysOfKind): readonly ArchivedRun[] {
  const head = new PackedReader(bytes);
  const count = head.unsigned();
  const starts = [{ numbers: 0, values: 0, units: 0 }];
  let end = { numbers: 0, values: 0, units: 0 };
  for (let at = 0; at < count; at += 1) {
    const numbers = end.numbers + head.unsigned();
    end = { numbers, values: end.values + head.unsigned(), units: end.units + head.unsigned() };
    starts.push(end);
  }
  const form = textFormOf(head.unsigned());
  const numbers = head.take(end.numbers);
  const values = new Uint8Array(fromPlanes(head.take(end.values * 8)));
  const text = decodeText(head.take(textSizeBytes(end.units, form)), form);
  return places.map((place) => {
    const start = starts[place];
    if (start === undefined || place >= count) throw new RangeError(`Run ${place} of ${count}`);
    return new RunReader({
      numbers: new PackedReader(numbers, start.numbers),
      values: new PackedReader(values, start.values * 8),
      text,
      textAt: start.units,
      keysOf,
    }).read();
  });
}

function statusOf(number: number): RunStatus {
  const status = STATUSES[number];
  if (status === undefined) throw new RangeError(`Status ${number}`);
  return status;
}

interface Streams {
  readonly numbers: PackedReader;
  readonly values: PackedReader;
  readonly text: string;
  readonly textAt: number;
  readonly keysOf: KeysOfKind;
}

/** Reads one run, field by field as RunBlockWriter wrote them. */
class RunReader {
  private readonly numbers: PackedReader;
  private readonly values: PackedReader;
  private readonly allText: string;
  private readonly keysOf: KeysOfKind;
  private textAt: number;

  constructor({ numbers, values, text, textAt, keysOf }: Streams) {
    this.numbers = numbers;
    this.values = values;
    this.allText = text;
    this.textAt = textAt;
    this.keysOf = keysOf;
  }

  // One literal, no spreads: a page has up to 50,000 runs.
  read(): ArchivedRun {
    const runId = this.text();
    const experimentId = this.text();
    const runName = this.text();
    const userId = this.text();
    const artifactUri = this.text();
    const flags = this.numbers.unsigned();
    const status = statusOf(this.numbers.unsigned());
    const stageGeneration = this.numbers.unsigned();
    const startTime = this.numbers.int64();
    const endTime = flags & RunFlag.HasEndTime ? this.numbers.int64(baseOf(startTime)) : undefined;
    const deletedTime = flags & RunFlag.HasDeletedTime ? this.values.double() : undefined;
    const stage = flags & RunFlag.Deleted ? 'deleted' : 'active';
    const params = this.readMap('param');
    const tags = this.readMap('tag');
    const metrics = this.readMetrics(startTime);
    const datasets = this.list(() => this.readDataset());
    const modelInputs = this.list(() => this.text());
    const modelOutputs = this.list((): ModelOutput => ({ modelId: this.text(), step: this.numbers.int64() }));
    const run: Run = {
      runId,
      experimentId,
      runName,
      userId,
      status,
      startTime,
      endTime,
      artifactUri,
      stage,
      stageGeneration,
      deletedTime,
      params,
      tags,
      datasets,
      modelInputs,
      modelOutputs,
    };
    return { run, metrics };
  }

  private readDataset(): DatasetLink {
    const name = this.text();
    const digest = this.text();
    return { name, digest, tags: this.list(() => ({ key: this.text(), value: this.text() })) };
  }

  private readMap(kind: ColumnKind): TextMap {
    const map = new Map<string, string>();
    const keys = this.keysOf(kind);
    for (let rest = this.numbers.unsigned(); rest > 0; rest -= 1) map.set(this.key(keys), this.text());
    return map;
  }

  private readMetrics(startTime: Int64): readonly MetricPoint[] {
    const base = baseOf(startTime);
    const keys = this.keysOf('metric');
    return this.list(() => {
      const key = this.key(keys);
      const step = this.numbers.int64();
      return { key, value: this.values.double(), timestamp: this.numbers.int64(base), step };
    });
  }

  private list<T>(readItem: () => T): readonly T[] {
    const items: T[] = [];
    for (let rest = this.numbers.unsigned(); rest > 0; rest -= 1) items.push(readItem());
    return items;
  }

  private key(keys: readonly string[]): string {
    const code = this.numbers.unsigned();
    const key = keys[code];
    if (key === undefined) throw new RangeError(`No key has the code ${code}`);
    return key;
  }

  private text(): string {
    const start = this.textAt;
    this.textAt = start + this.numbers.unsigned();
    return this.allText.substring(start, this.textAt);
  }
}

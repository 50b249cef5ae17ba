import type { Dataset, DatasetLink, KeyValue, Run, RunView, TextMap } from '../domain/entities.ts';
import type { LifecycleStage } from '../domain/lifecycle.ts';
import type { MetricPoint } from '../domain/metric.ts';
import { quoted, type WrittenJson, writtenText } from './written-json.ts';

/*
 * A run on the wire, written as text at once: a page has a thousand of them with fifty entries each, and objects that
 * JSON.stringify takes apart again cost twice as much. An empty repeated field is omitted (proto3 JSON); integers beyond
 * 2^53 go out digit by digit.
 */

/** The datasets that runs link to, by name and digest. */
export type DatasetLookup = (link: { readonly name: string; readonly digest: string }) => Dataset | undefined;

/** A run's info alone. */
export const writeRunInfo = (run: Run, stage: LifecycleStage): WrittenJson => writtenText(infoOf(run, stage));

/** A run just made: it has no outputs yet, and MLflow leaves the field out. */
export const writeNewRun = (view: RunView): WrittenJson => writtenText(`{${infoAndDataOf(view)},"inputs":{}}`);

/** A run as a search answers it: model inputs are left out (MLflow: _search_runs). */
export const writeFoundRun = (view: RunView, datasets: DatasetLookup): WrittenJson =>
  writtenText(withLinks(view, datasetInputsOf(view.run, datasets)));

interface Kept extends Pick<RunView, 'stage' | 'metrics'> {
  readonly written: WrittenJson;
}

/** What runs were written as, as long as they are in memory themselves. */
const keptOf = new WeakMap<Run, Kept>();

/** As writeFoundRun, for pages that are looked at again and again: a run that is kept in memory is written once. */
export function writeFoundRunOnce(view: RunView, datasets: DatasetLookup): WrittenJson {
  const { run, stage, metrics } = view;
  // What is known of a dataset may come after the run that links to it.
  if (run.datasets.length > 0) return writeFoundRun(view, datasets);
  const kept = keptOf.get(run);
  if (kept?.stage === stage && kept.metrics === metrics) return kept.written;
  const written = writeFoundRun(view, datasets);
  keptOf.set(run, { stage, metrics, written });
  return written;
}

/** A run as it is fetched by its id. */
export const writeRun = (view: RunView, datasets: DatasetLookup): WrittenJson =>
  writtenText(withLinks(view, fields(datasetInputsOf(view.run, datasets), modelInputsOf(view.run))));

const withLinks = (view: RunView, inputs: string): string =>
  `{${infoAndDataOf(view)},"inputs":{${inputs}},"outputs":{${modelOutputsOf(view.run)}}}`;

function infoAndDataOf({ run, stage, metrics }: RunView): string {
  const params = repeated('params', entriesOf(run.params));
  const tags = repeated('tags', entriesOf(run.tags));
  const data = fields(repeated('metrics', metricsOf(metrics)), params, tags);
  return `"info":${infoOf(run, stage)},"data":{${data}}`;
}

/** `run_uuid` repeats `run_id`: the R client reads only the former. An end time of 0 is no end time (MLflow: RunInfo.to_proto). */
function infoOf(run: Run, stage: LifecycleStage): string {
  const id = quoted(run.runId);
  const endTime = run.endTime ? `,"end_time":${run.endTime}` : '';
  return (
    `{"run_uuid":${id},"run_id":${id},"run_name":${quoted(run.runName)},"experiment_id":${quoted(run.experimentId)}` +
    `,"user_id":${quoted(run.userId)},"status":"${run.status}","start_time":${run.startTime}${endTime}` +
    `,"artifact_uri":${quoted(run.artifactUri)},"lifecycle_stage":"${stage}"}`
  );
}

function metricsOf(points: readonly MetricPoint[]): string {
  let text = '';
  for (const { key, value, timestamp, step } of points) {
    text += `${text && ','}${beginningOf(key)}${doubleOf(value)},"timestamp":${timestamp},"step":${step}}`;
  }
  return text;
}

function entriesOf(entries: TextMap): string {
  let text = '';
  for (const [key, value] of entries) text += `${text && ','}${beginningOf(key)}${quoted(value)}}`;
  return text;
}

const MAX_BEGINNINGS = 10_000;
const beginnings = new Map<string, string>();

/** How an entry begins: the same from run to run. */
function beginningOf(key: string): string {
  const known = beginnings.get(key);
  if (known !== undefined) return known;
  const beginning = `{"key":${quoted(key)},"value":`;
  if (beginnings.size >= MAX_BEGINNINGS) beginnings.clear();
  beginnings.set(key, beginning);
  return beginning;
}

/** NaN and the infinities are strings (proto3 JSON). */
const doubleOf = (value: number): string => (Number.isFinite(value) ? `${value}` : `"${value}"`);

function datasetInputsOf({ datasets }: Run, lookUp: DatasetLookup): string {
  return repeated('dataset_inputs', datasets.map((link) => datasetInputOf(link, lookUp(link))).join());
}

function datasetInputOf({ name, digest, tags }: DatasetLink, known: Dataset | undefined): string {
  const dataset = JSON.stringify({
    name,
    digest,
    source_type: known?.sourceType,
    source: known?.source,
    schema: known?.schema,
    profile: known?.profile,
  });
  return `{${fields(repeated('tags', tags.map(tagOf).join()), `"dataset":${dataset}`)}}`;
}

const tagOf = ({ key, value }: KeyValue): string => `{"key":${quoted(key)},"value":${quoted(value)}}`;

const modelInputsOf = ({ modelInputs }: Run): string =>
  repeated('model_inputs', modelInputs.map((modelId) => `{"model_id":${quoted(modelId)}}`).join());

function modelOutputsOf({ modelOutputs }: Run): string {
  const outputs = modelOutputs.map(({ modelId, step }) => `{"model_id":${quoted(modelId)},"step":${step}}`);
  return repeated('model_outputs', outputs.join());
}

const repeated = (name: string, items: string): string => (items === '' ? '' : `"${name}":[${items}]`);

/** Only +, here and above: whatever looks into a text makes V8 copy it whole. */
function fields(...all: readonly string[]): string {
  let text = '';
  for (const field of all) if (field !== '') text += `${text && ','}${field}`;
  return text;
}

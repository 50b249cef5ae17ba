import { integerAt, type PointColumns } from '../domain/point-columns.ts';
import { JsonBytes, MAX_NUMBER_BYTES } from './json-bytes.ts';
import { WrittenJson } from './written-json.ts';

/** Items of a JSON list without its brackets; nothing for an empty list. */
type Items = readonly Uint8Array[];

/**
 * Points as the items of a JSON list; `runId` names their run in a bulk history. Written by hand, number by
 * number: as a text, or as objects for JSON.stringify, a page of 25,000 takes longer.
 */
export function metricItems(key: string, { timestamps, steps, values }: PointColumns, runId?: string): Items {
  const head = Buffer.from(`{"key":${JSON.stringify(key)},"value":`);
  const beforeTime = Buffer.from(',"timestamp":');
  const beforeStep = Buffer.from(',"step":');
  const tail = Buffer.from(runId === undefined ? '}' : `,"run_id":${JSON.stringify(runId)}}`);
  const itemBytes = head.length + beforeTime.length + beforeStep.length + tail.length + 3 * MAX_NUMBER_BYTES + 1;
  const bytes = new JsonBytes();
  for (let row = 0; row < values.length; row += 1) {
    bytes.reserve(itemBytes);
    if (row > 0) bytes.put(COMMA);
    bytes.put(head);
    bytes.putDouble(Number(values[row]));
    bytes.put(beforeTime);
    bytes.putInteger(integerAt(timestamps, row));
    bytes.put(beforeStep);
    bytes.putInteger(integerAt(steps, row));
    bytes.put(tail);
  }
  return bytes.finish();
}

/** An answer with a list of metrics, which is left out when it is empty, and with the next page's token, if any. */
export function metricsAnswer(lists: readonly Items[], nextPageToken?: string): WrittenJson {
  const items = joinItems(lists);
  const token = nextPageToken === undefined ? undefined : `"next_page_token":${JSON.stringify(nextPageToken)}`;
  if (items.length === 0) return new WrittenJson([Buffer.from(`{${token ?? ''}}`)]);
  return new WrittenJson([METRICS, ...items, Buffer.from(token ? `],${token}}` : ']}')]);
}

/** An answer with a list of metrics, be it empty. */
export const metricList = (lists: readonly Items[]): WrittenJson =>
  new WrittenJson([METRICS, ...joinItems(lists), Buffer.from(']}')]);

const METRICS = Buffer.from('{"metrics":[');
const COMMA = Buffer.from(',');

const joinItems = (lists: readonly Items[]): Items =>
  lists.filter((list) => list.length > 0).flatMap((list, at) => (at > 0 ? [COMMA, ...list] : list));

/** Points as an object of three lists, for charts. */
export function columnsText({ timestamps, steps, values }: PointColumns): string {
  const lists = [`"steps":[${steps.join()}]`, `"timestamps":[${timestamps.join()}]`];
  return `{${lists.join()},"values":[${Array.from(values, doubleText).join()}]}`;
}

/** NaN and the infinities are strings (proto3 JSON). */
const doubleText = (value: number): string => (Number.isFinite(value) ? String(value) : `"${value}"`);

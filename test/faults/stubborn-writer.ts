import { setTimeout as pause } from 'node:timers/promises';
import type { SeededRandom } from '../support/seeded-random.ts';
import { type Pair, type Point, RefusedCall, type TrackingApi } from '../support/tracking-api.ts';
import type { Journal } from './journal.ts';

/** A writer that logs until told to stop and repeats every call until it is acknowledged, as the stock client does. */
export interface StubbornWriter {
  readonly id: number;
  readonly api: TrackingApi;
  readonly journal: Journal;
  readonly random: SeededRandom;
  readonly experimentId: string;
  /** A run that all writers log to. */
  readonly sharedRunId: string;
  readonly isOver: () => boolean;
}

const START_MS = 1_700_000_000_000;
const RETRY_MS = 25;
/** What the stock client repeats; anything else is the server's last word. */
const REPEATED_STATUSES: readonly number[] = [408, 429, 500, 502, 503, 504];

/** Writes until it is over; rejects when the server refuses a call for good. */
export const writeStubbornly = async (writer: StubbornWriter): Promise<void> => {
  const ownRunId = await startRun(writer);
  for (let turn = 1; !writer.isOver(); turn += 1) {
    const runId = turn % 3 === 0 ? writer.sharedRunId : ownRunId;
    await ACTIONS[writer.random.below(ACTIONS.length)]?.(writer, runId, turn);
  }
};

type Action = (writer: StubbornWriter, runId: string, turn: number) => Promise<void>;

const logBatch: Action = async ({ api, journal, id, random }, runId, turn) => {
  const metrics = [pointOf('loss', id, turn, random), pointOf(`acc/${id}`, id, turn, random)];
  const params = turn % 4 === 0 ? [paramOf(id, turn)] : [];
  const tags = [tagOf(id, turn)];
  await untilAcknowledged(journal, () => api.logBatch(runId, { metrics, params, tags }));
  journal.addPoints(runId, metrics);
  for (const param of params) journal.addParam(runId, param);
  for (const tag of tags) journal.setTag(runId, tag);
};

const logMetric: Action = async ({ api, journal, id, random }, runId, turn) => {
  const point = pointOf('single', id, turn, random);
  await untilAcknowledged(journal, () => api.logMetric(runId, point));
  journal.addPoints(runId, [point]);
};

const logParam: Action = async ({ api, journal, id }, runId, turn) => {
  const param = paramOf(id, turn);
  await untilAcknowledged(journal, () => api.logParam(runId, param));
  journal.addParam(runId, param);
};

const setTag: Action = async ({ api, journal, id }, runId, turn) => {
  const tag = tagOf(id, turn);
  await untilAcknowledged(journal, () => api.setTag(runId, tag));
  journal.setTag(runId, tag);
};

/** Every tenth path is written again and again: an acknowledged overwrite must win over what was there. */
const putArtifact: Action = async ({ api, journal, id, random, experimentId }, runId, turn) => {
  const path = `${experimentId}/${runId}/artifacts/writer-${id}/${turn % 10}.bin`;
  const content = new Uint8Array(random.below(100_000)).fill(turn % 256);
  await untilAcknowledged(journal, () => api.putArtifact(path, content));
  journal.setArtifact(path, content);
};

const ACTIONS: readonly Action[] = [logBatch, logBatch, logBatch, logMetric, logParam, setTag, putArtifact];

/** A create that was cut off may have made a run of which nobody knows; it is empty and does no harm. */
const startRun = async ({ api, journal, experimentId }: StubbornWriter): Promise<string> => {
  const runId = await untilAcknowledged(journal, () => api.createRun(experimentId));
  journal.addRun(runId);
  return runId;
};

const untilAcknowledged = async <T>(journal: Journal, call: () => Promise<T>): Promise<T> => {
  for (;;) {
    try {
      const answer = await call();
      // On a later turn: first the caller notes what was written.
      setImmediate(() => journal.acknowledge());
      return answer;
    } catch (error) {
      if (error instanceof RefusedCall && !REPEATED_STATUSES.includes(error.status)) throw error;
      if (!(error instanceof RefusedCall) && !isRefusedConnection(error)) journal.noteCutOff();
      await pause(RETRY_MS);
    }
  }
};

/** Nobody listens: the call has not begun. */
const isRefusedConnection = (error: unknown): boolean =>
  error instanceof Error &&
  error.cause instanceof Error &&
  'code' in error.cause &&
  error.cause.code === 'ECONNREFUSED';

/** No two points are the same, and steps and times go up and down, so that the latest is not simply the last. */
const pointOf = (key: string, id: number, turn: number, random: SeededRandom): Point => ({
  key,
  step: random.below(50) - 5,
  timestamp: START_MS + turn * 100 + id,
  value: random.below(1_000_000) / 1000,
});

const paramOf = (id: number, turn: number): Pair => ({
  key: `p/${id}/${turn}`,
  value: `${turn} `.repeat(1 + (turn % 50)),
});

const tagOf = (id: number, turn: number): Pair => ({ key: `progress/${id}`, value: String(turn) });

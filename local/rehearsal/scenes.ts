import type { Calls } from '../seed/calls.ts';
import { textAt } from '../seed/text-at.ts';

interface Company extends Calls {
  readonly archiveAll: () => Promise<void>;
}

const FIRST_MS = 1_700_000_000_000;
/** V8 throws compiled code away when it meets something new: all scenes in each act, so that the later ones bring nothing new. */
const ACTS = 4;
const SHORT_STEPS = 150;
const LONG_BATCHES = 8;
const POINTS_OF_BATCH = 1_000;
const RUNS = 8;
const SEARCH_ROUNDS = 2;

/** Plays all scenes, one call after the other; what a server refuses is thrown as CommandError. */
export async function playAll(company: Company): Promise<void> {
  const experimentId = textAt(await company.post('experiments/create', { name: 'rehearsal' }), 'experiment_id');
  for (let act = 0; act < ACTS; act += 1) await playAct(company, experimentId);
}

async function playAct(company: Company, experimentId: string): Promise<void> {
  await playTraining(company, await openRun(company, experimentId, 0));
  for (let at = 1; at <= RUNS; at += 1) await playWholeRun(company, experimentId, at);
  await playSearches(company, experimentId);
  await company.archiveAll();
  await playSearches(company, experimentId);
}

async function openRun({ post }: Company, experimentId: string, at: number): Promise<string> {
  const created = await post('runs/create', {
    experiment_id: experimentId,
    run_name: `run-${at}`,
    start_time: FIRST_MS + at,
  });
  return textAt(created, 'run', 'info', 'run_id');
}

const pointAt = (key: string, step: number) => ({
  key,
  value: 1 / (step + 1),
  timestamp: FIRST_MS + step * 1000,
  step,
});

const entries = (kind: string, count: number, at: number) =>
  Array.from({ length: count }, (_, place) => ({ key: `${kind}-${place}`, value: `${kind} ${(at + place) % 10}` }));

/** Single values, small batches, and long ones. */
async function playTraining({ post, find }: Company, runId: string): Promise<void> {
  for (let step = 0; step < SHORT_STEPS; step += 1) {
    await post('runs/log-metric', { run_id: runId, ...pointAt('loss', step) });
    const metrics = Array.from({ length: 10 }, (_, place) => pointAt(`metric-${place}`, step));
    await post('runs/log-batch', { run_id: runId, metrics });
    await post('runs/set-tag', { run_id: runId, key: 'progress', value: String(step) });
  }
  for (let first = 0; first < LONG_BATCHES * POINTS_OF_BATCH; first += POINTS_OF_BATCH) {
    const metrics = Array.from({ length: POINTS_OF_BATCH }, (_, place) => pointAt('curve', first + place));
    await post('runs/log-batch', { run_id: runId, metrics });
  }
  await find('runs/get', { run_id: runId });
  await find('metrics/get-history', { run_id: runId, metric_key: 'curve', max_results: '25000' });
}

async function playWholeRun(company: Company, experimentId: string, at: number): Promise<void> {
  const runId = await openRun(company, experimentId, at);
  const metrics = Array.from({ length: 20 }, (_, place) => pointAt(`metric-${place}`, at + place));
  await company.post('runs/log-batch', {
    run_id: runId,
    metrics,
    params: entries('param', 20, at),
    tags: entries('tag', 10, at),
  });
  await company.post('runs/update', { run_id: runId, status: 'FINISHED', end_time: FIRST_MS + at + 500 });
  await company.find('runs/get', { run_id: runId });
}

const SEARCHES = [
  { order_by: ['attributes.start_time DESC'], max_results: 50 },
  { filter: "metrics.`metric-0` > 0.01 and metrics.`metric-0` < 0.4 and params.`param-0` = 'param 3'" },
  { filter: "tags.`tag-0` LIKE 'tag 1%'", max_results: 50 },
  { order_by: ['metrics.`metric-0` DESC'], max_results: 10 },
] as const;

async function playSearches({ post }: Company, experimentId: string): Promise<void> {
  for (let round = 0; round < SEARCH_ROUNDS; round += 1) {
    for (const search of SEARCHES) await post('runs/search', { experiment_ids: [experimentId], ...search });
  }
}

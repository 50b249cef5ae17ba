import { describe, expect, test } from 'vitest';
import { getHistory } from '../../../functions/api/metrics/get-history.ts';
import { createHistoryAhead } from '../../../functions/api/metrics/history-ahead.ts';
import { logBatch } from '../../../functions/api/runs/log-batch.ts';
import { parseJson, stringifyJson } from '../../../functions/protocol/json.ts';
import { upTo } from '../../store/samples.ts';
import { requestFacts } from '../../support/request-facts.ts';
import { openTestApp } from '../../support/test-app.ts';

const app = await openTestApp();
const POINTS = 7;
const PAGE = 2;

interface Asked {
  readonly run_id: string;
  readonly metric_key?: string;
  readonly page_token?: string | undefined;
  readonly max_results?: number;
}

/** A server that reads ahead as soon as it has answered; `reads` counts how often a history was read. */
function openReader() {
  const failures: unknown[] = [];
  const ends: (() => void)[] = [];
  const historyAhead = createHistoryAhead({
    pause: () => Promise.resolve(),
    report: (_, cause) => failures.push(cause),
    lifetime: () => new Promise((resolve) => ends.push(resolve)),
  });
  const seen = { reads: 0, isBroken: false };
  const { readMetricHistory } = app.services.store;
  const counted: typeof readMetricHistory = async (...asked) => {
    seen.reads += 1;
    if (seen.isBroken) throw new Error('the table is away');
    return readMetricHistory(...asked);
  };
  const store = historyAhead.watch({ ...app.services.store, readMetricHistory: counted });
  const services = { ...app.services, store, historyAhead };
  const get = async (asked: Asked) => {
    const answer = await getHistory.respond({ metric_key: 'm', max_results: PAGE, ...asked }, services, requestFacts());
    const { metrics = [], next_page_token: next } = Object(parseJson(stringifyJson(answer)));
    const steps: number[] = metrics.map((point: object) => Reflect.get(point, 'step'));
    return { steps, next: next === undefined ? undefined : String(next) };
  };
  const log = async (runId: string, steps: readonly number[], value = 0) => {
    const metrics = steps.map((step) => ({ key: 'm', value, timestamp: 1_000 + step, step }));
    await logBatch.respond({ run_id: runId, metrics }, services, requestFacts());
  };
  /** Asks for two pages, so that the third is made ahead. */
  const walkTwoPages = async () => {
    const runId = await app.newRun();
    await log(runId, upTo(POINTS));
    const first = await get({ run_id: runId });
    const second = await get({ run_id: runId, page_token: first.next });
    await historyAhead.stop();
    return { runId, token: second.next };
  };
  return {
    get,
    log,
    walkTwoPages,
    seen,
    failures,
    stop: historyAhead.stop,
    expire: () => {
      for (const end of ends) end();
    },
  };
}

describe('reading a history ahead', () => {
  test('gives all pages, and makes those from the third on before they are asked for', async () => {
    const { get, walkTwoPages, seen, stop } = openReader();
    const { runId, token } = await walkTwoPages();
    expect(seen.reads).toBe(3);
    const third = await get({ run_id: runId, page_token: token });
    await stop();
    expect([third.steps, seen.reads]).toEqual([[4, 5], 4]);
    const fourth = await get({ run_id: runId, page_token: third.next });
    expect([fourth, seen.reads]).toEqual([{ steps: [6], next: undefined }, 4]);
  });

  test('gives a page once: who asks again has it made again', async () => {
    const { get, walkTwoPages, seen } = openReader();
    const { runId, token } = await walkTwoPages();
    const pages = [await get({ run_id: runId, page_token: token }), await get({ run_id: runId, page_token: token })];
    expect(pages.map(({ steps }) => steps)).toEqual([
      [4, 5],
      [4, 5],
    ]);
    expect(seen.reads).toBeGreaterThan(4);
  });

  test('shows points that were logged since the page was made', async () => {
    const { get, log, walkTwoPages } = openReader();
    const { runId, token } = await walkTwoPages();
    await log(runId, [4], 1);
    expect((await get({ run_id: runId, page_token: token })).steps).toEqual([4, 4]);
  });

  test('leads nowhere with a token of another run, of another metric, or made up', async () => {
    const { get, walkTwoPages } = openReader();
    const { runId, token } = await walkTwoPages();
    const other = await app.newRun();
    for (const asked of [
      { run_id: other, page_token: token },
      { run_id: runId, page_token: token, metric_key: 'n' },
      { run_id: runId, page_token: `${token}x` },
    ]) {
      await expect(get(asked)).rejects.toMatchObject({ code: 'INVALID_PARAMETER_VALUE' });
    }
  });

  test('forgets a page for which nobody comes', async () => {
    const { get, walkTwoPages, seen, expire } = openReader();
    const { runId, token } = await walkTwoPages();
    expire();
    await Promise.resolve();
    expect((await get({ run_id: runId, page_token: token })).steps).toEqual([4, 5]);
    expect(seen.reads).toBeGreaterThanOrEqual(4);
  });

  test('tells of what fails; the page is made when it is asked for', async () => {
    const { get, walkTwoPages, seen, failures, stop } = openReader();
    const { runId, token } = await walkTwoPages();
    seen.isBroken = true;
    await get({ run_id: runId, page_token: token });
    await stop();
    expect(failures).toEqual([new Error('the table is away')]);
    seen.isBroken = false;
    expect((await get({ run_id: runId, page_token: token })).steps).toEqual([4, 5]);
  });
});

import { describe, expect, test } from 'vitest';
import { createRetry } from '../../../functions/store/dynamo/retry.ts';

/** A retry whose pauses are noted instead of made. */
function notingRetry(random: () => number) {
  const pauses: number[] = [];
  const sleep = async (ms: number) => {
    pauses.push(ms);
  };
  return { retry: createRetry(sleep, random), pauses };
}

/** An attempt that loses some races first. */
const lateAttempt = (losses: number) => {
  let tries = 0;
  return async () => (tries++ < losses ? ('again' as const) : { done: tries });
};

describe('a retry', () => {
  test('gives what the first attempt came to, without a pause', async () => {
    const { retry, pauses } = notingRetry(() => 1);
    expect(await retry(lateAttempt(0))).toBe(1);
    expect(pauses).toEqual([]);
  });

  test('pauses ever longer between lost races, up to 400 ms', async () => {
    const { retry, pauses } = notingRetry(() => 1);
    expect(await retry(lateAttempt(9))).toBe(10);
    expect(pauses).toEqual([4, 8, 16, 32, 64, 128, 256, 400, 400]);
  });

  test('draws each pause from zero up, so that racers part', async () => {
    const draws = [0, 0.5, 0.25];
    const { retry, pauses } = notingRetry(() => draws.shift() ?? 0);
    await retry(lateAttempt(3));
    expect(pauses).toEqual([0, 4, 4]);
  });

  test('gives up after 60 attempts with an error that clients try again', async () => {
    const { retry, pauses } = notingRetry(() => 0);
    await expect(retry(lateAttempt(60))).rejects.toMatchObject({ code: 'TEMPORARILY_UNAVAILABLE' });
    expect(pauses).toHaveLength(60);
    expect(await retry(lateAttempt(59))).toBe(60);
  });

  test('does not try again after an error', async () => {
    const { retry, pauses } = notingRetry(() => 0);
    const fail = async (): Promise<'again'> => {
      throw new Error('broken');
    };
    await expect(retry(fail)).rejects.toThrow('broken');
    expect(pauses).toEqual([]);
  });

  test('gives undefined when that is what an attempt came to', async () => {
    expect(await notingRetry(() => 0).retry(async () => ({ done: undefined }))).toBeUndefined();
  });
});

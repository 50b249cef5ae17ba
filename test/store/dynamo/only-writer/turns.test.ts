import { describe, expect, test } from 'vitest';
import { atOnce, createTurns } from '../../../../functions/store/dynamo/only-writer/turns.ts';

const A = { pk: 'P', sk: 'a' };
const B = { pk: 'P', sk: 'b' };

/** Work that ends when it is told to. */
function heldWork(log: string[], name: string) {
  let end: (error?: Error) => void = () => undefined;
  const ended = new Promise<void>((resolve, reject) => {
    end = (error) => (error ? reject(error) : resolve());
  });
  const work = async () => {
    log.push(`${name} begins`);
    await ended;
    return name;
  };
  return { work, end: (error?: Error) => end(error) };
}

describe('turns', () => {
  test('let work on one item wait for the work before it', async () => {
    const log: string[] = [];
    const inTurn = createTurns();
    const first = heldWork(log, 'first');
    const one = inTurn(A, first.work);
    const two = inTurn(A, async () => log.push('second begins'));
    await Promise.resolve();
    expect(log).toEqual(['first begins']);
    first.end();
    expect(await one).toBe('first');
    await two;
    expect(log).toEqual(['first begins', 'second begins']);
  });

  test('go on after work that failed, which fails alone', async () => {
    const inTurn = createTurns();
    const first = heldWork([], 'first');
    const one = inTurn(A, first.work);
    const two = inTurn(A, async () => 'done');
    first.end(new Error('no'));
    await expect(one).rejects.toThrow('no');
    expect(await two).toBe('done');
    expect(await inTurn(A, async () => 'later')).toBe('later');
  });

  test('are not needed between items, nor by those who do not take them', async () => {
    const log: string[] = [];
    const inTurn = createTurns();
    const first = heldWork(log, 'first');
    const one = inTurn(A, first.work);
    expect(await inTurn(B, async () => 'other')).toBe('other');
    expect(await atOnce(A, async () => 'same')).toBe('same');
    first.end();
    await one;
  });
});

import { counterKey } from './keys.ts';
import type { Table } from './table.ts';

/** Numbers that are asked for together and counted by one write. */
interface Round {
  count: number;
  readonly last: Promise<number>;
}

/**
 * Counts up from 1, each number once in all processes. Who asks while a write is under way shares the next one: of 16
 * creations at once, most do without a write of their own.
 */
export function createCounter(table: Table, name: string): () => Promise<number> {
  let open: Round | undefined;
  let before: Promise<unknown> = Promise.resolve();

  const addToCounter = async (count: number): Promise<number> => {
    const counter = await table.update(counterKey(name), {
      UpdateExpression: 'ADD n :count',
      ExpressionAttributeValues: { ':count': { N: String(count) } },
      ReturnValues: 'UPDATED_NEW',
    });
    return Number(counter.n?.N);
  };

  const openRound = (): Round => {
    const round: Round = {
      count: 0,
      last: before.then(() => {
        open = undefined;
        return addToCounter(round.count);
      }),
    };
    before = round.last.catch(() => undefined);
    return round;
  };

  return async () => {
    open ??= openRound();
    const round = open;
    round.count += 1;
    const place = round.count;
    return (await round.last) - round.count + place;
  };
}

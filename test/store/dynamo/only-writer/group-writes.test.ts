import { describe, expect, test } from 'vitest';
import type { OperationName } from '../../../../functions/store/dynamo/client/operations.ts';
import { groupWrites } from '../../../../functions/store/dynamo/only-writer/group-writes.ts';
import { createRetry } from '../../../../functions/store/dynamo/retry.ts';
import { type Item, keyItem, openTable, type Table } from '../../../../functions/store/dynamo/table.ts';
import { faultEngine } from '../../fault-suite.ts';
import { createFaultyClient, type FaultPlan, serverError, unanswered } from '../../faulty-client.ts';
import { upTo } from '../../samples.ts';

const engine = faultEngine();
const ABSENT = { expression: 'attribute_not_exists(pk)' };

const keyAt = (at: number) => ({ pk: 'P', sk: String(at).padStart(4, '0') });
const itemAt = (at: number, more: Item = {}): Item => ({ ...keyItem(keyAt(at)), n: { N: String(at) }, ...more });
const textOf = (length: number): Item => ({ text: { S: 'x'.repeat(length) } });

interface Bench {
  readonly table: Table;
  readonly operations: readonly OperationName[];
}

/** A grouping table of its own, whose calls are written down and go as planned. */
async function open(plan: FaultPlan = () => undefined): Promise<Bench> {
  const { tableName } = await engine.openTable();
  const operations: OperationName[] = [];
  const { client } = createFaultyClient(engine.connection(), (call) => {
    operations.push(call.operation);
    return plan(call);
  });
  const retry = createRetry(
    () => Promise.resolve(),
    () => 0,
  );
  return { table: groupWrites(openTable(client, tableName, retry)), operations };
}

const numbersIn = async (table: Table) => (await table.query({ pk: 'P', skPrefix: '' })).map(({ n }) => Number(n?.N));

describe('writes that come at the same time', () => {
  test('go out as one transaction, and each is done when it is', async () => {
    const { table, operations } = await open();
    await Promise.all(upTo(100).map((at) => table.put(itemAt(at))));
    expect(operations).toEqual(['TransactWriteItems']);
    expect(await numbersIn(table)).toEqual(upTo(100));
  });

  test('may be puts and updates, with conditions', async () => {
    const { table, operations } = await open();
    await table.put(itemAt(0));
    const increment = { UpdateExpression: 'ADD n :n', ExpressionAttributeValues: { ':n': { N: '5' } } };
    await Promise.all([table.update(keyAt(0), increment), table.put(itemAt(1), ABSENT)]);
    expect(operations).toEqual(['PutItem', 'TransactWriteItems']);
    expect(await numbersIn(table)).toEqual([5, 1]);
  });

  test('go in several groups where one would be too large', async () => {
    const { table, operations } = await open();
    await Promise.all(upTo(101).map((at) => table.put(itemAt(at))));
    expect(operations).toEqual(['TransactWriteItems', 'PutItem']);
    await Promise.all(upTo(12).map((at) => table.put(itemAt(at, textOf(390_000)))));
    expect(operations.slice(2)).toEqual(['TransactWriteItems', 'TransactWriteItems', 'TransactWriteItems']);
  });

  test('of one item go one after the other, in the order they came', async () => {
    const { table, operations } = await open();
    const increment = { UpdateExpression: 'ADD n :n', ExpressionAttributeValues: { ':n': { N: '5' } } };
    await Promise.all([table.put(itemAt(1)), table.update(keyAt(1), increment), table.put(itemAt(2))]);
    expect(operations).toEqual(['TransactWriteItems', 'UpdateItem']);
    expect(await numbersIn(table)).toEqual([6, 2]);
  });

  test('leave alone an update that wants values back', async () => {
    const { table, operations } = await open();
    const increment = {
      UpdateExpression: 'ADD n :n',
      ExpressionAttributeValues: { ':n': { N: '5' } },
      ReturnValues: 'UPDATED_NEW' as const,
    };
    const [answer] = await Promise.all([table.update(keyAt(0), increment), table.put(itemAt(1))]);
    expect(answer).toEqual({ n: { N: '5' } });
    expect(operations.toSorted()).toEqual(['PutItem', 'UpdateItem']);
  });
});

describe('a group', () => {
  test('that is refused for one of its writes leaves the others as they are alone', async () => {
    const { table, operations } = await open();
    await table.put(itemAt(1));
    const writes = [table.put(itemAt(0)), table.put(itemAt(1, textOf(1)), ABSENT), table.put(itemAt(2), ABSENT)];
    const outcomes = await Promise.allSettled(writes);
    expect(outcomes).toMatchObject([
      { status: 'fulfilled' },
      { status: 'rejected', reason: { code: 'ConditionalCheckFailedException', item: { n: { N: '1' } } } },
      { status: 'fulfilled' },
    ]);
    expect(operations.slice(1)).toEqual(['TransactWriteItems', 'PutItem', 'PutItem', 'PutItem']);
    expect(await numbersIn(table)).toEqual([0, 1, 2]);
  });

  test('that is invalid for one of its writes does not, either', async () => {
    const { table } = await open();
    const outcomes = await Promise.allSettled([table.put(itemAt(0)), table.put(itemAt(1, textOf(410_000)))]);
    expect(outcomes).toMatchObject([{ status: 'fulfilled' }, { reason: { code: 'ValidationException' } }]);
    expect(await numbersIn(table)).toEqual([0]);
  });

  test('that gets no answer gives none to its writes, and the next one goes on', async () => {
    const { table } = await open(({ number }) => (number === 1 ? unanswered() : undefined));
    const outcomes = await Promise.allSettled([table.put(itemAt(0)), table.put(itemAt(1))]);
    expect(outcomes).toMatchObject([{ reason: { name: 'NoAnswerError' } }, { reason: { name: 'NoAnswerError' } }]);
    await table.put(itemAt(2));
    expect(await numbersIn(table)).toEqual([2]);
  });

  test('that the engine fails at is sent write by write', async () => {
    const { table } = await open(({ number }) => (number === 1 ? serverError() : undefined));
    await Promise.all([table.put(itemAt(0)), table.put(itemAt(1))]);
    expect(await numbersIn(table)).toEqual([0, 1]);
  });

  test('whose answer is lost runs twice, and is done', async () => {
    const { table, operations } = await open(({ number }) =>
      number === 1 ? { kind: 'answer lost', times: 1 } : undefined,
    );
    await Promise.all([table.put(itemAt(0)), table.put(itemAt(1))]);
    expect(operations).toEqual(['TransactWriteItems']);
    expect(await numbersIn(table)).toEqual([0, 1]);
  });
});

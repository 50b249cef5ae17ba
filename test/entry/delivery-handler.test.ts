import { expect, test } from 'vitest';
import { createDeliveryHandler } from '../../functions/entry/delivery-handler.ts';

/** A handler whose deliverer tells these times of what is due next, in turn, at time 0 and on. */
function handlerOf(...due: readonly (number | undefined)[]) {
  let time = 0;
  let rounds = 0;
  const deliver = createDeliveryHandler({
    deliverer: {
      deliverDue: async () => {
        rounds += 1;
        return due[rounds - 1];
      },
    },
    clock: () => time,
    sleep: async (ms) => {
      time += ms;
    },
  });
  return { deliver: (timeLeftMs: number) => deliver(() => timeLeftMs - time), rounds: () => rounds, time: () => time };
}

test('ends when nothing is waiting', async () => {
  const { deliver, rounds } = handlerOf(undefined);
  await deliver(180_000);
  expect(rounds()).toBe(1);
});

test('waits for what is due soon', async () => {
  const { deliver, rounds, time } = handlerOf(1000, 3000, undefined);
  await deliver(180_000);
  expect([rounds(), time()]).toEqual([3, 3000]);
});

test.each([
  ['is due later than the next call of the schedule', 50_001, 180_000],
  ['there is no time for', 3000, 12_000],
])('leaves what %s', async (_, dueTime, timeLeftMs) => {
  const { deliver, rounds } = handlerOf(dueTime, undefined);
  await deliver(timeLeftMs);
  expect(rounds()).toBe(1);
});

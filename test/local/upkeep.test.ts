import { expect, test } from 'vitest';
import { TouchedRuns } from '../../local/upkeep.ts';

const touch = (touched: TouchedRuns, runId: string) => {
  const run = touched.of('7').get(runId);
  if (!run) throw new Error(`Run ${runId} is not there`);
  return run;
};

test('touched runs keep the last write and count all, until somebody looks', () => {
  const touched = new TouchedRuns();
  for (const at of [1, 2, 3]) touched.add('7', 'a', at);
  const seen = touch(touched, 'a');
  expect(seen).toEqual({ runId: 'a', lastWriteAt: 3, writes: 3 });
  touched.add('7', 'a', 4);
  touched.packed('7', seen);
  expect(touch(touched, 'a')).toEqual({ runId: 'a', lastWriteAt: 4, writes: 1 });
});

test('touched runs are forgotten, unless they were written to since', () => {
  const touched = new TouchedRuns();
  touched.add('7', 'a', 1);
  touched.add('7', 'b', 1);
  const [a, b] = [touch(touched, 'a'), touch(touched, 'b')];
  touched.add('7', 'b', 1);
  for (const seen of [a, b]) touched.remove('7', seen);
  expect([...touched.of('7').keys()]).toEqual(['b']);
  touched.remove('7', touch(touched, 'b'));
  expect(touched.experiments()).toEqual([]);
});

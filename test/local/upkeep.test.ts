import { expect, test } from 'vitest';
import { SegmentCorrupt } from '../../functions/store/segments/segment-corrupt.ts';
import { startUpkeep, TouchedRuns } from '../../local/upkeep.ts';

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

test('an archive that cannot be read is rebuilt, also when no search has met the damage', async () => {
  const touched = new TouchedRuns();
  touched.add('7', 'a', 1);
  const calls: string[] = [];
  const reports: string[] = [];
  let rebuilt: () => void = () => undefined;
  const isRebuilt = new Promise<void>((resolve) => {
    rebuilt = resolve;
  });
  const loop = startUpkeep({
    store: { listExperiments: async () => [], removeDeletedModels: async () => undefined },
    upkeep: {
      tidy: async () => {
        calls.push('tidy');
        throw new SegmentCorrupt('Its file is gone');
      },
      listLive: async () => [],
      purge: async () => undefined,
      rebuild: async (experimentId) => {
        calls.push(`rebuild ${experimentId}`);
        rebuilt();
        return 1;
      },
    },
    touched,
    damaged: new Set(),
    clock: () => 1,
    report: (message) => reports.push(message),
    metered: (_, work) => work(),
  });
  await isRebuilt;
  await loop.stop();
  expect(calls).toEqual(['tidy', 'rebuild 7']);
  expect(reports).toEqual(['archiving runs of experiment 7 failed and will be tried again']);
});

import { describe, expect, test } from 'vitest';
import { holdingText, unionOf } from '../../../../web/pages/compare-runs/artifacts/union-levels.ts';
import { namesOf } from '../../../../web/pages/compare-runs/run-names.ts';
import { run } from '../runs/run.ts';

const file = (path: string, sizeBytes: number) => ({ path, sizeBytes, isFolder: false });
const folder = (path: string) => ({ path, sizeBytes: 0, isFolder: true });

describe('the files of several runs', () => {
  const { byFolder, holders } = unionOf([
    { runId: 'a', folder: '', artifacts: [folder('plots'), file('z.txt', 3)] },
    { runId: 'b', folder: '', artifacts: [file('b.txt', 1), file('z.txt', 9), file('plots', 5)] },
    { runId: 'a', folder: 'plots', artifacts: [file('plots/loss.png', 1)] },
    { runId: 'b', folder: 'plots', artifacts: [] },
  ]);

  test('stand once in a tree, folders first, the largest size of each', () => {
    expect(byFolder.get('')).toEqual([{ ...folder('plots'), sizeBytes: 5 }, file('b.txt', 1), file('z.txt', 9)]);
    expect(byFolder.get('plots')).toEqual([file('plots/loss.png', 1)]);
    expect(byFolder.get('other')).toBeUndefined();
  });

  test('tell who has them', () => {
    expect(holders.get('z.txt')?.get('a')).toEqual(file('z.txt', 3));
    expect(holders.get('b.txt')?.has('a')).toBe(false);
    const names = new Map([...'abcdef'].map((id) => [id, `run ${id}`]));
    expect(holdingText(names, new Map([...names]))).toBe('In all 6 runs.');
    expect(holdingText(names, new Map([...names].slice(1)))).toBe('In 5 of 6 runs, not in run a.');
    expect(holdingText(names, new Map([['a', 1]]))).toBe('In 1 of 6 runs, not in run b, run c, run d, 2 others.');
  });
});

test('runs are told apart where they have one name', () => {
  const names = namesOf([
    run('0123456789', { runName: 'x' }),
    run('9876543210', { runName: 'x' }),
    run('c', { runName: 'y' }),
    run('d', { runName: '' }),
  ]);
  expect([...names.values()]).toEqual(['x (01234567)', 'x (98765432)', 'y', 'd']);
});

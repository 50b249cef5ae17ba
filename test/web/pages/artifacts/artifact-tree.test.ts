import { expect, test } from 'vitest';
import { artifactSnippet } from '../../../../web/pages/run/artifacts/artifact-snippet.ts';
import { folderOf, foldersAbove, joinPath, treeNodes } from '../../../../web/pages/run/artifacts/artifact-tree.ts';
import { actOfKey } from '../../../../web/pages/run/artifacts/tree-keys.ts';

const folder = (path: string) => ({ path, isFolder: true, sizeBytes: 0 });
const file = (path: string) => ({ path, isFolder: false, sizeBytes: 1 });

test('the tree shows what lies in folders that are open and were read', () => {
  const levels = new Map([
    ['', [folder('a'), folder('b'), file('c.txt')]],
    ['a', [file('a/x')]],
  ]);
  const lines = (open: readonly string[]) =>
    treeNodes(levels, new Set(open)).map(({ artifact, level, isLoading }) => [artifact.path, level, isLoading]);
  expect(lines([])).toEqual([
    ['a', 1, false],
    ['b', 1, false],
    ['c.txt', 1, false],
  ]);
  expect(lines(['a', 'b'])).toEqual([
    ['a', 1, false],
    ['a/x', 2, false],
    ['b', 1, true],
    ['c.txt', 1, false],
  ]);
});

test('a path lies in folders', () => {
  expect(folderOf('c.txt')).toBe('');
  expect(foldersAbove('a/b/c.txt')).toEqual(['a', 'a/b']);
  expect(joinPath('', 'c.txt')).toBe('c.txt');
  expect(joinPath('a/b', 'c.txt')).toBe('a/b/c.txt');
});

test('the lines of Python name the file, and escape it', () => {
  expect(artifactSnippet('http://here', 'r1', 'a "b".txt')).toContain(
    'download_artifacts(run_id="r1", artifact_path="a \\"b\\".txt")',
  );
  expect(artifactSnippet('http://here', 'r1', '')).toContain('download_artifacts(run_id="r1")');
});

test('keys move, open and close as in any tree', () => {
  const levels = new Map([
    ['', [folder('a'), file('b')]],
    ['a', [file('a/x')]],
  ]);
  const closed = treeNodes(levels, new Set());
  const open = treeNodes(levels, new Set(['a']));
  expect(actOfKey('ArrowDown', closed, -1)).toEqual({ kind: 'move', index: 0 });
  expect(actOfKey('ArrowRight', closed, 0)).toEqual({ kind: 'open', index: 0 });
  expect(actOfKey('ArrowRight', closed, 1)).toBeUndefined();
  expect(actOfKey('ArrowRight', open, 0)).toEqual({ kind: 'move', index: 1 });
  expect(actOfKey('ArrowLeft', open, 1)).toEqual({ kind: 'move', index: 0 });
  expect(actOfKey('ArrowLeft', open, 0)).toEqual({ kind: 'close', index: 0 });
  expect(actOfKey('ArrowLeft', open, 2)).toBeUndefined();
  expect(actOfKey('End', open, 0)).toEqual({ kind: 'move', index: 2 });
  expect(actOfKey('Enter', open, 1)).toEqual({ kind: 'choose', index: 1 });
  expect(actOfKey('j', open, 1)).toBeUndefined();
});

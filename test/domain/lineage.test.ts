import { expect, test } from 'vitest';
import { edgeBetween, type LineageNode, lineageIdOf } from '../../functions/domain/lineage.ts';

const dataset = (name: string, digest: string): LineageNode => ({
  kind: 'dataset',
  dataset: { experimentId: '1', name, digest },
});

test('no two nodes share an id, whatever they are called', () => {
  expect(lineageIdOf(dataset('a:b', 'c'))).toBe('dataset:1:a%3Ab:c');
  expect(lineageIdOf(dataset('a', 'b:c'))).toBe('dataset:1:a:b%3Ac');
});

test('an edge leads from what was first to what came of it, whichever way it was found', () => {
  const [a, b] = [dataset('a', '1'), dataset('b', '1')];
  const edge = { from: 'dataset:1:a:1', to: 'dataset:1:b:1' };
  expect(edgeBetween(a, b, 'down')).toEqual(edge);
  expect(edgeBetween(b, a, 'up')).toEqual(edge);
});

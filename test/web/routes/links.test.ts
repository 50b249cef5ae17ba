import { describe, expect, test } from 'vitest';
import { pathOfLegacyHash } from '../../../web/routes/legacy-link.ts';
import { links } from '../../../web/routes/links.ts';

const RUN_ID = '0123456789abcdef0123456789abcdef';

describe('a link that MLflow’s client prints', () => {
  test.each([
    [`#/experiments/3/runs/${RUN_ID}`, `/runs/${RUN_ID}`],
    [`#/experiments/3/runs/${RUN_ID}/artifacts/model`, `/runs/${RUN_ID}`],
    ['#/experiments/42', '/experiments/42'],
    ['#/models/iris/versions/1', '/models/iris/versions/1'],
    ['#/models/my%20iris', '/models/my%20iris'],
    ['#/models', '/models'],
    ['#main', undefined],
    ['', undefined],
  ])('%s leads to %s', (hash, path) => {
    expect(pathOfLegacyHash(hash)).toBe(path);
  });
});

test('links escape what they are made of', () => {
  expect(links.runs(['1', '2'], '?nested=0')).toBe('/experiments/1,2?nested=0');
  expect(links.run('a/b', 'artifacts')).toBe('/runs/a%2Fb/artifacts');
});

import { expect, test } from 'vitest';
import { formatCost } from '../../functions/http/cost-header.ts';

test('a cost is written whole, in one order', () => {
  const cost = { writeUnits: 2, readUnits: 0.5, s3Gets: 1, s3Puts: 3, s3Lists: 4, s3Deletes: 5 };
  expect(formatCost(cost)).toBe('wru=2; rru=0.5; s3-get=1; s3-put=3; s3-list=4; s3-delete=5');
});
